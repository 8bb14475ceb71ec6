package stat

import (
	"math"
	"math/big"
	"testing"
)

// Γ(n+½)/Γ(n) is √π·(2n)!/(4ⁿ·n!·(n−1)!): a fraction and one root, on either side
// of where the series takes over.
func TestGammaStep_Fractions(t *testing.T) {
	for n := int64(1); n <= 200; n++ {
		factorial := func(k int64) *big.Int { return new(big.Int).MulRange(1, k) }
		below := new(big.Int).Lsh(factorial(n), uint(2*n))
		exact, _ := new(big.Rat).SetFrac(factorial(2*n), below.Mul(below, factorial(n-1))).Float64()
		want := exact * math.Sqrt(math.Pi)
		if got := gammaStep(float64(n)); math.Abs(got-want) > 2e-15*want {
			t.Errorf("at %d: %.17g, want %.17g", n, got, want)
		}
	}
}
