package scheme

import (
	"cmp"
	"slices"
)

// FirstOf is what stands in for the day of a referral of which nothing but its scores
// is known: the earliest baseline, else the first score, counted back to the start
// where it says that it was taken later; one from the wait only where there is no
// other. What is known to the day goes before a month, and a month before no day at
// all; windows are counted from a day alone. It is zero where there is no score.
// There is at least one plan.
func FirstOf(all []Assessment, plans []Plan) StandIn {
	if len(all) == 0 {
		return StandIn{}
	}
	first := slices.MinFunc(all, func(a, b Assessment) int {
		return cmp.Or(a.pastBaseline()-b.pastBaseline(), a.Dated.vague()-b.Dated.vague(), a.On.DaysSince(b.On))
	})
	if first.Dated == ToTheDay {
		return StandIn{On: first.On.Plus(-first.Occasion.after(InForce(plans, first.On))), Dated: Assumed}
	}
	return StandIn{On: first.On, Dated: ByOrder}
}

// after is how many days after the start an occasion lies under a plan. Where the
// occasion does not say it, it is the time that the plan shows first: “post” in a file
// is what that scheme's follow-up is.
func (o Occasion) after(p Plan) int {
	days, fixed := o.Days()
	if !fixed && (o == Later || o == End) {
		days, _ = p.Headline.Days()
	}
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
	first, before := FirstOf(now, plans), FirstOf(ever, plans)
	if first.On.IsZero() {
		return r
	}
	baseline := slices.ContainsFunc(now, func(a Assessment) bool { return a.Occasion == Baseline && a.Dated == ToTheDay })
	follows := func(s StandIn) bool {
		return s.Dated == ByOrder && first.Dated == Assumed || s.Dated == Assumed && (baseline || s == before || isDayOf(s.On, ever))
	}
	if follows(r.Receipt) {
		r.Receipt = first
	}
	if r.Acceptance.On != r.ReceivedOn && follows(r.Acceptance) {
		r.Acceptance = first
	}
	return r
}

func isDayOf(on Day, all []Assessment) bool {
	return slices.ContainsFunc(all, func(a Assessment) bool { return a.Dated == ToTheDay && a.On == on })
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
