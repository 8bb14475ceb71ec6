package stat

import (
	"math"
	"math/big"
)

// parallelLines are the lines of NewANCOVA: one slope for all groups, a height
// for each.
type parallelLines struct {
	groups []line
	all    sums    // everybody
	levels int64   // groups of somebody
	scale  float64 // levels in a score point

	// Sums about the groups' means over all groups, times common, the least
	// common multiple of the groups' numbers of people; levels².
	x, y, cross, common *big.Int

	rss, rssOver *big.Int // the sum of squares about the lines is rss/rssOver, levels²
	df           float64  // people beyond what was estimated
	sigma        float64  // levels
	sxx          float64  // levels², what x/common is
}

// A line is one group of people.
type line struct {
	sums
	cells       []Cell
	x, y, cross *big.Int // n times the sums about the group's means, levels²
}

func newParallelLines(tables []Table) (parallelLines, error) {
	m := parallelLines{common: big.NewInt(1), x: new(big.Int), y: new(big.Int), cross: new(big.Int)}
	for _, t := range tables {
		if t.decimals != tables[0].decimals {
			return parallelLines{}, ErrUnlikeScores
		}
		m.scale = math.Pow10(t.decimals)
		g := line{sums: t.moments, cells: t.cells}
		g.x, g.y, g.cross = g.before.spread(), g.after.spread(), g.sums.cross()
		m.groups = append(m.groups, g)
		m.all.plus(g.sums)
		if t.n > 0 {
			m.levels++
			n := big.NewInt(t.n)
			m.common.Mul(m.common, n.Div(n, new(big.Int).GCD(nil, nil, n, m.common)))
		}
	}
	for _, g := range m.groups {
		if g.before.n == 0 {
			continue
		}
		times := new(big.Int).Div(m.common, big.NewInt(g.before.n))
		for _, s := range []struct{ sum, part *big.Int }{{m.x, g.x}, {m.y, g.y}, {m.cross, g.cross}} {
			s.sum.Add(s.sum, new(big.Int).Mul(s.part, times))
		}
	}
	if m.refusal() == "" {
		m.fit()
	}
	return m, nil
}

// fit works out what is left about the lines.
func (m *parallelLines) fit() {
	m.rss, m.rssOver = m.y, m.common
	rank := m.levels
	if m.x.Sign() > 0 {
		rank++
		m.sxx = ratio(m.x, m.common)
		m.rss = determinant(m.x, m.y, m.cross)
		m.rssOver = new(big.Int).Mul(m.x, m.common)
	}
	m.df = float64(m.all.before.n - rank)
	m.sigma = math.Sqrt(ratio(m.rss, m.rssOver) / m.df)
}

// determinant is x·y − cross².
func determinant(x, y, cross *big.Int) *big.Int {
	z := new(big.Int).Mul(x, y)
	return z.Sub(z, new(big.Int).Mul(cross, cross))
}

// refusal is why there is no comparison at all.
func (m parallelLines) refusal() Refusal {
	switch {
	case m.levels == 0:
		return ErrNobody
	case m.levels < 2:
		return ErrUnder2Groups
	case m.all.before.n < m.levels+2:
		return ErrUnder2More
	}
	return ""
}

// unestimable is why the lines have no heights to compare: the score before
// differs between groups and nowhere else.
func (m parallelLines) unestimable() Refusal {
	if m.x.Sign() == 0 && m.all.before.spread().Sign() > 0 {
		return ErrSameBeforeIn
	}
	return ""
}

// slope is score points after per score point before, where anybody in a group
// began elsewhere than another.
func (m parallelLines) slope() float64 { return ratio(m.cross, m.x) }

// apart is how far one group's people came from where another's did, at the same
// score before, in levels: integers up to the division.
func (m parallelLines) apart(a, b sums) float64 {
	n := new(big.Int).Mul(big.NewInt(a.before.n), big.NewInt(b.before.n))
	after := crossed(a.after, b.after)
	if m.x.Sign() > 0 {
		after.Mul(after, m.x)
		after.Sub(after, new(big.Int).Mul(m.cross, crossed(a.before, b.before)))
		n.Mul(n, m.x)
	}
	return ratio(after, n)
}

// began is how far apart two groups began, in levels; 0 only if they began alike.
func began(a, b sums) float64 {
	return float(crossed(a.before, b.before)) / (float64(a.before.n) * float64(b.before.n))
}

// reach is a squared distance of means before in parts of the spread within.
func (m parallelLines) reach(distance float64) float64 {
	if distance == 0 {
		return 0
	}
	return distance / m.sxx * distance
}

// intercept is the first group's line at a score before of 0.
func (m parallelLines) intercept(why Refusal) Number {
	first := m.groups[0]
	switch {
	case why != "":
		return Refused(why)
	case first.before.n == 0:
		return Refused(ErrNobody)
	}
	return Known(m.apart(first.sums, sums{before: margin{n: 1}, after: margin{n: 1}}) / m.scale)
}

// adjusted is a group's mean after and its standard error at the mean before of
// everybody.
func (m parallelLines) adjusted(i int, why Refusal) (mean, se Number) {
	g := m.groups[i]
	if g.before.n == 0 {
		why = ErrNobody
	}
	if why != "" {
		return Refused(why), Refused(why)
	}
	centre := m.all
	centre.after = margin{n: centre.before.n} // 0 points, so that what is left is the mean itself
	n := float64(g.before.n)
	return Known(m.apart(g.sums, centre) / m.scale),
		Known(m.sigma / m.scale * math.Sqrt(1/n+m.reach(began(g.sums, m.all))))
}

// contrast is group i less the first, without its HC3.
func (m parallelLines) contrast(i int, why Refusal, quantile float64) Contrast {
	g, first := m.groups[i].sums, m.groups[0].sums
	if g.before.n == 0 || first.before.n == 0 {
		why = ErrNobody
	}
	if why != "" {
		return refusedContrast(why)
	}
	n, n0 := float64(g.before.n), float64(first.before.n)
	c := Contrast{
		Difference: Known(m.apart(g, first) / m.scale),
		SE:         Known(m.sigma / m.scale * math.Sqrt(1/n+1/n0+m.reach(began(g, first)))),
	}
	c.T = c.Difference.over(c.SE, ErrPerfectFit)
	t, err := c.T.Value()
	if err != nil {
		c.P, c.Log10P, c.CI = c.T, c.T, Interval{c.T, c.T}
		return c
	}
	c.P, c.Log10P = twoSidedT(t, m.df)
	c.CI = around(c.Difference, c.SE.then(func(se float64) float64 { return quantile * se }))
	return c
}
