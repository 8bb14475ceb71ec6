package stat

// SMCR is the standardised mean change with raw-score standardisation: how far
// people moved, in standard deviations of where they began. It is standardised
// by the spread before and not by the spread of the changes, so that schemes
// whose people vary alike compare however closely two answers go together.
//
//	y = J·mean/sd_before,  v = 2(1 − r)/n + y²/(2n),  CI = y ± z₀.₉₇₅·√v
//
// Where r does not exist y stands and v is refused.
//
// Unit: standard deviations of the score before. Not bounded.
// Source: Becker (1988), Br J Math Stat Psychol 41:257-278; metafor's
// escalc(measure="SMCR", vtype="LS"); J is JExact, and the corrected y goes
// into v.
// Vectors: testdata/vectors/standardised.json, testdata/vectors/morris2008.json.
func (p Paired) SMCR() StandardisedChange {
	n := float64(p.N)
	y := p.JExact().times(p.DBaseline())
	v := y.and(p.R, func(y, r float64) float64 { return 2*(1-r)/n + y*y/(2*n) })
	return standardised(y, v)
}
