package stat

import "math"

// A PairedT is the paired t test of a change.
type PairedT struct {
	N      int64  // people
	Mean   Number // score points, after minus before
	SD     Number // score points, of the changes
	SE     Number // score points
	DF     Number // people
	CI     Interval
	T      Number // standard errors
	P      Number // 0 to 1, two-sided
	Log10P Number // common logarithm of P; finite where P is too small for a number
}

// PairedT tests whether the mean change is zero.
//
//	t = mean / (sd/√n),  df = n − 1,  CI = mean ± t₀.₉₇₅(df)·sd/√n
//
// When all changes are equal the mean, the standard deviation (0) and the
// standard error (0) stand, and t, p and the interval are refused: such data
// say nothing about chance, and would otherwise claim certainty.
//
// Unit: score points for mean, sd, se and interval.
// Source: Student (1908), Biometrika 6:1-25; R's t.test(post, pre, paired=TRUE);
// CONVENTIONS C4.
// Vectors: testdata/vectors/paired_t.json.
func (p Paired) PairedT() PairedT {
	n := float64(p.N)
	r := PairedT{
		N:    p.N,
		Mean: p.MeanChange,
		SD:   p.SDChange,
		SE:   p.SDChange.then(func(sd float64) float64 { return sd / math.Sqrt(n) }),
		DF:   p.df(),
	}
	r.T = p.MeanChange.over(r.SE, ErrSameChange)
	df, err := r.DF.Value()
	if err != nil {
		r.T = r.DF // a summary of one person from elsewhere may still name an SD
	}
	t, err := r.T.Value()
	if err != nil {
		missing := Refused(r.T.Why())
		r.P, r.Log10P, r.CI = missing, missing, Interval{missing, missing}
		return r
	}
	r.P, r.Log10P = twoSidedT(t, df)
	quantile := quantileT(df)
	r.CI = around(r.Mean, r.SE.then(func(se float64) float64 { return quantile * se }))
	return r
}

// df is n − 1, refused below two people.
func (p Paired) df() Number {
	switch {
	case p.N < 1:
		return Refused(ErrNobody)
	case p.N < 2:
		return Refused(ErrUnder2)
	}
	return Known(float64(p.N - 1))
}
