package stat

import "math"

// upperF is the probability that F with df1 and df2 degrees of freedom is above
// f, and its common logarithm, which still says something where the probability
// itself is too small for a float64.
//
// Unit: 0 to 1; common logarithm of the same.
// Source: R's pf(f, df1, df2, lower.tail=FALSE), also with log.p=TRUE.
// Vectors: testdata/vectors/f_distribution.json.
func upperF(f, df1, df2 float64) (p, log10 Number) {
	var log float64
	switch {
	case f >= 1:
		log = min(0, logTailF(f, df1, df2))
	case f > 0: // the lower tail is the upper tail of 1/F, and no more than 0.69
		log = math.Log1p(-math.Exp(logTailF(1/f, df2, df1)))
	}
	return Known(math.Exp(log)), Known(log / math.Ln10)
}

// logTailF is the natural logarithm of the probability that F is above f ≥ 1,
// which is past its mode. With a = df1/2, b = df2/2, y = a·f/b and c = y/(1+y),
//
//	P(F > f) = yᵃ(1+y)^(−a−b)/B(a, b) · ∫₀^∞ (1+u)^(a−1)·(1+c·u)^(−a−b) du
//
// The front is the density of F times f, and what is under the integral falls
// from 1.
//
// Unit: natural logarithm of a probability.
// Source: the density is Fisher's and Snedecor's, as R's df().
// Vectors: testdata/vectors/f_distribution.json.
func logTailF(f, df1, df2 float64) float64 {
	a, b := df1/2, df2/2
	y := f * a / b
	c := y / (1 + y)
	slope, bend := (a+b)*c-(a-1), (a-1)-(a+b)*c*c // of the integrand's logarithm at 0
	integrand := func(u float64) float64 {
		return math.Exp((a-1)*math.Log1p(u) - (a+b)*math.Log1p(c*u))
	}
	if a > b { // the same, without two large logarithms that nearly cancel
		integrand = func(u float64) float64 {
			return math.Exp(-(1+b)*math.Log1p(u) - (a+b)*math.Log1p(-u/((1+y)*(1+u))))
		}
	}
	return logDensityF(f, a, b) + math.Log(areaBeyond0(1/(slope+math.Sqrt(max(0, bend))), integrand))
}

// logDensityF is the natural logarithm of f times the density of F with 2a and
// 2b degrees of freedom. It is an exponent that is small where it counts, times
// what Stirling's formula leaves of three gammas, so that a million degrees of
// freedom cost no digit. It is the same for 1/f with a and b exchanged, and the
// smaller of the two goes in front of the logarithm of f.
//
//	fᵃ·((1+a/b)/(1+f·a/b))^(a+b) · √(ab/(2π(a+b)))·exp(δ(a+b) − δ(a) − δ(b))
//
// Source: Loader (2000), as in saddle_point.go; R's df().
// Vectors: testdata/vectors/f_distribution.json.
func logDensityF(f, a, b float64) float64 {
	if a > b {
		f, a, b = 1/f, b, a
	}
	return a*math.Log(f) + (a+b)*logShrunk(a/b, f) +
		math.Log(a/(2*math.Pi)*(b/(a+b)))/2 + stirlingError(a+b) - stirlingError(a) - stirlingError(b)
}

// logShrunk is log((1+ratio)/(1+ratio·f)), by what lies between the two where
// they are close.
func logShrunk(ratio, f float64) float64 {
	less := ratio * (1 - f) / (1 + ratio*f)
	if less < -0.5 {
		return math.Log((1 + ratio) / (1 + ratio*f))
	}
	return math.Log1p(less)
}
