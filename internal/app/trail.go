package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// An Opening is one page, or one answer to a program, about people referred.
type Opening struct {
	Page string // the pattern of its route, without identifiers
	Of   string // the identifier in its address; empty where it is about several people
}

// opens is how an act of the audit begins that changed nothing.
const opens = "open "

// TrailReader reads the audit of single records, the newest rows first.
type TrailReader interface {
	// Changes returns who changed a record.
	Changes(of string, limit int) ([]Deed, error)
	// Openings returns who opened any of those records.
	Openings(of []string, limit int) ([]Deed, error)
}

// A Deed is one line of the audit, without what was written.
type Deed struct {
	At      time.Time // UTC
	By      scheme.AccountID
	Login   string // empty where there is none any more
	Act     string // as "person.change"; of an opening the pattern of the page
	Changed []string
}

// A Trail is who changed a person's record and, for managers, who opened it.
type Trail struct {
	Changes  []Deed
	Openings []Deed // nil for whoever may not know
}

// trailLength is how much of a trail is shown.
const trailLength = 50

// Opened keeps that somebody is about to be shown people: one row of the audit,
// whatever the number of people, and nothing of what is shown. Where it cannot be
// kept, nothing is to be shown.
func (a *App) Opened(ctx context.Context, by Actor, o Opening) error {
	if by.Account == "" {
		return fault.New(fault.Anonymous, fault.SignInNeeded, "Sign in first.")
	}
	e := Entry{Actor: by.Account, Act: opens + o.Page, Object: o.Of, RequestID: by.RequestID}
	if e.Object == "" {
		e.Object = string(by.Org)
	}
	if err := a.store.Write(ctx, by.Org, func(w Writer) error { return w.Audit(e) }); err != nil {
		return fmt.Errorf("keep that a page was opened: %w", err)
	}
	return nil
}

// Openings returns who opened the pages of a person whom the actor may see, the
// newest first.
func (a *App) Openings(ctx context.Context, by Actor, id scheme.PersonID) ([]Deed, error) {
	if err := by.may(SeeTrail); err != nil {
		return nil, err
	}
	t, err := a.Trail(ctx, by, id)
	return t.Openings, err
}

// Trail returns what the audit knows of a person whom the actor may see.
func (a *App) Trail(ctx context.Context, by Actor, id scheme.PersonID) (t Trail, err error) {
	if err := by.may(SeePeople); err != nil {
		return Trail{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		p, err := known(r, by, id)
		if err != nil {
			return err
		}
		if t.Changes, err = r.Changes(string(p.ID), trailLength); err != nil || !by.May(SeeTrail) {
			return err
		}
		lines, err := r.Referrals(ReferralFilter{Person: p.ID}, Page{Limit: 200})
		if err != nil {
			return err
		}
		of := []string{string(p.ID)}
		for _, l := range lines {
			of = append(of, string(l.Referral.ID))
		}
		t.Openings, err = r.Openings(of, trailLength)
		return err
	})
	if err != nil {
		return Trail{}, fmt.Errorf("trail of a person: %w", err)
	}
	logins := map[scheme.AccountID]string{}
	for _, deeds := range [][]Deed{t.Changes, t.Openings} {
		for i, d := range deeds {
			if _, known := logins[d.By]; !known && d.By != "" && d.By != Operator {
				account, err := a.store.Account(ctx, d.By)
				if err != nil && !fault.Is(err, fault.NotFound) {
					return Trail{}, err
				}
				logins[d.By] = account.Login
			}
			deeds[i].Login = logins[d.By]
			deeds[i].Act = strings.TrimPrefix(d.Act, opens)
		}
	}
	return t, nil
}
