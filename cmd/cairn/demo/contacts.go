package demo

import (
	"slices"
	"strings"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// talks are the working contacts of somebody's referral: tries without an answer,
// the first answer, a visit before anything starts, and a word now and then. They
// are drawn apart from everything else, from a stream of their own.
//
// One scheme writes no contacts down, and one has a waiting list that grew in its
// last year: both are there to be seen for what they are.
func (c chance) talks(s Scheme, a app.Arrival, today scheme.Day) []scheme.WorkingContact {
	r := a.Referral
	if strings.HasPrefix(s.Prefix, "HAM") || c.hits(0.06) {
		return nil
	}
	wait := clamp(c.near(6, 3), 0, 16)
	if grown := 365 - today.DaysSince(r.ReceivedOn); s.Prefix == "RMW" && grown > 0 {
		wait += grown / 18
	}
	first := workday(r.ReceivedOn.Plus(wait))
	var all []scheme.WorkingContact
	add := func(on scheme.Day, way scheme.Way, came scheme.Outcome) {
		if over := r.Closed(); !on.Before(r.ReceivedOn) && !on.After(today) && (over.IsZero() || !on.After(over)) {
			all = append(all, scheme.WorkingContact{On: on, Way: way, Outcome: came})
		}
	}
	for try := range c.between(0, 2) {
		add(workday(first.Plus(-2*(try+1))), "phone", scheme.NoAnswer)
	}
	if r.EndReason == "no-contact" {
		return all
	}
	add(first, pick(c, []shared[scheme.Way]{{"phone", 70}, {"text", 15}, {"in-person", 15}}), scheme.Attended)
	if r.AcceptedOn.IsZero() {
		return all
	}
	visit := workday(first.Plus(c.between(2, 10)))
	if c.hits(0.1) {
		add(visit, "in-person", scheme.DidNotAttend)
		visit = workday(visit.Plus(7))
	}
	add(visit, pick(c, []shared[scheme.Way]{{"in-person", 70}, {"phone", 22}, {"video", 8}}), scheme.Attended)
	if c.hits(0.5) {
		add(workday(visit.Plus(c.between(25, 60))), "phone", scheme.Attended)
	}
	slices.SortStableFunc(all, func(x, y scheme.WorkingContact) int { return x.On.DaysSince(y.On) })
	return all
}
