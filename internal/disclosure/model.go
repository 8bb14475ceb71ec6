package disclosure

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"cairn/internal/scheme"
)

// ErrUnequal is a set of findings that cannot be of one moment.
var ErrUnequal = errors.New("disclosure: the groups do not add up to everybody")

// ErrOverlap is a figure of a period that overlaps another's.
var ErrOverlap = errors.New("disclosure: the periods of two figures overlap")

// A model is everything that an attacker is shown, and the truth beside it.
type model struct {
	system
	nodes      []*node
	byKey      map[string]int
	partitions []partition
	in         map[int][]int // partitions by node, as whole or as part
}

// A partition is groups that together are everybody of another.
type partition struct {
	whole int
	parts []int
}

// plan lays out who adds up to whom; what is shown comes later, in know.
func plan(now []Exact, figures []Figure, before [][]Figure) (*model, error) {
	m := &model{byKey: map[string]int{}, in: map[int][]int{}}
	for i, e := range now {
		n := nodeOf(e)
		n.figure, n.plain = &figures[i], figures[i].copied()
		m.put(n)
	}
	if err := m.wholeYears(); err != nil {
		return nil, err
	}
	for _, n := range slices.Clone(m.nodes) {
		if err := m.divide(n); err != nil {
			return nil, err
		}
	}
	for _, release := range before {
		for i := range release {
			if at, ok := m.byKey[release[i].Question.Key()]; ok {
				m.nodes[at].earlier = append(m.nodes[at].earlier, &release[i])
			}
		}
	}
	return m, nil
}

func (m *model) put(n *node) {
	n.at = len(m.nodes)
	m.byKey[n.Key()] = n.at
	m.nodes = append(m.nodes, n)
}

// wholeYears adds a node for everybody of a period of which only groups are
// shown: the quarters add up to it, and so do the groups.
func (m *model) wholeYears() error {
	for _, n := range slices.Clone(m.nodes) {
		if len(n.Filters) != 1 {
			continue
		}
		everybody := n.Question
		everybody.Filters = nil
		if _, there := m.byKey[everybody.Key()]; there {
			continue
		}
		groups, err := filters(n.Filters[0].Dimension)
		if err != nil {
			return err
		}
		parts, complete := m.find(everybody, groups)
		if !complete {
			continue
		}
		whole := &node{Question: everybody, score: n.score, cells: n.cells, threshold: n.threshold, own: n.own}
		whole.truth = m.sum(parts)
		m.put(whole)
	}
	return nil
}

// find are the nodes of each group, and whether all are there.
func (m *model) find(of Question, groups []Filter) (parts []int, complete bool) {
	for _, g := range groups {
		q := of
		q.Filters = append(slices.Clone(of.Filters), g)
		at, ok := m.byKey[q.Key()]
		if !ok {
			return nil, false
		}
		parts = append(parts, at)
	}
	return parts, true
}

func (m *model) sum(parts []int) []float64 {
	all := slices.Clone(m.nodes[parts[0]].truth)
	for _, p := range parts[1:] {
		for i, v := range m.nodes[p].truth {
			all[i] += v
		}
	}
	return all
}

// divide finds the groups and the shorter periods that add up to a node.
func (m *model) divide(n *node) error {
	for _, by := range scheme.TraitDimensions() {
		if len(n.Filters) == MostFilters || slices.ContainsFunc(n.Filters, func(f Filter) bool { return string(f.Dimension) == by.Value }) {
			continue
		}
		groups, err := filters(scheme.Dimension(by.Value))
		if err != nil {
			return err
		}
		if parts, complete := m.find(n.Question, groups); complete {
			if err := m.part(n, parts); err != nil {
				return err
			}
		}
	}
	if parts := m.shorter(n); len(parts) > 1 {
		return m.part(n, parts)
	}
	return nil
}

// shorter are the nodes of the same people by shorter periods that fill a node's.
func (m *model) shorter(n *node) (parts []int) {
	for q := n.Period.From; q <= n.Period.To; {
		next := q
		for _, g := range []Grain{Quarterly, HalfYearly} {
			ask := n.Question
			ask.Period = g.Period(q)
			if at, ok := m.byKey[ask.Key()]; ok && at != n.at && ask.Period.From == q {
				parts, next = append(parts, at), ask.Period.To+1
				break
			}
		}
		if next == q {
			return nil
		}
		q = next
	}
	return parts
}

func (m *model) part(n *node, parts []int) error {
	for i, v := range m.sum(parts) {
		moves := i == cBetter || i == cSame || i == cWorse
		if math.Abs(v-n.truth[i]) > 0.5 && !(moves && n.own) && !alone(i) {
			return fmt.Errorf("%w: %s", ErrUnequal, n.Key())
		}
	}
	p := len(m.partitions)
	m.partitions = append(m.partitions, partition{whole: n.at, parts: parts})
	for _, at := range append([]int{n.at}, parts...) {
		m.in[at] = append(m.in[at], p)
	}
	return nil
}

// shown builds the system anew from what the figures show by now.
func (m *model) shown() {
	m.system = system{}
	for _, n := range m.nodes {
		m.know(n)
	}
	for p := range m.partitions {
		m.across(p)
	}
}

// overlaps refuses figures of the same people in periods that overlap and are
// not the same, in this release or an earlier one.
func overlaps(now []Exact, before [][]Figure) error {
	periods := map[string][]scheme.Period{}
	look := func(q Question) error {
		same := q
		same.Period = scheme.Period{}
		key := same.Key()
		for _, p := range periods[key] {
			if p != q.Period && p.From <= q.Period.To && q.Period.From <= p.To {
				return fmt.Errorf("%w: %s", ErrOverlap, q.Key())
			}
		}
		if !slices.Contains(periods[key], q.Period) {
			periods[key] = append(periods[key], q.Period)
		}
		return nil
	}
	for _, e := range now {
		if err := look(e.Question); err != nil {
			return err
		}
	}
	for _, release := range before {
		for _, f := range release {
			if err := look(f.Question); err != nil {
				return err
			}
		}
	}
	return nil
}
