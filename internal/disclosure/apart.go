package disclosure

import (
	"math"
	"slices"

	"cairn/internal/measure"
)

const whatOneMore = "the score of one person more or fewer"

// A described is what is shown of the scores of n people.
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
		found = append(found, a.oneMoreIn(n)...)
	}
	return found
}

func (a *auditor) oneMoreIn(n *node) (found []exposure) {
	if n.figure == nil {
		return nil
	}
	for _, f := range n.earlier {
		found = append(found, a.sinceThen(n, f)...)
	}
	for _, p := range a.model.in[n.at] {
		whole := a.nodes[a.partitions[p].whole]
		for _, people := range []int{cPaired, cLost} {
			if whole.figure == nil || n.truth[people] != whole.truth[people]-1 || whole == n {
				continue
			}
			more := describedIn(whole.figure, people, whole.truth[people])
			less := describedIn(n.figure, people, n.truth[people])
			found = append(found, a.differ(n, more, less)...)
		}
	}
	return found
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

// differ reports whether the scores of the one person in more and not in less
// can be told too narrowly, by everything that is shown of both together.
func (a *auditor) differ(n *node, more, less described) []exposure {
	e := exposure{node: n.at, place: more.people, what: whatOneMore, by: reason{about: more.about, node: n.at}}
	if more.sets[0].Mean == nil || less.sets[0].Mean == nil {
		return nil
	}
	narrow := n.narrow() / n.levels()
	switch enough, some := n.fitting(more.bare(), less.bare(), narrow); {
	case !some:
		return nil // it was not one person, then
	case !enough:
		return []exposure{e}
	}
	if enough, some := n.fitting(more, less, narrow); some && !enough {
		e.by.about = ofSpread
		return []exposure{e}
	}
	return nil
}

// bare is what is shown without the standard deviations.
func (d described) bare() described {
	sets := make([]Summary, len(d.sets))
	for i, set := range d.sets {
		sets[i] = Summary{Mean: set.Mean}
	}
	d.sets = sets
	return d
}

// fitting reports whether the scores that the one person can have had lie at
// least so far apart, before and after; and whether any fit at all.
func (n *node) fitting(more, less described, apart float64) (enough, some bool) {
	room := n.ends()
	before := more.candidates(less, 0, room, n.step())
	if len(more.sets) == 1 {
		return len(before) > 0 && before[len(before)-1]-before[0] >= apart, len(before) > 0
	}
	after := more.candidates(less, 1, room, n.step())
	from, to := span{far, -far}, span{far, -far}
	for _, b := range before {
		for _, a := range after {
			if !more.fits(less, 2, a-b) {
				continue
			}
			some = true
			from, to = from.with(b), to.with(a)
			if from.high-from.low >= apart && to.high-to.low >= apart {
				return true, true
			}
		}
	}
	return false, some
}

// step is a distance between scores that are tried, score points: every score
// where they are few.
func (n *node) step() float64 {
	const tries = 300
	step := max(measure.Level(n.score.Times), 1).Points(n.score.Decimals)
	if low, high, ok := n.room(); ok {
		step = max(step, (high-low)/n.levels()/tries)
	}
	return step
}

// candidates are the scores that fit set i, of a scale with ends.
func (d described) candidates(less described, i int, room span, step float64) (all []float64) {
	low, high := room.low, room.high
	if m, l := d.sets[i].Mean, less.sets[i].Mean; m != nil && l != nil {
		middle, off := d.n**m-less.n**l, (d.n+less.n)*d.unit/2
		low, high = max(low, middle-off), min(high, middle+off)
	}
	if high-low > far/2 {
		return []float64{-far, far} // nothing is shown: everything fits
	}
	first := room.low
	if first <= -far {
		first = 0
	}
	for x := first + math.Ceil((low-first)/step-slack)*step; x <= high+slack; x += step {
		if d.fits(less, i, x) {
			all = append(all, x)
		}
	}
	return all
}

// fits reports whether less and one more with x in set i can be described as more
// is: the mean moves to it, and the sum of squares about the mean grows by
// n/(n+1)·(x − mean)².
func (d described) fits(less described, i int, x float64) bool {
	most, least := d.sets[i], less.sets[i]
	if most.Mean == nil || least.Mean == nil || math.Abs(x) >= far/2 {
		return true
	}
	off := d.unit / 2
	if math.Abs(less.n**least.Mean+x-d.n**most.Mean) > (less.n+d.n)*off+slack {
		return false
	}
	if most.SD == nil || least.SD == nil {
		return true
	}
	const rounded = 0.05 // SDs have 1 decimal
	squares := func(sd, n float64) float64 { return max(sd, 0) * max(sd, 0) * (n - 1) }
	away, grow := math.Abs(x-*least.Mean), less.n/d.n
	low := squares(*least.SD-rounded, less.n) + grow*max(away-off, 0)*max(away-off, 0)
	high := squares(*least.SD+rounded, less.n) + grow*(away+off)*(away+off)
	return high >= squares(*most.SD-rounded, d.n)-slack && low <= squares(*most.SD+rounded, d.n)+slack
}

// ends are those of the scale, score points.
func (n *node) ends() span {
	low, high := -far, far
	if l, ok := n.score.End(measure.LowerIsBetter); ok {
		low = l.Points(n.score.Decimals)
	}
	if h, ok := n.score.End(measure.HigherIsBetter); ok {
		high = h.Points(n.score.Decimals)
	}
	return span{low, high}
}

// A span is score points from low to high.
type span struct{ low, high float64 }

func (s span) with(x float64) span { return span{min(s.low, x), max(s.high, x)} }
