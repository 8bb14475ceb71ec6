package app

import (
	"context"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A PermissionsView is everything that a person said of the use of their records.
type PermissionsView struct {
	Person scheme.Person
	Said   scheme.Permissions
	Today  scheme.Day
}

// NewPermission is what a person said of one purpose, from a day on.
type NewPermission struct {
	Key     string                 `json:"-"`
	Person  scheme.PersonID        `json:"person"`
	Purpose scheme.Purpose         `json:"purpose"`
	Basis   scheme.Basis           `json:"basis"`
	State   scheme.PermissionState `json:"state"`
	On      string                 `json:"on"` // YYYY-MM-DD
}

// Permissions returns what a person whom the actor may see said of the use of
// their records.
func (a *App) Permissions(ctx context.Context, by Actor, id scheme.PersonID) (v PermissionsView, err error) {
	err = a.about(ctx, by, id, func(r Reader, p scheme.Person, today scheme.Day) error {
		said, err := r.Permissions(p.ID)
		v = PermissionsView{Person: p, Said: said, Today: today}
		return err
	})
	return v, err
}

// RecordPermission adds what a person said to what they said before. Nothing is
// overwritten: from its day on the newest holds.
func (a *App) RecordPermission(ctx context.Context, by Actor, in NewPermission) (PermissionsView, error) {
	if err := by.may(RecordPeople); err != nil {
		return PermissionsView{}, err
	}
	object, err := a.create(ctx, writing{by, "person.permission", in.Key, in}, func(w Writer) (string, error) {
		p, err := toChange(w, by, in.Person)
		if err != nil {
			return "", err
		}
		today, err := a.today(w)
		if err != nil {
			return "", err
		}
		made, err := in.check(today)
		if err != nil {
			return "", err
		}
		if made.ID, err = newID[string](); err != nil {
			return "", err
		}
		made.By = by.Account
		return string(p.ID), w.AddPermission(p.ID, made)
	})
	if err != nil {
		return PermissionsView{}, err
	}
	return a.Permissions(ctx, by, scheme.PersonID(object))
}

// check returns what was said, or every fault in it.
func (in NewPermission) check(today scheme.Day) (scheme.Permission, error) {
	var wrong fault.List
	made := scheme.Permission{Purpose: in.Purpose, Basis: in.Basis, State: in.State}
	made.On = needDay(&wrong, "on", in.On)
	notAfter(&wrong, "on", made.On, today)
	needChoice(&wrong, "purpose", string(in.Purpose), scheme.Purposes())
	needChoice(&wrong, "state", string(in.State), scheme.PermissionStates())
	choose(&wrong, "basis", string(in.Basis), scheme.Bases())
	if len(wrong) > 0 || made.Fits() {
		return made, wrong.Err()
	}
	says := "Consent is given, refused or withdrawn. Choose one of these, or another legal basis."
	field := "state"
	switch {
	case in.Purpose == scheme.NationalOptOut && in.Basis != "":
		field, says = "basis", "The national data opt-out has no legal basis of its own. Leave this empty."
	case in.Purpose == scheme.NationalOptOut:
		says = "Choose “Objected” for somebody who has opted out, and “Told, and no objection” for somebody who has not."
	case in.Basis == "":
		field, says = "basis", "Choose the legal basis that this was said under."
	case in.Basis != scheme.Consent:
		says = "Consent is given, refused or withdrawn only where consent is the legal basis. Under another one people are told, and may object."
	}
	wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "%s", says).At(field))
	return made, wrong.Err()
}

// needChoice is choose for a value that must be given.
func needChoice(wrong *fault.List, field, value string, terms []scheme.Term) {
	if value == "" {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose one.").At(field))
	}
	choose(wrong, field, value, terms)
}
