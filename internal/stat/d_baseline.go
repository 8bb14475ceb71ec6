package stat

// DBaseline is the mean change in standard deviations of where people began.
//
//	d = mean / sd_before
//
// Unit: standard deviations of the score before. Not bounded.
// Source: Becker (1988), Br J Math Stat Psychol 41:257-278 (Glass's type: the
// spread that the service could not yet have changed).
// Vectors: testdata/vectors/standardised.json.
func (p Paired) DBaseline() Number { return p.MeanChange.over(p.SDBefore, ErrSameBefore) }
