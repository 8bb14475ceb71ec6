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
