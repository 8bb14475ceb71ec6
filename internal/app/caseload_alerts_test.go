package app_test

import (
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// What is not closed stands above the due list of whom it belongs to, of whoever
// covers, and, while it is nobody's, of everybody who works there.
func TestAlertsAboveACaseload(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		bea := w.Join(app.NewUser{Login: "bea", Org: w.Ann.Org, Role: app.Practitioner, Schemes: []scheme.ID{w.Garden.ID}})
		for reference, c := range map[string]struct {
			by    app.Actor
			in    scheme.Scheme
			ninth int
		}{"bos": {w.Bo, w.Garden, 1}, "beas": {bea, w.Garden, -1}, "anns": {w.Ann, w.Choir, 3}, "nothing": {w.Bo, w.Garden, 0}} {
			v := w.refer(c.by, c.in, reference, "2026-01-05")
			_, err := w.App.RecordAssessment(ctx, c.by, phq9(v.Referral.ID, "2026-01-06", c.ninth))
			must(t, err)
		}
		above := func(by app.Actor, whose app.Whose) (said string) {
			t.Helper()
			v, err := w.App.CaseloadAlerts(ctx, by, whose)
			must(t, err)
			if v.More {
				t.Error("more than all")
			}
			return told(v.Answers) + " | " + told(v.Left)
		}
		const (
			bos  = "answer bos PHQ-9 question 9 1, “Several days”"
			beas = "unanswered beas PHQ-9 question 9"
		)
		for _, c := range []struct {
			name  string
			by    app.Actor
			whose app.Whose
			want  string
		}{
			{"Bo's own", w.Bo, "", bos + " | "},
			{"Bea's own", bea, app.Mine, " | " + beas},
			{"Bo's team's", w.Bo, app.Teams, bos + " | " + beas},
			{"Ann's own", w.Ann, app.Mine, "answer anns PHQ-9 question 9 3, “Nearly every day” | "},
			{"of another organisation", w.Cy, app.Teams, " | "},
		} {
			if got := above(c.by, c.whose); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
		_, err := w.App.AddCover(ctx, w.Bo, app.NewCover{Away: w.Bo.Account, By: bea.Account, From: "2026-06-29", Until: "2026-07-03"})
		must(t, err)
		if got := above(bea, app.Mine); got != bos+" | "+beas {
			t.Errorf("Bea covers for Bo and sees %q", got)
		}
		own, err := w.App.CaseloadAlerts(ctx, w.Bo, app.Mine)
		must(t, err)
		w.answer(w.Bo, pressing(t, own.Answers).ID, scheme.Dealing, "")
		if got := above(w.Bo, app.Mine); got != bos+" | " {
			t.Errorf("in hand, and not listed: %q", got)
		}
		w.answer(w.Bo, pressing(t, own.Answers).ID, scheme.Closing, "Seen by the GP")
		if got := above(w.Bo, app.Mine); got != " | " {
			t.Errorf("closed, and listed: %q", got)
		}
		_, err = w.App.CaseloadAlerts(ctx, w.Bo, "all")
		refusedAt(t, err, fault.InputInvalid, "whose")
	})
}

// pressing is the alert that comes first, where there is one.
func pressing(t *testing.T, all []app.AlertView) app.AlertView {
	t.Helper()
	if len(all) == 0 {
		t.Fatal("nothing was raised")
	}
	return all[0]
}
