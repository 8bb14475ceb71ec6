package app

import (
	"context"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// NewReferral is a person entering a scheme. Days are YYYY-MM-DD, empty for
// what has not happened.
type NewReferral struct {
	Key        string          `json:"-"`
	Person     scheme.PersonID `json:"person"`
	Scheme     scheme.ID       `json:"scheme"`
	Source     scheme.Source   `json:"source"`
	Practice   string          `json:"practice"` // the GP practice, name or code
	Reasons    []scheme.Reason `json:"reasons"`
	ReceivedOn string          `json:"received_on"`
	AcceptedOn string          `json:"accepted_on"`
	OT         scheme.OTLevel  `json:"ot"` // the therapist's part, from acceptance on
	// Therapist is who that is, one of Therapists; empty where it is not known.
	Therapist scheme.AccountID `json:"therapist"`
}

// NewRegistration is a person and a referral of theirs, entered on one page.
type NewRegistration struct {
	Person   NewPerson   `json:"person"`
	Referral NewReferral `json:"referral"`
	// Known says that the reference is of somebody already here; the rest of
	// Person is then not looked at.
	Known bool `json:"known"`
}

// Referrals returns a page of referrals of the actor's schemes, newest first unless
// another order is asked for; of one scheme where one is named.
func (a *App) Referrals(ctx context.Context, by Actor, in ReferralsAsk) (found []ReferralLine, err error) {
	if err := by.may(SeePeople); err != nil {
		return nil, err
	}
	var wrong fault.List
	filter, page := in.narrow(&wrong)
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	switch {
	case in.Scheme != "" && !by.Sees(in.Scheme):
		return nil, notThere()
	case in.Scheme != "":
		filter.Schemes = []scheme.ID{in.Scheme}
	case by.AllSchemes:
	case len(by.Schemes) == 0:
		return nil, nil
	default:
		filter.Schemes = by.Schemes
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if in.Scheme != "" {
			today, err := a.today(r)
			if err != nil {
				return err
			}
			if _, err := r.Scheme(in.Scheme, today); err != nil {
				return err
			}
		}
		found, err = r.Referrals(filter, page)
		return err
	})
	return found, err
}

// A ReferralView is one referral with what a page or an answer shows beside it.
type ReferralView struct {
	scheme.Spell
	Scheme     scheme.Scheme
	Activities map[scheme.ActivityID]scheme.Activity
	Measures   map[measure.Key]measure.Definition
	Care       scheme.Care // what to mind before somebody is in touch; of Referral alone
	Stage      scheme.Stage
	Today      scheme.Day
}

// Referral returns one referral of the actor's schemes.
func (a *App) Referral(ctx context.Context, by Actor, id scheme.ReferralID) (v ReferralView, err error) {
	if err := by.may(SeePeople); err != nil {
		return ReferralView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if v, err = a.viewReferral(r, by, id); err != nil {
			return err
		}
		v.Care, err = r.Care(v.Person.ID)
		return err
	})
	return v, err
}

func (a *App) viewReferral(r Reader, by Actor, id scheme.ReferralID) (ReferralView, error) {
	spell, err := r.Spell(id)
	if err != nil {
		return ReferralView{}, err
	}
	if !by.Sees(spell.Referral.Scheme) {
		return ReferralView{}, notThere()
	}
	v := ReferralView{Spell: spell, Activities: map[scheme.ActivityID]scheme.Activity{}}
	_, v.Stage = spell.Referral.Started(spell.Prescriptions)
	if v.Today, err = a.today(r); err != nil {
		return ReferralView{}, err
	}
	if v.Scheme, err = r.Scheme(spell.Referral.Scheme, v.Today); err != nil {
		return ReferralView{}, err
	}
	v.Person = v.Scheme.Profile.Sees(v.Person)
	if v.Measures, err = a.library(r); err != nil {
		return ReferralView{}, err
	}
	all, err := r.Activities()
	for _, act := range all {
		v.Activities[act.ID] = act
	}
	return v, err
}

// AddReferral refers a person who is registered.
func (a *App) AddReferral(ctx context.Context, by Actor, in NewReferral) (ReferralView, error) {
	if err := by.may(RecordPeople); err != nil {
		return ReferralView{}, err
	}
	object, err := a.create(ctx, writing{by, "referral.add", in.Key, in}, func(w Writer) (string, error) {
		today, err := a.today(w)
		if err != nil {
			return "", err
		}
		var wrong fault.List
		in.check(&wrong, today)
		if accident := wrong.Note("scheme", isTheirs(w, by, in.Scheme, today)); accident != nil {
			return "", accident
		}
		person, err := known(w, by, in.Person)
		if accident := wrong.Note("person", err); accident != nil {
			return "", accident
		}
		if err := wrong.Err(); err != nil {
			return "", err
		}
		if err := w.HoldSchemes(in.Scheme); err != nil {
			return "", err
		}
		referral := in
		referral.Person = person.ID
		return a.refer(w, by, referral)
	})
	if err != nil {
		return ReferralView{}, err
	}
	return a.Referral(ctx, by, scheme.ReferralID(object))
}

// isTheirs faults with not-found for a scheme that is missing or not the
// actor's.
func isTheirs(r Reader, by Actor, id scheme.ID, today scheme.Day) error {
	if !by.Sees(id) {
		return notThere()
	}
	_, err := r.Scheme(id, today)
	return err
}

// known faults with not-found for a person who is missing or not the actor's to
// see; somebody who was merged is known as whom they were merged into.
func known(r Reader, by Actor, id scheme.PersonID) (scheme.Person, error) {
	p, err := r.Person(id)
	if err != nil {
		return scheme.Person{}, err
	}
	return p, seesPerson(r, by, p.ID)
}

// Register keeps a person and their referral together, or neither.
func (a *App) Register(ctx context.Context, by Actor, in NewRegistration) (ReferralView, error) {
	if err := by.mayIn(RecordPeople, in.Referral.Scheme); err != nil {
		return ReferralView{}, err
	}
	object, err := a.create(ctx, writing{by, "referral.register", in.Referral.Key, in}, func(w Writer) (string, error) {
		today, err := a.today(w)
		if err != nil {
			return "", err
		}
		if err := w.HoldSchemes(in.Referral.Scheme); err != nil {
			return "", err
		}
		sch, err := w.Scheme(in.Referral.Scheme, today)
		if err != nil {
			return "", err
		}
		var wrong fault.List
		p := in.Person.check(&wrong, today, sch.Profile)
		in.Referral.check(&wrong, today)
		if err := wrong.Err(); err != nil {
			return "", err
		}
		id, err := registerPerson(w, by, p, in.Known)
		if err != nil {
			return "", err
		}
		referral := in.Referral
		referral.Person = id
		return a.refer(w, by, referral)
	})
	if err != nil {
		return ReferralView{}, err
	}
	return a.Referral(ctx, by, scheme.ReferralID(object))
}

// registerPerson returns the person of that reference: there already, or new.
// Somebody of schemes that are not the actor's is neither shown nor referred
// on by them.
func registerPerson(w Writer, by Actor, p scheme.Person, known bool) (scheme.PersonID, error) {
	there, err := w.PersonByReference(p.Reference)
	if err == nil {
		hidden := seesPerson(w, by, there.ID)
		if fault.Is(hidden, fault.NotFound) {
			return "", fault.New(fault.Conflict, fault.PersonTaken, "This reference is in use in another scheme of your organisation. Check it; if it is the same person, ask your service manager to add the referral.").At("reference")
		}
		err = hidden
	}
	switch {
	case err == nil && known:
		return there.ID, nil
	case err == nil:
		return "", fault.New(fault.Conflict, fault.PersonTaken, "Somebody is registered under this reference. If it is the same person, tick “already registered”; if not, check the reference.").At("reference")
	case !fault.Is(err, fault.NotFound):
		return "", err
	case known:
		return "", fault.New(fault.Invalid, fault.NotFound, "Nobody is registered under this reference. Check it, or untick “already registered”.").At("reference")
	}
	if err := freeNumber(w, by, p); err != nil {
		return "", err
	}
	id, err := addPerson(w, p)
	return scheme.PersonID(id), err
}

// check returns the referral that in describes, and notes what is wrong.
func (in NewReferral) check(wrong *fault.List, today scheme.Day) scheme.Referral {
	ref := scheme.Referral{Person: in.Person, Scheme: in.Scheme, Source: in.Source}
	ref.ReceivedOn = needDay(wrong, "received_on", in.ReceivedOn)
	ref.AcceptedOn = readDay(wrong, "accepted_on", in.AcceptedOn)
	notAfter(wrong, "received_on", ref.ReceivedOn, today)
	notAfter(wrong, "accepted_on", ref.AcceptedOn, today)
	notBefore(wrong, "accepted_on", ref.AcceptedOn, ref.ReceivedOn, "the day the referral was received")
	choose(wrong, "source", string(in.Source), scheme.Sources())
	choose(wrong, "ot", string(in.OT), scheme.OTLevels())
	ref.Practice, ref.Reasons = practiceOf(wrong, in.Practice), reasonsOf(wrong, in.Reasons)
	return ref
}

// refer keeps a referral of a person who is there, under the plan in force on
// the day it was accepted (received, while it is not). It is that of whoever
// registers it until they hand it over. The caller holds the scheme.
func (a *App) refer(w Writer, by Actor, in NewReferral) (string, error) {
	today, err := a.today(w)
	if err != nil {
		return "", err
	}
	var wrong fault.List
	ref := in.check(&wrong, today)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	if err := w.LockPeople(ref.Person); err != nil {
		return "", err
	}
	under := ref.AcceptedOn
	if under.IsZero() {
		under = ref.ReceivedOn
	}
	sch, err := w.Scheme(in.Scheme, under)
	if err != nil {
		return "", err
	}
	if ref.ID, err = newID[scheme.ReferralID](); err != nil {
		return "", err
	}
	ref.Plan = sch.Plan.ID
	if by.Account != Operator {
		ref.Practitioner = by.Account
	}
	if err := w.AddReferral(ref); err != nil {
		return "", err
	}
	if in.OT != "" {
		part := scheme.Involvement{Level: in.OT, On: under}
		if in.OT.Involved() {
			if err := isTherapist(w, in.Therapist, "therapist"); err != nil {
				return "", err
			}
			part.Therapist = in.Therapist
		}
		if err := w.AddInvolvement(ref.ID, part); err != nil {
			return "", err
		}
	}
	return string(ref.ID), a.repair(w, ref.ID)
}

// repair makes the stored pairs of one referral, and what is due of it, what its
// records say.
func (a *App) repair(w Writer, id scheme.ReferralID) error {
	spell, err := w.Spell(id)
	if err != nil {
		return err
	}
	defs, err := w.Measures()
	if err != nil {
		return err
	}
	return settle(w, spell, defs)
}

// atField puts faults without a place at field.
func atField(err error, field string) error {
	var l fault.List
	if accident := l.Note(field, err); accident != nil {
		return accident
	}
	return l.Err()
}
