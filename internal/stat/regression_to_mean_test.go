package stat

import (
	"math"
	"testing"
)

func TestRegressionToMean_R(t *testing.T) {
	v := vectors[struct {
		People []struct {
			people
			PopulationMean  float64 `json:"population_mean"`
			Reliability     float64
			Expected        *float64 `json:"expected_change_rho"`
			Net             *float64 `json:"net_change_rho"`
			ExpectedSampleR *float64 `json:"expected_change_sample_r"`
			Slope           *float64 `json:"slope_post_on_pre"`
			RBaselineChange *float64 `json:"r_baseline_change"`
			OldhamR         *float64 `json:"oldham_r"`
			OldhamP         *float64 `json:"oldham_p"`
		}
		Cutoffs []struct {
			Cutoff         float64
			Side           string
			PopulationMean float64 `json:"population_mean"`
			PopulationSD   float64 `json:"population_sd"`
			Reliability, Z float64
			C              float64 `json:"C_z"`
			Magnitude      float64 `json:"rtm_effect_magnitude"`
			Expected       float64 `json:"expected_change"`
		}
	}](t, "regression_to_mean")
	for _, c := range v.Cases.People {
		t.Run(c.Name, func(t *testing.T) {
			table := c.table(t)
			p := table.Paired()
			near(t, "expected", p.ExpectedChange(c.PopulationMean, c.Reliability), c.Expected, v.Tolerance)
			near(t, "net", p.NetChange(c.PopulationMean, c.Reliability), c.Net, v.Tolerance)
			near(t, "expected by r", p.ExpectedChangeSampleR(c.PopulationMean), c.ExpectedSampleR, v.Tolerance)
			near(t, "slope", table.SlopeAfterOnBefore(), c.Slope, v.Tolerance)
			near(t, "r with the baseline", table.RBaselineChange(), c.RBaselineChange, v.Tolerance)
			near(t, "Oldham's r", table.Oldham().R, c.OldhamR, v.Tolerance)
			nearP(t, "Oldham's p", table.Oldham().P, c.OldhamP, v.Tolerance)
			near(t, "log10 of it", table.Oldham().Log10P, log10Of(c.OldhamP), v.Tolerance)
		})
	}
	for _, c := range v.Cases.Cutoffs {
		s := Selection{c.Cutoff, EntryAbove, c.PopulationMean, c.PopulationSD, c.Reliability}
		if c.Side == "below" {
			s.Entry = EntryBelow
		}
		got := s.Selected()
		near(t, "z", got.Z, &c.Z, 1e-12)
		nearP(t, "C", got.C, &c.C, 1e-12)
		nearP(t, "magnitude", got.Magnitude, &c.Magnitude, v.Tolerance)
		near(t, "expected", got.Expected, &c.Expected, v.Tolerance)
		if t.Failed() {
			t.Fatalf("at z=%g, %s", c.Z, c.Side)
		}
	}
}

func log10Of(p *float64) *float64 {
	if p == nil {
		return nil
	}
	return new(math.Log10(*p))
}

func TestRegressionToMean_Refusals(t *testing.T) {
	of := func(cells ...Cell) Table { return tableOf(t, 0, cells) }
	for _, c := range []struct {
		name               string
		table              Table
		slope, naive, r, p Refusal
	}{
		{"nobody", of(), ErrNobody, ErrNobody, ErrNobody, ErrNobody},
		{"two people", of(Cell{3, 5, 1}, Cell{4, 9, 1}), ErrUnder3, ErrUnder3, ErrUnder3, ErrUnder3},
		{"same before", of(Cell{3, 5, 2}, Cell{3, 9, 1}), ErrSameBefore, ErrSameBefore, ErrSameBefore, ErrSameBefore},
		{"same after", of(Cell{5, 3, 2}, Cell{9, 3, 1}), ErrSameAfter, ErrSameAfter, ErrSameAfter, ErrSameAfter},
		{"same throughout", of(Cell{5, 3, 3}), ErrSameBoth, ErrSameBoth, ErrSameBoth, ErrSameBoth},
		{"same change", of(Cell{5, 7, 2}, Cell{3, 5, 1}), "", ErrSameChange, ErrSameChange, ErrSameChange},
		{"same middle", of(Cell{5, 7, 2}, Cell{3, 9, 1}), "", "", ErrSameMiddle, ErrSameMiddle},
		{"one line", of(Cell{5, 7, 2}, Cell{3, 6, 1}), "", "", "", ErrOnOneLine},
	} {
		if got := c.table.SlopeAfterOnBefore().Why(); got != c.slope {
			t.Errorf("%s: slope %q, want %q", c.name, got, c.slope)
		}
		if got := c.table.RBaselineChange().Why(); got != c.naive {
			t.Errorf("%s: r with the baseline %q, want %q", c.name, got, c.naive)
		}
		o := c.table.Oldham()
		if o.R.Why() != c.r || o.P.Why() != c.p || o.Log10P.Why() != c.p {
			t.Errorf("%s: %+v, want %q and %q", c.name, o, c.r, c.p)
		}
	}
	fine := Selection{22, EntryBelow, 23.5, 4, 0.85}
	for _, c := range []struct {
		spoil func(*Selection)
		want  Refusal
	}{
		{func(s *Selection) { s.Entry = 0 }, ErrEntry},
		{func(s *Selection) { s.Entry = 3 }, ErrEntry},
		{func(s *Selection) { s.PopulationSD = 0 }, ErrPopulationSD},
		{func(s *Selection) { s.PopulationSD = math.NaN() }, ErrPopulationSD},
		{func(s *Selection) { s.Reliability = 1.01 }, ErrReliability},
		{func(s *Selection) { s.Reliability = math.NaN() }, ErrReliability},
		{func(s *Selection) { s.Cutoff = math.Inf(1) }, ErrNotFinite},
	} {
		s := fine
		c.spoil(&s)
		got := s.Selected()
		for _, n := range []Number{got.Z, got.C, got.Magnitude, got.Expected} {
			if n.Why() != c.want {
				t.Errorf("%+v: %q, want %q", s, n.Why(), c.want)
			}
		}
	}
	p := of(Cell{3, 5, 2}, Cell{4, 9, 1}).Paired()
	for _, reliability := range []float64{-0.1, 1.1, math.NaN()} {
		if got := p.ExpectedChange(20, reliability).Why(); got != ErrReliability {
			t.Errorf("reliability %v: %q", reliability, got)
		}
		if got := p.NetChange(20, reliability).Why(); got != ErrReliability {
			t.Errorf("reliability %v, net: %q", reliability, got)
		}
	}
	for _, reliability := range []float64{0, 1} {
		s := fine
		s.Reliability = reliability
		if p.ExpectedChange(20, reliability).Ptr() == nil || s.Selected().Expected.Ptr() == nil {
			t.Errorf("a reliability of %v is refused", reliability)
		}
	}
	if got := p.ExpectedChange(math.NaN(), 0.8).Why(); got != ErrNotFinite {
		t.Errorf("no population mean: %q", got)
	}
}

// Half of a standard normal lies √(2/π) from its middle on average, in whatever
// unit its spread is 1, or less than 1.
func TestSelected_HalfOfANormal(t *testing.T) {
	for _, sd := range []float64{0.125, 1, 8} {
		s := Selection{Cutoff: 3, Entry: EntryBelow, PopulationMean: 3, PopulationSD: sd, Reliability: 0.5}
		near(t, "back towards the mean", s.Selected().Expected, new(sd/2*math.Sqrt(2/math.Pi)), 1e-15)
	}
}
