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
	// shown is nil for a number that no figure shows.
	shown func(*Figure) *Count
	// kept cells are never hidden by themselves: harm and completeness stay in
	// sight, or the whole figure goes.
	kept bool
}

// hiddenAt is the path at which the reason stands.
func (c cell) hiddenAt() string { return strings.TrimSuffix(c.path, ".people") }

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
	cBands // the first band before; then the same band after, the next before, ...
)

// fixed are the cells that every figure has, in the order of their places.
func fixed() []cell {
	return []cell{
		{"flow.referred", func(f evidence.Finding) int { return f.Flow.Referred }, func(f *Figure) *Count { return &f.Flow.Referred }, true},
		{"flow.accepted", func(f evidence.Finding) int { return f.Flow.Accepted }, func(f *Figure) *Count { return &f.Flow.Accepted }, false},
		{"flow.started", func(f evidence.Finding) int { return f.Flow.Started }, func(f *Figure) *Count { return &f.Flow.Started }, false},
		{"flow.baseline", func(f evidence.Finding) int { return f.Flow.Baseline }, func(f *Figure) *Count { return &f.Flow.Baseline }, false},
		{"flow.died", func(f evidence.Finding) int { return f.Flow.Exits[scheme.ExitDied] }, func(f *Figure) *Count { return &f.Flow.Died }, false},
		{"flow.moved_away", func(f evidence.Finding) int { return f.Flow.Exits[scheme.ExitMoved] }, func(f *Figure) *Count { return &f.Flow.Moved }, false},
		{"flow.due", func(f evidence.Finding) int { return f.Flow.Due }, func(f *Figure) *Count { return &f.Flow.Due }, true},
		{"flow.paired", func(f evidence.Finding) int { return f.Flow.Paired }, func(f *Figure) *Count { return &f.Flow.Paired }, true},
		{"flow.lost", func(f evidence.Finding) int { return f.Flow.Due - f.Flow.Paired }, func(f *Figure) *Count { return &f.Flow.Lost }, true},
		{"flow.followup_only", func(f evidence.Finding) int { return f.Flow.FollowupOnly }, func(f *Figure) *Count { return &f.Flow.FollowupOnly }, false},
		{"movement.better.people", func(f evidence.Finding) int { b, _, _, _ := f.Movement(); return b.X }, func(f *Figure) *Count { return &f.Movement.Better.People }, true},
		{"movement.same.people", func(f evidence.Finding) int { _, s, _, _ := f.Movement(); return s.X }, func(f *Figure) *Count { return &f.Movement.Same.People }, true},
		{"movement.worse.people", func(f evidence.Finding) int { _, _, w, _ := f.Movement(); return w.X }, func(f *Figure) *Count { return &f.Movement.Worse.People }, true},
		{"ends.at_best.people", func(f evidence.Finding) int { return f.BaselineEnds.Best.X }, func(f *Figure) *Count { return &f.Ends.Best.People }, false},
		{"ends.at_worst.people", func(f evidence.Finding) int { return f.BaselineEnds.Worst.X }, func(f *Figure) *Count { return &f.Ends.Worst.People }, false},
		{"not accepted", func(f evidence.Finding) int { return f.Flow.Referred - f.Flow.Accepted }, nil, false},
		{"not started", func(f evidence.Finding) int { return f.Flow.Accepted - f.Flow.Started }, nil, false},
		{"not due", func(f evidence.Finding) int { return f.Flow.Baseline - f.Flow.Due }, nil, false},
	}
}

// cells are all of a figure with so many bands.
func cells(sc stretch) []cell {
	all := fixed()
	for i := range sc {
		from, to, band := sc[i].from, sc[i].to, strconv.Itoa(i)
		all = append(all,
			cell{"distribution.bands." + band + ".before",
				func(f evidence.Finding) int { return between(f.Before, from, to) },
				func(f *Figure) *Count { return bandOf(f, i, func(b *Band) *Count { return &b.Before }) }, false},
			cell{"distribution.bands." + band + ".after",
				func(f evidence.Finding) int { return between(f.After, from, to) },
				func(f *Figure) *Count { return bandOf(f, i, func(b *Band) *Count { return &b.After }) }, false},
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
