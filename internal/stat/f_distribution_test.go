package stat

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestF_R(t *testing.T) {
	v := vectors[[]struct {
		F, DF1, DF2, P float64
		Log10P         float64 `json:"log10_p"`
	}](t, "f_distribution")
	for _, c := range v.Cases {
		p, log10 := upperF(c.F, c.DF1, c.DF2)
		what := fmt.Sprintf("above %g with %g and %g", c.F, c.DF1, c.DF2)
		if c.Log10P > -307 {
			nearP(t, what, p, &c.P, v.Tolerance)
		}
		near(t, "log10 "+what, log10, &c.Log10P, v.Tolerance)
	}
	if p, log10 := upperF(0, 3, 20); *p.Ptr() != 1 || *log10.Ptr() != 0 {
		t.Errorf("above 0: %v", *p.Ptr())
	}
}

// With the same degrees of freedom above and below, 1 is the middle, however
// steep the density is there.
func TestF_MiddleIsOne(t *testing.T) {
	for _, df := range []float64{1, 2, 3, 20, 1e3, 1e4, 1e6, 1e9} {
		p, _ := upperF(1, df, df)
		near(t, fmt.Sprintf("above 1 with %g and %g", df, df), p, new(0.5), 1e-12)
	}
}

// F with one degree of freedom is t squared, and 1/F is F the other way round.
func TestLaw_FAndT(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		far, df2 := rapid.Float64Range(0.01, 20).Draw(t, "t"), rapid.Float64Range(1, 1e6).Draw(t, "df2")
		p, log10 := upperF(far*far, 1, df2)
		wantP, wantLog10 := twoSidedT(far, df2)
		alike(t, "p of t²", p, wantP)
		alike(t, "log10 p of t²", log10, wantLog10)

		f, df1 := rapid.Float64Range(0.01, 20).Draw(t, "f"), rapid.Float64Range(1, 200).Draw(t, "df1")
		above, _ := upperF(f, df1, df2)
		below, _ := upperF(1/f, df2, df1)
		alike(t, "both tails", above.and(below, func(a, b float64) float64 { return a + b }), Known(1))
	})
}
