package app

import (
	"context"

	"cairn/internal/scheme"
)

// mostNames is how many people of a scheme are compared by their initials.
const mostNames = 500

// Namesakes says who else of a scheme could be taken for somebody by their
// initials, and among how many that was looked for.
type Namesakes struct {
	Initials string   // empty where no name is kept
	Shared   []string // references of others with the same
	Compared int      // people with an open referral to the scheme and a name kept, this one left out
	More     bool     // there are more than were compared
}

// NameReader reads names.
type NameReader interface {
	// OpenNames returns up to limit people with a name and an open referral to
	// the scheme, by the newest referral.
	OpenNames(id scheme.ID, limit int) ([]scheme.Person, error)
	// NamedIn returns a page of people with a name, a year of birth and a referral,
	// open or not, to any of the schemes, the newest records first.
	NamedIn(schemes []scheme.ID, page Page) ([]scheme.Person, error)
}

// Namesakes compares whom a referral is of with the others of its scheme.
func (a *App) Namesakes(ctx context.Context, by Actor, id scheme.ReferralID) (found Namesakes, err error) {
	if err := by.may(SeePeople); err != nil {
		return Namesakes{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		found = Namesakes{}
		spell, err := r.Spell(id)
		if err != nil {
			return err
		}
		if !by.Sees(spell.Referral.Scheme) {
			return notThere()
		}
		if found.Initials = spell.Person.Initials(); found.Initials == "" {
			return nil
		}
		all, err := r.OpenNames(spell.Referral.Scheme, mostNames+2)
		for _, p := range all {
			switch {
			case p.ID == spell.Person.ID || p.Initials() == "":
				continue
			case found.Compared == mostNames:
				found.More = true
				return nil
			case p.Initials() == found.Initials:
				found.Shared = append(found.Shared, p.Reference)
			}
			found.Compared++
		}
		return err
	})
	return found, err
}
