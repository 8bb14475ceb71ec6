package app

import (
	"context"
	"strings"
	"unicode/utf8"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// PeopleFilter narrows a list of people; empty fields do not narrow.
type PeopleFilter struct {
	Schemes []scheme.ID // with a referral to any of these, or with none yet; nil for all
	Begins  []string    // references that begin with any of these
}

// PeopleFinder looks people up without opening anybody's name.
type PeopleFinder interface {
	// FindPeople returns a page in one of PeopleOrders, without names.
	FindPeople(of PeopleFilter, page Page) ([]PersonLine, error)
}

// A PersonLine is a person as lists show them, without a name.
type PersonLine struct {
	scheme.Person
	Mark string // its place in the list, for the page after it; empty of somebody at the head of the first page
}

// People returns a page of the people of the actor's schemes whose reference
// begins so, without names and in order of reference unless another is asked for;
// of all of them where beginning is empty. A reference that leads to another record since a merge is
// found too, at the head of the first page.
func (a *App) People(ctx context.Context, by Actor, beginning string, page Page) (found []PersonLine, err error) {
	if err := by.may(SeePeople); err != nil {
		return nil, err
	}
	beginning = strings.TrimSpace(beginning)
	if err := searchable(beginning); err != nil {
		return nil, err
	}
	var wrong fault.List
	if page.Order = page.Order.among(&wrong, PeopleOrders()); len(wrong) > 0 {
		return nil, wrong.Err()
	}
	filter := PeopleFilter{Begins: spellings(beginning)}
	if !by.AllSchemes {
		filter.Schemes = append([]scheme.ID{}, by.Schemes...)
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if found, err = r.FindPeople(filter, page.bounded()); err != nil || beginning == "" || page.After != "" {
			return err
		}
		found, err = a.withAlias(r, by, beginning, found)
		return err
	})
	return found, err
}

// withAlias puts whoever a merged record's reference leads to before the others.
func (a *App) withAlias(r Reader, by Actor, reference string, found []PersonLine) ([]PersonLine, error) {
	p, err := r.PersonByReference(reference)
	if fault.Is(err, fault.NotFound) {
		return found, nil
	}
	if err != nil {
		return nil, err
	}
	if p.Reference == reference {
		return found, nil
	}
	if err := seesPerson(r, by, p.ID); err != nil {
		if fault.Is(err, fault.NotFound) {
			return found, nil
		}
		return nil, err
	}
	for _, there := range found {
		if there.ID == p.ID {
			return found, nil
		}
	}
	return append([]PersonLine{{Person: asListed(p)}}, found...), nil
}

// searchable refuses what is no reference, before it is looked for.
func searchable(beginning string) error {
	says := ""
	switch {
	case scheme.HoldsNHSNumber(beginning):
		says = "This looks like an NHS number. Search by your service's own reference instead, so that the number does not get into web addresses."
	case utf8.RuneCountInString(beginning) > 64 || !scheme.Visible(beginning):
		says = "A reference has at most 64 characters, all of which can be seen."
	default:
		return nil
	}
	return fault.New(fault.Invalid, fault.PersonReference, "%s", says).At("q")
}

// spellings are the ways in which a beginning is commonly typed.
func spellings(beginning string) []string {
	if beginning == "" {
		return nil
	}
	all := []string{beginning}
	for _, s := range []string{strings.ToUpper(beginning), strings.ToLower(beginning)} {
		if s != beginning {
			all = append(all, s)
		}
	}
	return all
}

// ReferralsByReference returns the referrals to the actor's schemes of the person
// of that reference, newest first. It faults at "reference".
func (a *App) ReferralsByReference(ctx context.Context, by Actor, reference string) (found []ReferralLine, err error) {
	p, err := a.PersonByReference(ctx, by, reference)
	if err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		all, err := r.Referrals(ReferralFilter{Person: p.ID}, Page{Limit: 200})
		found = nil
		for _, l := range all {
			if by.Sees(l.Referral.Scheme) {
				found = append(found, l)
			}
		}
		return err
	})
	if err == nil && len(found) == 0 {
		err = fault.New(fault.Invalid, fault.NotFound, "This person has no referral to one of your schemes. Register one first.").At("reference")
	}
	return found, err
}
