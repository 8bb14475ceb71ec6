package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"cairn/internal/app"
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

// Every page and every answer that shows people leaves one row in the audit, that
// says who, when and whose, and nothing of what was shown; the others leave none,
// and neither does what was refused.
func TestOpeningsAreKept(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		all := w.places()
		at, other := all["own"], all["other"].person
		w.session("ann")
		opens := map[string]int{}
		for _, row := range w.server.Policies() {
			if row.Method == http.MethodGet && row.Opens(app.Actor{Role: app.Manager}) {
				opens[row.Path] = 2 // GET and HEAD
			}
		}
		if len(opens) < 40 {
			t.Errorf("only %d routes show people", len(opens))
		}
		before := len(w.Opened())
		w.readAll(at, other, func(route string) {
			now := w.Opened()
			if got := len(now) - before; got != opens[route] {
				t.Errorf("%s left %d openings, want %d", route, got, opens[route])
			}
			before = len(now)
		})
		said := strings.Join(w.Opened(), "\n")
		for _, want := range []string{
			"open /people/:person " + at.person, "open /referrals/:referral " + at.referral, "open /api/v1/people/:id " + at.person,
			"open /caseload " + string(w.Ann.Org), "open /api/v1/fhir/Observation " + at.person,
			"open /api/v1/fhir/Patient/:id " + at.person, "open /schemes/:scheme " + at.scheme,
		} {
			if !strings.Contains(said, want+"\n") {
				t.Errorf("there is no %q", want)
			}
		}
		for _, shown := range []string{"P-own", "P-other", "swemwbs"} {
			if strings.Contains(said, shown) {
				t.Errorf("an opening holds %q", shown)
			}
		}
		if unsaid := w.Cells("SELECT COUNT(*) FROM audit WHERE act LIKE 'open %' AND (actor IS NULL OR request_id = '' OR at IS NULL)")[0]; unsaid != "0" {
			t.Errorf("%s openings do not say who", unsaid)
		}
		// Refused, missing or somebody else's, and the list that di sees without
		// people, leave nothing.
		for login, path := range map[string]string{
			"bo": "/people/" + all["other"].person, "di": "/schemes/" + at.scheme, "cy": "/people/" + at.person, "ed": "/people/" + at.person, "ann": "/people/" + lost(2),
		} {
			w.page(login, path)
			w.do(request{as: login, path: path})
		}
		if now := len(w.Opened()); now != before {
			t.Errorf("what was refused left %v", w.Opened()[before:])
		}
		if _, altered, err := w.Store.VerifyAudit(t.Context(), w.Ann.Org); err != nil || len(altered) > 0 {
			t.Errorf("the audit does not hold: %v, %v", altered, err)
		}
	})
}

// readAll asks every route that answers GET, calls asked after each, and returns
// how many requests it made.
func (w *town) readAll(at place, other string, asked func(route string)) (requests int) {
	w.T.Helper()
	for _, route := range w.server.Engine().Routes() {
		if route.Method != http.MethodGet || strings.Contains(route.Path, "/granted") {
			continue // what was granted is noted for whoever granted it, when it is read
		}
		if strings.HasSuffix(route.Path, "/:figure") && !strings.Contains(route.Path, "/evidence/") && !strings.Contains(route.Path, "/published/") {
			continue // a town of so few has no such figure; the handler is the page's own
		}
		if strings.HasSuffix(route.Path, "/exports/:shape") || route.Path == "/exports/file" {
			continue // each download is noted with what it holds; TestExports looks at that
		}
		if strings.HasSuffix(route.Path, "/:project/download") || strings.HasSuffix(route.Path, "/:project/file") {
			continue // a researcher's alone
		}
		if strings.HasSuffix(route.Path, ".pdf") {
			continue // no browser prints it here; the handler is that of the page on one sheet
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
		"/alerts/": p.alert, "/alert-reviews/": p.review, "/not-done/": p.notDone, "/releases/": p.release, "/costs/": p.cost,
		"/import-files/": p.file, "/imports/:id": p.imported, "/projects/": p.project, "/published/:id": p.release,
	} {
		if strings.Contains(path, part) {
			id = of
		}
	}
	switch {
	case path == "/api/v1/referrals":
		path += "?scheme=" + p.scheme
	case strings.HasPrefix(path, "/api/v1/fhir/"):
		path = strings.NewReplacer("Questionnaire/:id", "Questionnaire/ons4", "CodeSystem/:id", "CodeSystem/score", "Patient/:id", "Patient/"+p.person,
			"QuestionnaireResponse/:id", "QuestionnaireResponse/"+p.assessment, "Observation/:id", "Observation/"+p.assessment+".1").Replace(path)
		switch strings.TrimPrefix(path, "/api/v1/fhir/") {
		case "QuestionnaireResponse", "Observation", "ServiceRequest":
			path += "?patient=" + p.person
		}
	case strings.HasSuffix(path, "/merge"):
		path += "?other=" + other
	}
	return strings.NewReplacer(
		"/published/:day", "/published/2026-06-30", ":release", p.release,
		":referral/not-done", p.referral+"/not-done?measure=ons4&occasion=baseline",
		":key/words", "swemwbs/words",
		"/evidence/figures/:figure", "/evidence/figures/flow.csv", ":figure", "change.csv",
		":scheme", p.scheme, ":referral", p.referral, ":prescription", p.prescription, ":id", id,
		":person", p.person, ":assessment", p.assessment, ":contact", p.contact, ":cost", p.cost, ":alert", p.alert, ":batch", p.review,
		":project", p.project, ":file", p.file, ":import", p.imported, ":sheet", "0", ":column", "0",
		":activity", p.activity, ":day", "2026-01-06", ":on", "2026-01-06",
		":key", "ons4", ":version", "1", ":code", "not-found", "*name", "favicon.svg",
		"/assessments/new", "/assessments/new?measure=ons4&occasion=baseline",
	).Replace(path)
}
