package stat

import "math"

// fixed is the mean of groups that are taken to share one true value.
//
//	μ = Σwy/Σw,  w = 1/v,  se = √(1/Σw)
//
// Unit: that of the effects.
// Source: Birge (1932), Phys Rev 40:207-227; metafor's rma(method="FE").
// Vectors: testdata/vectors/pooling.json.
func (e effects) fixed() FixedEffect {
	mean, weight := e.mean(0)
	estimate := Known(e.origin + mean)
	return FixedEffect{Estimate: estimate, MeanTest: wald(estimate, Known(math.Sqrt(1/weight)))}
}

// wald is a normal test and interval of a mean with a standard error.
func wald(estimate, se Number) MeanTest {
	z := estimate.over(se, ErrAllAgree)
	return MeanTest{
		SE: se, Stat: z, P: z.then(normalTwoSided),
		CI: around(estimate, se.then(func(se float64) float64 { return z975 * se })),
	}
}
