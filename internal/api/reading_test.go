package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Reading writes nothing: every route that answers GET is asked, with records
// that are there, by a manager who is signed in, and every table has as many
// rows as before. The rows are counted once; where there are others, each route
// is asked again to name the one that made them.
func TestReadingChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		all := w.places()
		at, other := all["own"], all["other"].person
		w.session("ann")
		before := w.Rows()
		if asked := w.readAll(at, other, func(string) {}); asked < 2*80 {
			t.Errorf("only %d requests were made", asked)
		}
		if now := w.Rows(); now != before {
			w.readAll(at, other, func(route string) {
				if after := w.Rows(); after != now {
					t.Errorf("%s changed something:\n%s\nbefore:\n%s", route, after, now)
					now = after
				}
			})
			t.Fatalf("reading changed something:\n%s\nbefore:\n%s", now, before)
		}
		// The control: a write is noticed.
		w.person("ann", "RS-77")
		if w.Rows() == before {
			t.Error("counting rows would not notice a write")
		}
	})
}

// readAll asks every route that answers GET, calls asked after each, and returns
// how many requests it made.
func (w *town) readAll(at place, other string, asked func(route string)) (requests int) {
	w.T.Helper()
	for _, route := range w.server.Engine().Routes() {
		if route.Method != http.MethodGet {
			continue
		}
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			r := httptest.NewRequestWithContext(w.T.Context(), method, at.in(route.Path, other), nil)
			r.AddCookie(w.session("ann"))
			got := httptest.NewRecorder()
			w.stack.ServeHTTP(got, r)
			if got.Code >= 400 {
				w.T.Errorf("%s: %d, so nothing was read", r.URL, got.Code)
			}
			requests++
		}
		asked(route.Path)
	}
	return requests
}

// in is a route's path with identifiers of things that are there; other is
// somebody else.
func (p place) in(path, other string) string {
	id := p.referral
	for part, of := range map[string]string{
		"/schemes/": p.scheme, "/people/": p.person, "/assessments/:": p.assessment, "/activities/": p.activity,
		"/alerts/": p.alert, "/alert-reviews/": p.review, "/not-done/": p.notDone,
	} {
		if strings.Contains(path, part) {
			id = of
		}
	}
	switch {
	case path == "/api/v1/referrals":
		path += "?scheme=" + p.scheme
	case strings.HasSuffix(path, "/merge"):
		path += "?other=" + other
	}
	return strings.NewReplacer(
		":referral/not-done", p.referral+"/not-done?measure=ons4&occasion=baseline",
		":key/words", "swemwbs/words",
		":scheme", p.scheme, ":referral", p.referral, ":prescription", p.prescription, ":id", id,
		":person", p.person, ":assessment", p.assessment, ":contact", p.contact, ":alert", p.alert, ":batch", p.review,
		":activity", p.activity, ":day", "2026-01-06", ":on", "2026-01-06",
		":key", "ons4", ":version", "1", ":code", "not-found", "*name", "favicon.svg",
		"/assessments/new", "/assessments/new?measure=ons4&occasion=baseline",
	).Replace(path)
}
