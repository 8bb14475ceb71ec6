package stat

import (
	"errors"
	"testing"
)

// twoGroups is how a vector file writes two groups of different people.
type twoGroups struct {
	Name          string
	Decimals      int
	First, Second []int64 // levels
}

func (g twoGroups) histograms(t *testing.T) (first, second Histogram) {
	t.Helper()
	return histogramOf(t, g.Decimals, g.First...), histogramOf(t, g.Decimals, g.Second...)
}

type wantedT struct {
	SE, DF, T, P *float64
	Log10P       *float64 `json:"log10_p"`
	Low          *float64 `json:"ci_lo"`
	High         *float64 `json:"ci_hi"`
}

func (want wantedT) check(t *testing.T, what string, got TwoSampleT, tolerance float64) {
	t.Helper()
	near(t, what+" se", got.SE, want.SE, tolerance)
	near(t, what+" df", got.DF, want.DF, tolerance)
	near(t, what+" t", got.T, want.T, tolerance)
	nearP(t, what+" p", got.P, want.P, tolerance)
	near(t, what+" log10 p", got.Log10P, want.Log10P, tolerance)
	near(t, what+" low", got.CI.Low, want.Low, tolerance)
	near(t, what+" high", got.CI.High, want.High, tolerance)
}

// wantedWelch is how the acceptance cases write Welch's test.
type wantedWelch struct {
	T    *float64 `json:"welch_t"`
	DF   *float64 `json:"welch_df"`
	P    *float64 `json:"welch_p"`
	Low  *float64 `json:"welch_ci_lo"`
	High *float64 `json:"welch_ci_hi"`
}

func (want wantedWelch) check(t *testing.T, what string, got TwoSampleT, tolerance float64) {
	t.Helper()
	near(t, what+" t", got.T, want.T, tolerance)
	near(t, what+" df", got.DF, want.DF, tolerance)
	nearP(t, what+" p", got.P, want.P, tolerance)
	near(t, what+" low", got.CI.Low, want.Low, tolerance)
	near(t, what+" high", got.CI.High, want.High, tolerance)
}

func TestTwoSamples_R(t *testing.T) {
	v := vectors[[]struct {
		twoGroups
		Difference     *float64
		PooledSD       *float64 `json:"pooled_sd"`
		SMDPooled      *float64 `json:"smd_pooled"`
		SMDHedges      *float64 `json:"smd_hedges"`
		Welch, Student wantedT
	}](t, "two_samples")
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			got, err := NewTwoSamples(c.histograms(t))
			if err != nil {
				t.Fatal(err)
			}
			near(t, "difference", got.Difference(), c.Difference, v.Tolerance)
			near(t, "Welch's difference", got.Welch().Difference, c.Difference, v.Tolerance)
			near(t, "pooled sd", got.PooledSD(), c.PooledSD, v.Tolerance)
			near(t, "pooled", got.SMDPooled(), c.SMDPooled, v.Tolerance)
			near(t, "Hedges", got.SMDHedges(), c.SMDHedges, v.Tolerance)
			c.Welch.check(t, "Welch", got.Welch(), v.Tolerance)
			c.Student.check(t, "Student", got.Student(), v.Tolerance)
		})
	}
}

func TestTwoSamples_Refusals(t *testing.T) {
	of := func(first, second []int64) TwoSamples {
		s, err := NewTwoSamples(histogramOf(t, 0, first...), histogramOf(t, 0, second...))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	some, one, flat := []int64{3, 5, 6}, []int64{4}, []int64{7, 7}
	for _, c := range []struct {
		name           string
		s              TwoSamples
		difference     Refusal // "" when it stands
		everythingElse Refusal
	}{
		{"nobody", of(nil, some), ErrNobody, ErrNobody},
		{"nobody on the other side", of(some, nil), ErrNobody, ErrNobody},
		{"one person", of(one, some), "", ErrUnder2InGroup},
		{"one person on the other side", of(some, one), "", ErrUnder2InGroup},
		{"no spread in either", of(flat, []int64{9, 9, 9}), "", ErrAlikeInGroups},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.s.Difference().Why(); got != c.difference {
				t.Errorf("difference: %q, want %q", got, c.difference)
			}
			welch, student := c.s.Welch(), c.s.Student()
			for what, n := range map[string]Number{
				"Welch's t": welch.T, "Welch's p": welch.P, "Welch's df": welch.DF, "Welch's se": welch.SE,
				"Welch's low": welch.CI.Low, "Student's p": student.P, "Student's df": student.DF,
				"pooled": c.s.SMDPooled(), "Hedges": c.s.SMDHedges(),
			} {
				if n.Why() != c.everythingElse {
					t.Errorf("%s: %q, want %q", what, n.Why(), c.everythingElse)
				}
			}
		})
	}
	if _, err := NewTwoSamples(histogramOf(t, 0, 1), histogramOf(t, 1, 1)); !errors.Is(err, ErrUnlikeScores) {
		t.Errorf("whole scores beside tenths: %v", err)
	}
}
