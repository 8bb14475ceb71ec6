package disclosure

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// whole is the path of everything of a figure.
const whole = "figure"

// A remedy is something that may be hidden. It reports whether it hid anything.
type remedy struct {
	node *node
	hide func() bool
}

// conceal hides what gave something away: the first remedy, from the least loss
// to the greatest, that makes it safe by itself; where none does, the first of
// them, before the next round. It fails with ErrUnsafe when nothing is left to
// hide.
func (a *auditor) conceal(e exposure) error {
	var first *remedy
	for _, r := range a.remedies(e) {
		before, noted := r.node.figure.copied(), len(a.report.Hidden)
		if !r.hide() {
			continue
		}
		still, err := a.persists(e)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrUnsafe, err)
		}
		if !still {
			return nil
		}
		*r.node.figure, a.report.Hidden = before, a.report.Hidden[:noted]
		if first == nil {
			first = &r
		}
	}
	if first == nil {
		return fmt.Errorf("%w: %s of %s can be worked out", ErrUnsafe, e.what, a.nodes[e.node].Key())
	}
	first.hide()
	return nil
}

// persists looks for one exposure again.
func (a *auditor) persists(e exposure) (bool, error) {
	n := a.nodes[e.node]
	if e.what == whatOneMore {
		return len(a.oneMoreIn(n)) > 0, nil
	}
	a.shown()
	if err := a.settle(); err != nil {
		return false, err
	}
	if e.place < len(n.cells) {
		return a.left(n.cell(e.place)) < choices, nil
	}
	scores, err := a.singleScores()
	return slices.ContainsFunc(scores, func(f exposure) bool { return f.node == e.node && f.place == e.place }), err
}

// remedies are what could help, from the least loss to the greatest: the spreads,
// the means, the smallest siblings, the figure itself, siblings as a whole.
func (a *auditor) remedies(e exposure) (all []remedy) {
	n := a.nodes[e.node]
	add := func(of *node, hide func(*node) bool) {
		if of.figure != nil {
			all = append(all, remedy{of, func() bool { return hide(of) }})
		}
	}
	spreads := func(of *node) bool { return a.hideSpreads(of, e.what) }
	scores := func(of *node) bool { return a.hideMeans(of, ofScores, e.what) }
	lost := func(of *node) bool { return a.hideMeans(of, ofLost, e.what) }
	entire := func(of *node) bool { return a.blank(of, e.what) }
	siblings := a.family(n)
	if e.by.about == ofSpread {
		add(n, spreads)
	}
	switch place := e.place - len(n.cells); {
	case e.place == cLost && e.by.about == ofLost, place == sumLost:
		for _, of := range append([]*node{n}, siblings...) {
			add(of, lost)
		}
	case place >= 0, e.by.about == ofScores, e.by.about == ofSpread:
		for _, of := range append([]*node{n}, siblings...) {
			add(of, scores)
		}
	default:
		add(n, scores)
		add(n, lost)
		for _, of := range siblings {
			add(of, func(of *node) bool { return a.hideCell(of, e.place, e.what) })
		}
		add(n, entire)
	}
	for _, of := range siblings {
		add(of, entire)
	}
	return all
}

// family are the siblings of a node, and then theirs: what is hidden of the nearest
// may still follow from those.
func (a *auditor) family(n *node) []*node {
	near := a.siblings(n)
	var further []*node
	for _, of := range a.around(n) {
		for _, next := range a.siblings(of) {
			if next != n && !slices.Contains(near, next) && !slices.Contains(further, next) {
				further = append(further, next)
			}
		}
	}
	slices.SortStableFunc(further, smallestFirst)
	return append(near, further...)
}

// around are all nodes that share a partition with one, shown or not.
func (a *auditor) around(n *node) (all []*node) {
	for _, p := range a.model.in[n.at] {
		for _, at := range append(slices.Clone(a.partitions[p].parts), a.partitions[p].whole) {
			if of := a.nodes[at]; of != n && !slices.Contains(all, of) {
				all = append(all, of)
			}
		}
	}
	return all
}

// siblings are those of them that are shown, the smallest first and everybody's
// last.
func (a *auditor) siblings(n *node) []*node {
	all := slices.DeleteFunc(a.around(n), func(of *node) bool { return of.figure == nil })
	slices.SortStableFunc(all, smallestFirst)
	return all
}

func smallestFirst(i, j *node) int {
	return cmp.Or(cmp.Compare(len(j.Filters), len(i.Filters)), cmp.Compare(i.truth[cPaired], j.truth[cPaired]))
}

// copied is a figure that later hiding leaves alone.
func (f *Figure) copied() Figure {
	c := *f
	c.Hidden = maps.Clone(f.Hidden)
	c.Distribution.Bands = slices.Clone(f.Distribution.Bands)
	if f.Taken != nil {
		c.Taken = new(*f.Taken)
	}
	return c
}

// hideCell hides a count that is shown. One that is never hidden by itself takes
// the whole figure with it.
func (a *auditor) hideCell(n *node, place int, found string) bool {
	c := n.cells[place]
	if c.shown == nil || !c.shown(n.figure).Known() {
		return false
	}
	if c.kept {
		return a.blank(n, found)
	}
	if c.hide != nil {
		c.hide(n.figure)
	} else {
		*c.shown(n.figure) = Count{}
	}
	n.figure.hide(c.hiddenAt(), cmp.Or(c.why, WhySiblings))
	a.note(n, c.path, found)
	return true
}

// hideMeans hides the scores of the people measured twice, or of the lost.
func (a *auditor) hideMeans(n *node, which about, found string) bool {
	f := n.figure
	if f == nil {
		return false
	}
	if which == ofLost {
		if f.Lost.Mean == nil {
			return false
		}
		f.hideLost(WhyCareful)
		a.note(n, "lost", found)
		return true
	}
	if f.Before.Mean == nil && f.After.Mean == nil && f.Change.Mean == nil {
		return false
	}
	f.hideScores(WhyCareful)
	a.note(n, "scores", found)
	return true
}

// hideSpreads hides standard deviations and what follows from them.
func (a *auditor) hideSpreads(n *node, found string) bool {
	f := n.figure
	if f == nil || f.Before.SD == nil && f.After.SD == nil && f.Change.SD == nil {
		return false
	}
	f.Before.SD, f.After.SD = nil, nil
	f.Change = Change{Mean: f.Change.Mean, Median: f.Change.Median}
	for _, path := range []string{"before.sd", "after.sd", "change.sd"} {
		f.hideAgain(path, WhyCareful)
	}
	for _, path := range intervals() {
		f.hideAgain("change."+path, WhyCareful)
	}
	f.Bounds.TippingPoint = nil
	f.hideAgain("bounds.tipping_point", WhyCareful)
	a.note(n, "spreads", found)
	return true
}

// blank hides all of a figure.
func (a *auditor) blank(n *node, found string) bool {
	f := n.figure
	if f.Hidden[whole] != "" {
		return false
	}
	*f = Figure{Question: f.Question, Policy: f.Policy, Scale: f.Scale, Hidden: map[string]string{whole: WhySiblings}}
	f.Distribution.Bands = []Band{}
	a.note(n, whole, found)
	return true
}

func (a *auditor) note(n *node, path, found string) {
	a.report.Hidden = append(a.report.Hidden, Hiding{Figure: n.Key(), Path: path, Found: found})
}
