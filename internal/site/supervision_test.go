package site_test

import (
	"net/http"
	"testing"

	"cairn/internal/app"
)

// The page for supervision has the summary in words and nothing of another
// caseload; a wrong period is said at its field, without figures.
func TestSupervisionPage(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ann := w.signedIn("ann")
		ann.get("/supervision").is(http.StatusOK).says("For supervision", "ann", "1 April 2026 to 30 June 2026", "April to June 2026", "July 2025", "No referral is yours.").silent("so far", "To talk about first")
		referral := w.referral("<b>G-1")
		for on, score := range map[string]int{"2026-01-12": 8, "2026-04-06": 3} {
			_, err := w.App.RecordAssessment(t.Context(), w.Ann, app.NewAssessment{
				Referral: referral, Measure: "ons4", On: on, Occasion: "later", Responses: map[string]int{"satisfaction": score}, Channel: "in-person",
			})
			must(t, err)
		}
		w.received(w.Ann, w.Choir, "G-2")
		_, err := w.App.AddContact(t.Context(), w.Ann, app.NewContact{Referral: referral, On: "2026-06-01", Way: "phone", Outcome: "attended"})
		must(t, err)
		ann.get("/supervision").is(http.StatusOK).
			says("Open referrals 2 , of which 1 waiting for a first contact", "1 came, answered or replied", "Contacts 1 : Attended 1", "Main measure: Life satisfaction",
				"<b>G-1 No threshold agreed, 5 points worse", "G-2 Not measured twice , no first score , waiting for a first contact", "Nobody is reliably worse, and no safety alert is open.").
			silent("average", "per cent", "rank")
		ann.get("/supervision?period=2026-01").is(http.StatusOK).says("1 January 2026 to 31 January 2026", "Contacts None", "0 came, answered or replied")
		ann.get("/supervision?period=nonsense").is(http.StatusUnprocessableEntity).says("neither a quarter nor a month").silent("G-1", "Open referrals")
		ann.get("/supervision?quarter=2026-Q1").is(http.StatusUnprocessableEntity).says("does not know").silent("Open referrals")
		ann.get("/supervision?practitioner=" + string(w.Bo.Account)).is(http.StatusOK).says("No referral is theirs.").silent("G-1")
		bo := w.signedIn("bo")
		bo.get("/supervision").is(http.StatusOK).says("bo").silent("G-1", "Practitioner", "ann,")
		bo.get("/supervision?practitioner=" + string(w.Ann.Account)).is(http.StatusNotFound).silent("G-1")
		w.signedIn("di").get("/supervision").is(http.StatusForbidden).silent("For supervision")
	})
}
