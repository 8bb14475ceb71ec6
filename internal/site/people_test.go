package site_test

import (
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// Whoever is found alone is gone to; what was typed stands in no address and in no
// log, and nobody and somebody of another scheme leave the same page.
func TestSomebodyIsFound(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		bo := w.signedIn("bo")
		bo.get("/people").is(http.StatusOK).says("Reference or name.", "Nobody yet.").silent("NHS number")
		bo.post("/people", form{"q": "999 000 0018"}).is(http.StatusOK).says("Nobody found in your schemes.", "Your schemes keep no NHS numbers.")
		_, err := w.App.ChangeProfile(ctx, w.Ann, app.ProfileChange{Scheme: w.Garden.ID, Version: 1, Profile: scheme.ByNHSNumber})
		must(t, err)
		here, err := w.App.Register(ctx, w.Ann, app.NewRegistration{
			Person:   app.NewPerson{Reference: "RS-1", Name: "Ann Quillfeather", NHSNumber: "999 000 0018"},
			Referral: app.NewReferral{Scheme: w.Garden.ID, ReceivedOn: "2026-01-05", AcceptedOn: "2026-01-05"},
		})
		must(t, err)
		w.referral("RS-2")
		w.received(w.Ann, w.Choir, "RS-3")
		bo.get("/people").says("NHS number or name", "RS-1", "RS-2").silent("RS-3", "Quillfeather")
		for _, typed := range []string{"rs-1", "999 000 0018", "quill"} {
			if got := bo.post("/people", form{"q": typed}).is(http.StatusOK); got.at != "/people/"+string(here.Person.ID) {
				t.Errorf("%q leads to %s", typed, got.at)
			}
		}
		if many := bo.post("/people", form{"q": "RS"}).is(http.StatusOK).says("2 people fit.", "RS-1", "RS-2").silent("RS-3"); many.at != "/people" {
			t.Errorf("many at %s", many.at)
		}
		nobody := bo.post("/people", form{"q": "RS-9"}).is(http.StatusOK).says("Nobody found in your schemes.")
		if theirs := bo.post("/people", form{"q": "RS-3"}).is(http.StatusOK); strings.ReplaceAll(theirs.source, "RS-3", "RS-9") != nobody.source {
			t.Errorf("somebody else's: %s\nnobody: %s", theirs.source, nobody.source)
		}
		bo.post("/people", form{"q": "999 000 0019"}).is(http.StatusOK).says("the last one does not fit")
		bo.post("/people", form{"q": "Ann 999 000 0018"}).is(http.StatusUnprocessableEntity).says("Type the number alone.")
		if got := bo.post("/people", form{"q": " "}).is(http.StatusOK); got.at != "/people" {
			t.Errorf("nothing leads to %s", got.at)
		}
		bo.post("/people", form{"q": `"><script>alert(1)</script>`}).is(http.StatusOK).silent("<script>alert(1)")
		for _, canary := range []string{"9990000018", "999 000 0018", "quill", "Quill"} {
			if strings.Contains(w.Log.String(), canary) {
				t.Errorf("%s is in the log", canary)
			}
		}
		for _, cell := range w.Cells("SELECT object FROM audit") {
			if strings.Contains(cell, "0018") || strings.Contains(cell, "uill") {
				t.Errorf("the audit has %s", cell)
			}
		}
	})
}
