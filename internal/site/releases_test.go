package site_test

import (
	"net/http"
	"testing"

	kit "cairn/internal/testkit/town"
)

// What is left open in a form is asked for, and never taken as the widest there is.
func TestReleaseFormsAskForWhatIsLeftOpen(t *testing.T) {
	w := found(kit.OnSQLite(t), nil)
	w.Settle("swemwbs", "ons4")
	v := w.published()
	ann := w.signedIn("ann")
	ann.post("/releases", form{"scheme": "", "within": ""}).is(http.StatusUnprocessableEntity).says("Choose a scheme.")
	before := w.rows()
	for _, what := range []string{"", "everything"} {
		ann.post("/releases/"+string(v.ID)+"/grants", form{"scheme": string(w.Garden.ID), "to": string(w.Cy.Org), "what": what}).
			is(http.StatusUnprocessableEntity).says("Choose what they can read.")
	}
	if w.rows() != before {
		t.Error("something was granted")
	}
}
