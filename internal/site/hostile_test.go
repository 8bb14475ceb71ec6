package site_test

import (
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
)

// What people type comes out as the text that it is, in every place of a page.
func TestNothingTypedBecomesMarkup(t *testing.T) {
	const hostile = `"></title></script><img src=x onerror=alert(1)>`
	each(t, func(t *testing.T, w *town) {
		ann := w.signedIn("ann")
		made, err := w.App.AddScheme(t.Context(), w.Ann, app.NewScheme{
			Name: hostile, Measures: []measure.Key{"ons4"}, Weeks: 12, StartedOn: "2024-01-01",
		})
		must(t, err)
		ann.fill("/activities", form{"name": hostile, "category": "arts", "provider": hostile}).is(http.StatusOK)
		scheme := "/schemes/" + string(made.ID)
		ann.fill(scheme+"/costs", form{"kind": "staff", "pounds": "5", "from": "2026-Q1", "source": hostile, "note": hostile}).is(http.StatusOK)
		page := ann.fill(scheme+"/referrals/new", registration(hostile).and(form{"name": hostile})).is(http.StatusOK)
		referral := strings.SplitN(page.at, "?", 2)[0]
		for _, path := range []string{
			"/schemes", "/activities", scheme, scheme + "/evidence", scheme + "/equity", scheme + "/comparator", scheme + "/comparator/new", scheme + "/value", scheme + "/costs", "/compare?by=source&scheme=" + string(made.ID), "/ot?scheme=" + string(made.ID), scheme + "/referrals/new", referral, referral + "/prescriptions/new",
			referral + "/assessments/new?measure=ons4&occasion=baseline",
		} {
			if got := ann.get(path).is(http.StatusOK).silent("<img"); !strings.Contains(words(got.root), "<img src=x onerror=alert(1)>") {
				t.Errorf("%s does not show what was typed", path)
			}
		}
		ann.post(scheme+"/referrals/new", form{"reference": hostile, "source": hostile}).is(http.StatusUnprocessableEntity).silent("<img")
		w.visitor().get("/sign-in?next=" + `/"><img`).silent("<img")
	})
}

// What no keyboard sends is refused alike whatever the database would do with
// it, and nothing of the form is kept.
func TestFormsRefuseWhatNoKeyboardSends(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ann := w.signedIn("ann")
		for _, name := range []string{"Herb\x00bed", "Herb bed \xff"} {
			ann.post("/activities", form{"name": name, "category": "gardening"}).is(http.StatusBadRequest)
		}
		ann.get("/activities").silent("Herb")
		ann.post("/activities", form{"name": "Herb bed", "category": "gardening"}).is(http.StatusOK)
	})
}
