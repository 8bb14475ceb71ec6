package stat

import (
	"math"
	"math/big"
)

// RBaselineChange is the correlation of the score before with the change. It is
// shown as the naive figure only: the score before is part of both, so that it
// is negative where nothing happened at all.
//
//	Cov(x, y−x)/√(Var(x)·Var(y−x))
//
// Unit: −1 to 1.
// Source: Oldham (1962), J Chronic Dis 15:969-977, who warns of it; R's
// cor(before, after − before); CONVENTIONS C11.
// Vectors: testdata/vectors/regression_to_mean.json.
func (t Table) RBaselineChange() Number {
	s := t.moments
	if why := s.unlined(); why != "" {
		return Refused(why)
	}
	x, d := s.before.spread(), s.change.spread()
	if d.Sign() == 0 {
		return Refused(ErrSameChange)
	}
	return Known(correlation(new(big.Int).Sub(s.cross(), x), x, d))
}

// An Oldham is whether people who began worse changed more.
type Oldham struct {
	R      Number // −1 to 1
	P      Number // 0 to 1, two-sided
	Log10P Number // common logarithm of P
}

// Oldham is the correlation of the change with the mean of before and after. It
// is 0 when the two spreads are equal, so that regression to the mean alone does
// not move it, and its test is Pitman and Morgan's of equal spreads.
//
//	r = (Vy − Vx)/√(Vs·Vd),  Vs = 2Vx + 2Vy − Vd
//	t = r·√((n−2)/(1−r²)) = (Vy − Vx)·√((n−2)/(Vs·Vd − (Vy−Vx)²)),  df = n−2
//
// with V = n·Σv² − (Σv)², d = y − x and s = x + y: integers up to the division.
// When all points lie on one line r is ±1 and its p is refused.
//
// Unit: −1 to 1; 0 to 1 for p.
// Source: Oldham (1962), J Chronic Dis 15:969-977; Pitman (1939), Biometrika
// 31:9-12; Morgan (1939), Biometrika 31:13-19; R's
// cor.test((before + after)/2, after − before); CONVENTIONS C11.
// Vectors: testdata/vectors/regression_to_mean.json.
func (t Table) Oldham() Oldham {
	s := t.moments
	why := s.unlined()
	x, y, d := s.before.spread(), s.after.spread(), s.change.spread()
	both := new(big.Int).Add(x, y)
	both.Sub(both.Lsh(both, 1), d)
	switch {
	case why != "":
	case d.Sign() == 0:
		why = ErrSameChange
	case both.Sign() == 0:
		why = ErrSameMiddle
	}
	if why != "" {
		missing := Refused(why)
		return Oldham{missing, missing, missing}
	}
	apart := new(big.Int).Sub(y, x)
	o := Oldham{R: Known(correlation(apart, both, d))}
	left := new(big.Int).Mul(both, d)
	left.Sub(left, new(big.Int).Mul(apart, apart))
	if left.Sign() == 0 {
		o.P, o.Log10P = Refused(ErrOnOneLine), Refused(ErrOnOneLine)
		return o
	}
	df := float64(t.n - 2)
	o.P, o.Log10P = twoSidedT(float(apart)*math.Sqrt(df)/math.Sqrt(float(left)), df)
	return o
}

// unlined is why no line can be laid through before and after: fewer than three
// people, or no spread in one of them.
func (s sums) unlined() Refusal {
	x, y := s.before.spread().Sign(), s.after.spread().Sign()
	switch {
	case s.before.n == 0:
		return ErrNobody
	case s.before.n < 3:
		return ErrUnder3
	case x == 0 && y == 0:
		return ErrSameBoth
	case x == 0:
		return ErrSameBefore
	case y == 0:
		return ErrSameAfter
	}
	return ""
}

// cross is n·Σxy − Σx·Σy. It is whole: half of an even number.
func (s sums) cross() *big.Int {
	z := new(big.Int).Add(s.before.spread(), s.after.spread())
	return z.Rsh(z.Sub(z, s.change.spread()), 1)
}

// correlation is cross/√(x·y), from integers up to one division.
func correlation(cross, x, y *big.Int) float64 {
	root := new(big.Float).SetPrec(256).SetInt(new(big.Int).Mul(x, y))
	r, _ := root.Quo(new(big.Float).SetInt(cross), root.Sqrt(root)).Float64()
	return r
}

// ratio is a/b, from integers of any size.
func ratio(a, b *big.Int) float64 {
	f, _ := new(big.Float).SetPrec(128).Quo(new(big.Float).SetInt(a), new(big.Float).SetInt(b)).Float64()
	return f
}
