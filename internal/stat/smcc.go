package stat

// SMCC is the standardised mean change with change-score standardisation: d_z
// without its small-sample bias.
//
//	y = J·d_z,  v = 1/n + y²/(2n),  CI = y ± z₀.₉₇₅·√v
//
// Unit: standard deviations of the change. Not bounded.
// Source: Gibbons, Hedeker & Davis (1993), J Educ Stat 18:271-279; metafor's
// escalc(measure="SMCC").
// Vectors: testdata/vectors/standardised.json.
func (p Paired) SMCC() StandardisedChange {
	n := float64(p.N)
	y := p.GZ()
	return standardised(y, y.then(func(y float64) float64 { return 1/n + y*y/(2*n) }))
}
