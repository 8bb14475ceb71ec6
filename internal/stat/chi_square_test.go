package stat

import (
	"fmt"
	"math"
	"testing"
)

func TestChiSquare_R(t *testing.T) {
	v := vectors[struct {
		Tails     []struct{ X, DF, P float64 }
		Quantiles []struct{ DF, Q025, Q975 float64 }
	}](t, "chi_square")
	for _, c := range v.Cases.Tails {
		nearP(t, fmt.Sprintf("above %g with df=%g", c.X, c.DF), Known(upperChiSquare(c.X, c.DF)), &c.P, v.Tolerance)
	}
	for _, c := range v.Cases.Quantiles {
		nearP(t, fmt.Sprintf("0.025 quantile with df=%g", c.DF), Known(chiSquareExceeded(0.975, c.DF)), &c.Q025, v.Tolerance)
		nearP(t, fmt.Sprintf("0.975 quantile with df=%g", c.DF), Known(chiSquareExceeded(0.025, c.DF)), &c.Q975, v.Tolerance)
	}
}

// Beyond both ends of what can be.
func TestChiSquare_Ends(t *testing.T) {
	if upperChiSquare(-1, 3) != 1 || upperChiSquare(0, 3) != 1 || upperChiSquare(math.Inf(1), 3) != 0 {
		t.Errorf("above −1, 0 and infinity: %v, %v and %v; want 1, 1 and 0",
			upperChiSquare(-1, 3), upperChiSquare(0, 3), upperChiSquare(math.Inf(1), 3))
	}
}

// From one group to a hundred thousand, what is exceeded with a probability is
// exceeded with that probability. With 100 degrees of freedom it is what the
// tables print (Abramowitz & Stegun 1964, table 26.8).
func TestChiSquareExceeded_ItsOwnTail(t *testing.T) {
	for share, printed := range map[float64]float64{0.025: 129.561, 0.975: 74.2219} {
		for _, df := range []float64{1, 2, 10, 100, 1000, 1e5} {
			x := chiSquareExceeded(share, df)
			nearP(t, fmt.Sprintf("above %g with df=%g", x, df), Known(upperChiSquare(x, df)), &share, 1e-10)
		}
		near(t, "with 100", Known(chiSquareExceeded(share, 100)), &printed, 5e-4)
	}
}
