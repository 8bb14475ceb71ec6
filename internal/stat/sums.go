package stat

import (
	"math"
	"math/big"
)

// margin holds the exact sums of one variable: Σv and Σv² over people, in
// levels. Mean and standard deviation follow from them without a second pass,
// and because they are integers they do not lose digits as the one-pass formula
// does in floating point.
type margin struct {
	n   int64 // people
	sum wide  // levels
	sq  wide  // levels²
}

func (m *margin) add(level, count int64) {
	m.n += count
	m.sum.add(level, 1, count)
	m.sq.add(level, level, count)
}

// plus adds the sums of other people.
func (m *margin) plus(other margin) {
	m.n += other.n
	m.sum.plus(other.sum)
	m.sq.plus(other.sq)
}

// mean is Σv/n.
//
// Unit: score points.
// Source: definition.
// Vectors: testdata/vectors/descriptives.json.
func (m margin) mean(scale float64) Number {
	if m.n == 0 {
		return Refused(ErrNobody)
	}
	return Known(float(m.sum.int()) / (float64(m.n) * scale))
}

// spread is n·Σv² − (Σv)², which is n times the sum of squares about the mean:
// an integer, so that "no spread" is a comparison with zero and not with an
// epsilon.
func (m margin) spread() *big.Int {
	sum := m.sum.int()
	square := new(big.Int).Mul(sum, sum)
	z := new(big.Int).Mul(m.sq.int(), big.NewInt(m.n))
	return z.Sub(z, square)
}

// sd is the standard deviation with n−1 below the line, as for a sample.
//
// Unit: score points.
// Source: CONVENTIONS C3; R's sd().
// Vectors: testdata/vectors/descriptives.json.
func (m margin) sd(scale float64) Number {
	switch {
	case m.n == 0:
		return Refused(ErrNobody)
	case m.n < 2:
		return Refused(ErrUnder2)
	}
	n := float64(m.n)
	return Known(math.Sqrt(float(m.spread())/(n*(n-1))) / scale)
}

// sums holds the exact sums of people measured twice. The cross product is not
// kept: n·Σxy − Σx·Σy is half of what the spread of the change leaves of the
// spreads before and after.
type sums struct{ before, after, change margin }

func (s *sums) add(before, after, count int64) {
	s.before.add(before, count)
	s.after.add(after, count)
	s.change.add(after-before, count)
}

// addAll adds cells of no more than maxPeople whose levels lie no further than
// that from 0. On an ordinary scale all their sums fit into 64 bits, which is
// several times as fast: a change of 2¹⁵ levels, squared and times 2³¹ people, is
// 2⁶¹.
func (s *sums) addAll(cells []Cell, furthest uint64) {
	if furthest > 1<<14 {
		for _, c := range cells {
			s.add(c.Before, c.After, c.Count)
		}
		return
	}
	var before, after, change short
	for _, c := range cells {
		before.add(c.Before, c.Count)
		after.add(c.After, c.Count)
		change.add(c.After-c.Before, c.Count)
	}
	s.before.plus(before.margin())
	s.after.plus(after.margin())
	s.change.plus(change.margin())
}

// short is a margin whose sums fit into 64 bits.
type short struct{ n, sum, sq int64 }

func (s *short) add(level, count int64) {
	s.n += count
	s.sum += level * count
	s.sq += level * level * count
}

func (s short) margin() margin {
	m := margin{n: s.n}
	m.sum.add(s.sum, 1, 1)
	m.sq.add(s.sq, 1, 1)
	return m
}

// plus adds the sums of other people.
func (s *sums) plus(other sums) {
	s.before.plus(other.before)
	s.after.plus(other.after)
	s.change.plus(other.change)
}

// pearson is the product-moment correlation, from integers up to one division.
//
//	r = (Vx + Vy − Vd) / (2·√(Vx·Vy)),  V = n·Σv² − (Σv)²,  d = y − x
//
// Unit: −1 to 1.
// Source: Pearson (1896), Phil Trans R Soc A 187:253; R's cor(). The form with
// Vd is the same through Var(y−x) = Var(x) + Var(y) − 2·Cov(x, y).
// Vectors: testdata/vectors/correlation.json.
func (s sums) pearson() Number {
	switch {
	case s.before.n == 0:
		return Refused(ErrNobody)
	case s.before.n < 2:
		return Refused(ErrUnder2)
	}
	x, y := s.before.spread(), s.after.spread()
	switch {
	case x.Sign() == 0 && y.Sign() == 0:
		return Refused(ErrSameBoth)
	case x.Sign() == 0:
		return Refused(ErrSameBefore)
	case y.Sign() == 0:
		return Refused(ErrSameAfter)
	}
	twiceCross := new(big.Int).Add(x, y)
	twiceCross.Sub(twiceCross, s.change.spread())
	root := new(big.Float).SetPrec(256).SetInt(new(big.Int).Mul(x, y))
	root.Sqrt(root)
	root.Mul(root, big.NewFloat(2))
	r, _ := root.Quo(new(big.Float).SetInt(twiceCross), root).Float64()
	return Known(r)
}

// float rounds an integer to the nearest float64.
func float(z *big.Int) float64 {
	f, _ := new(big.Float).SetInt(z).Float64()
	return f
}
