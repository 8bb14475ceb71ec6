package app

import (
	"context"
	"fmt"
	"slices"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Whose says which due list is asked for.
type Whose string

const (
	Mine  Whose = "mine"  // what is the actor's, and what they cover
	Teams Whose = "teams" // of all the schemes that the actor sees
)

// A CaseloadAsk asks for a page of a due list. Empty fields ask for the
// actor's own, and for every standing.
type CaseloadAsk struct {
	Whose    Whose
	Standing scheme.Standing
	Page     Page
}

// A CaseloadView is a page of a due list with what is said above it.
type CaseloadView struct {
	Whose    Whose
	Standing scheme.Standing
	Today    scheme.Day
	Counts   map[scheme.Standing]int
	Lines    []DueLine
	Next     string // the page after this one; empty on the last
	Measures map[measure.Key]measure.Definition
	Covering []string // logins of those whom the actor stands in for today
}

// Caseload returns a page of what is due in the actor's schemes.
func (a *App) Caseload(ctx context.Context, by Actor, ask CaseloadAsk) (v CaseloadView, err error) {
	if err := by.may(SeePeople); err != nil {
		return CaseloadView{}, err
	}
	if ask.Whose == "" {
		ask.Whose = Mine
	}
	if err := ask.check(); err != nil {
		return CaseloadView{}, err
	}
	v = CaseloadView{Whose: ask.Whose, Standing: ask.Standing, Counts: map[scheme.Standing]int{}}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if v.Today, err = a.today(r); err != nil {
			return err
		}
		if v.Measures, err = r.Measures(); err != nil {
			return err
		}
		if !by.AllSchemes && len(by.Schemes) == 0 {
			return nil
		}
		q := DueQuery{Today: v.Today, Standing: ask.Standing, Page: ask.Page.bounded()}
		if !by.AllSchemes {
			q.Schemes = by.Schemes
		}
		if ask.Whose == Mine {
			if q.Holders, err = v.holders(r, by); err != nil {
				return err
			}
		}
		return v.read(r, q)
	})
	if err != nil {
		return CaseloadView{}, fmt.Errorf("caseload: %w", err)
	}
	return v, nil
}

func (ask CaseloadAsk) check() error {
	var wrong fault.List
	if ask.Whose != Mine && ask.Whose != Teams {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "A caseload is “mine” or “teams”.").At("whose"))
	}
	if ask.Standing != "" && !slices.Contains(scheme.Standings(), ask.Standing) {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "“%.40s” is not one of the choices.", ask.Standing).At("standing"))
	}
	return wrong.Err()
}

// holders are the actor and whom they stand in for today.
func (v *CaseloadView) holders(r Reader, by Actor) ([]scheme.AccountID, error) {
	holders := []scheme.AccountID{by.Account}
	covers, err := r.Covers(v.Today)
	if err != nil {
		return nil, err
	}
	for _, c := range covers {
		if c.By == by.Account && c.Holds(v.Today) && !slices.Contains(holders, c.Away) {
			holders = append(holders, c.Away)
		}
	}
	if len(holders) == 1 {
		return holders, nil
	}
	all, err := r.Colleagues()
	for _, c := range all {
		if c.Account != by.Account && slices.Contains(holders, c.Account) {
			v.Covering = append(v.Covering, c.Login)
		}
	}
	return holders, err
}

func (v *CaseloadView) read(r Reader, q DueQuery) error {
	limit := q.Page.Limit
	q.Page.Limit++ // one more says whether there is another page
	list, err := r.Due(q)
	if err != nil {
		return err
	}
	v.Counts, v.Lines = list.Counts, list.Lines
	if len(v.Lines) > limit {
		v.Lines = v.Lines[:limit]
		v.Next = v.Lines[limit-1].Mark
	}
	return nil
}

// settle makes what is derived from a referral's records what they say: its
// pairs, and what is due of it.
func settle(w Writer, spell scheme.Spell, defs map[measure.Key]measure.Definition) error {
	if err := w.SavePairs(spell.Referral.ID, spell.Pairs(defs)); err != nil {
		return err
	}
	return w.SaveDue(spell.Referral, spell.Outstanding(defs))
}

// sameDue reports whether what is kept as due of a referral is what its records
// say.
func sameDue(stored, now []scheme.Due) bool {
	if len(stored) != len(now) {
		return false
	}
	for _, d := range now {
		found := slices.ContainsFunc(stored, func(k scheme.Due) bool {
			return k.Measure == d.Measure && k.Occasion == d.Occasion && k.Opens == d.Opens && k.On == d.On &&
				k.Closes == d.Closes && k.Early == d.Early && k.Why.ComeBack == d.Why.ComeBack
		})
		if !found {
			return false
		}
	}
	return true
}

// fillDue makes the due lists of organisations whose rows are older than due
// lists are, once. A start that was stopped half way is gone on with at the next.
func (a *App) fillDue(ctx context.Context) error {
	all, err := a.store.Unfilled(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		var open []scheme.ReferralID
		err := a.store.Read(ctx, o.ID, func(r Reader) error {
			open, err = r.Underived()
			return err
		})
		if err != nil {
			return err
		}
		if err := a.RebuildPairs(ctx, AtTerminal(o, "upgrade"), open); err != nil {
			return err
		}
		if err := a.store.Filled(ctx, o.ID); err != nil {
			return err
		}
	}
	return nil
}
