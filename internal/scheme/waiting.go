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
	points := slices.DeleteFunc(s.points(def.Key, p.Series, def.Rater), func(at Point) bool {
		return at.On.After(start) && (stage == StageStarted || !s.whileWaiting(at.Assessment))
	})
	first := slices.IndexFunc(points, func(at Point) bool { return s.whileWaiting(at.Assessment) })
	if first < 0 {
		return Pair{}, false
	}
	p.Occasion = Waiting
	p.Base, p.Later = firstAndLast(points[first:])
	switch {
	case p.Later != nil:
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

// whileWaiting reports whether an assessment was recorded for the wait.
func (s Spell) whileWaiting(id AssessmentID) bool {
	return slices.ContainsFunc(s.Assessments, func(a Assessment) bool { return a.ID == id && a.Occasion == Waiting })
}
