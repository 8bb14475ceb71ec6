package stat

import "math"

// areaBeyond0 is ∫₀^∞ f(u) du for an f that is 1 at 0 and falls, steeply or only
// as a power of u. It is taken by the double-exponential rule,
// u = width·exp(π/2·sinh x) with x in steps of 1/16: nothing is subtracted, so
// that the relative error stays near that of f. The width is about how far f
// reaches.
//
// Source: Takahasi & Mori (1974), Publ RIMS 9:721-741, the rule for (0, ∞).
// Vectors: testdata/vectors/student_t.json, testdata/vectors/f_distribution.json.
func areaBeyond0(width float64, f func(u float64) float64) float64 {
	var area float64
	for _, node := range doubleExponential {
		part := node.weight * f(width*node.u)
		area += part
		if node.u > 1 && part < 1e-18*area {
			break
		}
	}
	return width * area
}

// A node is one point of the rule with its share of the area.
type node struct{ u, weight float64 }

// doubleExponential is the rule from x = −4.1, where u is below 10⁻²⁰, to x = 5,
// where even u^(−½) is. It is never written to.
var doubleExponential = func() (nodes [147]node) {
	const step, first = 1. / 16, -66
	for i := range nodes {
		x := float64(first+i) * step
		u := math.Exp(math.Pi / 2 * math.Sinh(x))
		nodes[i] = node{u: u, weight: step * math.Pi / 2 * math.Cosh(x) * u}
	}
	return nodes
}()
