package app

import (
	"context"
	"fmt"

	"cairn/internal/scheme"
)

// CaseloadAlerts is what stands above a due list: what is not closed.
type CaseloadAlerts struct {
	Answers []AlertView // that need action
	Left    []AlertView // the item was left out
	More    bool        // there are others, on the safety page
}

// mostAbove is how many alerts of one kind stand above a due list.
const mostAbove = 10

// CaseloadAlerts returns what is not closed in the actor's schemes, first come
// first. Their own list has what is theirs, what they cover, and what is nobody's
// yet, for which nobody else would look; imports have review lists instead.
func (a *App) CaseloadAlerts(ctx context.Context, by Actor, whose Whose) (v CaseloadAlerts, err error) {
	if err := by.may(SeeSafety); err != nil {
		return CaseloadAlerts{}, err
	}
	if whose == "" {
		whose = Mine
	}
	if err := (CaseloadAsk{Whose: whose}).check(); err != nil {
		return CaseloadAlerts{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		of := AlertFilter{Schemes: by.own(), Came: CameAlone, Limit: mostAbove + 1}
		if whose == Mine {
			today, err := a.today(r)
			if err != nil {
				return err
			}
			if of.Holders, err = (&CaseloadView{Today: today}).holders(r, by); err != nil {
				return err
			}
		}
		if v.Answers, err = a.above(r, of, scheme.AnswerRaised, &v); err != nil {
			return err
		}
		v.Left, err = a.above(r, of, scheme.LeftOut, &v)
		return err
	})
	if err != nil {
		return CaseloadAlerts{}, fmt.Errorf("alerts of a caseload: %w", err)
	}
	return v, nil
}

// above lists the first alerts of a kind, and notes in v whether there are more.
func (a *App) above(r Reader, of AlertFilter, kind scheme.AlertKind, v *CaseloadAlerts) ([]AlertView, error) {
	of.Kind = kind
	all, err := a.listed(r, of)
	if len(all) > mostAbove {
		all, v.More = all[:mostAbove], true
	}
	return all, err
}
