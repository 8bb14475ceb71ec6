package scheme

import (
	"cmp"
	"slices"
)

// LongestBefore is how long before its referral a score may lie; what is older was
// typed wrong.
const LongestBefore = 366 // days

// when are the days on which it may have been answered; no days where none is known.
func (a Assessment) when() Span {
	switch a.Dated {
	case ByOrder:
		return Span{}
	case ToTheMonth:
		return a.On.Month().Span()
	}
	return Span{a.On, a.On}
}

// began is the first day of a referral's time. One that came without a day began
// before anything else.
func (r Referral) began() Day {
	if r.ReceivedOn.IsZero() && r.Receipt.Dated == ByOrder {
		return Day{}
	}
	return r.Since()
}

// holds reports whether some of those days lie between the beginning of the referral
// and its end.
func (r Referral) holds(s Span) bool {
	closed := r.Closed()
	return !s.Last.Before(r.began()) && (closed.IsZero() || !s.First.After(closed))
}

// Home is the place among somebody's referrals to one scheme of that which a score
// belongs to: the one in whose time it lies, the later of two. Between them a baseline
// is of the next to begin, and what was taken later of the last that began: as a
// follow-up that is late. A score without a day is of the open one, else of the last.
// There is at least one referral.
func Home(all []Referral, a Assessment) (place int) {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(all[i].began().DaysSince(all[j].began()), all[i].Ordinal-all[j].Ordinal)
	})
	last := order[len(order)-1]
	if a.Dated == ByOrder {
		if open := slices.IndexFunc(all, Referral.Open); open >= 0 {
			return open
		}
		return last
	}
	when, next, before := a.when(), -1, -1
	place = -1
	for _, i := range order {
		switch {
		case all[i].holds(when):
			place = i
		case all[i].began().After(when.Last):
			if next < 0 {
				next = i
			}
		default:
			before = i
		}
	}
	switch {
	case place >= 0:
		return place
	case next >= 0 && (a.Occasion.Order() <= 0 || before < 0):
		return next
	}
	return before
}

// Again is the day on which somebody began anew, by what a file says of them, after
// all of these referrals to a scheme were closed: a day of a referral, or else of a
// baseline. It is no day where one of them is open, or the file says neither.
func Again(all []Referral, said []StandIn, scores []Assessment) (on Day) {
	var closed Day
	for _, r := range all {
		if r.Open() {
			return Day{}
		}
		closed = latest(closed, r.Closed())
	}
	for _, s := range said {
		if s.On.After(closed) {
			on = earliest(on, s.On)
		}
	}
	if !on.IsZero() {
		return on
	}
	for _, a := range scores {
		if first := a.when().First; a.Occasion == Baseline && first.After(closed) {
			on = earliest(on, first)
		}
	}
	return on
}

// Swapped are the scores of some whose days and occasions contradict each other, where
// the others are there already: what was taken after the start lies before the first
// baseline of its measure. None of the two is known to be right.
func Swapped(some, there []Assessment) (wrong []Assessment) {
	if len(there) == 0 {
		return nil
	}
	for _, a := range some {
		base, later := a.ends(some, there)
		if base.IsZero() || later.IsZero() || !later.Before(base) || a.Dated == ByOrder {
			continue
		}
		if a.Occasion == Baseline || a.Occasion.isLater() && a.when().Last.Before(base) {
			wrong = append(wrong, a)
		}
	}
	return wrong
}

// ends are the first day of the first baseline of a score's measure, and the last day
// on which the first that was taken later can have been taken.
func (a Assessment) ends(some, there []Assessment) (base, later Day) {
	for _, all := range [][]Assessment{some, there} {
		for _, b := range all {
			switch {
			case b.Measure != a.Measure || b.Rater != a.Rater || b.Dated == ByOrder:
			case b.Occasion == Baseline:
				base = earliest(base, b.when().First)
			case b.Occasion.isLater():
				later = earliest(later, b.when().Last)
			}
		}
	}
	return base, later
}
