package disclosure

import (
	"math"
	"slices"
)

// choices is how many values a small number must leave open.
const choices = 2

// smallCells looks for counts under the threshold of which fewer values are
// possible than they must leave open. Each end of a range is tried out: what
// leads to a contradiction is not possible.
func (a *auditor) smallCells() (found []exposure) {
	for _, n := range a.nodes {
		for i, c := range n.cells {
			if n.truth[i] < 1 || n.truth[i] >= float64(a.policy.Threshold) {
				continue
			}
			if a.left(n.cell(i)) < choices {
				found = append(found, a.exposed(n, i, "the count "+c.path))
			}
		}
	}
	return found
}

// left is how many values of a variable are possible, counted no further than
// needed.
func (a *auditor) left(v int) (open int) {
	low, high := a.low[v], a.high[v]
	for value := low; value <= high && open < choices; value++ {
		if a.possible(v, value) {
			open++
		}
	}
	return open
}

// exposed names the row that gave a number away, where there is one.
func (a *auditor) exposed(n *node, place int, what string) exposure {
	v := n.first + place
	e := exposure{node: n.at, place: place, what: what, by: reason{about: ofFigure, node: n.at, cell: place}}
	for _, r := range []int{a.fromHigh[v], a.fromLow[v]} {
		if r >= 0 {
			e.by = a.rows[r].why
		}
		if e.by.about != ofFigure {
			break
		}
	}
	return e
}

// singleScores looks for the score of somebody who is alone in a group, and for
// groups of the few who all scored alike, as somebody could work them out who
// knows from elsewhere exactly how many people are in every group.
func (a *auditor) singleScores() (found []exposure, err error) {
	knowing := &auditor{model: &model{system: a.informed(), nodes: a.nodes}, policy: a.policy}
	if err := knowing.settle(); err != nil {
		return nil, err
	}
	for _, n := range a.nodes {
		for which := range sums {
			people := n.truth[n.people(which)]
			place := len(n.cells) + which
			low, high := knowing.low[n.sum(which)], knowing.high[n.sum(which)]
			if people < 1 || people >= float64(a.policy.Threshold) || math.Abs(low) >= far || math.Abs(high) >= far {
				continue
			}
			if people == 1 && high-low < n.narrow() || people > 1 && n.allAtAnEnd(low, high, people) {
				found = append(found, knowing.exposed(n, place, "a score"))
			}
		}
	}
	return found, nil
}

// informed is the system of somebody who knows how far everybody came, and not
// how they fared.
func (a *auditor) informed() system {
	s := system{rows: a.rows, in: a.system.in}
	s.low, s.high = slices.Clone(a.low), slices.Clone(a.high)
	s.fromLow, s.fromHigh = slices.Clone(a.fromLow), slices.Clone(a.fromHigh)
	for _, n := range a.nodes {
		for i := range cBetter {
			s.within(n.cell(i), n.truth[i], n.truth[i])
		}
	}
	return s
}

// narrow is how wide the range of one person's score must stay, levels: two steps,
// and a twentieth of the scale. Scores with decimals are taken to jump further
// than the last of these, as converted ones do. A short scale has no more room than
// it has.
func (n *node) narrow() float64 {
	wide := 2 * coarse(n.score) * n.levels()
	if low, high, ok := n.room(); ok {
		wide = min(max(wide, (high-low)/20), high-low)
	}
	return wide
}

// allAtAnEnd reports whether a sum over people leaves nearly no room to an end of
// the scale.
func (n *node) allAtAnEnd(low, high, people float64) bool {
	bottom, top, ok := n.room()
	near := min(2*coarse(n.score)*n.levels(), people*(top-bottom)/4)
	return ok && (high <= people*bottom+near || low >= people*top-near)
}
