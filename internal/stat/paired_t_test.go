package stat

import "testing"

func TestPairedT_R(t *testing.T) {
	v := vectors[[]struct {
		people
		Mean, SD, SE, DF, T, P *float64
		Low                    *float64 `json:"ci_lo"`
		High                   *float64 `json:"ci_hi"`
		Log10P                 *float64 `json:"log10_p"`
		Up, Same, Down         int64
	}](t, "paired_t")
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			table := c.table(t)
			got := table.Paired().PairedT()
			near(t, "mean", got.Mean, c.Mean, v.Tolerance)
			near(t, "sd", got.SD, c.SD, v.Tolerance)
			near(t, "se", got.SE, c.SE, v.Tolerance)
			near(t, "df", got.DF, c.DF, v.Tolerance)
			near(t, "ci_lo", got.CI.Low, c.Low, v.Tolerance)
			near(t, "ci_hi", got.CI.High, c.High, v.Tolerance)
			near(t, "t", got.T, c.T, v.Tolerance)
			nearP(t, "p", got.P, c.P, v.Tolerance)
			near(t, "log10 p", got.Log10P, c.Log10P, v.Tolerance)

			moved, err := table.Changes().Moved(Threshold{Points: 0, Reach: Past})
			if err != nil {
				t.Fatal(err)
			}
			if want := (Moved{Up: c.Up, Within: c.Same, Down: c.Down}); moved != want {
				t.Errorf("moved %+v, want %+v", moved, want)
			}
		})
	}
}

// Ten thousand people in the same direction: the probability is no longer a
// number, its logarithm is.
func TestPairedT_BeyondTheSmallestNumber(t *testing.T) {
	table := tableOf(t, 0, []Cell{{10, 12, 9000}, {10, 13, 1000}})
	got := table.Paired().PairedT()
	if p, err := got.P.Value(); err != nil || p != 0 {
		t.Errorf("p = %v, %v; want one too small to write", p, err)
	}
	// R: t <- 2.1/(sqrt(900/9999)/100); (pt(-t, 9999, log.p=TRUE)+log(2))/log(10)
	want := -8496.09419968314
	near(t, "log10 p", got.Log10P, &want, 1e-9)
}

func TestPairedT_Refusals(t *testing.T) {
	for _, c := range []struct {
		name  string
		cells []Cell
		want  Refusal
		mean  bool
		sd    bool
	}{
		{"nobody", nil, ErrNobody, false, false},
		{"one person", []Cell{{3, 5, 1}}, ErrUnder2, true, false},
		{"no change", []Cell{{3, 3, 4}, {5, 5, 2}}, ErrSameChange, true, true},
		{"constant change", []Cell{{3, 5, 4}, {5, 7, 2}}, ErrSameChange, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := tableOf(t, 0, c.cells).Paired().PairedT()
			for what, n := range map[string]Number{
				"t": got.T, "p": got.P, "log10 p": got.Log10P, "low": got.CI.Low, "high": got.CI.High,
			} {
				if n.Why() != c.want {
					t.Errorf("%s: %+v, want %q", what, n, c.want)
				}
			}
			if (got.Mean.Ptr() != nil) != c.mean || (got.SD.Ptr() != nil) != c.sd || (got.SE.Ptr() != nil) != c.sd {
				t.Errorf("mean %+v, sd %+v, se %+v", got.Mean, got.SD, got.SE)
			}
		})
	}
	if got := (Paired{N: 1, MeanChange: Known(1), SDChange: Known(1)}).PairedT(); got.T.Why() != ErrUnder2 {
		t.Errorf("a summary of one person: %+v", got)
	}
}
