package stat

// An estimate is a number with its standard error and the degrees of freedom
// that the standard error rests on.
type estimate struct{ value, se, df Number }

// studentTested is what Student's t says of an estimate.
type studentTested struct {
	T      Number // standard errors
	P      Number // 0 to 1, two-sided
	Log10P Number // common logarithm of P
	CI     Interval
}

// studentTest tests whether an estimate is zero. A standard error of 0 is
// refused for the reason given: it would claim certainty.
//
//	t = estimate/se,  CI = estimate ± t₀.₉₇₅(df)·se
//
// Unit: that of the estimate for the interval.
// Source: Student (1908), Biometrika 6:1-25; R's 2*pt(-abs(t), df), qt(0.975, df).
// Vectors: testdata/vectors/two_samples.json, testdata/vectors/ancova.json.
func studentTest(e estimate, none Refusal) studentTested {
	t := e.value.over(e.se, none)
	if e.df.Ptr() == nil {
		t = Refused(e.df.Why())
	}
	far, err := t.Value()
	if err != nil {
		return studentTested{t, t, t, Interval{t, t}}
	}
	df := *e.df.Ptr()
	quantile := quantileT(df)
	p, log10 := twoSidedT(far, df)
	return studentTested{
		T: t, P: p, Log10P: log10,
		CI: around(e.value, e.se.then(func(se float64) float64 { return quantile * se })),
	}
}
