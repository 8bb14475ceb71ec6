package stat

import "math"

// Student tests whether two groups have the same mean, taking their spreads to
// be the same. It is given beside Welch's, which takes less for granted.
//
//	t = (m₁−m₂)/(sd_pooled·√(1/n₁ + 1/n₂)),  df = n₁+n₂−2
//
// Unit: score points for difference, se and interval.
// Source: Student (1908), Biometrika 6:1-25; R's t.test(first, second,
// var.equal=TRUE); CONVENTIONS C12.
// Vectors: testdata/vectors/two_samples.json.
func (s TwoSamples) Student() TwoSampleT {
	se := s.PooledSD().then(func(sd float64) float64 {
		return sd * math.Sqrt(1/float64(s.first.n)+1/float64(s.second.n))
	})
	return s.test(se, s.df())
}
