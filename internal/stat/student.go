package stat

import "math"

// Student's t is our own and not gonum's: gonum's tail comes from Cephes, is off
// by 4·10⁻⁹ of itself at 10⁷ degrees of freedom, and is 0 where its logarithm
// would still say something.

// logUpperT is the natural logarithm of the probability that Student's t with
// df degrees of freedom is above t ≥ 0. With f the density of t,
//
//	P(T > t) = f(t)·∫₀^∞ ((ν + (t+u)²)/(ν + t²))^(−(ν+1)/2) du
//
// The density goes into the logarithm exactly, and what is left under the
// integral is between 0 and 1, falls, and never cancels, so that the relative
// error stays below 10⁻¹² however far out t lies.
//
// Unit: natural logarithm of a probability.
// Source: the density is Student's (1908), Biometrika 6:1-25, as R's dt().
// Vectors: testdata/vectors/student_t.json.
func logUpperT(t, df float64) float64 {
	half, square := (df+1)/2, df+t*t
	// About how far the integrand reaches, as a normal near 0 and as a power far out.
	width := 1 / (math.Sqrt(half/square) + t*(df+1)/square)
	return logDensityT(t, df) + math.Log(areaBeyond0(width, func(u float64) float64 {
		return math.Exp(-half * math.Log1p(u*(2*t+u)/square))
	}))
}

// logDensityT is the natural logarithm of the density of Student's t.
func logDensityT(t, df float64) float64 {
	return math.Log(gammaStep(df/2)/math.Sqrt(df*math.Pi)) - (df+1)/2*math.Log1p(t*t/df)
}

// twoSidedT returns the probability that Student's t lies at least as far from
// zero as t, and its common logarithm, which still says something where the
// probability itself is too small for a float64 (below about 10⁻³⁰⁸).
//
// Unit: 0 to 1; common logarithm of the same.
// Source: R's 2*pt(-abs(t), df) and (pt(-abs(t), df, log.p=TRUE)+log(2))/log(10).
// Vectors: testdata/vectors/student_t.json.
func twoSidedT(t, df float64) (p, log10 Number) {
	log := min(0, math.Ln2+logUpperT(math.Abs(t), df))
	return Known(math.Exp(log)), Known(log / math.Ln10)
}

// quantileT is the 0.975 quantile of Student's t: the normal quantile with four
// corrections for df, then Newton's method on the logarithm of the tail, which is
// nearly straight there, so that each step doubles the digits. From about 30
// degrees of freedom on one or two steps do.
//
// Source: R's qt(0.975, df); the start is Abramowitz & Stegun (1964), 26.7.5.
// Vectors: testdata/vectors/student_t.json.
func quantileT(df float64) float64 {
	const (
		z, s = z975, z975 * z975
		g1   = z * (s + 1) / 4
		g2   = z * ((5*s+16)*s + 3) / 96
		g3   = z * (((3*s+19)*s+17)*s - 15) / 384
		g4   = z * ((((79*s+776)*s+1482)*s-1920)*s - 945) / 92160
	)
	t := z + (g1+(g2+(g3+g4/df)/df)/df)/df
	for range 20 {
		log := logUpperT(t, df)
		step := (log - math.Log(0.025)) * math.Exp(log-logDensityT(t, df))
		if t += step; math.Abs(step) < 1e-7*t {
			break // the next step would be below 10⁻¹⁴
		}
	}
	return t
}
