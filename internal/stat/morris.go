package stat

// morrisDPPC2 is how much further one group moved than the other, in standard
// deviations of where both began: the spread that no service can have changed
// yet.
//
//	d_ppc2 = (1 − 3/(4(n₁+n₀−2) − 1))·(difference in mean change)/sd_before,pooled
//
// Unit: pooled standard deviations of the score before. Not bounded.
// Source: Morris (2008), Organ Res Methods 11:364-386, eqs. 8 to 10;
// CONVENTIONS C10.
// Vectors: testdata/vectors/ancova.json.
func morrisDPPC2(changes, before TwoSamples) Number {
	d := changes.Difference().over(before.PooledSD(), ErrSameBeforeIn)
	return hedgesApprox(before.df()).times(d)
}
