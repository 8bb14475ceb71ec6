package disclosure

// know adds the variables of a node and what is known of it by itself.
func (m *model) know(n *node) {
	n.first = len(m.low)
	for _, c := range n.cells {
		v := m.add(0, far)
		if n.figure != nil && c.shown != nil {
			low, high := n.figure.shown(c)
			m.within(v, low, high)
		}
	}
	for range sums {
		m.add(-far, far)
	}
	m.adds(n)
	m.addsTaken(n)
	m.scaleEnds(n)
	m.bandsAndMeans(n)
	m.movesAndMeans(n)
	if n.figure != nil {
		m.complements(n, n.figure)
		m.meansOf(n, n.figure)
	}
	for _, f := range n.earlier {
		m.carriedOver(n, f)
	}
}

// total adds that parts make a whole.
func (m *model) total(n *node, whole int, parts ...int) {
	terms := []term{{n.cell(whole), -1}}
	for _, part := range parts {
		terms = append(terms, term{n.cell(part), 1})
	}
	m.equal(reason{about: ofFigure, node: n.at, cell: whole}, terms...)
}

// inside adds that parts together are not more than the whole.
func (m *model) inside(n *node, whole int, parts ...int) {
	terms := []term{{n.cell(whole), -1}}
	for _, part := range parts {
		terms = append(terms, term{n.cell(part), 1})
	}
	m.atMost(0, reason{about: ofFigure, node: n.at, cell: whole}, terms...)
}

// adds is what holds among the counts of any figure.
func (m *model) adds(n *node) {
	m.total(n, cDue, cPaired, cLost)
	m.total(n, cPaired, cBetter, cSame, cWorse)
	m.total(n, cReferred, cAccepted, cNotAccepted)
	m.total(n, cAccepted, cStarted, cNotStarted)
	m.total(n, cBaseline, cDue, cNotDue)
	m.inside(n, cReferred, cBaseline, cFollowupOnly)
	m.inside(n, cReferred, cDied, cMoved)
	m.inside(n, cDue, cAtBest, cAtWorst)
	m.atMost(0, reason{about: ofFigure, node: n.at, cell: cNotDue},
		term{n.cell(cNotDue), 1}, term{n.cell(cDied), -1}, term{n.cell(cMoved), -1})
	var before, after []int
	for i := cBands; i < len(n.cells); i += 2 {
		before, after = append(before, i), append(after, i+1)
	}
	if len(before) > 0 {
		m.total(n, cPaired, before...)
		m.total(n, cPaired, after...)
	}
}

// complements adds what a per cent or a bound says of those who do not count.
func (m *model) complements(n *node, f *Figure) {
	t := float64(f.Policy.Threshold)
	type part struct {
		share    Share
		part, of int
	}
	all := []part{
		{f.Completion, cPaired, cDue}, {f.OfReferred, cPaired, cReferred},
		{f.Movement.Better, cBetter, cPaired}, {f.Movement.Same, cSame, cPaired}, {f.Movement.Worse, cWorse, cPaired},
		{f.Ends.Best, cAtBest, cDue}, {f.Ends.Worst, cAtWorst, cDue},
	}
	for i, taken := range takens() {
		if f.Taken != nil {
			at := cTaken + i*takenEach
			all = append(all, part{*taken.shown(f.Taken), at + takenPeople, at + takenOf})
		}
	}
	for _, c := range all {
		why := reason{about: ofFigure, node: n.at, cell: c.part}
		switch {
		case c.share.Percent != nil:
			m.atMost(-t, why, term{n.cell(c.part), 1}, term{n.cell(c.of), -1})
		case c.share.Over != nil:
			m.atMost(t-1, why, term{n.cell(c.of), 1}, term{n.cell(c.part), -1})
		}
	}
}

// scaleEnds: nobody scores beyond the ends of the scale.
func (m *model) scaleEnds(n *node) {
	low, high, ok := n.room()
	if !ok {
		return
	}
	for which := range sums {
		sum, people := n.sum(which), n.cell(n.people(which))
		why := reason{about: ofScores, node: n.at, cell: n.people(which)}
		if which == sumLost {
			why.about = ofLost
		}
		m.atMost(0, why, term{sum, 1}, term{people, -high})
		m.atMost(0, why, term{sum, -1}, term{people, low})
	}
}

// bandsAndMeans: everybody in a band scores within it.
func (m *model) bandsAndMeans(n *node) {
	parts := stretched(n.score)
	if _, _, ok := n.room(); !ok || len(parts) == 0 {
		return
	}
	for _, which := range []int{sumBefore, sumAfter} {
		up, down := []term{{n.sum(which), 1}}, []term{{n.sum(which), -1}}
		for i, part := range parts {
			people := n.cell(cBands + 2*i + which)
			up = append(up, term{people, -float64(part.to)})
			down = append(down, term{people, float64(part.from)})
		}
		why := reason{about: ofScores, node: n.at, cell: cPaired}
		m.atMost(0, why, up...)
		m.atMost(0, why, down...)
	}
}

// movesAndMeans: who got better changed by the threshold at least and by the
// length of the scale at most.
func (m *model) movesAndMeans(n *node) {
	low, high, ok := n.room()
	if !ok || n.own {
		return
	}
	least, most, way := 1.0, high-low, float64(n.score.Direction)
	still := 0.0
	if n.threshold > 0 {
		least, still = n.threshold*n.levels(), n.threshold*n.levels()
	}
	why := reason{about: ofScores, node: n.at, cell: cPaired}
	after, before := n.sum(sumAfter), n.sum(sumBefore)
	m.atMost(0, why, term{after, way}, term{before, -way},
		term{n.cell(cBetter), -most}, term{n.cell(cSame), -still}, term{n.cell(cWorse), least})
	m.atMost(0, why, term{after, -way}, term{before, way},
		term{n.cell(cBetter), least}, term{n.cell(cSame), -still}, term{n.cell(cWorse), -most})
}

// meansOf: a mean as shown times the people is the sum.
func (m *model) meansOf(n *node, f *Figure) {
	for _, shown := range n.means(f) {
		if shown.mean != nil {
			m.mean(n, shown, f.Scale.Unit/2)
		}
	}
}

func (m *model) mean(n *node, shown meant, off float64) {
	people, why := n.cell(shown.over), reason{about: shown.about, node: n.at, cell: shown.over}
	up, down := []term{{people, -(*shown.mean + off) * n.levels()}}, []term{{people, (*shown.mean - off) * n.levels()}}
	for _, t := range shown.terms {
		up, down = append(up, t), append(down, term{t.variable, -t.times})
	}
	m.atMost(0, why, up...)
	m.atMost(0, why, down...)
}

// carriedOver takes what an earlier release shows of the same question: of every
// count by itself an attacker will guess that it did not change, and of means where
// nothing else of the figure did. A guess that is not true leads nowhere.
func (m *model) carriedOver(n *node, f *Figure) {
	if n.figure == nil {
		return
	}
	for i, c := range n.cells {
		if c.shown == nil {
			continue
		}
		if low, high := f.shown(c); n.truth[i] >= low && n.truth[i] <= high {
			m.within(n.cell(i), low, high)
		}
	}
	if !n.unchanged(f) {
		return
	}
	now := n.means(n.figure)
	for i, was := range n.means(f) {
		if was.mean == nil || now[i].mean != nil || n.truth[was.over] == 0 {
			continue
		}
		off := f.Scale.Unit/2 + 1e-9
		if mean := was.truth / n.truth[was.over] / n.levels(); mean >= *was.mean-off && mean <= *was.mean+off {
			m.mean(n, was, off)
		}
	}
}

// unchanged reports whether a figure, before anything was hidden of it, and an
// earlier one agree wherever both show a number.
func (n *node) unchanged(f *Figure) bool {
	for _, c := range n.cells {
		if c.shown == nil {
			continue
		}
		was, is := c.shown(f), c.shown(&n.plain)
		if was.Known() && is.Known() && *was.N != *is.N || was.Known() && is.Under > 0 || is.Known() && was.Under > 0 {
			return false
		}
	}
	is := n.means(&n.plain)
	for i, was := range n.means(f) {
		if was.mean != nil && is[i].mean != nil && *was.mean != *is[i].mean {
			return false
		}
	}
	return true
}

// across adds that groups make everybody, cell by cell and score by score.
func (m *model) across(p int) {
	part := m.partitions[p]
	whole := m.nodes[part.whole]
	add := func(cell int, of func(*node) int) {
		terms := []term{{of(whole), -1}}
		for _, child := range part.parts {
			terms = append(terms, term{of(m.nodes[child]), 1})
		}
		m.equal(reason{about: ofGroups, node: part.whole, cell: cell, partition: p}, terms...)
	}
	for i := range whole.cells {
		if whole.own && (i == cBetter || i == cSame || i == cWorse) || alone(i) {
			continue
		}
		add(i, func(n *node) int { return n.cell(i) })
	}
	for which := range sums {
		add(len(whole.cells)+which, func(n *node) int { return n.sum(which) })
	}
}
