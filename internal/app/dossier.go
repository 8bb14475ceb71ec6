package app

import (
	"context"
	"fmt"
	"slices"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Dossier is one person with the referrals of theirs that the actor may see,
// as another system is told of them.
type Dossier struct {
	Person     scheme.Person
	Spells     []scheme.Spell // newest first, own words open
	Schemes    map[scheme.ID]string
	Activities map[scheme.ActivityID]scheme.Activity
	Today      scheme.Day

	editions map[edition]measure.Definition
}

// An edition is one version of a measure.
type edition struct {
	key     measure.Key
	version int
}

// Measure is the version of the measure that was asked.
func (d Dossier) Measure(of scheme.Assessment) measure.Definition {
	return d.editions[edition{of.Measure, of.Version}]
}

// Dossier returns everything of one person that the actor may see.
func (a *App) Dossier(ctx context.Context, by Actor, id scheme.PersonID) (d Dossier, err error) {
	if err := by.may(SeePeople); err != nil {
		return Dossier{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		person, err := known(r, by, id)
		if err != nil {
			return err
		}
		lines, err := r.Referrals(ReferralFilter{Person: person.ID}, Page{Limit: 200})
		if err != nil {
			return err
		}
		lines = slices.DeleteFunc(lines, func(l ReferralLine) bool { return !by.Sees(l.Referral.Scheme) })
		if d, err = a.gather(r, lines); err != nil {
			return err
		}
		d.Person, err = a.asSeen(r, by, person)
		return err
	})
	if err != nil {
		return Dossier{}, fmt.Errorf("dossier of person %s: %w", id, err)
	}
	return d, nil
}

// DossierOf is the Dossier of one referral alone.
func (a *App) DossierOf(ctx context.Context, by Actor, id scheme.ReferralID) (d Dossier, err error) {
	v, err := a.Referral(ctx, by, id)
	if err != nil {
		return Dossier{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		d, err = a.gather(r, []ReferralLine{{Referral: v.Referral, SchemeName: v.Scheme.Name}})
		return err
	})
	d.Person = v.Person
	return d, err
}

// gather reads those referrals with what they name.
func (a *App) gather(r Reader, lines []ReferralLine) (d Dossier, err error) {
	d = Dossier{Schemes: map[scheme.ID]string{}, Activities: map[scheme.ActivityID]scheme.Activity{}, editions: map[edition]measure.Definition{}}
	if d.Today, err = a.today(r); err != nil {
		return Dossier{}, err
	}
	activities, err := r.Activities()
	if err != nil {
		return Dossier{}, err
	}
	for _, act := range activities {
		d.Activities[act.ID] = act
	}
	for _, l := range lines {
		spell, err := r.Spell(l.Referral.ID)
		if err != nil {
			return Dossier{}, err
		}
		d.Spells, d.Schemes[l.Referral.Scheme] = append(d.Spells, spell), l.SchemeName
		for _, taken := range spell.Assessments {
			of := edition{taken.Measure, taken.Version}
			if _, read := d.editions[of]; read {
				continue
			}
			def, err := r.Definition(of.key, of.version)
			if err != nil {
				return Dossier{}, err
			}
			d.editions[of] = a.codes.On(def)
		}
	}
	return d, nil
}

// Taken returns one assessment of the actor's schemes, withdrawn ones too, with the
// version of the measure that was asked.
func (a *App) Taken(ctx context.Context, by Actor, id scheme.AssessmentID) (found scheme.Assessment, def measure.Definition, err error) {
	if err := by.may(SeePeople); err != nil {
		return found, def, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if found, err = seenAssessment(r, by, id); err != nil {
			return err
		}
		def, err = r.Definition(found.Measure, found.Version)
		def = a.codes.On(def)
		return err
	})
	return found, def, err
}
