package stat

// SMCC is the standardised mean change with change-score standardisation: d_z
// without its small-sample bias.
//
//	y = J·d_z,  v = 1/n + y²/(2n),  CI = y ± z₀.₉₇₅·√v
//
// Where r does not exist y stands and v is refused: v does not name r, but the
// definition asks for it, and metafor gives no v without it.
//
// Unit: standard deviations of the change. Not bounded.
// Source: Gibbons, Hedeker & Davis (1993), J Educ Stat 18:271-279; metafor's
// escalc(measure="SMCC"); CONVENTIONS C7.
// Vectors: testdata/vectors/standardised.json.
func (p Paired) SMCC() StandardisedChange {
	n := float64(p.N)
	y := p.GZ()
	v := y.and(p.R, func(y, _ float64) float64 { return 1/n + y*y/(2*n) })
	return standardised(y, v)
}
