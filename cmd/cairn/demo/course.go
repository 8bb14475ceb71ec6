package demo

import (
	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A course is what becomes of one referral, drawn to its end whatever day it is
// today; cut then takes away what has not happened yet. So every draw is the
// same on every day.
type course struct {
	accepted scheme.Day
	start    scheme.Day // no day for somebody who never came
	ended    scheme.Day
	reason   scheme.EndReason
}

func (c chance) course(s Scheme, received scheme.Day) course {
	k := course{accepted: workday(received.Plus(clamp(c.near(4, 3), 0, 20)))}
	accepted, started := c.hits(s.Accepted), c.hits(s.Started)
	k.start = workday(k.accepted.Plus(c.between(3, 24)))
	switch {
	case !accepted:
		k.ended, k.reason = k.accepted, pick(c, []shared[scheme.EndReason]{{"declined", 6}, {"no-contact", 3}, {"not-suitable", 2}})
		k.accepted, k.start = scheme.Day{}, scheme.Day{}
	case !started:
		k.ended = workday(k.accepted.Plus(c.between(21, 70)))
		k.reason = pick(c, []shared[scheme.EndReason]{{"did-not-attend", 5}, {"no-contact", 4}, {"declined", 2}, {"illness", 1}})
		k.start = scheme.Day{}
	default:
		k.ended, k.reason = c.end(k.start)
	}
	return k
}

// end is how somebody who started left.
func (c chance) end(start scheme.Day) (scheme.Day, scheme.EndReason) {
	on := workday(start.Plus(c.between(116, 200)))
	early := workday(start.Plus(c.between(14, 110)))
	switch reason := pick(c, []shared[scheme.EndReason]{
		{"goals-met", 38}, {"planned", 42}, {"moved-service", 4}, {"disengaged", 9}, {"illness", 2.5},
		{"activity-closed", 1}, {scheme.EndMovedAway, 2.2}, {scheme.EndDied, 0.8},
	}); reason {
	case scheme.EndMovedAway, scheme.EndDied:
		return early, reason
	default:
		return on, reason
	}
}

func (k course) referral(id scheme.ID, received scheme.Day, source scheme.Source) scheme.Referral {
	r := scheme.Referral{
		Scheme: id, Source: source, ReceivedOn: received,
		AcceptedOn: k.accepted, EndedOn: k.ended, EndReason: k.reason,
	}
	if k.accepted.IsZero() {
		r.DeclinedOn = k.ended
	}
	return r
}

// prescriptions are one activity, sometimes more, each with weekly sessions.
func (c chance) prescriptions(k course, from []scheme.Activity, today scheme.Day) []scheme.Prescription {
	if k.accepted.IsZero() {
		return nil
	}
	n := pick(c, []shared[int]{{1, 74}, {2, 22}, {3, 4}})
	order := c.Perm(len(from))
	var all []scheme.Prescription
	for i := range min(n, len(from)) {
		act := from[order[i]]
		p := scheme.Prescription{
			Activity: act.ID, Category: act.Category, OfferedOn: k.accepted, AcceptedOn: k.accepted,
			Offered: c.between(6, 12),
		}
		first := k.start
		if i > 0 {
			first = workday(first.Plus(c.between(14, 56)))
		}
		came := 0
		for week := range p.Offered {
			on := first.Plus(7 * week)
			if (week == 0 || c.hits(0.78)) && !on.After(today) && !on.After(k.ended) {
				came++
			}
		}
		switch {
		case i > 0 && c.hits(0.15):
			p.AcceptedOn, p.DeclinedOn = scheme.Day{}, k.accepted
		case k.start.IsZero() || first.After(k.ended):
			p.EndedOn, p.EndReason = k.ended, "did-not-attend"
		default:
			p.FirstAttendedOn, p.Attended = first, came
			p.EndedOn, p.EndReason = workday(first.Plus(7*p.Offered)), "planned"
			if p.EndedOn.After(k.ended) {
				p.EndedOn, p.EndReason = k.ended, k.reason
			}
		}
		all = append(all, p)
	}
	return all
}

// An occasion is when a measure was to be taken, and in which state.
type occasion struct {
	of      scheme.Occasion
	on      scheme.Day
	state   state
	channel scheme.Channel
	helper  scheme.Helper
}

// occasions are the days on which somebody was measured. Whoever feels worse is
// a little harder to reach again, as in life.
func (c chance) occasions(s Scheme, k course) []occasion {
	first := c.takenIn(s)
	later := c.after(first, s.Effect)
	last := c.after(later, 0)
	measured, followed := c.hits(s.Measured), c.hits(s.FollowedUp+0.02*later.wellbeing)
	ask, lateOn, onTime := c.hits(0.3), c.between(116, 145), 84+clamp(c.near(2, 8), -24, 24)
	var all []occasion
	add := func(of scheme.Occasion, on scheme.Day, s state, way func() (scheme.Channel, scheme.Helper)) {
		channel, helper := way()
		if !on.After(k.ended) || of == scheme.Baseline {
			all = append(all, occasion{of, on, s, channel, helper})
		}
	}
	switch {
	case k.accepted.IsZero():
		return nil
	case k.start.IsZero():
		if ask {
			add(scheme.Baseline, workday(k.accepted.Plus(c.between(0, 5))), first, c.baselineWay)
		}
		return all
	}
	if measured {
		add(scheme.Baseline, c.baselineDay(k), first, c.baselineWay)
	}
	if !measured && !ask {
		return all
	}
	if followed {
		day := k.start.Plus(onTime)
		if c.hits(0.03) {
			day = k.start.Plus(lateOn)
		}
		add(scheme.FixedTime(7*Weeks), workday(day), later, c.laterWay)
		if c.hits(0.08) && k.ended.DaysSince(day) > 30 {
			add(scheme.End, k.ended, last, c.laterWay)
		}
	}
	return all
}

func (c chance) baselineDay(k course) scheme.Day {
	before, after := c.between(0, 10), c.between(1, 6)
	if c.hits(0.1) {
		return workday(k.start.Plus(after))
	}
	if on := workday(k.start.Plus(-before)); on.After(k.accepted) {
		return on
	}
	return k.accepted
}

// assessments are what was taken on the occasions; a longer measure is left out
// a little more often.
func (c chance) assessments(s Scheme, at []occasion, defs map[measure.Key]measure.Definition) ([]app.Arriving, error) {
	var all []app.Arriving
	for _, o := range at {
		for i, key := range s.Measures {
			if i > 0 && c.hits(0.05) {
				continue
			}
			def := defs[key]
			t, err := c.take(def, o.state)
			if err != nil {
				return nil, err
			}
			all = append(all, app.Arriving{Assessment: scheme.Assessment{
				Measure: key, Version: def.Version, On: o.on, Occasion: o.of, Rater: def.Rater,
				Channel: o.channel, Helper: o.helper, Responses: t.responses, Scores: t.scores,
			}})
		}
	}
	return all, nil
}
