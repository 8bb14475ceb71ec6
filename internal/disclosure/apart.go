package disclosure

import (
	"math"
	"slices"
)

// described is what is shown of the scores of n people.
type described struct {
	n      float64
	people int // cell of the people
	about
	sets []Summary // before, after and change; or baselines of the lost
	unit float64   // means are rounded to this
}

func describedIn(f *Figure, people int, n float64) described {
	d := described{n: n, people: people, about: ofScores, unit: f.Scale.Unit}
	if people == cLost {
		d.about, d.sets = ofLost, []Summary{f.Lost}
		return d
	}
	c := f.Change
	d.sets = []Summary{f.Before, f.After, {Mean: c.Mean, SD: c.SD, Median: c.Median}}
	return d
}

// alike reports whether the same is shown of both.
func (d described) alike(e described) bool {
	return slices.EqualFunc(d.sets, e.sets, func(a, b Summary) bool {
		return equal(a.Mean, b.Mean) && equal(a.SD, b.SD) && equal(a.Median, b.Median)
	})
}

func equal(a, b *float64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

// oneMore looks for the score of the one person by whom two groups differ: a
// figure and the same one in an earlier release, and everybody and a group of
// all but one.
func (a *auditor) oneMore() (found []exposure) {
	for _, n := range a.nodes {
		for _, f := range n.earlier {
			if n.figure != nil {
				found = append(found, a.sinceThen(n, f)...)
			}
		}
	}
	for _, p := range a.partitions {
		whole := a.nodes[p.whole]
		for _, people := range []int{cPaired, cLost} {
			part := a.allBut(whole, p, people)
			if part == nil || whole.figure == nil {
				continue
			}
			more := describedIn(whole.figure, people, whole.truth[people])
			less := describedIn(part.figure, people, part.truth[people])
			found = append(found, a.differ(part, more, less)...)
		}
	}
	return found
}

// allBut is the part that holds everybody but one of the whole.
func (a *auditor) allBut(whole *node, p partition, people int) *node {
	for _, at := range p.parts {
		if n := a.nodes[at]; n.figure != nil && n.truth[people] == whole.truth[people]-1 {
			return n
		}
	}
	return nil
}

// sinceThen tries whether one person more or one fewer explains what changed
// since an earlier release.
func (a *auditor) sinceThen(n *node, f *Figure) (found []exposure) {
	for _, people := range []int{cPaired, cLost} {
		is := describedIn(n.figure, people, n.truth[people])
		low, high := f.shown(n.cells[people])
		if fewer := describedIn(f, people, is.n-1); !is.alike(fewer) && fewer.n >= low && fewer.n <= high {
			found = append(found, a.differ(n, is, fewer)...)
		}
		if more := describedIn(f, people, is.n+1); !is.alike(more) && more.n >= low && more.n <= high {
			found = append(found, a.differ(n, more, is)...)
		}
	}
	return found
}

// differ reports what the scores of the one person in more and not in less can
// be, if that is too narrow.
func (a *auditor) differ(n *node, more, less described) []exposure {
	narrow := n.narrow() / n.levels()
	e := exposure{node: n.at, place: more.people, what: "the score of one person more or fewer", by: reason{about: more.about, node: n.at}}
	var spread bool
	for i := range more.sets {
		left := more.byMean(less, i, n.ends(i))
		if len(left) == 0 {
			return nil // it was not one person, then
		}
		if left.width() < narrow {
			return []exposure{e}
		}
		both := left.meet(more.bySpread(less, i))
		spread = spread || len(both) > 0 && both.width() < narrow
	}
	if spread {
		e.by.about = ofSpread
		return []exposure{e}
	}
	return nil
}

// ends are those of the scores of set i, score points.
func (n *node) ends(i int) span {
	low, high, ok := n.room()
	if !ok {
		return span{-far, far}
	}
	low, high = low/n.levels(), high/n.levels()
	if i == 2 {
		return span{low - high, high - low}
	}
	return span{low, high}
}

// A span is score points from low to high; spans lie apart and in order.
type span struct{ low, high float64 }

type spans []span

func (s spans) width() (sum float64) {
	for _, one := range s {
		sum += one.high - one.low
	}
	return sum
}

func (s spans) meet(other spans) (both spans) {
	for _, a := range s {
		for _, b := range other {
			if low, high := max(a.low, b.low), min(a.high, b.high); low <= high {
				both = append(both, span{low, high})
			}
		}
	}
	return both
}

// byMean is where the one score can lie by the means before and after it came.
func (d described) byMean(less described, i int, room span) spans {
	m, l := d.sets[i].Mean, less.sets[i].Mean
	all := spans{room}
	if m == nil || l == nil {
		return all
	}
	middle := d.n**m - less.n**l
	off := d.n*d.unit/2 + less.n*less.unit/2
	return all.meet(spans{{middle - off, middle + off}})
}

// bySpread is the same by the standard deviations: with SS the sum of squares
// about the mean m of less, SS grows by n/(n+1)·(x − m)².
func (d described) bySpread(less described, i int) spans {
	most, least := d.sets[i], less.sets[i]
	if most.SD == nil || least.SD == nil || least.Mean == nil {
		return spans{{-far, far}}
	}
	const off = 0.05 // SDs have 1 decimal
	squares := func(sd, n float64) float64 { return max(sd, 0) * max(sd, 0) * (n - 1) }
	grow := d.n / less.n
	low := grow * (squares(*most.SD-off, d.n) - squares(*least.SD+off, less.n))
	high := grow * (squares(*most.SD+off, d.n) - squares(*least.SD-off, less.n))
	if high < 0 {
		return nil
	}
	near, away, about, loose := math.Sqrt(max(low, 0)), math.Sqrt(high), *least.Mean, less.unit/2
	if near <= loose {
		return spans{{about - away - loose, about + away + loose}}
	}
	return spans{{about - away - loose, about - near + loose}, {about + near - loose, about + away + loose}}
}
