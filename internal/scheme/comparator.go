package scheme

import (
	"time"

	"cairn/internal/measure"
)

// A Comparator is one version of a group from elsewhere that a scheme's people
// are compared with. Nobody in it is known: it is how many made which step.
type Comparator struct {
	Series       measure.Series
	Version      int // 0: there is none
	Label        string
	Source       string
	Eligible     string      // who could be in it
	Span         Span        // of the scores, both ends included
	Weeks        int         // between the two scores of a person
	RandomSource string      // where it is recorded that chance decided who was in which group; empty: it did not
	Cells        []StepCount // by level before, then after, those lost last; each step once
	Withdrawn    string      // why; empty: it stands
	By           AccountID
	At           time.Time
}

// A WaitAllocation is one version of what is on record of who of a scheme's people
// waited.
type WaitAllocation struct {
	Version      int    // 0: nothing is on record
	RandomSource string // where it is recorded that chance decided; empty: it did not
	By           AccountID
	At           time.Time
}

// A StepCount is how many people made one step, or began somewhere and were not
// measured again.
type StepCount struct {
	From   measure.Level `json:"from"`
	To     measure.Level `json:"to"`
	Lost   bool          `json:"lost,omitempty"` // not measured again; To is 0
	People int           `json:"people"`
}

// Stands reports whether there is a group and it was not withdrawn.
func (c Comparator) Stands() bool { return c.Version > 0 && c.Withdrawn == "" }

// Table is its people.
func (c Comparator) Table() Transitions {
	t := NewTransitions()
	for _, cell := range c.Cells {
		state := Paired
		if cell.Lost {
			state = BaselineOnly
		}
		t.Add(Tally{State: state, Stage: StageStarted, From: cell.From, To: cell.To, People: cell.People})
	}
	return t
}

// People is how many were measured twice.
func (c Comparator) People() int { return c.Table().Flow.Paired }

// Lost is how many were not measured again, as far as that was brought in; without
// any it is not known whether there were none.
func (c Comparator) Lost() int { return c.Table().Flow.Baseline - c.People() }

// Measuring adds up whoever Transitions counts, or those of them who began within
// some days, and when they were measured.
type Measuring struct {
	Table   Transitions
	Span    Span // of people measured twice, from the first baseline to the last later score; zero for nobody
	Between Days // from a person's baseline to the later score
	Outside int  // measured twice, and left out since they did not begin within the days

	period Period
	today  Day
	within Span
	wrong  int
}

// NewMeasuring is empty. Only people whose first score was taken within the days
// count; a zero span takes everybody.
func NewMeasuring(period Period, today Day, within Span) *Measuring {
	return &Measuring{Table: NewTransitions(), Between: Days{}, period: period, today: today, within: within}
}

// Add counts one passage.
func (t *Measuring) Add(p Passage) {
	of := p.Pair
	if !p.Planned || p.Ordinal > 1 || !of.Closes.Before(t.today) || !t.period.Holds(of.Closes.Quarter()) {
		return
	}
	twice := of.State == Paired && of.Exit == Stayed
	if t.within != (Span{}) && (of.Base == nil || !t.within.Holds(of.Base.known())) {
		if twice {
			t.Outside++
		}
		return
	}
	t.Table.Add(of.tally())
	if !twice {
		return
	}
	t.Between.add(of.Base.known(), of.Later.known(), &t.wrong)
	t.Span.First = earliest(t.Span.First, of.Base.known())
	t.Span.Last = latest(t.Span.Last, of.Later.known())
}

// Shared is how many days two spans have in common.
func (s Span) Shared(o Span) int {
	first, last := latest(s.First, o.First), s.Last
	if o.Last.Before(last) {
		last = o.Last
	}
	return max(0, last.DaysSince(first)+1)
}

// Length is the days of a span, both ends included; 0 where it is of nothing.
func (s Span) Length() int {
	if s.First.IsZero() || s.Last.IsZero() {
		return 0
	}
	return s.Last.DaysSince(s.First) + 1
}

// tally is one person whose window has closed.
func (p Pair) tally() Tally {
	one := Tally{State: p.State, Stage: p.Stage, Exit: p.Exit, People: 1}
	if p.Base != nil {
		one.From = p.Base.Level
	}
	if p.Later != nil {
		one.To = p.Later.Level
	}
	return one
}
