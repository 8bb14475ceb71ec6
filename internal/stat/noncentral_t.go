package stat

import "math"

// noncentralBelow returns the probability that a non-central t with df degrees
// of freedom and non-centrality ncp is below t, and its slope in ncp. With
// s = √(χ²/ν) and s = eᵘ,
//
//	P(T ≤ t) = E[Φ(t·s − ncp)],  density of u ∝ exp(ν(u − e²ᵘ/2))
//
// taken by the trapezoidal rule, which for a function that is analytic and
// vanishes at both ends gains digits exponentially in the number of points. The
// series in use elsewhere (AS 243) loses its digits from ncp ≈ 37 on.
//
// Unit: 0 to 1; per unit of ncp.
// Source: Johnson, Kotz & Balakrishnan (1995), Continuous Univariate
// Distributions 2, 31.1; Trefethen & Weideman (2014), SIAM Review 56:385-458.
// Vectors: testdata/vectors/noncentral_t.json.
func noncentralBelow(t, df, ncp float64) (p, slope float64) {
	// Half of the narrowest of: the density, Φ's rise, and the strip about the
	// real line within which the density does not grow.
	step := 0.5 / math.Sqrt(16+2*df+ncp*ncp+t*t)
	var mass float64
	visit := func(u float64) (more bool) {
		s := math.Exp(u)
		weight := math.Exp(df * (u - (s*s-1)/2))
		mass += weight
		p += weight * normalBelow(t*s-ncp)
		slope -= weight * normalDensity(t*s-ncp)
		return weight > 1e-18
	}
	for k := 0; visit(float64(k) * step); k++ {
	}
	for k := -1; visit(float64(k) * step); k-- {
	}
	return p / mass, slope / mass
}

// noncentrality returns the ncp at which an observed t lies at the given share
// of the distribution.
func noncentrality(t, df, share float64) float64 {
	z := z975 // of a share of 0.975
	if share < 0.5 {
		z = -z975
	}
	reach := 5*math.Abs(t) + 10 // beyond this the share is out of [0.025, 0.975] at every df
	return fallingRoot(func(ncp float64) (float64, float64) {
		p, slope := noncentralBelow(t, df, ncp)
		return p - share, slope
	}, -reach, t-z*math.Sqrt(1+t*t/(2*df)), reach)
}
