package stat

import "math"

// Welch tests whether two groups have the same mean without taking their
// spreads to be the same.
//
//	t = (m₁−m₂)/√(sd₁²/n₁ + sd₂²/n₂)
//	df = (sd₁²/n₁ + sd₂²/n₂)² / ((sd₁²/n₁)²/(n₁−1) + (sd₂²/n₂)²/(n₂−1))
//
// Unit: score points for difference, se and interval.
// Source: Welch (1947), Biometrika 34:28-35; R's t.test(first, second);
// CONVENTIONS C10, C12.
// Vectors: testdata/vectors/two_samples.json.
func (s TwoSamples) Welch() TwoSampleT {
	pooled := s.df()
	if pooled.Ptr() == nil {
		return s.test(pooled, pooled)
	}
	a, b := s.first.variance()/float64(s.first.n), s.second.variance()/float64(s.second.n)
	se := Known(math.Sqrt(a+b) / s.scale)
	if a+b == 0 {
		return s.test(se, Refused(ErrAlikeInGroups))
	}
	// Shares of the whole, so that no square leaves the range of a number.
	p, q := a/(a+b), b/(a+b)
	df := 1 / (p*p/float64(s.first.n-1) + q*q/float64(s.second.n-1))
	return s.test(se, Known(df))
}
