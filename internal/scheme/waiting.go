package scheme

import (
	"slices"

	"cairn/internal/measure"
)

// waited is the pair of somebody who was measured while they waited: from the
// first score recorded for the wait to the last one before anything was attended,
// the day of the start included. Where nothing was attended yet the day of the
// start is not known, and after acceptance only scores recorded for the wait count.
//
// It closes on its second score, or else when the wait ended. For somebody who
// still waits, p closes when the last window of their plan would: until then they
// are neither paired nor lost. Of somebody afloat it is of no day. ok is false without a score recorded for the wait.
func (s Spell) waited(p Pair, def measure.Definition) (waited Pair, ok bool) {
	start, stage := s.Referral.Started(s.Prescriptions)
	points := slices.DeleteFunc(s.timed(def.Key, p.Series, def.Rater), func(t timed) bool {
		return t.afterStart(start) && (stage == StageStarted || !t.whileWaiting())
	})
	first := slices.DeleteFunc(slices.Clone(points), func(t timed) bool { return !t.whileWaiting() })
	if len(first) == 0 {
		return Pair{}, false
	}
	p.Occasion = Waiting
	p.Base, p.Later = firstAndLast(first, points)
	switch {
	case p.Later != nil && s.dating(p.Later.Assessment) != ByOrder:
		p.Closes = p.Later.On
	case stage == StageStarted:
		p.Closes = start
	case !s.Referral.Open():
		p.Closes = s.Referral.Closed()
	}
	if s.Afloat() {
		p.Closes = Day{}
	}
	return s.twice(p, def).settled(s.Referral), true
}

// whileWaiting reports whether a score was recorded for the wait.
func (t timed) whileWaiting() bool { return t.occasion == Waiting }

// afterStart reports whether it was taken when something was attended already, or
// may have been: where its day does not say, its occasion does.
func (t timed) afterStart(start Day) bool {
	if t.dated == ByOrder {
		return t.occasion.Order() > Baseline.Order()
	}
	from, to, _ := byDay(t)
	if t.whileWaiting() {
		to = from
	}
	return to > start.DaysSince(Day{})
}

// dating is how well the day of an assessment is known.
func (s Spell) dating(id AssessmentID) Dating {
	i := slices.IndexFunc(s.Assessments, func(a Assessment) bool { return a.ID == id })
	return s.Assessments[i].Dated
}
