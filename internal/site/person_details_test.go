package site_test

import (
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// Contact details and the NHS number are changed on the page of a person's details,
// as far as the scheme has them; a year of birth that cannot be right is asked
// about, and nothing typed is lost.
func TestDetailsAreChanged(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		v, err := w.App.Referral(t.Context(), w.Ann, w.referral("RS-1"))
		must(t, err)
		at := "/people/" + string(v.Person.ID) + "/details"
		bo.get(at).says("Phone number").silent("NHS number (optional)")
		_, err = w.App.ChangeProfile(t.Context(), w.Ann, app.ProfileChange{Scheme: w.Garden.ID, Version: 1, Profile: scheme.ByNHSNumber})
		must(t, err)
		typed := form{"reference": "RS-1", "name": "Ann", "nhs_number": "999 000 0019", "phone": "1", "email": "ann", "address_1": "1 Mill Lane", "birth_year": "2020"}
		bad := bo.fill(at, typed).is(http.StatusUnprocessableEntity).says("its last digit does not fit the others", "5 to 15 digits", "name@example.org")
		if bad.typed("address_1") != "1 Mill Lane" || strings.Contains(bad.at, "0019") {
			t.Errorf("typed %q, at %s", bad.typed("address_1"), bad.at)
		}
		typed = typed.and(form{"nhs_number": "999 000 0018", "phone": "01632 960001", "email": "ann@example.org"})
		bo.fill(at, typed).is(http.StatusOK).says("The details were changed.")
		now := bo.get(at)
		if now.typed("nhs_number") != "999 000 0018" || now.typed("phone") != "01632 960001" || now.typed("address_1") != "1 Mill Lane" {
			t.Errorf("kept %q %q %q", now.typed("nhs_number"), now.typed("phone"), now.typed("address_1"))
		}
		both := bo.fill(at, typed.and(form{"version": "1", "phone": "01632 960002"})).is(http.StatusConflict).says("What is kept now", "01632 960001", "999 000 0018", "1 Mill Lane")
		if both.typed("phone") != "01632 960002" {
			t.Errorf("typed %q", both.typed("phone"))
		}
		bo.get(at).says("Who changed this record", "bo: name, how to reach them, NHS number, year of birth").silent("Who looked at this person")
		w.signedIn("ann").get(at).says("Who looked at this person")
		if strings.Contains(w.Log.String(), "9990000018") || strings.Contains(w.Log.String(), "960001") {
			t.Error("somebody's number is in the log")
		}
	})
}
