package stat

import (
	"cmp"
	"math"
	"math/big"
	"slices"
)

// A robustLine is what one group adds to HC3, with the weight w = e²/(1−h)² of
// each person and u the score before less the group's mean, in parts of ΣSxx.
type robustLine struct {
	w, wu, wuu float64 // Σw (levels²), Σwu (levels), Σwu²
	saturated  bool    // somebody's h is 1
}

// squares is Σw(a − distance·u)², about the mean of u, where both terms are
// squares.
func (r robustLine) squares(a, distance float64) float64 {
	if r.w == 0 {
		return 0
	}
	centre := r.wu / r.w
	off := a - distance*centre
	return r.w*off*off + distance*distance*max(0, r.wuu-r.wu*centre)
}

// hc3 is the standard error of group i less the first that does not take
// people's spreads to be the same, and the p of t by it on the residual degrees
// of freedom. The difference is Σc·y over people with
//
//	c = 1/n in the group, −1/n₀ in the first, 0 elsewhere, each less (x̄−x̄₀)·u
//	se² = Σ c²·e²/(1−h)²,  h = 1/n + (x − x̄)²/ΣSxx
//
// Somebody who alone decides their own fitted score, as a group of one person
// does, has h = 1 and e = 0, and the formula is 0/0: all contrasts are then
// refused, as R refuses them.
//
// Unit: score points; 0 to 1 for p.
// Source: MacKinnon & White (1985), J Econometrics 29:305-325, HC3; Long & Ervin
// (2000), Am Stat 54:217-224, eq. 8; R's car::hccm(type = "hc3").
// Vectors: testdata/vectors/ancova.json.
func (m parallelLines) hc3(robust []robustLine, i int, difference Number) (se, p Number) {
	if difference.Ptr() == nil {
		return difference, difference
	}
	distance := began(m.groups[i].sums, m.groups[0].sums)
	var squares float64
	for j, r := range robust {
		var a float64
		switch j {
		case i:
			a = 1 / float64(m.groups[i].before.n)
		case 0:
			a = -1 / float64(m.groups[0].before.n)
		}
		if r.saturated {
			return Refused(ErrOwnFit), Refused(ErrOwnFit)
		}
		squares += r.squares(a, distance)
	}
	se = Known(math.Sqrt(squares) / m.scale)
	t := difference.over(se, ErrPerfectFit)
	far, err := t.Value()
	if err != nil {
		return se, t
	}
	p, _ = twoSidedT(far, m.df)
	return se, p
}

// robust goes through everybody once.
func (m parallelLines) robust() []robustLine {
	robust := make([]robustLine, len(m.groups))
	for i, g := range m.groups {
		if g.before.n == 0 {
			continue
		}
		at := m.residuals(g)
		for _, c := range ordered(g.cells) {
			residual, left, u := at.of(c)
			if left == 0 {
				robust[i].saturated = true
				continue
			}
			own := residual / left
			w := float64(c.Count) * own * own
			robust[i].w += w
			robust[i].wu += w * u
			robust[i].wuu += w * u * u
		}
	}
	return robust
}

// residuals are the people of one group about their line. Means are kept as a
// whole level and the rest, so that scores far from zero lose no digit.
type residuals struct {
	lines        parallelLines
	group        line
	x, y         int64   // levels, the means rounded down
	restX, restY float64 // levels, what that left
	share, slope float64 // 1/n; score points after per score point before, and 0 where there is no spread
	perSxx       float64 // 1/ΣSxx, and 0 where there is no spread
}

func (m parallelLines) residuals(g line) residuals {
	r := residuals{lines: m, group: g, share: 1 / float64(g.before.n)}
	if m.sxx > 0 {
		r.slope, r.perSxx = m.slope(), 1/m.sxx
	}
	r.x, r.restX = g.before.meanLevel()
	r.y, r.restY = g.after.meanLevel()
	return r
}

// meanLevel is the mean in whole levels, rounded down, and what that left.
func (m margin) meanLevel() (whole int64, rest float64) {
	n := big.NewInt(m.n)
	q, r := new(big.Int).DivMod(m.sum.int(), n, new(big.Int))
	return q.Int64(), ratio(r, n)
}

// of returns the residual (levels) of somebody in a cell, what their leverage
// leaves of 1, and u. Where the two terms of either nearly cancel they are
// taken from integers, so that 0 is 0.
func (r *residuals) of(c Cell) (residual, left, u float64) {
	x, y := float64(c.Before-r.x)-r.restX, float64(c.After-r.y)-r.restY
	residual = y - r.slope*x
	if math.Abs(residual) < 1e-6*math.Abs(y) {
		residual = r.exact(c)
	}
	u = x * r.perSxx
	left = 1 - r.share - x*u
	if left < 1e-3 {
		left = r.exactLeft(c)
	}
	return residual, left, u
}

// exact is the residual from integers.
func (r *residuals) exact(c Cell) float64 {
	var s sums
	s.add(c.Before, c.After, 1)
	return r.lines.apart(s, r.group.sums)
}

// exactLeft is 1 − h from integers: with d = n·x − Σx,
//
//	((n−1)·n·X − common·d²)/(n²·X)
func (r *residuals) exactLeft(c Cell) float64 {
	var one margin
	one.add(c.Before, 1)
	n, d := big.NewInt(r.group.before.n), crossed(one, r.group.before)
	whole, over := big.NewInt(r.group.before.n-1), new(big.Int).Mul(n, n)
	if r.lines.x.Sign() == 0 {
		return ratio(whole, n)
	}
	whole.Mul(whole, n)
	whole.Mul(whole, r.lines.x)
	whole.Sub(whole, d.Mul(d, d).Mul(d, r.lines.common))
	return ratio(whole, over.Mul(over, r.lines.x))
}

// ordered returns cells in order, each pair of levels once and none empty, so
// that sums of rounded numbers over them do not depend on how people came.
func ordered(cells []Cell) []Cell {
	compare := func(a, b Cell) int {
		return cmp.Or(cmp.Compare(a.Before, b.Before), cmp.Compare(a.After, b.After))
	}
	if strictlyOrdered(cells) {
		return cells
	}
	sorted := slices.Clone(cells)
	slices.SortFunc(sorted, compare)
	once := sorted[:0]
	for _, c := range sorted {
		last := len(once) - 1
		switch {
		case c.Count == 0:
		case last >= 0 && compare(once[last], c) == 0:
			once[last].Count += c.Count
		default:
			once = append(once, c)
		}
	}
	return once
}

func strictlyOrdered(cells []Cell) bool {
	for i, next := range cells {
		if next.Count == 0 {
			return false
		}
		if i == 0 {
			continue
		}
		if last := cells[i-1]; last.Before > next.Before || last.Before == next.Before && last.After >= next.After {
			return false
		}
	}
	return true
}
