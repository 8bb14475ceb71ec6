package stat

import "math"

// hartungKnappScale is how far the groups spread over what τ² accounts for.
//
//	q = ΣW·(y − μ)²/(k − 1)
//
// Below 10⁻¹⁴ it is what rounding leaves of 0.
//
// Unit: a ratio.
// Source: Hartung & Knapp (2001), Stat Med 20:3875-3889; CONVENTIONS C17.
// Vectors: testdata/vectors/pooling.json.
func hartungKnappScale(spread, df float64) float64 {
	if q := spread / df; q >= 1e-14 {
		return q
	}
	return 0
}

// hartungKnapp tests a pooled mean by how far the groups in fact spread about
// it, which keeps its promise of 95% with few groups where the normal interval
// does not. With a q of 0 its standard error is 0 and its interval a point;
// that is no certainty, and a page shows the variant with max(1, q) instead.
//
//	se = √(q/ΣW),  t = μ/se on k − 1,  CI = μ ± t₀.₉₇₅(k−1)·se
//
// Unit: that of the effects.
// Source: Hartung & Knapp (2001), Stat Med 20:3875-3889; Sidik & Jonkman (2002),
// Stat Med 21:3153-3159; max(1, q) is Knapp & Hartung's (2003), Stat Med
// 22:2693-2710; metafor's rma(test="knha") and rma(test="adhoc").
// Vectors: testdata/vectors/pooling.json.
func (e effects) hartungKnapp(estimate, q Number, weight float64) MeanTest {
	se := q.then(func(q float64) float64 { return math.Sqrt(q / weight) })
	t := estimate.over(se, ErrAllAgree)
	test := MeanTest{SE: se, Stat: t, P: Refused(t.Why())}
	if value, err := t.Value(); err == nil {
		test.P, _ = twoSidedT(value, e.df())
	}
	quantile := quantileT(e.df())
	test.CI = around(estimate, se.then(func(se float64) float64 { return quantile * se }))
	return test
}
