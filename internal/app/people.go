package app

import (
	"context"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// NewPerson is somebody referred. Only the reference is needed.
type NewPerson struct {
	Key         string           `json:"-"`
	Reference   string           `json:"reference"`
	Name        string           `json:"name"`
	BirthYear   int              `json:"birth_year"` // 0 not recorded
	Sex         scheme.Sex       `json:"sex"`
	Ethnicity   scheme.Ethnicity `json:"ethnicity"`
	Deprivation int              `json:"deprivation"` // quintile 1 to 5, 0 not recorded
	Contact     scheme.Contact   `json:"contact"`
	NHSNumber   string           `json:"nhs_number"`
}

// check returns the person that in describes, and notes what is wrong with that
// where so much may be known of people.
func (in NewPerson) check(wrong *fault.List, today scheme.Day, profile scheme.Profile) scheme.Person {
	p := scheme.Person{
		Reference: strings.TrimSpace(in.Reference), Name: strings.TrimSpace(in.Name),
		BirthYear: in.BirthYear, Sex: in.Sex, Ethnicity: in.Ethnicity, Deprivation: in.Deprivation,
	}
	if all, _ := fault.All(scheme.AcceptReference(p.Reference)); all != nil {
		wrong.Add(all[0])
	}
	short(wrong, "name", p.Name)
	if p.BirthYear != 0 && (p.BirthYear < today.Year()-120 || p.BirthYear > today.Year()) {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Enter a year of birth from %d to %d, or leave it empty.", today.Year()-120, today.Year()).At("birth_year"))
	}
	choose(wrong, "sex", string(p.Sex), scheme.Sexes())
	choose(wrong, "ethnicity", string(p.Ethnicity), scheme.Ethnicities())
	if p.Deprivation < 0 || p.Deprivation > 5 {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose a quintile from 1 (most deprived) to 5, or leave it empty.").At("deprivation"))
	}
	in.identify(wrong, &p, profile)
	return p
}

// AddPerson registers somebody without a referral.
func (a *App) AddPerson(ctx context.Context, by Actor, in NewPerson) (scheme.Person, error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.Person{}, err
	}
	object, err := a.create(ctx, writing{by, "person.add", in.Key, in}, func(w Writer) (string, error) {
		today, err := a.today(w)
		if err != nil {
			return "", err
		}
		var wrong fault.List
		profile, err := widest(w, by, today)
		if err != nil {
			return "", err
		}
		p := in.check(&wrong, today, profile)
		if err := wrong.Err(); err != nil {
			return "", err
		}
		if err := freeNumber(w, by, p); err != nil {
			return "", err
		}
		return addPerson(w, p)
	})
	if err != nil {
		return scheme.Person{}, err
	}
	return a.Person(ctx, by, scheme.PersonID(object))
}

func addPerson(w Writer, p scheme.Person) (string, error) {
	id, err := newID[scheme.PersonID]()
	if err != nil {
		return "", err
	}
	p.ID = id
	return string(id), w.AddPerson(p)
}

// Person returns one person whom the actor may see: one with a referral to a
// scheme of theirs, or with none yet. An identifier of somebody who was merged
// leads to whom they were merged into.
func (a *App) Person(ctx context.Context, by Actor, id scheme.PersonID) (found scheme.Person, err error) {
	if err := by.may(SeePeople); err != nil {
		return scheme.Person{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if found, err = known(r, by, id); err != nil {
			return err
		}
		found, err = a.asSeen(r, by, found)
		return err
	})
	if err != nil {
		return scheme.Person{}, err
	}
	return found, nil
}

// PersonByReference returns the person of that reference, or whom they were merged
// into, like Person. It faults at "reference".
func (a *App) PersonByReference(ctx context.Context, by Actor, reference string) (found scheme.Person, err error) {
	if err := by.may(SeePeople); err != nil {
		return scheme.Person{}, err
	}
	if err := scheme.AcceptReference(reference); err != nil {
		return scheme.Person{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if found, err = r.PersonByReference(strings.TrimSpace(reference)); err != nil {
			return err
		}
		return seesPerson(r, by, found.ID)
	})
	if fault.Is(err, fault.NotFound) {
		return scheme.Person{}, fault.New(fault.Invalid, fault.NotFound, "Nobody of your schemes is registered under this reference. Check it.").At("reference")
	}
	return found, err
}

// seesPerson faults with not-found when every referral of the person is to
// schemes that are not the actor's.
func seesPerson(r Reader, by Actor, id scheme.PersonID) error {
	if by.AllSchemes {
		return nil
	}
	lines, err := r.Referrals(ReferralFilter{Person: id}, Page{Limit: 200})
	if err != nil {
		return err
	}
	for _, l := range lines {
		if by.Sees(l.Referral.Scheme) {
			return nil
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return notThere()
}

// about reads something of a person whom the actor may see, with what day it is:
// what every view of one person begins with.
func (a *App) about(ctx context.Context, by Actor, id scheme.PersonID, read func(Reader, scheme.Person, scheme.Day) error) error {
	if err := by.may(SeePeople); err != nil {
		return err
	}
	return a.store.Read(ctx, by.Org, func(r Reader) error {
		p, err := known(r, by, id)
		if err != nil {
			return err
		}
		today, err := a.today(r)
		if err != nil {
			return err
		}
		return read(r, p, today)
	})
}

// bounded is the page with a limit from 1 to 200, 50 where none is given.
func (p Page) bounded() Page {
	switch {
	case p.Limit <= 0:
		p.Limit = 50
	case p.Limit > 200:
		p.Limit = 200
	}
	return p
}
