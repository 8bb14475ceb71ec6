package site_test

import (
	"net/http"
	"testing"

	"cairn/internal/app"
)

// The manager's page: what was due and recorded, for nobody else, and without a
// score of anybody.
func TestQualityPage(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ann := w.signedIn("ann")
		ann.get("/quality").is(http.StatusOK).says("Data quality", "Nothing was due", "No reason was given", "There is no pair yet", "People who may be here twice: nobody")
		referral := w.referral("<b>G-1")
		for on, score := range map[string]string{"2026-01-12": "9", "2026-04-06": "33"} {
			_, err := w.App.RecordAssessment(t.Context(), w.Ann, app.NewAssessment{
				Referral: referral, Measure: "swemwbs", On: on, Occasion: "later", Series: "swemwbs-raw", Score: score, Channel: "in-person",
			})
			must(t, err)
		}
		ann.get("/quality").is(http.StatusOK).
			says("<b>G-1", "1 of 2", "on the day", "Unlikely jumps: 1", "Items left out: none", "of 1 pair, 0 in another way", "numbers are exact").
			silent("30.7", "11.25", "from on the day")
		_, err := w.App.AddPerson(t.Context(), w.Ann, app.NewPerson{Reference: "<b>g 01"})
		must(t, err)
		ann.get("/quality").is(http.StatusOK).says("People who may be here twice: 1", "<b>G-1 and <b>g 01").
			silent("See everybody", "<b>g 01")
		for login, status := range map[string]int{"bo": http.StatusForbidden, "di": http.StatusForbidden, "ed": http.StatusForbidden} {
			v := w.signedIn(login)
			v.get("/quality").is(status)
			v.get("/measures").silent("Data quality")
		}
		w.signedIn("cy").get("/quality").is(http.StatusOK).silent("G-1", "Garden")
	})
}
