package stat

import "math"

// DAvMean is the mean change in standard deviations of a score, averaged before
// and after. Unlike d_z it does not grow when the two answers go closely
// together.
//
//	d_av = mean / ((sd_before + sd_after)/2)
//
// Unit: standard deviations of a score. Not bounded.
// Source: Lakens (2013), Front Psychol 4:863, eq. 10; Cumming (2012).
// Vectors: testdata/vectors/standardised.json.
func (p Paired) DAvMean() Number {
	return p.MeanChange.over(p.SDBefore.and(p.SDAfter, func(before, after float64) float64 {
		return (before + after) / 2
	}), ErrSameBoth)
}

// DAvRootMeanSquare is the other d_av in use: the variances are averaged, not
// the standard deviations.
//
//	d_av = mean / √((sd_before² + sd_after²)/2)
//
// Unit: standard deviations of a score. Not bounded.
// Source: Cohen (1988), 2.3, eq. 2.3.2; CONVENTIONS C6.
// Vectors: testdata/vectors/standardised.json.
func (p Paired) DAvRootMeanSquare() Number {
	return p.MeanChange.over(p.SDBefore.and(p.SDAfter, func(before, after float64) float64 {
		return math.Sqrt((before*before + after*after) / 2)
	}), ErrSameBoth)
}
