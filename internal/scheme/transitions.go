package scheme

import "cairn/internal/measure"

// A Step is one person's move from a baseline level to a later one.
type Step struct{ From, To measure.Level }

// Transitions is how many people made each step, and everybody who made none:
// the lossless form of a scheme's paired data. Evidence is computed from this
// and never from rows.
type Transitions struct {
	Paired map[Step]int          // people with both scores
	Lost   map[measure.Level]int // baselines of people due who were not measured again
	Flow   Flow
}

// Flow counts people by how far they came. Every count but Running and
// RunningAgain is of people whose window has closed.
type Flow struct {
	Referred     int
	Accepted     int
	Started      int
	Baseline     int // with a baseline, people who died or moved away included
	Due          int // of those, still there to be measured
	Paired       int
	FollowupOnly int          // a later score without a baseline: never paired
	Exits        map[Exit]int // died or moved away before the later score
	Running      int          // still inside their window: neither paired nor lost
	RunningAgain int          // of those, already measured twice
}

// FollowedUp is everybody with a later score, paired or not.
func (f Flow) FollowedUp() int { return f.Paired + f.FollowupOnly }

// A Tally is how many pairs stand alike; the store counts, Fold adds up.
type Tally struct {
	State  State
	Stage  Stage
	Exit   Exit
	Open   bool // the window had not closed on the day of counting
	From   measure.Level
	To     measure.Level
	People int
}

// NewTransitions is an empty table.
func NewTransitions() Transitions {
	return Transitions{
		Paired: map[Step]int{},
		Lost:   map[measure.Level]int{},
		Flow:   Flow{Exits: map[Exit]int{}},
	}
}

// Add counts one tally in. From means something where there is a baseline, To
// where there is a later score.
func (t *Transitions) Add(a Tally) {
	f := &t.Flow
	if a.Open {
		f.Running += a.People
		if a.State == Paired {
			f.RunningAgain += a.People
		}
		return
	}
	f.Referred += a.People
	if a.Stage >= StageAccepted {
		f.Accepted += a.People
	}
	if a.Stage >= StageStarted {
		f.Started += a.People
	}
	if a.State == BaselineOnly || a.State == Paired {
		f.Baseline += a.People
	}
	if a.Exit != Stayed {
		f.Exits[a.Exit] += a.People
		return
	}
	switch a.State {
	case Paired:
		f.Due += a.People
		f.Paired += a.People
		t.Paired[Step{a.From, a.To}] += a.People
	case BaselineOnly:
		f.Due += a.People
		t.Lost[a.From] += a.People
	case FollowupOnly:
		f.FollowupOnly += a.People
	}
}

// Merge adds another table of the same series, so that schemes can be shown
// together.
func (t *Transitions) Merge(o Transitions) {
	for s, n := range o.Paired {
		t.Paired[s] += n
	}
	for l, n := range o.Lost {
		t.Lost[l] += n
	}
	for e, n := range o.Flow.Exits {
		t.Flow.Exits[e] += n
	}
	f, g := &t.Flow, o.Flow
	f.Referred += g.Referred
	f.Accepted += g.Accepted
	f.Started += g.Started
	f.Baseline += g.Baseline
	f.Due += g.Due
	f.Paired += g.Paired
	f.FollowupOnly += g.FollowupOnly
	f.Running += g.Running
	f.RunningAgain += g.RunningAgain
}
