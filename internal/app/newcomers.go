package app

import (
	"slices"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Newcomer is the first referral of somebody who has just been added, with all
// that was measured in it. Identifiers are given.
type Newcomer struct {
	Spell scheme.Spell
	Lines []int // of the file, of each assessment
}

// A Settlement is what follows from the records of one referral.
type Settlement struct {
	Referral scheme.Referral
	Pairs    []scheme.Pair
	Due      []scheme.Due
}

// NewcomerReader reads many at once, in a number of queries that does not grow
// with them.
type NewcomerReader interface {
	// PeopleKnown returns who is here under those references; one of somebody who
	// was merged leads to whom they were merged into.
	PeopleKnown(references []string) (map[string]scheme.PersonID, error)
}

// NewcomerWriter writes many at once, likewise.
type NewcomerWriter interface {
	// AddPeople is AddPerson for many, in the order given. It returns ErrAgain when
	// somebody of the same reference came meanwhile.
	AddPeople(all []scheme.Person) error
	// AddNewcomers keeps each of them once. Nobody has two assessments of one
	// measure, moment and rater.
	AddNewcomers(all []Newcomer, trace Trace) error
	// AddSettlements is for referrals of which nothing is kept yet.
	AddSettlements(all []Settlement) error
	// Reconsider has the database count what is there, and think again about how it
	// finds rows, since there are many more of them now.
	Reconsider() error
}

// A loading is one batch on its way in.
type loading struct {
	app        *App
	w          Writer
	by         Actor
	defs       map[measure.Key]measure.Definition
	plans      map[scheme.ID][]scheme.Plan
	categories map[scheme.ActivityID]scheme.Category
	part       *Loaded
}

// isNewcomer reports an arrival that can be kept together with others: nobody
// knows the person, they come once, and no two of their lines are of one moment.
func isNewcomer(in Arrival, times int) bool {
	type once struct {
		measure measure.Key
		rater   measure.Rater
		at      scheme.Moment
	}
	seen := map[once]bool{}
	for _, a := range in.Assessments {
		seen[once{a.Measure, a.Rater, a.Moment()}] = true
	}
	return times == 1 && len(seen) == len(in.Assessments)
}

// split tells those who can be kept together from those who are taken one by one.
func split(batch []Arrival, people map[string]scheme.PersonID) (together, rest []Arrival) {
	times := map[string]int{}
	for _, in := range batch {
		times[in.Person.Reference]++
	}
	for _, in := range batch {
		if _, known := people[in.Person.Reference]; !known && isNewcomer(in, times[in.Person.Reference]) {
			together = append(together, in)
		} else {
			rest = append(rest, in)
		}
	}
	return together, rest
}

// takeTogether keeps newcomers with everything that follows from what they bring.
// Nothing of them has to be read for that: it is all in hand.
func (l *loading) takeTogether(all []Arrival, people map[string]scheme.PersonID) error {
	if len(all) == 0 {
		return nil
	}
	made, settled := make([]Newcomer, len(all)), make([]Settlement, len(all))
	for i, in := range all {
		spell, err := l.spell(people[in.Person.Reference], in)
		if err != nil {
			return err
		}
		made[i].Spell = spell
		for _, a := range in.Assessments {
			made[i].Lines = append(made[i].Lines, a.Line)
		}
		l.part.Added += len(in.Assessments)
		settled[i] = Settlement{spell.Referral, spell.Pairs(l.defs), spell.Outstanding(l.defs)}
	}
	raised, err := l.app.keepNewcomers(l.w, made, Trace{By: l.by.Account, Source: l.by.Source, Batch: l.part.Batch})
	if err != nil {
		return err
	}
	l.part.Review += raised
	for i, in := range all {
		if err := addContacts(l.w, made[i].Spell.Referral.ID, in.Contacts); err != nil {
			return err
		}
	}
	return l.w.AddSettlements(settled)
}

// spell is what pairing looks at, as it would be read again.
func (l *loading) spell(person scheme.PersonID, in Arrival) (s scheme.Spell, err error) {
	s = scheme.Spell{Referral: in.Referral, Person: in.Person, Prescriptions: slices.Clone(in.Prescriptions)}
	if s.Referral.ID, err = newID[scheme.ReferralID](); err != nil {
		return s, err
	}
	if s.Plan, err = l.planOf(in.Referral); err != nil {
		return s, err
	}
	s.Person.ID, s.Referral.Person, s.Referral.Plan, s.Referral.Ordinal = person, person, s.Plan.ID, 1
	s.Referral.OT = slices.Clone(in.Referral.OT)
	slices.SortStableFunc(s.Referral.OT, func(a, b scheme.Involvement) int { return a.On.DaysSince(b.On) })
	for i := range s.Prescriptions {
		p := &s.Prescriptions[i]
		if p.ID, err = newID[scheme.PrescriptionID](); err != nil {
			return s, err
		}
		p.Referral = s.Referral.ID
		if p.Category, err = l.categoryOf(p.Activity); err != nil {
			return s, err
		}
	}
	for _, a := range in.Assessments {
		made := a.Assessment
		if made.ID, err = newID[scheme.AssessmentID](); err != nil {
			return s, err
		}
		made.Person, made.Referral, made.Revision = person, s.Referral.ID, 1
		s.Assessments = append(s.Assessments, made)
	}
	return s, nil
}

func (l *loading) planOf(r scheme.Referral) (scheme.Plan, error) {
	plans, read := l.plans[r.Scheme]
	if !read {
		var err error
		if plans, err = l.w.Plans(r.Scheme); err != nil {
			return scheme.Plan{}, err
		}
		l.plans[r.Scheme] = plans
	}
	return scheme.InForce(plans, r.Since()), nil
}

func (l *loading) categoryOf(id scheme.ActivityID) (scheme.Category, error) {
	if l.categories == nil {
		all, err := l.w.Activities()
		if err != nil {
			return "", err
		}
		l.categories = map[scheme.ActivityID]scheme.Category{}
		for _, a := range all {
			l.categories[a.ID] = a.Category
		}
	}
	return l.categories[id], nil
}
