package site_test

import (
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/site"
	kit "cairn/internal/testkit/town"
)

// From a referral to the record of its person: what happened, what changed, what
// was withdrawn, and the text for the GP.
func TestTheRecordOfAPerson(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.referral("G-1")
		var last app.NewAssessment
		for on, score := range map[string]string{"2026-01-12": "21", "2026-04-06": "25"} {
			last = app.NewAssessment{Referral: id, Measure: "swemwbs", On: on, Occasion: "later", Series: "swemwbs-raw", Score: score}
			_, err := w.App.RecordAssessment(t.Context(), w.Ann, last)
			must(t, err)
		}
		last.On, last.Score = "2026-05-04", "7"
		gone, err := w.App.RecordAssessment(t.Context(), w.Ann, last)
		must(t, err)
		_, err = w.App.WithdrawAssessment(t.Context(), w.Ann, app.Withdrawal{Assessment: gone.ID, Version: 1, Reason: "Form <b>of</b> a neighbour"})
		must(t, err)
		view, err := w.App.Referral(t.Context(), w.Ann, id)
		must(t, err)

		at := "/people/" + string(view.Person.ID)
		bo := w.signedIn("bo")
		if !strings.Contains(bo.get("/referrals/"+string(id)).source, `href="`+at+`"`) {
			t.Error("the referral does not lead to the record")
		}
		page := bo.get(at).is(http.StatusOK).says(
			"3.1 points better than at the start, from 19.25 on 12 January 2026 to 22.35 on 6 April 2026.", "reliably better",
			"7 to 35, higher is better", "2.87 points around the first score",
			"Referral received", "Allotment first attended", "SWEMWBS answered, withdrawn since",
			"SWEMWBS of 4 May 2026: Form <b>of</b> a neighbour", "Printed on 30 June 2026", "Copy for the GP record",
		).silent("<b>of", "MADE-UP", "Made-up data")
		if text := words(page.id("gp-text")); !strings.Contains(text, "22.35") || strings.Contains(text, "G-1") || strings.Contains(text, "neighbour") {
			t.Errorf("the text for the GP: %s", text)
		}
		w.signedIn("di").get(at).is(http.StatusForbidden).silent("G-1")
		w.signedIn("cy").get(at).is(http.StatusNotFound).silent("G-1")
	})
}

// On a demonstration paper and text say that nobody is real.
func TestTheRecordOfADemonstrationSaysSo(t *testing.T) {
	w := found(kit.OnSQLite(t), []site.DemoLogin{{Login: "ann", Password: password, Role: "Service manager", Organisation: "Riverside"}})
	w.settle()
	id := w.referral("G-1")
	view, err := w.App.Referral(t.Context(), w.Ann, id)
	must(t, err)
	page := w.signedIn("ann").get("/people/" + string(view.Person.ID)).is(http.StatusOK).says("Made-up data: not a real person.")
	if text := words(page.id("gp-text")); !strings.HasPrefix(strings.TrimSpace(text), "MADE-UP DATA") {
		t.Errorf("the text for the GP begins %.40q", text)
	}
}
