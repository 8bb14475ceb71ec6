package intake

import (
	"fmt"
	"math"

	"cairn/internal/scheme"
)

// A turn is the first day of a person's first baseline of a measure, and the last day
// on which the first score that was taken after it can have been taken; see numberOf.
type turn struct{ base, later int16 }

// never is the day of a turn that there is not.
const never = math.MaxInt16

func (t turn) with(u turn) turn { return turn{min(t.base, u.base), min(t.later, u.later)} }

// swapped reports a later score from before the baseline. None of the two is known to
// be right.
func (t turn) swapped() bool { return t.base != never && t.later < t.base }

// turnOf is what a score says of its person's.
func turnOf(s Score) turn {
	t, of := turn{never, never}, scheme.Span{First: s.On, Last: s.On}
	if s.Dated == ByMonth {
		of = s.On.Month().Span()
	}
	switch {
	case s.Dated == ByOrder, s.Occasion == scheme.Unstated:
	case s.Occasion == scheme.Baseline:
		t.base = numberOf(of.First)
	case s.Occasion.Order() > 0:
		t.later = numberOf(of.Last)
	}
	return t
}

// turnedBefore learns of a score that is here already, of a referral that was closed
// on a day or is open. A baseline of the file from after that day began another one.
func (j *judge) turnedBefore(s Score, closed scheme.Day) {
	at := j.spans.found(j.spanOf(s))
	if at == nil || !closed.IsZero() && at.turn.base != never && at.turn.base > numberOf(closed) {
		return
	}
	at.turn = at.turn.with(turnOf(s))
}

// misplaced is what is said of a score whose day contradicts its occasion; nothing
// where it does not.
func (j *judge) misplaced(s Score) string {
	t, own := j.spans.of(j.spanOf(s)).turn, turnOf(s)
	switch {
	case s.Measure == "" || !t.swapped():
		return ""
	case own.base != never:
		return fmt.Sprintf("%s: this is a baseline, and a later score of the same person has a date before it. Check the dates and the occasions of both.", j.defs[s.Measure].Short)
	case own.later < t.base:
		return fmt.Sprintf("%s: this was taken after the baseline, and has a date before the baseline of the same person. Check the dates and the occasions of both.", j.defs[s.Measure].Short)
	}
	return ""
}
