package stat

import "math"

// The densities of the gamma and the binomial distribution are an exponent that
// is small where it counts, times a square root. Written with logarithms of
// factorials they would be differences of numbers of 10⁷, which at a million
// people leaves six digits; written as below nothing cancels.
//
// Source: Loader (2000), Fast and accurate computation of binomial
// probabilities; R's dbinom and dpois compute so.

// stirlingError is what Stirling's formula leaves of the logarithm of a
// factorial, for a > 0.
//
//	δ(a) = log Γ(a+1) − log(√(2πa)·(a/e)ᵃ)
//
// Source: Abramowitz & Stegun (1964), 6.1.41, from 16 on; below, the gamma
// itself is exact to the last digits.
// Vectors: testdata/vectors/chi_square.json, testdata/vectors/binomial.json.
func stirlingError(a float64) float64 {
	if a < 16 {
		return math.Log(math.Gamma(a+1) / (math.Sqrt(2*math.Pi*a) * math.Pow(a/math.E, a)))
	}
	b := 1 / (a * a)
	return (1./12 - b*(1./360-b*(1./1260-b*(1./1680-b*(1./1188-b*691./360360))))) / a
}

// deviance is a·log(a/m) + m − a: how unlikely a count of a is where m are
// expected. It is 0 at a = m.
func deviance(a, m float64) float64 {
	if a == 0 {
		return m
	}
	d := (m - a) / a
	if math.Abs(d) > 0.5 {
		return a*math.Log(a/m) + m - a
	}
	// a·(d − log(1+d)), where log(1+d) = 2·artanh(s) is expanded in s = d/(2+d)
	// and its first term taken off before anything cancels.
	s := d / (2 + d)
	var series float64
	for term, k := 1.0, 3.0; term > 1e-18; term, k = term*s*s, k+2 {
		series += term / k
	}
	return a * (d*s - 2*s*s*s*series)
}
