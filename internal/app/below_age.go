package app

import (
	"context"
	"fmt"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A BelowAge is something recorded of somebody who cannot have reached the lowest
// age of the measure on that day.
type BelowAge struct {
	Assessment scheme.AssessmentID
	Measure    string // its short name
	On         scheme.Day
	Dated      scheme.Dating // how well that day is known
	Oldest     int           // years at most on that day
	Lowest     int           // years
}

func (b BelowAge) String() string {
	return fmt.Sprintf("%s of %s (%d at most then, and it is for people aged %d and over)", b.Measure, b.Dated.Label(b.On), b.Oldest, b.Lowest)
}

// BelowAge returns what is recorded of a person in the actor's schemes below the
// lowest age of its measure.
func (a *App) BelowAge(ctx context.Context, by Actor, id scheme.PersonID) (found []BelowAge, err error) {
	if err := by.may(SeePeople); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		p, err := known(r, by, id)
		if err != nil {
			return err
		}
		found, err = belowAge(r, by, p)
		return err
	})
	return found, err
}

func belowAge(r Reader, by Actor, p scheme.Person) (found []BelowAge, err error) {
	if p.BirthYear == 0 {
		return nil, nil
	}
	spells, err := r.SpellsOf(p.ID)
	if err != nil {
		return nil, err
	}
	defs, err := r.Measures()
	for _, s := range spells {
		for _, as := range s.Assessments {
			def := defs[as.Measure]
			if oldest := as.On.Year() - p.BirthYear; by.Sees(s.Referral.Scheme) && tooYoung(def, oldest) {
				found = append(found, BelowAge{as.ID, def.Short, as.On, as.Dated, max(oldest, 0), def.MinAge.Years})
			}
		}
	}
	return found, err
}

func tooYoung(def measure.Definition, oldest int) bool {
	return def.MinAge != nil && oldest < def.MinAge.Years
}

// warnOfAge notes a year of birth that puts what is recorded below the lowest age
// of its measure. It is most often a slip, and where it is not, whoever changes it
// says so.
func (a *App) warnOfAge(r Reader, by Actor, wrong *fault.List, was, now scheme.Person) error {
	before, err := belowAge(r, by, was)
	if err != nil {
		return err
	}
	after, err := belowAge(r, by, now)
	if err != nil || len(after) <= len(before) {
		return err
	}
	said := make([]string, len(after))
	for i, b := range after {
		said[i] = b.String()
	}
	wrong.Add(fault.New(fault.Invalid, fault.AgeTooLow, "With this year of birth the person was too young for what is recorded: %s. Check the year. If it is right, say that you checked it and save again: what is recorded stays.", strings.Join(said, "; ")).At("birth_year"))
	return nil
}
