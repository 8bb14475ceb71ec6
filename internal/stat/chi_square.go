package stat

import "math"

// upperChiSquare is the probability that χ² with df degrees of freedom is above
// x. Above the middle it is Legendre's continued fraction, which keeps its
// relative error below 10⁻¹² however far out x lies; below, it is what the
// series of the lower tail leaves of 1. With a = df/2 and y = x/2,
//
//	P(χ² > x) = Γ(a, y)/Γ(a),  yᵃe⁻ʸ/Γ(a+1) = exp(−deviance(a, y) − δ(a))/√(2πa)
//
// Unit: 0 to 1.
// Source: Abramowitz & Stegun (1964), 6.5.29 and 6.5.31; R's
// pchisq(x, df, lower.tail=FALSE).
// Vectors: testdata/vectors/chi_square.json.
func upperChiSquare(x, df float64) float64 {
	switch {
	case x <= 0:
		return 1
	case math.IsInf(x, 1):
		return 0
	}
	a, y := df/2, x/2
	front := math.Exp(-deviance(a, y)-stirlingError(a)) / math.Sqrt(2*math.Pi*a)
	if y < a+1 {
		return 1 - front*lowerGammaSeries(a, y)
	}
	return front * a * upperGammaFraction(a, y)
}

// lowerGammaSeries is Σ yⁿ/((a+1)···(a+n)) from n = 0, for y < a+1. It takes
// about 8·√a steps.
func lowerGammaSeries(a, y float64) float64 {
	sum, term := 1.0, 1.0
	for n := 1.0; term > 1e-17*sum; n++ {
		term *= y / (a + n)
		sum += term
	}
	return sum
}

// upperGammaFraction is 1/(y+1−a− 1·(1−a)/(y+3−a− 2·(2−a)/(y+5−a− …))) for
// y ≥ a+1, from the top down.
//
// Source: Lentz's algorithm in Thompson & Barnett (1986), J Comput Phys
// 64:490-509.
func upperGammaFraction(a, y float64) float64 {
	const never0 = 1e-300
	b := y + 1 - a
	c, d := 1/never0, 1/b
	fraction := d
	for n := 1.0; n < 1e6; n++ {
		part := n * (a - n)
		b += 2
		d = 1 / nonZero(part*d+b, never0)
		c = nonZero(b+part/c, never0)
		fraction *= c * d
		if math.Abs(c*d-1) < 1e-16 {
			break
		}
	}
	return fraction
}

// nonZero is v, and tiny where v is 0.
func nonZero(v, tiny float64) float64 {
	if v == 0 {
		return tiny
	}
	return v
}

// chiSquareExceeded is the χ² that is exceeded with probability share, found
// from Wilson & Hilferty's cube.
//
// Source: Wilson & Hilferty (1931), Proc Natl Acad Sci 17:684-688; R's
// qchisq(share, df, lower.tail=FALSE).
// Vectors: testdata/vectors/chi_square.json, at 0.025 and 0.975.
func chiSquareExceeded(share, df float64) float64 {
	z := z975 // of a share of 0.025
	if share > 0.5 {
		z = -z975
	}
	cube := 1 - 2/(9*df) + z*math.Sqrt(2/(9*df))
	guess := df * max(cube, 0.05) * max(cube, 0.05) * max(cube, 0.05)
	return fallingRoot(func(x float64) (value, slope float64) {
		a, y := df/2, x/2
		density := math.Exp(-deviance(a, y)-stirlingError(a)) / math.Sqrt(2*math.Pi*a) * a / x
		return upperChiSquare(x, df) - share, -density
	}, 0, guess, df+10*math.Sqrt(2*df)+20)
}
