package demo

import (
	"context"
	"slices"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// newest is how many of a scheme's referrals visitors have a part of.
const newest = 200

// caseloads has each practitioner close a few items of theirs.
func (f *filling) caseloads(ctx context.Context, practitioners []app.Actor) error {
	for _, who := range practitioners {
		if err := f.close(ctx, who); err != nil {
			return err
		}
	}
	return nil
}

// visitors are those practitioners who work in a scheme.
func visitors(all []app.Actor, in scheme.ID) (some []app.Actor) {
	for _, who := range all {
		if who.Sees(in) {
			some = append(some, who)
		}
	}
	return some
}

// share gives each of them every third open referral of the newest from its first
// day on, so that what was done since is theirs. Some are nobody's yet.
func share(arrivals []app.Arrival, whose []app.Actor) {
	order := make([]int, len(arrivals))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int {
		return arrivals[y].Referral.ReceivedOn.DaysSince(arrivals[x].Referral.ReceivedOn)
	})
	n := 0
	for _, i := range order[:min(newest, len(order))] {
		r := &arrivals[i].Referral
		if !r.Open() || r.Practitioner != "" {
			continue
		}
		if part := n % 3; part < len(whose) {
			r.Practitioner = whose[part].Account
		}
		n++
	}
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
