package stat

import "testing"

func TestCorrelation_R(t *testing.T) {
	v := vectors[[]struct {
		people
		R, Spearman *float64
		Low         *float64 `json:"ci_lo"`
		High        *float64 `json:"ci_hi"`
	}](t, "correlation")
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			table := c.table(t)
			p := table.Paired()
			near(t, "r", p.R, c.R, v.Tolerance)
			near(t, "low", p.RInterval().Low, c.Low, v.Tolerance)
			near(t, "high", p.RInterval().High, c.High, v.Tolerance)
			near(t, "spearman", table.Spearman(), c.Spearman, v.Tolerance)
		})
	}
}

func TestCorrelation_Refusals(t *testing.T) {
	of := func(cells ...Cell) Table { return tableOf(t, 0, cells) }
	line := of(Cell{1, 2, 1}, Cell{2, 4, 1}, Cell{3, 6, 1}, Cell{5, 10, 2})
	for what, c := range map[string]struct {
		got  Number
		want Refusal
	}{
		"nobody":                {of().Paired().R, ErrNobody},
		"one":                   {of(Cell{1, 2, 1}).Paired().R, ErrUnder2},
		"same after":            {of(Cell{1, 2, 1}, Cell{3, 2, 1}).Paired().R, ErrSameAfter},
		"spearman, same before": {of(Cell{1, 2, 1}, Cell{1, 3, 1}).Spearman(), ErrSameBefore},
		"three: interval":       {of(Cell{1, 2, 1}, Cell{3, 2, 1}, Cell{5, 7, 1}).Paired().RInterval().High, ErrUnder4},
		"nobody: interval":      {of().Paired().RInterval().Low, ErrNobody},
	} {
		if c.got.Why() != c.want {
			t.Errorf("%s: %+v, want %q", what, c.got, c.want)
		}
	}
	if got := line.Paired().R; got != Known(1) {
		t.Errorf("r of a line = %+v, want exactly 1", got)
	}
	if got := line.Paired().RInterval(); got != (Interval{Known(1), Known(1)}) {
		t.Errorf("interval of a line = %+v, want the line", got)
	}
}
