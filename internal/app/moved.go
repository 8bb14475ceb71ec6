package app

import (
	"context"

	"cairn/internal/scheme"
)

// MovedAway returns the moves by which assessments left a referral of the actor's
// schemes, so that the history of where they were says so too.
func (a *App) MovedAway(ctx context.Context, by Actor, id scheme.ReferralID) (moves []scheme.Revision, err error) {
	if err := by.may(SeePeople); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		v, err := a.viewReferral(r, by, id)
		if err != nil {
			return err
		}
		changed, err := r.Changed(v.Person.ID)
		if err != nil {
			return err
		}
		moves = nil
		for _, c := range changed {
			if c.Act == scheme.Moved && c.From == id {
				moves = append(moves, c)
			}
		}
		moves, err = inZone(r, moves)
		return err
	})
	return moves, err
}
