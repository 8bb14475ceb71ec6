package app

import (
	"context"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A PersonChange is all of a person's own facts as they are now; what is empty is
// not recorded.
type PersonChange struct {
	Key     string          `json:"-"`
	Person  scheme.PersonID `json:"person"`
	Version int             `json:"version"` // of the person, as it was read
	Facts   NewPerson       `json:"facts"`
}

// ChangePerson keeps a person's own facts as they are now. Figures that are split
// by them follow, in every referral of the person.
func (a *App) ChangePerson(ctx context.Context, by Actor, in PersonChange) (scheme.Person, error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.Person{}, err
	}
	object, err := a.create(ctx, writing{by, "person.change", in.Key, in}, func(w Writer) (string, error) {
		now, err := toChange(w, by, in.Person)
		if err != nil {
			return "", err
		}
		if in.Version != now.Revision {
			return "", staleRecord()
		}
		today, err := a.today(w)
		if err != nil {
			return "", err
		}
		profile, err := widest(w, by, today)
		if err != nil {
			return "", err
		}
		var wrong fault.List
		made := in.Facts.check(&wrong, today, profile)
		if !profile.Names() {
			made.Name = now.Name // which the actor does not see, and so did not leave out
		}
		if err := wrong.Err(); err != nil {
			return "", err
		}
		made.ID, made.Revision = now.ID, now.Revision
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

// repairAll makes the pairs of every referral of a person what its records say.
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
		if err := w.SavePairs(s.Referral.ID, s.Pairs(defs)); err != nil {
			return err
		}
	}
	return nil
}

// The audit has no need to repeat who the person is.
func (in PersonChange) withoutIdentity() any {
	in.Facts, _ = in.Facts.withoutIdentity().(NewPerson)
	return in
}
