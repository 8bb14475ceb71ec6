package site_test

import (
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// nobodys is an identifier that nothing has.
const nobodys = "01900000-0000-7000-8000-000000000000"

// What is another's, of a scheme that is not the reader's or of another
// organisation, looks exactly like what is not there: every page with an
// identifier, read and written.
func TestForeignLooksMissing(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		type place struct{ scheme, referral, person string }
		of := func(by app.Actor, in scheme.Scheme, reference string) place {
			view, err := w.App.Referral(t.Context(), by, w.received(by, in, reference))
			must(t, err)
			return place{string(in.ID), string(view.Referral.ID), string(view.Person.ID)}
		}
		own := of(w.Ann, w.Garden, "G-1")
		missing := place{nobodys, nobodys, nobodys}
		others := map[string]place{
			"another scheme":       of(w.Ann, w.Choir, "C-1"),
			"another organisation": of(w.Cy, w.Walk, "W-1"),
			"no identifier":        {"nonsense", "nonsense", "nonsense"},
		}
		at := func(path string, p place) string {
			return strings.NewReplacer("%S", p.scheme, "%R", p.referral, "%P", p.person).Replace(path)
		}
		before := w.rows()
		for _, path := range []string{
			"/schemes/%S", "/schemes/%S/evidence", "/schemes/%S/evidence?rule=first-last", "/schemes/%S/equity", "/schemes/%S/comparator", "/schemes/%S/value", "/compare?scheme=%S", "/ot?scheme=%S", "/schemes/%S/referrals/new",
			"/people/%P", "/referrals/%R", "/referrals/%R/prescriptions/new", "/referrals/%R/assessments/new?measure=ons4&occasion=baseline", "/referrals/%R/contacts/new",
		} {
			bo.get(at(path, own)).is(http.StatusOK) // the control
			none := bo.get(at(path, missing)).is(http.StatusNotFound)
			for whose, p := range others {
				if got := bo.get(at(path, p)).is(http.StatusNotFound); !sameBody(got, none, p.scheme, p.referral, p.person) {
					t.Errorf("%s of %s:\n%s\nmissing:\n%s", path, whose, got.source, none.source)
				}
			}
		}
		for path, typed := range map[string]form{
			"/schemes/%S/referrals/new":       registration("X-1"),
			"/referrals/%R/prescriptions/new": form{"activity": string(w.Plot.ID)}.and(on("offered_on", "5", "1")),
			"/referrals/%R/assessments/new":   answers(nil),
			"/referrals/%R/contacts/new":      {"channel": "phone", "result": "attended"},
		} {
			none := bo.post(at(path, missing), typed).is(http.StatusNotFound)
			for whose, p := range others {
				if got := bo.post(at(path, p), typed).is(http.StatusNotFound); !sameBody(got, none, p.scheme, p.referral, p.person) {
					t.Errorf("POST %s of %s:\n%s\nmissing:\n%s", path, whose, got.source, none.source)
				}
			}
		}
		bo.get("/nowhere").is(http.StatusNotFound)
		if after := w.rows(); after != before {
			t.Errorf("something was written where nothing is:\n%s\nbefore\n%s", after, before)
		}
		for path, typed := range map[string]form{ // the control
			"/schemes/%S/referrals/new":       registration("X-1"),
			"/referrals/%R/prescriptions/new": form{"activity": string(w.Plot.ID)}.and(on("offered_on", "5", "1")),
			"/referrals/%R/assessments/new":   answers(on("on", "5", "1")),
		} {
			bo.post(at(path, own), typed).is(http.StatusOK)
		}
	})
}

// sameBody reports whether two answers have the same source, but for the
// identifiers that were asked for.
func sameBody(got, missing seen, asked ...string) bool {
	for _, id := range asked {
		got.source = strings.ReplaceAll(got.source, id, nobodys)
	}
	return got.source == missing.source && got.source != ""
}

// “Already registered” brings nobody over from where the reader does not work:
// somebody of another organisation is answered like somebody whom nobody knows;
// of another scheme no more is said than that the reference is in use.
func TestAlreadyRegisteredElsewhere(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		const name = "Cora Hidden"
		made, err := w.App.Register(t.Context(), w.Ann, app.NewRegistration{
			Person:   app.NewPerson{Reference: "C-1", Name: name, BirthYear: 1951},
			Referral: app.NewReferral{Scheme: w.Choir.ID, ReceivedOn: "2026-01-05"},
		})
		must(t, err)
		w.received(w.Cy, w.Walk, "W-1")
		bo, before := w.signedIn("bo"), w.rows()
		path := "/schemes/" + string(w.Garden.ID) + "/referrals/new"
		told := func(reference string) seen {
			return bo.post(path, registration(reference).and(form{"known": "yes"}))
		}
		nobody, elsewhere := told("Q-1").is(http.StatusUnprocessableEntity), told("W-1").is(http.StatusUnprocessableEntity)
		if nobody.wrong("reference") == "" || elsewhere.wrong("reference") != nobody.wrong("reference") || elsewhere.text() != nobody.text() {
			t.Errorf("of another organisation %q, of nobody %q", elsewhere.text(), nobody.text())
		}
		other := told("C-1")
		if other.status < 400 || other.wrong("reference") == "" || other.at != path {
			t.Errorf("of another scheme: %d at %s: %s", other.status, other.at, other.text())
		}
		other.silent(name, "1951", "Choir", string(made.Referral.ID), string(made.Person.ID))
		if after := w.rows(); after != before {
			t.Errorf("a refused form wrote something:\n%s\nbefore\n%s", after, before)
		}
		// The control: a manager, who sees both schemes, refers the same person on.
		w.signedIn("ann").post(path, registration("C-1").and(form{"known": "yes"})).is(http.StatusOK).says("C-1", name)
	})
}
