package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Reading writes nothing: every route that answers GET is asked, with records
// that are there, by a manager who is signed in, and every table has as many
// rows as before.
func TestReadingChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := w.places()["own"]
		w.session("ann")
		before, asked := w.Rows(), 0
		for _, route := range w.server.Engine().Routes() {
			if route.Method != http.MethodGet {
				continue
			}
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				r := httptest.NewRequestWithContext(t.Context(), method, at.in(route.Path, string(w.Plot.ID)), nil)
				r.AddCookie(w.session("ann"))
				got := httptest.NewRecorder()
				w.stack.ServeHTTP(got, r)
				if got.Code >= 400 {
					t.Errorf("%s: %d, so nothing was read: %s", r.URL, got.Code, got.Body)
				}
				asked++
				if after := w.Rows(); after != before {
					t.Fatalf("%s %s changed something:\n%s\nbefore:\n%s", method, route.Path, after, before)
				}
			}
		}
		if asked < 2*35 {
			t.Errorf("only %d requests were made", asked)
		}
		// The control: a write is noticed.
		w.person("ann", "RS-77")
		if w.Rows() == before {
			t.Error("counting rows would not notice a write")
		}
	})
}

// in is a route's path with identifiers of things that are there.
func (p place) in(path, activity string) string {
	id := p.referral
	for part, of := range map[string]string{"/schemes/": p.scheme, "/people/": p.person, "/assessments/:": p.assessment, "/activities/": activity} {
		if strings.Contains(path, part) {
			id = of
		}
	}
	if path == "/api/v1/referrals" {
		path += "?scheme=" + p.scheme
	}
	return strings.NewReplacer(
		":scheme", p.scheme, ":referral", p.referral, ":prescription", p.prescription, ":id", id,
		":key", "ons4", ":version", "1", ":code", "not-found", "*name", "favicon.svg",
		"/assessments/new", "/assessments/new?measure=ons4&occasion=baseline",
	).Replace(path)
}
