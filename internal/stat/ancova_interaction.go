package stat

import "math/big"

// interaction tests whether the groups' lines are parallel: one slope for all
// against one for each group that has a spread before.
//
//	F = (Σ Sxx·(slope_g − slope)²/df1) / (RSS_own/df2)
//	RSS_own = Σ (Syy − Sxy²/Sxx),  df1 = slopes − 1,  df2 = n − groups − slopes
//
// Groups of one person, or whose people all began alike, have no slope of their
// own and are no part of df1, as in R's lm.
//
// Unit: a ratio; 0 to 1 for p.
// Source: R's anova(lm(post ~ pre + group), lm(post ~ pre * group));
// CONVENTIONS C10.
// Vectors: testdata/vectors/ancova.json.
func (m parallelLines) interaction() FTest {
	var slopes int64
	var gain, own float64 // levels²
	for _, g := range m.groups {
		n := big.NewInt(g.before.n)
		switch {
		case g.before.n == 0:
		case g.x.Sign() == 0:
			own += ratio(g.y, n)
		default:
			slopes++
			own += ratio(determinant(g.x, g.y, g.cross), n.Mul(n, g.x))
			steeper := new(big.Int).Mul(g.cross, m.x) // (slope_g − slope)·x_g·x
			steeper.Sub(steeper, new(big.Int).Mul(m.cross, g.x))
			gain += ratio(steeper.Mul(steeper, steeper), n.Mul(n, new(big.Int).Mul(m.x, m.x)))
		}
	}
	df2 := float64(m.all.before.n - m.levels - slopes)
	switch {
	case slopes < 2:
		return refusedF(ErrNoSlopes).with(0, df2)
	case df2 <= 0:
		return refusedF(ErrNoDFLeft).with(float64(slopes-1), df2)
	case own == 0:
		return refusedF(ErrPerfectFit).with(float64(slopes-1), df2)
	}
	return testF(gain/own*df2, float64(slopes-1), df2)
}
