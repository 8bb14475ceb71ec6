package stat

import (
	"fmt"
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
