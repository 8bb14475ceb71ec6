package stat

import "math"

// DZ is the mean change in standard deviations of the change. It says how
// steadily people moved, not how far: halve the spread of the changes and it
// doubles.
//
//	d_z = mean / sd_change
//
// Unit: standard deviations of the change. Not bounded.
// Source: Lakens (2013), Front Psychol 4:863, eq. 6; Cumming (2012).
// Vectors: testdata/vectors/standardised.json.
func (p Paired) DZ() Number { return p.MeanChange.over(p.SDChange, ErrSameChange) }

// DZNormal is the large-sample 95% interval of d_z.
//
//	d_z ± z₀.₉₇₅·√(1/n + d_z²/(2n))
//
// Unit: standard deviations of the change.
// Source: Hedges & Olkin (1985), Statistical Methods for Meta-Analysis, ch. 5,
// for one sample; CONVENTIONS C6.
// Vectors: testdata/vectors/standardised.json.
func (p Paired) DZNormal() Interval {
	d, n := p.DZ(), float64(p.N)
	return around(d, d.then(func(d float64) float64 { return z975 * math.Sqrt(1/n+d*d/(2*n)) }))
}

// DZExact is the exact 95% interval of d_z: the non-centralities at which the t
// that was seen is as far out as 2.5% either way, divided by √n. Beyond |t| = 30
// it is refused, since other programs, which this must agree with, cannot
// follow there.
//
//	P(T(n−1, δ_low) ≤ t) = 0.975,  P(T(n−1, δ_high) ≤ t) = 0.025,  CI = δ/√n
//
// Unit: standard deviations of the change.
// Source: Steiger & Fouladi (1997), in What If There Were No Significance Tests?,
// 221-257; Cumming & Finch (2001), Educ Psychol Meas 61:532-574.
// Vectors: testdata/vectors/noncentral_t.json.
func (p Paired) DZExact() Interval {
	test := p.PairedT()
	t, err := test.T.Value()
	if err != nil {
		missing := Refused(test.T.Why())
		return Interval{missing, missing}
	}
	if math.Abs(t) > 30 {
		return Interval{Refused(ErrBeyond30), Refused(ErrBeyond30)}
	}
	n := float64(p.N)
	return Interval{
		Low:  Known(noncentrality(t, n-1, 0.975) / math.Sqrt(n)),
		High: Known(noncentrality(t, n-1, 0.025) / math.Sqrt(n)),
	}
}
