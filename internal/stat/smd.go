package stat

// SMDPooled is the difference of two means in standard deviations within the
// groups, without correction.
//
//	d = (m₁−m₂)/sd_pooled
//
// Unit: pooled standard deviations. Not bounded.
// Source: Cohen (1988), eq. 2.5.1, with n₁+n₂−2; CONVENTIONS C17.
// Vectors: testdata/vectors/two_samples.json.
func (s TwoSamples) SMDPooled() Number {
	return s.Difference().over(s.PooledSD(), ErrAlikeInGroups)
}

// SMDHedges is SMDPooled without its small-sample bias: Hedges' g, with the
// exact correction for m = n₁+n₂−2.
//
// Unit: pooled standard deviations. Not bounded.
// Source: Hedges (1981), J Educ Stat 6:107-128, the exact c(m); CONVENTIONS C12.
// Vectors: testdata/vectors/two_samples.json.
func (s TwoSamples) SMDHedges() Number {
	return hedgesExact(s.df()).times(s.SMDPooled())
}
