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
	// SpellsOfAll is SpellsOf for some hundreds of people.
	SpellsOfAll(people []scheme.PersonID) (map[scheme.PersonID][]scheme.Spell, error)
	// ChangedOfAll is Changed for some hundreds of people: each version is of whom
	// its referral is of now.
	ChangedOfAll(people []scheme.PersonID) (map[scheme.PersonID][]scheme.Revision, error)
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
	// Restart is SaveReferral for days that nobody recorded, as an import changes them.
	Restart(r scheme.Referral) error
	// Reconsider has the database count what is there, and think again about how it
	// finds rows, since there are many more of them now.
	Reconsider() error
}

// A loading is a file, or a part of one, on its way in.
type loading struct {
	app        *App
	w          Writer
	by         Actor
	batch      string // see Loaded
	defs       map[measure.Key]measure.Definition
	plans      plansRead
	categories map[scheme.ActivityID]scheme.Category
	kept       *handful // of which the audit says nothing yet
}

func (a *App) loading(w Writer, by Actor, batch string) (*loading, error) {
	defs, err := w.Measures()
	return &loading{app: a, w: w, by: by, batch: batch, defs: defs, plans: plansRead{}}, err
}

// A handful is some arrivals on their way in. They are looked up, what follows from
// them is worked out, and then they are kept: each of it for all of them, so that
// one handful is worked out while the database writes what was kept before it.
type handful struct {
	batch          []Arrival
	people         map[string]scheme.PersonID // by reference
	arriving       []scheme.Person            // those of them who are not here yet
	together, rest []Arrival                  // see split
	made           []Newcomer                 // of those who are taken together
	settled        []Settlement               // likewise
	arrivals       int                        // with those who may not be kept
	part           Loaded
}

// look looks up and locks what the arrivals are about.
func (l *loading) look(batch []Arrival) (h *handful, err error) {
	h = &handful{arrivals: len(batch), part: Loaded{Batch: l.batch}}
	h.batch = acceptable(batch, &h.part)
	h.people, err = lockKnown(l.w, h.batch)
	return h, err
}

// workOut works out all that follows from what newcomers bring. Nothing of them has
// to be read for that: it is all in hand.
func (l *loading) workOut(h *handful) error {
	h.together, h.rest = split(h.batch, h.people)
	if err := h.register(); err != nil {
		return err
	}
	h.made, h.settled = make([]Newcomer, len(h.together)), make([]Settlement, len(h.together))
	for i, in := range h.together {
		spell, err := l.spell(h.people[in.Person.Reference], in)
		if err != nil {
			return err
		}
		h.made[i].Spell = spell
		for _, a := range in.Assessments {
			h.made[i].Lines = append(h.made[i].Lines, a.Line)
		}
		h.settled[i] = Settlement{spell.Referral, spell.Pairs(l.defs), spell.Outstanding(l.defs)}
	}
	return nil
}

// keep keeps newcomers with everything that follows from them, and then the rest
// one by one.
func (l *loading) keep(h *handful) error {
	l.kept = h
	if err := l.w.AddPeople(h.arriving); err != nil {
		return err
	}
	raised, err := l.app.keepNewcomers(l.w, h.made, Trace{By: l.by.Account, Source: l.by.Source, Batch: l.batch})
	if err != nil {
		return err
	}
	h.part.Review += raised
	for i, in := range h.together {
		h.part.Added += len(in.Assessments)
		if err := addContacts(l.w, h.made[i].Spell.Referral.ID, in.Contacts); err != nil {
			return err
		}
	}
	if err := l.w.AddSettlements(h.settled); err != nil {
		return err
	}
	return l.takeRest(h)
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
	plans, err := l.plans.of(l.w, r.Scheme)
	if err != nil {
		return scheme.Plan{}, err
	}
	return scheme.InForce(plans, r.Since()), nil
}

// plansRead are the plans of schemes, read once.
type plansRead map[scheme.ID][]scheme.Plan

func (p plansRead) of(w Writer, id scheme.ID) (plans []scheme.Plan, err error) {
	plans, read := p[id]
	if !read {
		plans, err = w.Plans(id)
		p[id] = plans
	}
	return plans, err
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
