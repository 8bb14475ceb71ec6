package stat

import "math"

// JExact is the factor that removes the small-sample bias of a standardised
// change, with m = n − 1. Multiply a d by it to have a g.
//
//	J = Γ(m/2) / (√(m/2)·Γ((m−1)/2)),  for m > 1
//
// Unit: a factor, 0 to 1.
// Source: Hedges (1981), J Educ Stat 6:107-128, the exact c(m).
// Vectors: testdata/vectors/hedges.json.
func (p Paired) JExact() Number { return hedgesExact(p.df()) }

// JApprox is the approximation of JExact in common use. For two people it is 0,
// which is the approximation's failure and not a finding.
//
//	J = 1 − 3/(4m − 1)
//
// Unit: a factor, 0 to 1.
// Source: Hedges (1981), the approximation of c(m).
// Vectors: testdata/vectors/hedges.json.
func (p Paired) JApprox() Number { return hedgesApprox(p.df()) }

// hedgesExact is the correction for m degrees of freedom.
func hedgesExact(df Number) Number {
	m, err := df.Value()
	if err == nil && m <= 1 {
		return Refused(ErrUnder3)
	}
	return df.then(func(m float64) float64 { return gammaStep((m-1)/2) / math.Sqrt(m/2) })
}

// hedgesApprox is its approximation for m degrees of freedom.
func hedgesApprox(df Number) Number {
	return df.then(func(m float64) float64 { return 1 - 3/(4*m-1) })
}
