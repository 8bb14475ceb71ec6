package scheme

import (
	"cmp"
	"slices"
)

// FirstOf is what stands in for the day of a referral of which nothing but its scores
// is known: the earliest baseline. Else it is what the scores that say when they were
// taken after it are counted back to, those of a fixed time first, then the later
// ones, then those of the end; or the first score that does not say why it was taken,
// where it is no later than that. One from the wait counts where there is no other.
// What is known to the day goes before a month, and a month before no day at all;
// windows are counted from a day alone. It is zero where there is no score. There is
// at least one plan.
func FirstOf(all []Assessment, plans []Plan) StandIn {
	var first StandIn
	rank := [2]int{}
	for i, a := range all {
		on, of := a.began(plans), [2]int{a.pastBaseline(), a.Dated.vague()}
		if order := cmp.Or(of[0]-rank[0], of[1]-rank[1], on.On.DaysSince(first.On)); i == 0 || order < 0 {
			first, rank = on, of
		}
	}
	if rank != [2]int{1, 0} {
		return first
	}
	return amongLater(all, plans)
}

// amongLater is FirstOf where there is no baseline, and some score has a day.
func amongLater(all []Assessment, plans []Plan) (start StandIn) {
	for _, sort := range []func(Occasion) bool{Occasion.isFixed, isOf(Later), isOf(End), isOf(Unstated)} {
		known := !start.On.IsZero()
		for _, a := range all {
			if a.Dated != ToTheDay || !sort(a.Occasion) || known && a.Occasion != Unstated {
				continue
			}
			if on := a.began(plans); start.On.IsZero() || on.On.Before(start.On) {
				start = on
			}
		}
	}
	return start
}

func (o Occasion) isFixed() bool { _, fixed := o.Days(); return fixed }

func isOf(want Occasion) func(Occasion) bool {
	return func(o Occasion) bool { return o == want }
}

// began is what stands in for the start by one score alone.
func (a Assessment) began(plans []Plan) StandIn {
	if a.Dated != ToTheDay {
		return StandIn{On: a.On, Dated: ByOrder}
	}
	on := a.On.Plus(-a.after(InForce(plans, a.On)))
	for _, p := range plans { // the latest that is in force on the day that it leads to
		if back := a.On.Plus(-a.after(p)); InForce(plans, back).ID == p.ID {
			on = back
		}
	}
	return StandIn{On: on, Dated: Assumed}
}

// after is how many days after the start a score was taken, under a plan. Where its
// occasion does not say it, it is the follow-up of its measure that the plan shows
// first: “post” in a file is what that scheme's follow-up is.
func (a Assessment) after(p Plan) int {
	if days, fixed := a.Occasion.Days(); fixed {
		return days
	}
	if a.Occasion != Later && a.Occasion != End {
		return 0
	}
	times := slices.DeleteFunc(p.FollowUps(a.Measure), func(o Occasion) bool { return !o.isFixed() })
	at := p.Headline
	if len(times) > 0 && !slices.Contains(times, at) {
		at = times[0]
	}
	days, _ := at.Days()
	return days
}

func (a Assessment) pastBaseline() int {
	switch a.Occasion {
	case Baseline:
		return 0
	case Waiting:
		return 2
	}
	return 1
}

// vague is the larger the less is known of a score's day.
func (d Dating) vague() int {
	return slices.Index([]Dating{ToTheDay, ToTheMonth, ByOrder}, d)
}

// Begun is the referral with what stands in for its days worked out from the scores
// that are there now. A day that is on record stays; so does one that does not follow
// from the scores that were ever there, while nobody knows the day of a baseline.
// Without a score nothing changes.
func (r Referral) Begun(now, ever []Assessment, plans []Plan) Referral {
	first := FirstOf(now, plans)
	if first.On.IsZero() {
		return r
	}
	baseline := slices.ContainsFunc(now, func(a Assessment) bool { return a.Occasion == Baseline && a.Dated == ToTheDay })
	follows := func(s StandIn) bool {
		return s.Dated == ByOrder && first.Dated == Assumed || s.Dated == Assumed && (baseline || isOfOne(s, ever, plans))
	}
	if follows(r.Receipt) {
		r.Receipt = first
	}
	if r.Acceptance.On != r.ReceivedOn && follows(r.Acceptance) {
		r.Acceptance = first
	}
	return r
}

// isOfOne reports a start that follows from some score.
func isOfOne(start StandIn, all []Assessment, plans []Plan) bool {
	return slices.ContainsFunc(all, func(a Assessment) bool { return a.Dated == ToTheDay && (a.On == start.On || a.began(plans) == start) })
}

// Said is the referral with when it was received, as a file says it: to the day or
// the month. What is on record stays, and so does what would lie after the day it was
// accepted, declined or ended. A day says more than a month, and of two months the
// earlier one counts. Windows are counted from a day.
func (r Referral) Said(on StandIn) Referral {
	closed := r.Closed()
	switch {
	case on.On.IsZero(), !r.ReceivedOn.IsZero():
	case !r.AcceptedOn.IsZero() && on.On.After(r.AcceptedOn), !closed.IsZero() && on.On.After(closed):
	case on.Dated == ToTheDay:
		r.ReceivedOn, r.Receipt = on.On, StandIn{}
		if !r.Acceptance.On.IsZero() {
			r.Acceptance = StandIn{On: on.On, Dated: Assumed}
		}
	case r.Receipt.Dated != ToTheMonth, on.On.Before(r.Receipt.On):
		r.Receipt = on
	}
	return r
}

// Sooner is which of two days of one referral counts, as files say them: a day before
// a month, and then the earlier one. Either may be zero.
func (s StandIn) Sooner(other StandIn) StandIn {
	switch {
	case s.On.IsZero():
		return other
	case other.On.IsZero(), cmp.Or(s.Dated.vague()-other.Dated.vague(), s.On.DaysSince(other.On)) <= 0:
		return s
	}
	return other
}
