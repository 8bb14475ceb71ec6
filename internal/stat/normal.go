package stat

import "math"

// z975 is the standard normal quantile at 0.975.
const z975 = 1.959963984540054

// normalTwoSided is the probability that a standard normal lies at least as far
// from zero as z, by the complementary error function: 1 − CDF would be 0 from
// about z = 8.3 on.
//
// Unit: 0 to 1.
// Source: Abramowitz & Stegun (1964), 26.2.29; R's 2*pnorm(-abs(z)).
// Vectors: testdata/vectors/signed_rank.json.
func normalTwoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }

// normalBelow is the probability that a standard normal is below z.
func normalBelow(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// normalDensity is the standard normal density at z.
func normalDensity(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }
