package app

import (
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A returning is somebody who is here already when more of them comes in: all of
// their referrals as they are now, and what was recorded for them and changed since.
type returning struct {
	person  scheme.PersonID
	spells  []scheme.Spell
	changed []scheme.Assessment
}

// lookUp reads those of the people who are here, all of them at once.
func (l *loading) lookUp(people []scheme.PersonID) (map[scheme.PersonID]*returning, error) {
	found := map[scheme.PersonID]*returning{}
	spells, err := l.w.SpellsOfAll(people)
	if err != nil {
		return nil, err
	}
	changed, err := l.w.ChangedOfAll(people)
	if err != nil {
		return nil, err
	}
	for _, id := range people {
		found[id] = &returning{person: id, spells: spells[id], changed: stillSaid(changed[id])}
	}
	return found, nil
}

// stillSaid are versions but for those of what went when an import was undone: that
// is not here, whereas a file that is run again does not undo what people did.
func stillSaid(all []scheme.Revision) (kept []scheme.Assessment) {
	withdrawn := map[scheme.AssessmentID]bool{}
	for _, v := range all {
		if v.Act == scheme.Withdrawn && strings.HasPrefix(v.Reason, undone) {
			withdrawn[v.ID] = true
		}
	}
	for _, v := range all {
		if !withdrawn[v.ID] {
			kept = append(kept, v.Assessment)
		}
	}
	return kept
}

// live is what is kept of the person, in whatever referral.
func (r *returning) live() (all []scheme.Assessment) {
	for _, s := range r.spells {
		all = append(all, s.Assessments...)
	}
	return all
}

// to are the places of the referrals to a scheme.
func (r *returning) to(of scheme.ID) (places []int) {
	for i, s := range r.spells {
		if s.Referral.Scheme == of {
			places = append(places, i)
		}
	}
	return places
}

// A share is what of an arrival belongs to one referral.
type share struct {
	place int             // among those of the person, or newSpell
	made  scheme.Referral // as it would be made
	said  scheme.StandIn  // when it was received, as the file says it
	in    []Arriving      // what is not here yet
}

const newSpell = -1

// shares says which referral each score is of. What the person has already, with the
// same scores and in whatever referral, stays as it is: it is counted, and makes
// nothing; so does what was corrected, moved or withdrawn since. Where something else
// is kept of the same moment, neither is overwritten.
func (r *returning) shares(in Arrival, plans []scheme.Plan, part *Loaded) (all []share) {
	var left []Arriving
	said := map[int]scheme.StandIn{}
	for _, next := range in.Assessments {
		place := slices.IndexFunc(r.spells, func(s scheme.Spell) bool { return next.among(s.Assessments) })
		if place < 0 && !next.among(r.changed) {
			if twice := slices.IndexFunc(r.live(), next.Meets); twice < 0 {
				left = append(left, next)
			} else {
				part.refuse(next, alreadyKept(r.live()[twice]))
			}
			continue
		}
		part.Already++
		if place >= 0 && r.spells[place].Referral.Scheme == in.Referral.Scheme {
			said[place] = said[place].Sooner(next.Received)
		}
	}
	if len(left) > 0 || len(in.Assessments) == 0 {
		all = r.homes(in, plans, left)
	}
	for i := range all {
		all[i].said = all[i].said.Sooner(said[all[i].place])
		delete(said, all[i].place)
	}
	for place, on := range said {
		if !on.On.IsZero() {
			all = append(all, share{place: place, said: on})
		}
	}
	slices.SortFunc(all, func(a, b share) int { return a.place - b.place })
	return all
}

// homes puts scores that are not here yet where they belong.
func (r *returning) homes(in Arrival, plans []scheme.Plan, left []Arriving) (all []share) {
	places := r.to(in.Referral.Scheme)
	var theirs []scheme.Referral
	for _, at := range places {
		theirs = append(theirs, r.spells[at].Referral)
	}
	if in.Referral.Acceptance.On.IsZero() {
		return []share{{place: sameReferral(theirs, places, in.Referral), made: in.Referral, in: left}}
	}
	days := []scheme.StandIn{in.received()}
	for _, next := range left {
		days = append(days, next.Received)
	}
	if again := scheme.Again(theirs, days, assessmentsOf(left)); len(theirs) == 0 || !again.IsZero() {
		theirs, places = append(theirs, scheme.Referral{ReceivedOn: again, Ordinal: len(theirs) + 1}), append(places, newSpell)
	}
	if len(in.Assessments) == 0 {
		as := scheme.Assessment{On: in.Referral.Since(), Dated: in.received().Dated, Occasion: scheme.Baseline}
		return []share{{place: places[scheme.Home(theirs, as)], made: in.Referral, said: in.received()}}
	}
	of := map[int]int{}
	for _, next := range left {
		place := places[scheme.Home(theirs, next.Assessment)]
		at, there := of[place]
		if !there {
			at = len(all)
			of[place] = at
			all = append(all, share{place: place, made: in.Referral})
		}
		all[at].said = all[at].said.Sooner(next.Received)
		all[at].in = append(all[at].in, next)
	}
	for i, s := range all {
		if s.place == newSpell && len(s.in) < len(in.Assessments) {
			all[i].made = begun(s.said, s.in, plans)
			all[i].made.Scheme, all[i].made.Batch = in.Referral.Scheme, in.Referral.Batch
		}
	}
	return all
}

// sameReferral is the place of a referral that a file says whole: the one of that
// day, or else the open one. A row that was mended may have moved the day.
func sameReferral(theirs []scheme.Referral, places []int, in scheme.Referral) int {
	for _, same := range []func(scheme.Referral) bool{
		func(r scheme.Referral) bool { return r.Since() == in.Since() }, scheme.Referral.Open,
	} {
		if i := slices.IndexFunc(theirs, same); i >= 0 {
			return places[i]
		}
	}
	return newSpell
}

// received is the day of the referral as the arrival itself says it.
func (in Arrival) received() scheme.StandIn {
	if r := in.Referral; !r.ReceivedOn.IsZero() {
		return scheme.StandIn{On: r.ReceivedOn}
	} else if r.Receipt.Dated == scheme.ToTheMonth {
		return r.Receipt
	}
	return scheme.StandIn{}
}

// begun is a referral as far as a file says when it began. Windows are counted from
// the day of the referral, else from the baseline, else from the first score; see
// scheme.FirstOf. Where that is no day, from none.
func begun(said scheme.StandIn, scores []Arriving, plans []scheme.Plan) scheme.Referral {
	first := scheme.FirstOf(assessmentsOf(scores), plans)
	if len(scores) == 0 {
		first = scheme.StandIn{On: said.On, Dated: scheme.ByOrder}
	}
	return scheme.Referral{Receipt: first, Acceptance: first}.Said(said)
}

func assessmentsOf(all []Arriving) []scheme.Assessment {
	out := make([]scheme.Assessment, len(all))
	for i, a := range all {
		out[i] = a.Assessment
	}
	return out
}

// misplaced is why a score cannot be of its day: it lies longer before the referral
// than any that is recorded by hand may, or contradicts what is there already.
func (next Arriving) misplaced(in scheme.Referral, contradicts []scheme.Assessment) *fault.Fault {
	long := !in.ReceivedOn.IsZero() && next.Dated == scheme.ToTheDay && next.On.Before(in.ReceivedOn.Plus(-scheme.LongestBefore))
	switch {
	case long:
		return fault.New(fault.Invalid, fault.DayOrder, "This lies more than a year before the day on which the referral was received. Check both days.")
	case !slices.ContainsFunc(contradicts, next.Meets):
		return nil
	case next.Occasion == scheme.Baseline:
		return fault.New(fault.Invalid, fault.OccasionDay, "This is a baseline, and a later score of this person and measure is kept of a day before it. Check the days and the occasions of both.")
	}
	return fault.New(fault.Invalid, fault.OccasionDay, "This was taken after the baseline, and lies before the baseline of this person and measure. Check the days and the occasions of both.")
}

func alreadyKept(there scheme.Assessment) *fault.Fault {
	return fault.New(fault.Conflict, fault.AssessmentTwice,
		"Another score of this measure is already kept for this person as “%s”, on %s. It stays; correct it there, or the row.", there.Occasion.Label(), there.Day())
}

// refuse notes a score that could not be kept.
func (l *Loaded) refuse(one Arriving, reason *fault.Fault) {
	l.Refused = append(l.Refused, Refused{Line: one.Line, Rows: one.Rows, Reason: reason})
}
