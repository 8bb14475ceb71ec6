package stat

import "math"

// DRM is d_z put back on the scale of the scores, through their correlation.
// With equal standard deviations before and after it equals d_av.
//
//	d_rm = d_z·√(2(1 − r))
//
// Unit: standard deviations of a score. Not bounded.
// Source: Morris & DeShon (2002), Psychol Methods 7:105-125; Lakens (2013),
// eq. 9.
// Vectors: testdata/vectors/standardised.json.
func (p Paired) DRM() Number {
	return p.DZ().and(p.R, func(d, r float64) float64 { return d * math.Sqrt(2*(1-r)) })
}
