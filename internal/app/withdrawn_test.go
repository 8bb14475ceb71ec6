package app_test

import (
	"slices"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// What was withdrawn from a referral is told with its reason, newest first: of
// that referral alone, as it last stood, and to whoever may see it.
func TestWithdrawnFrom(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		garden := w.refer(w.Ann, w.Garden, "G-1", "2026-01-05")
		if gone, err := w.App.WithdrawnFrom(ctx, w.Bo, garden.Referral.ID); err != nil || len(gone) != 0 {
			t.Errorf("nothing was recorded: %v, %v", gone, err)
		}
		record := func(of app.ReferralView, on string, total int) scheme.Assessment {
			made, err := w.App.RecordAssessment(ctx, w.Ann, raw(of, on, total))
			must(t, err)
			return made
		}
		withdraw := func(a scheme.Assessment, version int, reason string) {
			_, err := w.App.WithdrawAssessment(ctx, w.Ann, app.Withdrawal{Assessment: a.ID, Version: version, Reason: reason})
			must(t, err)
		}
		first, stays := record(garden, "2026-01-12", 21), record(garden, "2026-01-13", 22)
		withdraw(first, 1, "Form of a neighbour")
		second := record(garden, "2026-01-14", 23)
		_, err := w.App.CorrectAssessment(ctx, w.Ann, app.Correction{Assessment: second.ID, Version: 1, Reason: "typed wrong", On: "2026-01-14", Occasion: second.Occasion, Series: "swemwbs-raw", Score: "24"})
		must(t, err)
		withdraw(second, 2, "Heard in passing")

		choir, err := w.App.AddReferral(ctx, w.Ann, app.NewReferral{Person: garden.Person.ID, Scheme: w.Choir.ID, ReceivedOn: "2026-02-02"})
		must(t, err)
		withdraw(record(choir, "2026-02-09", 30), 1, "Heard in the choir")

		gone, err := w.App.WithdrawnFrom(ctx, w.Bo, garden.Referral.ID)
		must(t, err)
		if len(gone) != 2 || gone[0].ID != second.ID || gone[0].Reason != "Heard in passing" || gone[1].ID != first.ID || gone[1].Reason != "Form of a neighbour" {
			t.Fatalf("%+v", gone)
		}
		for _, g := range gone {
			if g.Act != scheme.Withdrawn || g.ID == stays.ID || g.Referral != garden.Referral.ID {
				t.Errorf("%s of %s is told as withdrawn", g.ID, g.Referral)
			}
		}
		if !slices.Contains(gone[0].Scores, measure.Scored{Series: "swemwbs-raw", Level: 24}) {
			t.Errorf("it last stood at %v", gone[0].Scores)
		}
		for name, c := range map[string]struct {
			by   app.Actor
			of   scheme.ReferralID
			want fault.Code
		}{
			"another scheme's":       {w.Bo, choir.Referral.ID, fault.NotFound},
			"another organisation's": {w.Cy, garden.Referral.ID, fault.NotFound},
			"one that is not":        {w.Ann, "nonsense", fault.NotFound},
			"nobody's signed in":     {app.Actor{Org: w.Ann.Org}, garden.Referral.ID, fault.SignInNeeded},
		} {
			if gone, err := w.App.WithdrawnFrom(ctx, c.by, c.of); !fault.Is(err, c.want) || gone != nil {
				t.Errorf("%s: %v, %v", name, gone, err)
			}
		}
	})
}
