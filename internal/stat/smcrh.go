package stat

// SMCRH is SMCR with a variance that does not assume the same spread before and
// after.
//
//	y = J·mean/sd_before,
//	v = J²·[sd_change²/(sd_before²·(n−1)) + y²/(2(n−1))],  CI = y ± z₀.₉₇₅·√v
//
// Where r does not exist y stands and v is refused, as in SMCC.
//
// Unit: standard deviations of the score before. Not bounded.
// Source: Bonett (2008), Psychol Methods 13:99-109; metafor 3.8-1's
// escalc(measure="SMCRH"); CONVENTIONS C7.
// Vectors: testdata/vectors/standardised.json.
func (p Paired) SMCRH() StandardisedChange {
	j := p.JExact()
	y := j.times(p.DBaseline())
	m := float64(p.N - 1)
	v := p.SDChange.over(p.SDBefore, ErrSameBefore).and(y, func(ratio, y float64) float64 {
		return ratio*ratio/m + y*y/(2*m)
	})
	return standardised(y, j.times(j).times(v).and(p.R, func(v, _ float64) float64 { return v }))
}
