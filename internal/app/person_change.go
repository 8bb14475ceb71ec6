package app

import (
	"context"
	"reflect"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A PersonChange is all of a person's own facts as they are now; what is empty is
// not recorded.
type PersonChange struct {
	Key     string          `json:"-"`
	Person  scheme.PersonID `json:"person"`
	Version int             `json:"version"` // of the person, as it was read
	Facts   NewPerson       `json:"facts"`   // Contact and NHSNumber are those below
	// What is nil stays as it is.
	Contact   *scheme.Contact `json:"contact"`
	NHSNumber *string         `json:"nhs_number"`
	// BirthYearChecked says that the year is right although what is recorded is then
	// below the lowest age of its measure.
	BirthYearChecked bool `json:"birth_year_checked"`

	changed []string // what the change came to, by field
}

// ChangePerson keeps a person's own facts as they are now. Figures that are split
// by them follow, in every referral of the person.
func (a *App) ChangePerson(ctx context.Context, by Actor, in PersonChange) (scheme.Person, error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.Person{}, err
	}
	object, err := a.create(ctx, writing{by, "person.change", in.Key, &in}, func(w Writer) (string, error) {
		now, err := toChange(w, by, in.Person)
		if err != nil {
			return "", err
		}
		if in.Version != now.Revision {
			return "", staleRecord()
		}
		made, err := a.changed(w, by, in, now)
		if err != nil {
			return "", err
		}
		in.changed = differing(now, made)
		if err := w.SavePerson(made); err != nil {
			return "", err
		}
		return string(now.ID), a.repairAll(w, now.ID)
	})
	if err != nil {
		return scheme.Person{}, err
	}
	return a.Person(ctx, by, scheme.PersonID(object))
}

// changed is the person as they are to be, or every fault in that. What the actor
// does not see stays: they did not leave it out.
func (a *App) changed(r Reader, by Actor, in PersonChange, now scheme.Person) (scheme.Person, error) {
	today, err := a.today(r)
	if err != nil {
		return scheme.Person{}, err
	}
	profile, err := profileOf(r, by, now.ID, today)
	if err != nil {
		return scheme.Person{}, err
	}
	facts := in.Facts
	facts.Contact, facts.NHSNumber = scheme.Contact{}, ""
	if in.Contact != nil {
		facts.Contact = *in.Contact
	}
	if in.NHSNumber != nil {
		facts.NHSNumber = *in.NHSNumber
	}
	var wrong fault.List
	made := facts.check(&wrong, today, profile)
	made.ID, made.Revision = now.ID, now.Revision
	if !profile.Names() {
		made.Name = now.Name
	}
	if !profile.Names() || in.Contact == nil {
		made.Contact = now.Contact
	}
	if !profile.Numbers() || in.NHSNumber == nil {
		made.NHSNumber = now.NHSNumber
	}
	if made.BirthYear != now.BirthYear && !in.BirthYearChecked {
		if err := a.warnOfAge(r, by, &wrong, now, made); err != nil {
			return scheme.Person{}, err
		}
	}
	if err := wrong.Err(); err != nil {
		return scheme.Person{}, err
	}
	if made.NHSNumber == now.NHSNumber {
		return made, nil
	}
	return made, freeNumber(r, by, made)
}

// differing are the fields in which two states of a person differ, by the names
// that forms and programs have for them.
func differing(was, now scheme.Person) []string {
	var said []string
	for _, c := range []struct {
		differs bool
		field   string
	}{
		{was.Reference != now.Reference, "reference"},
		{was.Name != now.Name, "name"},
		{!reflect.DeepEqual(was.Contact, now.Contact), "contact"},
		{was.NHSNumber != now.NHSNumber, "nhs_number"},
		{was.BirthYear != now.BirthYear, "birth_year"},
		{was.Sex != now.Sex, "sex"},
		{was.Ethnicity != now.Ethnicity, "ethnicity"},
		{was.Deprivation != now.Deprivation, "deprivation"},
	} {
		if c.differs {
			said = append(said, c.field)
		}
	}
	return said
}

// toChange locks a person and returns them as they stand. Somebody who was merged
// into another person is not changed any more.
func toChange(w Writer, by Actor, id scheme.PersonID) (scheme.Person, error) {
	p, err := known(w, by, id)
	if err != nil {
		return scheme.Person{}, err
	}
	if err := w.LockPeople(p.ID); err != nil {
		return scheme.Person{}, err
	}
	// They may have been changed or merged while this waited.
	if p, err = known(w, by, id); err != nil {
		return scheme.Person{}, err
	}
	if p.ID != id {
		return scheme.Person{}, fault.New(fault.Conflict, fault.PersonMerge, "This record was merged into another one. Open that one, and make your change there.")
	}
	return p, nil
}

// repairAll makes the stored pairs of every referral of a person, and what is due
// of them, what their records say.
func (a *App) repairAll(w Writer, id scheme.PersonID) error {
	all, err := w.SpellsOf(id)
	if err != nil {
		return err
	}
	defs, err := w.Measures()
	if err != nil {
		return err
	}
	for _, s := range all {
		if err := settle(w, s, defs); err != nil {
			return err
		}
	}
	return nil
}

// The audit has no need to repeat who the person is: it says which of it changed.
func (in *PersonChange) withoutIdentity() any {
	said := *in
	said.Facts, _ = said.Facts.withoutIdentity().(NewPerson)
	said.Contact, said.NHSNumber = nil, nil
	return struct {
		PersonChange
		Changed []string `json:"changed"`
	}{said, in.changed}
}
