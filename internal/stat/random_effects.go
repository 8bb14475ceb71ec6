package stat

import "math"

// random is what follows from a variance between groups.
//
//	W = 1/(v + τ²),  μ = ΣWy/ΣW,  I² = 100·τ²/(τ² + ṽ),  H² = τ²/ṽ + 1
//	ṽ = (k−1)·Σw/((Σw)² − Σw²),  w = 1/v
//
// Unit: that of the effects; per cent for I² and the weights.
// Source: DerSimonian & Laird (1986), Control Clin Trials 7:177-188; the typical
// variance ṽ is Higgins & Thompson's (2002), Stat Med 21:1539-1558.
// Vectors: testdata/vectors/pooling.json.
func (e effects) random(tau2 float64, ci Interval) RandomEffects {
	mean, weight := e.mean(tau2)
	q, _ := e.spread(tau2)
	typical := e.df() / e.trace(0)
	r := RandomEffects{
		Tau2: Known(tau2), Tau: Known(math.Sqrt(tau2)), Tau2CI: ci,
		Estimate:        Known(e.origin + mean),
		TypicalVariance: Known(typical),
		I2:              Known(100 * tau2 / (tau2 + typical)),
		H2:              Known(tau2/typical + 1),
		HKScale:         Known(hartungKnappScale(q, e.df())),
		Weights:         make([]Number, len(e.given)),
	}
	for i, s := range e.given {
		r.Weights[i] = Known(100 / (s.Variance + tau2) / weight)
	}
	r.Wald = wald(r.Estimate, Known(math.Sqrt(1/weight)))
	adHoc := r.HKScale.then(func(q float64) float64 { return max(1, q) })
	r.HK, r.HKAdHoc = e.hartungKnapp(r.Estimate, r.HKScale, weight), e.hartungKnapp(r.Estimate, adHoc, weight)
	r.Prediction = e.prediction(r)
	return r
}
