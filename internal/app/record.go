package app

import (
	"context"
	"fmt"
	"slices"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A RecordView is what is recorded of one person in the referrals that the actor
// may see.
type RecordView struct {
	Person       scheme.Person
	Organisation string
	Stays        []Stay // open ones first, then by receipt, newest first
	Timeline     []scheme.Event
	Withdrawn    []scheme.Revision // what an assessment last said, with the reason; newest first
	Schemes      map[scheme.ID]string
	Activities   map[scheme.ActivityID]scheme.Activity
	Measures     map[measure.Key]measure.Definition
	Today        scheme.Day
}

// A Stay is one referral with what its scores say.
type Stay struct {
	scheme.Spell
	Scheme   string // its name
	Readings []evidence.Reading
	// Profiles are the measures that are read as digits side by side. Their single
	// dimensions stand among Readings too.
	Profiles []evidence.ProfileReading
}

// Record returns one person's record. An identifier of somebody who was merged
// leads to whom they were merged into; nobody is there whom the actor may not see.
func (a *App) Record(ctx context.Context, by Actor, id scheme.PersonID) (v RecordView, err error) {
	if err := by.may(SeePeople); err != nil {
		return RecordView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		v, err = a.readRecord(r, by, id)
		return err
	})
	if err != nil {
		return RecordView{}, fmt.Errorf("record of person %s: %w", id, err)
	}
	return v, nil
}

func (a *App) readRecord(r Reader, by Actor, id scheme.PersonID) (v RecordView, err error) {
	if v.Person, err = known(r, by, id); err != nil {
		return v, err
	}
	if v.Today, err = a.today(r); err != nil {
		return v, err
	}
	if err := a.surround(r, &v); err != nil {
		return v, err
	}
	all, err := r.SpellsOf(v.Person.ID)
	if err != nil {
		return v, err
	}
	spells := slices.DeleteFunc(all, func(s scheme.Spell) bool { return !by.Sees(s.Referral.Scheme) })
	if v.Withdrawn, err = withdrawnOf(r, v.Person.ID, spells); err != nil {
		return v, err
	}
	for _, s := range spells {
		courses, err := coursesOf(r, s, v.Measures)
		if err != nil {
			return v, err
		}
		stay := Stay{Spell: s, Scheme: v.Schemes[s.Referral.Scheme]}
		for _, c := range courses {
			stay.Readings = append(stay.Readings, evidence.Read(c))
		}
		for _, p := range s.Profiles(v.Measures) {
			stay.Profiles = append(stay.Profiles, evidence.ReadProfile(p))
		}
		v.Stays = append(v.Stays, stay)
	}
	slices.SortStableFunc(v.Stays, func(a, b Stay) int {
		if a.Referral.Open() != b.Referral.Open() {
			if a.Referral.Open() {
				return -1
			}
			return 1
		}
		return b.Referral.Since().DaysSince(a.Referral.Since())
	})
	met, err := met(r, spells)
	v.Timeline = scheme.Timeline(withThose(spells, v.Withdrawn), met...)
	return v, err
}

// met are the contacts of those referrals.
func met(r Reader, spells []scheme.Spell) (all []scheme.Event, err error) {
	ids := make([]scheme.ReferralID, len(spells))
	for i, s := range spells {
		ids[i] = s.Referral.ID
	}
	contacts, err := r.Contacts(ids...)
	for _, s := range spells {
		all = append(all, scheme.ContactEvents(s.Referral, contacts[s.Referral.ID])...)
	}
	return all, err
}

// surround reads what the record's records name.
func (a *App) surround(r Reader, v *RecordView) error {
	org, err := r.Organisation()
	if err != nil {
		return err
	}
	schemes, err := r.Schemes(v.Today)
	if err != nil {
		return err
	}
	activities, err := r.Activities()
	if err != nil {
		return err
	}
	v.Organisation, v.Schemes, v.Activities = org.Name, map[scheme.ID]string{}, map[scheme.ActivityID]scheme.Activity{}
	for _, s := range schemes {
		v.Schemes[s.ID] = s.Name
	}
	for _, act := range activities {
		v.Activities[act.ID] = act
	}
	v.Measures, err = a.library(r)
	return err
}

// coursesOf are the courses of a referral, those in series that only an earlier
// version of a measure had included.
func coursesOf(r Reader, s scheme.Spell, defs map[measure.Key]measure.Definition) ([]scheme.Course, error) {
	courses := s.Courses(defs)
	there := map[measure.Series]bool{}
	for _, c := range courses {
		there[c.Score.Series] = true
	}
	type edition struct {
		key     measure.Key
		version int
	}
	read := map[edition]bool{}
	for _, as := range s.Assessments {
		of := edition{as.Measure, as.Version}
		if def, known := defs[as.Measure]; read[of] || known && def.Version == as.Version {
			continue
		}
		read[of] = true
		def, err := r.Definition(as.Measure, as.Version)
		if err != nil {
			return nil, err
		}
		for _, c := range s.Courses(map[measure.Key]measure.Definition{as.Measure: def}) {
			if !there[c.Score.Series] {
				there[c.Score.Series] = true
				courses = append(courses, c)
			}
		}
	}
	return courses, nil
}

// withdrawnOf are the assessments of those referrals that were withdrawn, as they
// last stood, with the reason.
func withdrawnOf(r Reader, person scheme.PersonID, spells []scheme.Spell) ([]scheme.Revision, error) {
	all, err := r.Changed(person)
	if err != nil {
		return nil, err
	}
	gone := slices.DeleteFunc(all, func(v scheme.Revision) bool {
		return v.Act != scheme.Withdrawn || !slices.ContainsFunc(spells, func(s scheme.Spell) bool { return s.Referral.ID == v.Referral })
	})
	slices.SortStableFunc(gone, func(a, b scheme.Revision) int { return b.On.DaysSince(a.On) })
	return gone, nil
}

// withThose are the referrals with what was withdrawn from them put back, for the
// timeline alone: a score that was withdrawn is read by nothing.
func withThose(spells []scheme.Spell, gone []scheme.Revision) []scheme.Spell {
	all := slices.Clone(spells)
	for i := range all {
		all[i].Assessments = slices.Clone(all[i].Assessments)
		for _, g := range gone {
			if g.Referral == all[i].Referral.ID {
				all[i].Assessments = append(all[i].Assessments, g.Assessment)
			}
		}
	}
	return all
}

// Now are the stays that a reader comes for: the open ones, else the newest.
func (v RecordView) Now() []Stay {
	for i, s := range v.Stays {
		if !s.Referral.Open() {
			return v.Stays[:max(i, 1)]
		}
	}
	return v.Stays
}

// Before are the others.
func (v RecordView) Before() []Stay { return v.Stays[len(v.Now()):] }
