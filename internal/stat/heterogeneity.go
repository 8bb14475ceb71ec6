package stat

// heterogeneity tests whether groups differ by more than chance, and says which
// share of what is seen is more.
//
//	Q = Σ w·(y − μ)²,  df = k − 1,  I² = 100·max(0, (Q − df)/Q)
//
// Unit: squares of standard errors; 0 to 1; per cent.
// Source: Cochran (1954), Biometrics 10:101-129; Higgins & Thompson (2002), Stat
// Med 21:1539-1558.
// Vectors: testdata/vectors/pooling.json.
func (e effects) heterogeneity() (q, p, i2 Number) {
	spread, _ := e.spread(0)
	q = Known(spread)
	p = q.then(func(q float64) float64 { return upperChiSquare(q, e.df()) })
	return q, p, q.then(func(q float64) float64 {
		if q <= e.df() { // also where all agree and Q is 0
			return 0
		}
		return 100 * (q - e.df()) / q
	})
}

// derSimonianLaird is the variance between groups that makes Q what it is
// expected to be, with the weights of the fixed mean.
//
//	τ² = max(0, (Q − (k−1)) / (Σw − Σw²/Σw))
//
// Unit: that of the effects, squared.
// Source: DerSimonian & Laird (1986), Control Clin Trials 7:177-188.
// Vectors: testdata/vectors/pooling.json.
func (e effects) derSimonianLaird() float64 {
	q, _ := e.spread(0)
	return max(0, (q-e.df())/e.trace(0))
}
