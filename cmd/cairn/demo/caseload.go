package demo

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// caseloads gives each practitioner every third open referral of the newest in
// their schemes, so that some are nobody's yet, and has them close a few items.
func (f *filling) caseloads(ctx context.Context, by app.Actor, practitioners []app.Account) error {
	for _, acc := range practitioners {
		who, err := f.app.Actor(ctx, acc.ID, by.Org)
		if err != nil {
			return err
		}
		theirs, err := f.thirds(ctx, who)
		if err != nil {
			return err
		}
		if _, err := f.app.HandOver(ctx, by, app.HandOver{To: acc.ID, Referrals: theirs}); err != nil {
			return err
		}
		if err := f.close(ctx, who); err != nil {
			return err
		}
	}
	return nil
}

func (f *filling) thirds(ctx context.Context, who app.Actor) (ids []scheme.ReferralID, err error) {
	all, err := f.app.Schemes(ctx, who)
	if err != nil {
		return nil, err
	}
	n := 0
	for _, s := range all {
		lines, err := f.app.Referrals(ctx, who, s.ID, app.Page{Limit: 200})
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			if !l.Referral.Open() {
				continue
			}
			if n%3 == 0 {
				ids = append(ids, l.Referral.ID)
			}
			n++
		}
	}
	return ids, nil
}

// close says of every fifth item that is overdue or past its time why it was
// not done. People who are left to try are left alone.
func (f *filling) close(ctx context.Context, who app.Actor) error {
	reasons := []scheme.NotDoneReason{"declined", scheme.NobodyAnswered, "too-distressed", "no-language", "no-capacity"}
	n := 0
	for _, standing := range []scheme.Standing{scheme.Overdue, scheme.TooLate} {
		v, err := f.app.Caseload(ctx, who, app.CaseloadAsk{Standing: standing, Page: app.Page{Limit: 200}})
		if err != nil {
			return err
		}
		for i, l := range v.Lines {
			if i%5 != 4 || IsToTry(l.Reference) {
				continue
			}
			_, err := f.app.CloseDue(ctx, who, app.NewNotDone{
				Referral: l.Referral, Measure: l.Due.Measure, Occasion: l.Due.Occasion, Reason: reasons[n%len(reasons)],
			})
			if err != nil {
				return err
			}
			n++
		}
	}
	return nil
}
