package stat

import "math/big"

// rSquared is the share of the squares about the mean after that the lines take
// away.
//
//	1 − RSS/Syy over everybody
//
// Unit: 0 to 1.
// Source: R's summary(lm)$r.squared.
// Vectors: testdata/vectors/ancova.json.
func (m parallelLines) rSquared() Number {
	y := m.all.after.spread()
	if y.Sign() == 0 {
		return Refused(ErrSameAfter)
	}
	whole := new(big.Int).Mul(y, m.rssOver)
	left := new(big.Int).Mul(m.rss, big.NewInt(m.all.after.n))
	return Known(ratio(new(big.Int).Sub(whole, left), whole))
}

// omnibus tests all groups at once, given the score before: one line for
// everybody against parallel lines.
//
//	F = ((RSS₀ − RSS)/df1) / (RSS/df2)
//
// Unit: a ratio; 0 to 1 for p.
// Source: R's anova(lm(post ~ pre), lm(post ~ pre + group)); CONVENTIONS C17.
// Vectors: testdata/vectors/ancova.json.
func (m parallelLines) omnibus() FTest {
	x, y := m.all.before.spread(), m.all.after.spread()
	rss, over := y, big.NewInt(m.all.after.n)
	df1 := m.levels - 1
	if x.Sign() > 0 {
		rss = determinant(x, y, m.all.cross())
		over.Mul(over, x)
	}
	if m.unestimable() != "" {
		df1-- // the groups' order by score before is the line's already
	}
	gain := new(big.Int).Mul(rss, m.rssOver)
	gain.Sub(gain, new(big.Int).Mul(m.rss, over))
	switch {
	case df1 == 0:
		return refusedF(ErrSameBeforeIn).with(0, m.df)
	case m.rss.Sign() == 0:
		return refusedF(ErrPerfectFit).with(float64(df1), m.df)
	}
	return testF(ratio(gain, over.Mul(over, m.rss))*m.df, float64(df1), m.df)
}

// testF is the test of a sum of squares over df1 against its error with df2.
// The sum is in units of the error's variance.
func testF(squares, df1, df2 float64) FTest {
	r := FTest{F: Known(squares / df1), DF1: Known(df1), DF2: Known(df2)}
	r.P, r.Log10P = upperF(squares/df1, df1, df2)
	return r
}

func refusedF(why Refusal) FTest {
	no := Refused(why)
	return FTest{no, no, no, no, no}
}

// with gives the degrees of freedom, which are counts and stand without an F.
func (f FTest) with(df1, df2 float64) FTest {
	f.DF1, f.DF2 = Known(df1), Known(df2)
	return f
}
