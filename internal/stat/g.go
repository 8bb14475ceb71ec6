package stat

// GZ is d_z without its small-sample bias, by JExact.
//
// Unit: standard deviations of the change. Not bounded.
// Source: Hedges (1981); metafor's escalc(measure="SMCC").
// Vectors: testdata/vectors/standardised.json.
func (p Paired) GZ() Number { return p.JExact().times(p.DZ()) }

// GZApprox is GZ by JApprox.
//
// Unit: standard deviations of the change. Not bounded.
// Source: Hedges (1981).
// Vectors: testdata/vectors/standardised.json.
func (p Paired) GZApprox() Number { return p.JApprox().times(p.DZ()) }

// GBaselineApprox is DBaseline without its small-sample bias, by JApprox. By
// JExact it is the value of SMCR.
//
// Unit: standard deviations of the score before. Not bounded.
// Source: Morris & DeShon (2002), Psychol Methods 7:105-125.
// Vectors: testdata/vectors/standardised.json.
func (p Paired) GBaselineApprox() Number { return p.JApprox().times(p.DBaseline()) }
