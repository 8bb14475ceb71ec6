package disclosure

import (
	"strconv"
	"strings"

	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// A cell is one number of people that figures show, or that follows from two
// they show.
type cell struct {
	path  string
	truth func(evidence.Finding) int
	// taken is its truth where that is not in the finding; 0 of figures without.
	taken func(*Way) int
	// shown is nil for a number that no figure shows.
	shown func(*Figure) *Count
	// kept cells are never hidden by themselves: harm and completeness stay in
	// sight, or the whole figure goes.
	kept bool
	// hide is how it is hidden where more goes with it, and why is said then.
	hide func(*Figure)
	why  string
}

// hiddenAt is the path at which the reason stands.
func (c cell) hiddenAt() string {
	return strings.TrimSuffix(strings.TrimSuffix(c.path, ".people"), ".of")
}

// of is the true number.
func (c cell) of(e Exact) int {
	switch {
	case c.taken == nil:
		return c.truth(e.Finding)
	case e.Way == nil:
		return 0
	}
	return c.taken(e.Way)
}

// Places of cells that rows name.
const (
	cReferred = iota
	cAccepted
	cStarted
	cBaseline
	cDied
	cMoved
	cDue
	cPaired
	cLost
	cFollowupOnly
	cBetter
	cSame
	cWorse
	cAtBest
	cAtWorst
	cNotAccepted
	cNotStarted
	cNotDue
	cContacted // from here to the bands: of everybody's figures only
	cSeen
	cDeclined
	cUnscored
	cTaken                                  // the first of a share of how scores were taken; see takenCells
	cBands = cTaken + takenShares*takenEach // the first band before; then the same band after, the next before, ...
)

// alone reports whether a cell is of everybody's figures only, so that groups do
// not add up to it.
func alone(place int) bool { return place >= cContacted && place < cBands }

// fixed are the cells that the finding of every figure has, in the order of their
// places.
func fixed() []cell {
	return []cell{
		{path: "flow.referred", truth: func(f evidence.Finding) int { return f.Flow.Referred }, shown: func(f *Figure) *Count { return &f.Flow.Referred }, kept: true},
		{path: "flow.accepted", truth: func(f evidence.Finding) int { return f.Flow.Accepted }, shown: func(f *Figure) *Count { return &f.Flow.Accepted }},
		{path: "flow.started", truth: func(f evidence.Finding) int { return f.Flow.Started }, shown: func(f *Figure) *Count { return &f.Flow.Started }},
		{path: "flow.baseline", truth: func(f evidence.Finding) int { return f.Flow.Baseline }, shown: func(f *Figure) *Count { return &f.Flow.Baseline }},
		{path: "flow.died", truth: func(f evidence.Finding) int { return f.Flow.Exits[scheme.ExitDied] }, shown: func(f *Figure) *Count { return &f.Flow.Died }},
		{path: "flow.moved_away", truth: func(f evidence.Finding) int { return f.Flow.Exits[scheme.ExitMoved] }, shown: func(f *Figure) *Count { return &f.Flow.Moved }},
		{path: "flow.due", truth: func(f evidence.Finding) int { return f.Flow.Due }, shown: func(f *Figure) *Count { return &f.Flow.Due }, kept: true},
		{path: "flow.paired", truth: func(f evidence.Finding) int { return f.Flow.Paired }, shown: func(f *Figure) *Count { return &f.Flow.Paired }, kept: true},
		{path: "flow.lost", truth: func(f evidence.Finding) int { return f.Flow.Due - f.Flow.Paired }, shown: func(f *Figure) *Count { return &f.Flow.Lost }, kept: true},
		{path: "flow.followup_only", truth: func(f evidence.Finding) int { return f.Flow.FollowupOnly }, shown: func(f *Figure) *Count { return &f.Flow.FollowupOnly }},
		{path: "movement.better.people", truth: func(f evidence.Finding) int { b, _, _, _ := f.Movement(); return b.X }, shown: func(f *Figure) *Count { return &f.Movement.Better.People }, kept: true},
		{path: "movement.same.people", truth: func(f evidence.Finding) int { _, s, _, _ := f.Movement(); return s.X }, shown: func(f *Figure) *Count { return &f.Movement.Same.People }, kept: true},
		{path: "movement.worse.people", truth: func(f evidence.Finding) int { _, _, w, _ := f.Movement(); return w.X }, shown: func(f *Figure) *Count { return &f.Movement.Worse.People }, kept: true},
		{path: "ends.at_best.people", truth: func(f evidence.Finding) int { return f.BaselineEnds.Best.X }, shown: func(f *Figure) *Count { return &f.Ends.Best.People }, hide: func(f *Figure) { f.Ends.Best = Share{} }},
		{path: "ends.at_worst.people", truth: func(f evidence.Finding) int { return f.BaselineEnds.Worst.X }, shown: func(f *Figure) *Count { return &f.Ends.Worst.People }, hide: func(f *Figure) { f.Ends.Worst = Share{} }},
		{path: "not accepted", truth: func(f evidence.Finding) int { return f.Flow.Referred - f.Flow.Accepted }},
		{path: "not started", truth: func(f evidence.Finding) int { return f.Flow.Accepted - f.Flow.Started }},
		{path: "not due", truth: func(f evidence.Finding) int { return f.Flow.Baseline - f.Flow.Due }},
	}
}

// cells are all of a figure with so many bands.
func cells(sc stretch) []cell {
	all := append(fixed(), takenCells()...)
	for i := range sc {
		from, to, band := sc[i].from, sc[i].to, strconv.Itoa(i)
		all = append(all,
			cell{
				path:  "distribution.bands." + band + ".before",
				truth: func(f evidence.Finding) int { return between(f.Before, from, to) },
				shown: func(f *Figure) *Count { return bandOf(f, i, func(b *Band) *Count { return &b.Before }) },
			},
			cell{
				path:  "distribution.bands." + band + ".after",
				truth: func(f evidence.Finding) int { return between(f.After, from, to) },
				shown: func(f *Figure) *Count { return bandOf(f, i, func(b *Band) *Count { return &b.After }) },
			},
		)
	}
	return all
}

// bandOf is a count of a band; of a figure that shows fewer bands, as an earlier
// one may, one that is hidden.
func bandOf(f *Figure, i int, of func(*Band) *Count) *Count {
	if i >= len(f.Distribution.Bands) {
		return &Count{}
	}
	return of(&f.Distribution.Bands[i])
}
