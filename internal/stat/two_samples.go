package stat

import (
	"math"
	"math/big"
)

// TwoSamples are two groups of different people, by the exact sums of one score
// each (or of one change each). Every difference is the first less the second.
type TwoSamples struct {
	first, second margin
	scale         float64 // levels in a score point
}

// NewTwoSamples puts two groups side by side. It returns ErrUnlikeScores when
// they were not counted with the same decimals.
func NewTwoSamples(first, second Histogram) (TwoSamples, error) {
	if first.decimals != second.decimals {
		return TwoSamples{}, ErrUnlikeScores
	}
	return TwoSamples{first.margin(), second.margin(), first.scale()}, nil
}

// Difference is the difference of the two means, first less second. It needs
// one person in each group.
//
// Unit: score points.
// Source: definition; CONVENTIONS C10, C17.
// Vectors: testdata/vectors/two_samples.json.
func (s TwoSamples) Difference() Number {
	if s.first.n == 0 || s.second.n == 0 {
		return Refused(ErrNobody)
	}
	n, m := float64(s.first.n), float64(s.second.n)
	return Known(float(crossed(s.first, s.second)) / (n * m * s.scale))
}

// crossed is the difference of two means times both numbers of people: an
// integer, so that scores far from zero lose no digit.
func crossed(a, b margin) *big.Int {
	x := new(big.Int).Mul(a.sum.int(), big.NewInt(b.n))
	return x.Sub(x, new(big.Int).Mul(b.sum.int(), big.NewInt(a.n)))
}

// variance is the variance of a group of two or more, in levels².
func (m margin) variance() float64 {
	n := float64(m.n)
	return float(m.spread()) / (n * (n - 1))
}

// df is n₁ + n₂ − 2, refused when a group has fewer than two people.
func (s TwoSamples) df() Number {
	switch {
	case s.first.n == 0 || s.second.n == 0:
		return Refused(ErrNobody)
	case s.first.n < 2 || s.second.n < 2:
		return Refused(ErrUnder2InGroup)
	}
	return Known(float64(s.first.n + s.second.n - 2))
}

// PooledSD is the standard deviation within the two groups together.
//
//	√(((n₁−1)·sd₁² + (n₂−1)·sd₂²) / (n₁+n₂−2))
//
// It is 0 when nobody differs from the others of their group, and refused when
// a group has fewer than two people.
//
// Unit: score points.
// Source: Hedges (1981), J Educ Stat 6:107-128, eq. 2; CONVENTIONS C17.
// Vectors: testdata/vectors/two_samples.json.
func (s TwoSamples) PooledSD() Number {
	return s.df().then(func(df float64) float64 {
		squares := s.first.variance()*float64(s.first.n-1) + s.second.variance()*float64(s.second.n-1)
		return math.Sqrt(squares/df) / s.scale
	})
}

// A TwoSampleT is a t test of the difference of two means.
type TwoSampleT struct {
	Difference Number // score points, first less second
	SE         Number // score points
	DF         Number // degrees of freedom, whole for Student's and not for Welch's
	CI         Interval
	T          Number // standard errors
	P          Number // 0 to 1, two-sided
	Log10P     Number // common logarithm of P; finite where P is too small for a number
}

// test completes a t test. The difference stands where it can be had at all;
// everything else is refused below two people in a group, and when nobody
// differs from the others of their group.
func (s TwoSamples) test(se, df Number) TwoSampleT {
	difference := s.Difference()
	t := studentTest(estimate{difference, se, df}, ErrAlikeInGroups)
	if t.T.Ptr() == nil {
		se, df = t.T, t.T
	}
	return TwoSampleT{
		Difference: difference, SE: se, DF: df,
		CI: t.CI, T: t.T, P: t.P, Log10P: t.Log10P,
	}
}
