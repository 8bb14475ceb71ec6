package app

import (
	"context"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A Merge says that two records are of one person.
type Merge struct {
	Key    string          `json:"-"`
	Keep   scheme.PersonID `json:"keep"`
	Other  scheme.PersonID `json:"other"` // becomes part of Keep
	Reason string          `json:"reason"`
}

// MergePeople makes two records of people one. Keep keeps its reference, its name
// and its traits; the referrals and assessments of Other become its own, and
// Other's reference leads to it.
func (a *App) MergePeople(ctx context.Context, by Actor, in Merge) (scheme.Person, error) {
	if err := by.may(MergePeople); err != nil {
		return scheme.Person{}, err
	}
	object, err := a.create(ctx, writing{by, "person.merge", in.Key, in}, func(w Writer) (string, error) {
		if err := in.check(w, by); err != nil {
			return "", err
		}
		if err := w.LockPeople(in.Keep, in.Other); err != nil {
			return "", err
		}
		// Both may have been merged while this waited.
		if err := in.check(w, by); err != nil {
			return "", err
		}
		union, err := in.union(w)
		if err != nil {
			return "", err
		}
		return string(in.Keep), a.unite(w, by, union)
	})
	if err != nil {
		return scheme.Person{}, err
	}
	return a.Person(ctx, by, scheme.PersonID(object))
}

// check notes what is wrong with a merge, whatever is recorded of the two.
func (in Merge) check(r Reader, by Actor) error {
	if err := in.standsAlone(r, by, in.Keep); err != nil {
		return err
	}
	var wrong fault.List
	if in.Keep == in.Other {
		wrong.Add(fault.New(fault.Invalid, fault.PersonMerge, "These are the same record. Choose the other one.").At("other"))
	} else if accident := wrong.Note("other", in.standsAlone(r, by, in.Other)); accident != nil {
		return accident
	}
	reasoned(&wrong, "reason", in.Reason)
	return wrong.Err()
}

// standsAlone faults unless the person is there, is the actor's to see in every
// scheme, and was not merged into somebody else.
func (in Merge) standsAlone(r Reader, by Actor, id scheme.PersonID) error {
	p, err := r.Person(id)
	if err != nil {
		return err
	}
	spells, err := r.SpellsOf(p.ID)
	if err != nil {
		return err
	}
	for _, s := range spells {
		if !by.Sees(s.Referral.Scheme) {
			return notThere()
		}
	}
	if p.ID != id {
		return fault.New(fault.Conflict, fault.PersonMerge, "This record was merged into another one already. Look it up by its reference to see into which.")
	}
	return nil
}

func (in Merge) union(r Reader) (scheme.Union, error) {
	kept, err := r.SpellsOf(in.Keep)
	if err != nil {
		return scheme.Union{}, err
	}
	lost, err := r.SpellsOf(in.Other)
	if err != nil {
		return scheme.Union{}, err
	}
	return scheme.Unite(in.Keep, in.Other, kept, lost)
}

// unite carries a union out and makes the pairs of every referral of the person
// follow. What both held alike counts once: the later entry is withdrawn.
func (a *App) unite(w Writer, by Actor, u scheme.Union) error {
	for _, twin := range u.Twins {
		twin.Withdrawn = true
		twin.Revision++
		if err := a.keepVersion(w, scheme.Revision{Assessment: twin, Act: scheme.Withdrawn, Reason: "merged duplicate", By: by.Account}); err != nil {
			return err
		}
	}
	if err := w.MergePeople(u); err != nil {
		return err
	}
	if err := w.UniteCare(u.Keep, u.Lose); err != nil {
		return err
	}
	return a.repairAll(w, u.Keep)
}
