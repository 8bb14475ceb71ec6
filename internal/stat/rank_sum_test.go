package stat

import (
	"errors"
	"testing"
)

func TestRankSum_R(t *testing.T) {
	v := vectors[[]struct {
		twoGroups
		W, P   *float64
		Method Method
		Ties   bool
	}](t, "rank_sum")
	exact := 0
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			got, err := NewRankSum(c.histograms(t))
			if err != nil {
				t.Fatal(err)
			}
			near(t, "W", got.W, c.W, v.Tolerance)
			nearP(t, "p", got.P, c.P, v.Tolerance)
			if got.Method != c.Method || got.W.Ptr() != nil && got.Ties != c.Ties {
				t.Errorf("%q, ties %v; want %q, %v", got.Method, got.Ties, c.Method, c.Ties)
			}
		})
		if c.Method == RankSumExact {
			exact++
		}
	}
	if exact < 4 {
		t.Errorf("only %d exact cases", exact)
	}
}

func TestRankSum_Refusals(t *testing.T) {
	some := histogramOf(t, 0, 4, 4, 4)
	for _, c := range []struct {
		name          string
		first, second Histogram
		w, p          Refusal
	}{
		{"nobody", Histogram{}, some, ErrNobody, ErrNobody},
		{"nobody on the other side", some, Histogram{}, ErrNobody, ErrNobody},
		{"everyone the same", some, histogramOf(t, 0, 4, 4), "", ErrAllAlike},
	} {
		got, err := NewRankSum(c.first, c.second)
		if err != nil {
			t.Fatal(err)
		}
		if got.W.Why() != c.w || got.P.Why() != c.p || got.Z.Why() != c.p || got.Method != "" {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	if _, err := NewRankSum(some, histogramOf(t, 2, 4)); !errors.Is(err, ErrUnlikeScores) {
		t.Errorf("whole scores beside hundredths: %v", err)
	}
}
