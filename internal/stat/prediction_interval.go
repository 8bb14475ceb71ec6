package stat

import "math"

// A Prediction is a 95% interval for the true value of one more group like
// these, in the variants in use. It is wider than the interval of the mean,
// since groups differ.
type Prediction struct {
	Normal Interval // the effects' unit; as though τ² were known
	TK1    Interval // the effects' unit; t on k − 1
	TK2    Interval // the effects' unit; t on k − 2, refused for two groups
	HKTK1  Interval // the effects' unit; t on k − 1 and Hartung and Knapp's error
	HKTK2  Interval // the effects' unit; t on k − 2 and Hartung and Knapp's error
}

// prediction returns the intervals that a mean and a variance between groups
// predict.
//
//	μ ± c·√(τ² + se²),  c = z₀.₉₇₅, t₀.₉₇₅(k−1) or t₀.₉₇₅(k−2)
//
// Unit: that of the effects.
// Source: Higgins, Thompson & Spiegelhalter (2009), J R Stat Soc A 172:137-159,
// with k − 2; Riley, Higgins & Deeks (2011), BMJ 342:d549; IntHout et al.
// (2016), BMJ Open 6:e010247; metafor's predict() takes the test's own quantile.
// Vectors: testdata/vectors/pooling.json.
func (e effects) prediction(r RandomEffects) Prediction {
	k1, k2 := Known(quantileT(e.df())), Refused(ErrUnder3Groups)
	if e.df() > 1 {
		k2 = Known(quantileT(e.df() - 1))
	}
	interval := func(c, se Number) Interval {
		reach := r.Tau2.and(se, func(tau2, se float64) float64 { return math.Sqrt(tau2 + se*se) })
		return around(r.Estimate, c.times(reach))
	}
	return Prediction{
		Normal: interval(Known(z975), r.Wald.SE),
		TK1:    interval(k1, r.Wald.SE),
		TK2:    interval(k2, r.Wald.SE),
		HKTK1:  interval(k1, r.HK.SE),
		HKTK2:  interval(k2, r.HK.SE),
	}
}
