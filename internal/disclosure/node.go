package disclosure

import (
	"math"

	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// What a row is about, so that what gave something away can be hidden.
type about int

const (
	ofFigure about = iota // numbers of one figure
	ofScores              // means of the people measured twice
	ofLost                // the mean of the people lost
	ofSpread              // standard deviations of the people measured twice
	ofGroups              // groups that add up to everybody
)

// A reason says what a row comes from. A row across groups has their partition.
type reason struct {
	about
	node      int
	cell      int
	partition int
}

// Sums of scores follow the cells of a node.
const (
	sumBefore = iota
	sumAfter
	sumLost
	sums
)

// A node is one group of people that something is known of: a figure, or a group
// that no figure is of and figures add up to.
type node struct {
	Question
	score measure.Score
	cells []cell
	truth []float64 // by cell, then sums in levels
	// threshold is what better and worse are counted by, score points; 0 for every
	// change. With own it is each group's own spread, so that groups do not add up.
	threshold float64
	own       bool
	way       bool      // how people came to be measured is known
	figure    *Figure   // nil: nobody is shown it
	plain     Figure    // the same before the auditor hid anything
	earlier   []*Figure // the same question in earlier releases
	first     int       // variable of the first cell
	at        int       // place in the model
}

func nodeOf(e Exact) *node {
	f := e.Finding
	n := &node{Question: e.Question, score: f.Score, cells: cells(stretched(f.Score)), way: e.Way != nil}
	for _, c := range n.cells {
		n.truth = append(n.truth, float64(c.of(e)))
	}
	before, after := total(f.Before), total(f.After)
	all := 0.0
	if mean := f.BaselineAll.Mean; mean != nil {
		all = math.Round(*mean * float64(f.BaselineAll.N) * n.levels())
	}
	n.truth = append(n.truth, before, after, all-before)
	var known bool
	n.threshold, known = f.Threshold()
	n.own = !known && f.Score.Reliability != nil && f.Score.Reliability.Coefficient != nil
	return n
}

// total is the sum of scores, levels.
func total(bars []evidence.Bar) (sum float64) {
	for _, b := range bars {
		sum += float64(b.Level) * float64(b.People)
	}
	return sum
}

// levels is how many there are in a score point.
func (n *node) levels() float64 { return float64(measure.Pow10(n.score.Decimals)) }

// cell and sum are variables.
func (n *node) cell(place int) int { return n.first + place }
func (n *node) sum(which int) int  { return n.first + len(n.cells) + which }

// people is whom a sum is over.
func (n *node) people(sum int) int {
	if sum == sumLost {
		return cLost
	}
	return cPaired
}

// room are the ends of the scale, levels.
func (n *node) room() (low, high float64, ok bool) {
	l, lowOK := n.score.End(measure.LowerIsBetter)
	h, highOK := n.score.End(measure.HigherIsBetter)
	return float64(l), float64(h), lowOK && highOK
}

// shown is the range that a count as shown leaves, people.
func (f *Figure) shown(c cell) (low, high float64) {
	count, t := c.shown(f), f.Policy.Threshold
	switch {
	case count.N != nil:
		return float64(max(count.least(), t)), float64(count.most())
	case count.Under > 0:
		return 0, float64(count.Under - 1)
	case f.Hidden[c.hiddenAt()] == WhySiblings && f.Hidden[whole] == "":
		return float64(t), far // fewer would be shown as fewer
	}
	return 0, far
}

// A meant is one mean that a figure shows, as a sum over people.
type meant struct {
	mean  *float64
	terms []term // times 1: the sum of the scores
	over  int    // the cell of the people
	truth float64
	about
}

// means are those of a figure, the change as the one less the other.
func (n *node) means(f *Figure) []meant {
	before, after, lost := n.truth[len(n.cells)], n.truth[len(n.cells)+1], n.truth[len(n.cells)+2]
	return []meant{
		{f.Before.Mean, []term{{n.sum(sumBefore), 1}}, cPaired, before, ofScores},
		{f.After.Mean, []term{{n.sum(sumAfter), 1}}, cPaired, after, ofScores},
		{f.Change.Mean, []term{{n.sum(sumAfter), 1}, {n.sum(sumBefore), -1}}, cPaired, after - before, ofScores},
		{f.Lost.Mean, []term{{n.sum(sumLost), 1}}, cLost, lost, ofLost},
	}
}
