package stat

import (
	"math"
	"testing"
)

type description struct {
	N                                         int64
	Mean, SD, Median, Min, Max, Q10, Q25, Q90 *float64
}

func TestDescribe_R(t *testing.T) {
	v := vectors[[]struct {
		people
		Before, After, Change description
	}](t, "descriptives")
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			table := c.table(t)
			check := func(what string, h Histogram, want description) {
				t.Helper()
				got := h.Describe()
				if got.N != want.N {
					t.Errorf("%s: n = %d, want %d", what, got.N, want.N)
				}
				near(t, what+" mean", got.Mean, want.Mean, v.Tolerance)
				near(t, what+" sd", got.SD, want.SD, v.Tolerance)
				near(t, what+" median", got.Median, want.Median, v.Tolerance)
				near(t, what+" min", got.Min, want.Min, v.Tolerance)
				near(t, what+" max", got.Max, want.Max, v.Tolerance)
				near(t, what+" 10%", h.Quantile(0.10), want.Q10, v.Tolerance)
				near(t, what+" 25%", h.Quantile(0.25), want.Q25, v.Tolerance)
				near(t, what+" 90%", h.Quantile(0.90), want.Q90, v.Tolerance)
			}
			check("before", table.Before(), c.Before)
			check("after", table.After(), c.After)
			check("change", table.Changes(), c.Change)
		})
	}
}

func TestDescribe_Refusals(t *testing.T) {
	nobody, one := histogramOf(t, 0), histogramOf(t, 1, 35)
	for what, c := range map[string]struct {
		got  Number
		want Refusal
	}{
		"mean of nobody":     {nobody.Describe().Mean, ErrNobody},
		"sd of nobody":       {nobody.Describe().SD, ErrNobody},
		"median of nobody":   {nobody.Median(), ErrNobody},
		"max of nobody":      {nobody.Describe().Max, ErrNobody},
		"quantile of nobody": {nobody.Quantile(0.5), ErrNobody},
		"sd of one":          {one.Describe().SD, ErrUnder2},
		"quantile below 0":   {one.Quantile(-0.01), ErrShare},
		"quantile beyond 1":  {one.Quantile(1.01), ErrShare},
		"quantile at NaN":    {one.Quantile(math.NaN()), ErrShare},
	} {
		if c.got.Why() != c.want {
			t.Errorf("%s: %+v, want %q", what, c.got, c.want)
		}
	}
	want := 3.5
	near(t, "mean of one", one.Describe().Mean, &want, 1e-15)
	near(t, "lower end of one", one.Quantile(0), &want, 1e-15)
	near(t, "upper end of one", one.Quantile(1), &want, 1e-15)
}

// Ten million people far from zero, where the sum of squares in floating point
// keeps no digit of a spread of one level.
func TestDescribe_FarFromZero(t *testing.T) {
	const far = maxLevel - 2
	h, err := NewHistogram(0, []Bin{{far, 5_000_000}, {far + 2, 5_000_000}})
	if err != nil {
		t.Fatal(err)
	}
	mean, sd := float64(far+1), math.Sqrt(1e7/(1e7-1))
	near(t, "mean", h.Describe().Mean, &mean, 1e-15)
	near(t, "sd", h.Describe().SD, &sd, 1e-15)
}
