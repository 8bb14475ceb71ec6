package app

import (
	"context"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A MergePreview is what a merge would do, without doing it.
type MergePreview struct {
	Keep  MergeSide
	Other MergeSide
	// Twice is how many assessments both hold alike, so that the later entry is
	// withdrawn.
	Twice int
	// Against is why they cannot be merged as they are; nil where they can.
	Against error
}

// A MergeSide is one of two records, with as much of it as tells whether it is
// the same person. It holds no score.
type MergeSide struct {
	Person    scheme.Person
	Care      scheme.Care
	Referrals []MergeReferral
	Said      int // how often something was said of the use of the records
}

// A MergeReferral is one referral of a side.
type MergeReferral struct {
	Scheme      string
	Receiving   string // the day it was received, in words
	Open        bool
	Assessments int
}

// PreviewMerge says what MergePeople would do with two records of the actor's.
func (a *App) PreviewMerge(ctx context.Context, by Actor, keep, other scheme.PersonID) (v MergePreview, err error) {
	if err := by.may(MergePeople); err != nil {
		return MergePreview{}, err
	}
	in := Merge{Keep: keep, Other: other, Reason: "to look"}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if err := in.check(r, by); err != nil {
			return err
		}
		if v.Keep, err = a.mergeSide(r, keep); err != nil {
			return err
		}
		if v.Other, err = a.mergeSide(r, other); err != nil {
			return err
		}
		union, against := in.union(r)
		if _, accident := fault.All(against); accident != nil {
			return against
		}
		v.Twice, v.Against = len(union.Twins), against
		return nil
	})
	if err != nil {
		return MergePreview{}, err
	}
	return v, nil
}

func (a *App) mergeSide(r Reader, id scheme.PersonID) (side MergeSide, err error) {
	if side.Person, err = r.Person(id); err != nil {
		return side, err
	}
	if side.Care, err = r.Care(id); err != nil {
		return side, err
	}
	said, err := r.Permissions(id)
	if err != nil {
		return side, err
	}
	side.Said = len(said)
	spells, err := r.SpellsOf(id)
	if err != nil {
		return side, err
	}
	today, err := a.today(r)
	if err != nil {
		return side, err
	}
	schemes, err := r.Schemes(today)
	for _, s := range spells {
		line := MergeReferral{Receiving: s.Referral.Receiving(), Open: s.Referral.Open(), Assessments: len(s.Assessments)}
		for _, of := range schemes {
			if of.ID == s.Referral.Scheme {
				line.Scheme = of.Name
			}
		}
		side.Referrals = append(side.Referrals, line)
	}
	return side, err
}
