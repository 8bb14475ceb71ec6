package app

import (
	"context"
	"slices"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// An AssessmentHistory is one assessment with how it came to stand as it does.
type AssessmentHistory struct {
	Now      scheme.Assessment
	Versions []scheme.Revision // the first one first
	// Measure is the version of the measure that was asked.
	Measure  measure.Definition
	Referral ReferralView
	Logins   map[scheme.AccountID]string // of who made the versions, where they still have one
}

// AssessmentHistory returns one assessment of the actor's schemes, withdrawn ones
// too, with everything a page for correcting it shows.
func (a *App) AssessmentHistory(ctx context.Context, by Actor, id scheme.AssessmentID) (AssessmentHistory, error) {
	all, err := a.AssessmentVersions(ctx, by, id)
	if err != nil {
		return AssessmentHistory{}, err
	}
	h := AssessmentHistory{Logins: map[scheme.AccountID]string{}}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		var err error
		if h.Now, err = seenAssessment(r, by, id); err != nil {
			return err
		}
		if h.Measure, err = r.Definition(h.Now.Measure, h.Now.Version); err != nil {
			return err
		}
		if h.Referral, err = a.viewReferral(r, by, h.Now.Referral); err != nil {
			return err
		}
		h.Versions, err = inZone(r, all)
		return err
	})
	if err != nil {
		return AssessmentHistory{}, err
	}
	for _, v := range all {
		if _, known := h.Logins[v.By]; known || v.By == "" {
			continue
		}
		account, err := a.store.Account(ctx, v.By)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return AssessmentHistory{}, err
		}
		h.Logins[v.By] = account.Login
	}
	return h, nil
}

// inZone are the versions with their times as clocks show them where the
// organisation is.
func inZone(r SchemeReader, all []scheme.Revision) ([]scheme.Revision, error) {
	zone, err := zoneOf(r)
	if err != nil {
		return nil, err
	}
	local := slices.Clone(all)
	for i := range local {
		local[i].At = local[i].At.In(zone)
	}
	return local, nil
}

// WithdrawnFrom returns what was withdrawn from a referral of the actor's schemes,
// as it last stood and with the reason, newest first.
func (a *App) WithdrawnFrom(ctx context.Context, by Actor, id scheme.ReferralID) (gone []scheme.Revision, err error) {
	if err := by.may(SeePeople); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		spell, err := r.Spell(id)
		if err != nil {
			return err
		}
		if !by.Sees(spell.Referral.Scheme) {
			return notThere()
		}
		if gone, err = withdrawnOf(r, spell.Person.ID, []scheme.Spell{spell}); err != nil {
			return err
		}
		gone, err = inZone(r, gone)
		return err
	})
	return gone, err
}
