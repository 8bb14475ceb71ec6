package api_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/intake/take"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// unlisted are the routes of a router that the policy table does not have.
func unlisted(engine *gin.Engine, table []server.Row) (missing []string) {
	for _, r := range engine.Routes() {
		listed := slices.ContainsFunc(table, func(row server.Row) bool { return row.Method == r.Method && row.Path == r.Path })
		if !listed {
			missing = append(missing, r.Method+" "+r.Path)
		}
	}
	return missing
}

// Nothing answers that has no row in the policy table, pages and API alike.
func TestEveryRouteHasAPolicy(t *testing.T) {
	w := onSQLite(t)
	if got := unlisted(w.server.Engine(), w.server.Policies()); len(got) > 0 {
		t.Errorf("routes without a policy: %v", got)
	}
	for _, row := range w.server.Policies() {
		if (row.Right == server.Public || row.Right == server.SignedIn) && row.Why == "" {
			t.Errorf("%s %s is for everybody and does not say why", row.Method, row.Path)
		}
	}
	// The control: the test would notice.
	w.server.Engine().GET("/api/v1/back-door", func(*gin.Context) {})
	if got := unlisted(w.server.Engine(), w.server.Policies()); fmt.Sprint(got) != "[GET /api/v1/back-door]" {
		t.Errorf("a route beside the table was not noticed: %v", got)
	}
}

// rights is who may do what, written a second time by hand.
func rights() map[string][]app.Right {
	return map[string][]app.Right{
		"ann": {app.SeeSchemes, app.SetUpSchemes, app.SeePeople, app.RecordPeople, app.MergePeople, app.SeeTrail, app.SeeEvidence, app.SeeMeasures, app.SeeSafety, app.AnswerSafety, app.SeeProtocol, app.SetProtocol, app.SeeQuality, app.SetComparators, app.ImportScores, app.SeeSupervision, app.Supervise, app.SeeReleases, app.MakeReleases, app.SetCosts, app.ExportData, app.SeeProjects, app.AskProjects, app.DecideProjects},
		"bo":  {app.SeeSchemes, app.SeePeople, app.RecordPeople, app.SeeEvidence, app.SeeMeasures, app.SeeSafety, app.AnswerSafety, app.SeeProtocol, app.SeeSupervision},
		"di":  {app.SeeSchemes, app.SetUpSchemes, app.SeeMeasures, app.SeeProtocol, app.SetProtocol, app.SeeReleases},
		"ed":  {app.SeeMeasures, app.SeeProjects, app.AskProjects, app.TakeProjects},
		"fi":  {app.SeeMeasures, app.ReadGranted},
	}
}

// A site of things to ask for: the same of each scheme, and none.
type place struct {
	scheme, person, referral, assessment, prescription, contact string
	alert, review, activity, notDone, release, cost, project    string
	file, imported                                              string
}

// places makes one referral with its records in each scheme, and one set of
// identifiers that belong to nothing.
func (w *town) places() map[string]place {
	w.T.Helper()
	hill := w.do(request{as: "cy", path: "/activities", body: m{"name": "Hill walk", "category": "nature"}}).is(201).id()
	all := map[string]place{"missing": {
		scheme: lost(1), person: lost(2), referral: lost(3), assessment: lost(4), prescription: lost(5), contact: lost(7),
		alert: lost(8), review: lost(9), activity: lost(10), notDone: lost(11), release: lost(12), cost: lost(14), project: lost(19), file: lost(15), imported: lost(16),
	}}
	for name, p := range map[string]struct {
		as, activity string
		in           scheme.Scheme
	}{"own": {"ann", string(w.Plot.ID), w.Garden}, "other": {"ann", string(w.Plot.ID), w.Choir}, "foreign": {"cy", hill, w.Walk}} {
		made := place{scheme: string(p.in.ID), person: w.person(p.as, "P-"+name)}
		made.referral = w.do(request{as: p.as, path: "/referrals", body: m{
			"person": made.person, "scheme": made.scheme, "received_on": "2026-01-05", "accepted_on": "2026-01-05"}}).is(201).id()
		made.assessment = w.do(request{as: p.as, path: "/assessments", body: m{
			"referral": made.referral, "measure": "swemwbs", "on": "2026-01-06", "occasion": "baseline", "series": "swemwbs-raw", "score": 20}}).is(201).id()
		made.prescription = w.do(request{as: p.as, path: "/prescriptions", body: m{
			"referral": made.referral, "activity": p.activity, "offered_on": "2026-01-06"}}).is(201).id()
		made.notDone = w.do(request{as: p.as, path: "/not-done", body: m{"referral": made.referral, "measure": "swemwbs", "occasion": "day-84", "reason": "no-answer"}}).is(201).id()
		made.contact = w.do(request{as: p.as, path: "/contacts", body: m{"referral": made.referral, "channel": "phone", "result": "no-answer"}}).is(201).id()
		made.cost = w.do(request{as: p.as, path: "/schemes/" + made.scheme + "/costs", body: m{"kind": "staff", "pounds": "100", "from": "2026-Q1", "source": "books"}}).is(201).id()
		made.activity = p.activity
		made.alert, made.review = w.imported(p.as, p.in, "P-"+name)
		made.release = w.releaseOf(map[string]app.Actor{"ann": w.Ann, "cy": w.Cy}[p.as], p.in)
		made.file, made.imported = w.filed(map[string]app.Actor{"ann": w.Ann, "cy": w.Cy}[p.as], p.in, "F-"+name)
		made.project = w.projectOf(map[string]app.Actor{"ann": w.Ann, "cy": w.Cy}[p.as], p.in)
		all[name] = made
	}
	return all
}

// filed sends two files: one that waits, and one that is in but for a row.
func (w *town) filed(by app.Actor, in scheme.Scheme, reference string) (waits, imported string) {
	w.T.Helper()
	desk, head := take.At(w.App, by), "Ref,Scheme,Date,SWEMWBS raw\n"
	first, err := desk.Send(w.T.Context(), "scores.csv", strings.NewReader(head+reference+","+in.Name+",2026-01-05,20\n"+reference+","+in.Name+",2026-01-06,99\n"))
	must(w.T, err)
	done, err := desk.Import(w.T.Context(), app.BringIn{File: first.ID, Version: first.Revision})
	must(w.T, err)
	second, err := desk.Send(w.T.Context(), "more.csv", strings.NewReader(head+reference+",Nowhere,2026-01-05,20\n"))
	must(w.T, err)
	return second.ID, done.ID
}

// lost is an identifier that nothing has.
func lost(n int) string { return fmt.Sprintf("0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b%02d", n) }

// A probe asks one route for one place. A route that belongs to no place is
// asked without one.
type probe struct {
	right     app.Right
	path      func(place) string
	body      func(place, int) m // nil: a read; the number makes each body its own
	open      bool               // of no scheme
	given     bool               // granted from every place to whoever may ask
	published bool               // for whoever may read that release: its service, and fi
	media     string             // of the body, where it is no plain JSON
	ok        int                // status where it is allowed; 0 is 200, or 201 with a body
}

func probes() map[string]probe {
	at := func(path string) func(place) string { return func(place) string { return path } }
	return map[string]probe{
		"GET /schemes":                             {right: app.SeeSchemes, path: at("/schemes"), open: true},
		"GET /schemes/:id":                         {right: app.SeeSchemes, path: func(p place) string { return "/schemes/" + p.scheme }},
		"GET /activities":                          {right: app.SeeSchemes, path: at("/activities"), open: true},
		"GET /quality":                             {right: app.SeeQuality, path: at("/quality"), open: true},
		"GET /measures":                            {right: app.SeeMeasures, path: at("/measures"), open: true},
		"GET /measures/:key":                       {right: app.SeeMeasures, path: at("/measures/ons4"), open: true},
		"GET /people":                              {right: app.SeePeople, path: at("/people"), open: true},
		"GET /people/:id":                          {right: app.SeePeople, path: func(p place) string { return "/people/" + p.person }},
		"GET /duplicates":                          {right: app.MergePeople, path: at("/duplicates"), open: true},
		"GET /people/:id/merge":                    {right: app.MergePeople, ok: http.StatusUnprocessableEntity, path: func(p place) string { return "/people/" + p.person + "/merge?other=" + p.person }},
		"GET /people/:id/care":                     {right: app.SeePeople, path: func(p place) string { return "/people/" + p.person + "/care" }},
		"GET /people/:id/permissions":              {right: app.SeePeople, path: func(p place) string { return "/people/" + p.person + "/permissions" }},
		"GET /people/:id/changes":                  {right: app.SeePeople, path: func(p place) string { return "/people/" + p.person + "/changes" }},
		"GET /people/:id/openings":                 {right: app.SeeTrail, path: func(p place) string { return "/people/" + p.person + "/openings" }},
		"GET /people/:id/record":                   {right: app.SeePeople, path: func(p place) string { return "/people/" + p.person + "/record" }},
		"GET /referrals":                           {right: app.SeePeople, path: func(p place) string { return "/referrals?scheme=" + p.scheme }},
		"GET /referrals/:id":                       {right: app.SeePeople, path: func(p place) string { return "/referrals/" + p.referral }},
		"GET /referrals/:id/prescriptions":         {right: app.SeePeople, path: func(p place) string { return "/referrals/" + p.referral + "/prescriptions" }},
		"GET /referrals/:id/assessments":           {right: app.SeePeople, path: func(p place) string { return "/referrals/" + p.referral + "/assessments" }},
		"GET /referrals/:id/assessments/withdrawn": {right: app.SeePeople, path: func(p place) string { return "/referrals/" + p.referral + "/assessments/withdrawn" }},
		"GET /referrals/:id/prescriptions/:prescription": {right: app.SeePeople, path: func(p place) string {
			return "/referrals/" + p.referral + "/prescriptions/" + p.prescription
		}},
		"GET /schemes/:id/plans":          {right: app.SeeSchemes, path: func(p place) string { return "/schemes/" + p.scheme + "/plans" }},
		"GET /schemes/:id/plans/:version": {right: app.SeeSchemes, path: func(p place) string { return "/schemes/" + p.scheme + "/plans/1" }},
		"GET /assessments/:id/versions":   {right: app.SeePeople, path: func(p place) string { return "/assessments/" + p.assessment + "/versions" }},
		"GET /assessments/:id":            {right: app.SeePeople, path: func(p place) string { return "/assessments/" + p.assessment }},
		"GET /referrals/:id/namesakes":    {right: app.SeePeople, path: func(p place) string { return "/referrals/" + p.referral + "/namesakes" }},
		"POST /schemes/:id/assessments": {right: app.RecordPeople, path: func(p place) string { return "/schemes/" + p.scheme + "/assessments" }, ok: http.StatusUnprocessableEntity, body: func(place, int) m {
			return m{"reference": "nobody", "measure": "swemwbs", "on": "2026-01-06", "occasion": "later", "series": "swemwbs-raw", "score": 20}
		}},
		"GET /exports":                                {right: app.ExportData, path: func(p place) string { return "/exports?scheme=" + p.scheme }},
		"GET /exports/:shape":                         {right: app.ExportData, path: func(p place) string { return "/exports/long?scheme=" + p.scheme }},
		"GET /compare":                                {right: app.SeeEvidence, path: func(p place) string { return "/compare?scheme=" + p.scheme }},
		"GET /ot-contribution":                        {right: app.SeeEvidence, path: func(p place) string { return "/ot-contribution?scheme=" + p.scheme }},
		"GET /schemes/:id/equity":                     {right: app.SeeEvidence, path: func(p place) string { return "/schemes/" + p.scheme + "/equity" }},
		"GET /schemes/:id/evidence":                   {right: app.SeeEvidence, path: func(p place) string { return "/schemes/" + p.scheme + "/evidence" }},
		"GET /schemes/:id/evidence/figures/:figure":   {right: app.SeeEvidence, path: func(p place) string { return "/schemes/" + p.scheme + "/evidence/figures/flow.csv" }},
		"GET /schemes/:id/evidence/one-page.pdf":      {right: app.SeeEvidence, path: func(p place) string { return "/schemes/" + p.scheme + "/evidence/one-page.pdf" }, ok: http.StatusNotFound},
		"GET /schemes/:id/equity/figures/:figure":     {right: app.SeeEvidence, path: func(p place) string { return "/schemes/" + p.scheme + "/equity/figures/other.csv" }, ok: http.StatusNotFound},
		"GET /schemes/:id/comparator/figures/:figure": {right: app.SeeEvidence, path: func(p place) string { return "/schemes/" + p.scheme + "/comparator/figures/other.csv" }, ok: http.StatusNotFound},
		"GET /compare/figures/:figure":                {right: app.SeeEvidence, path: func(p place) string { return "/compare/figures/other.csv?scheme=" + p.scheme }, ok: http.StatusNotFound},
		"GET /ot-contribution/figures/:figure":        {right: app.SeeEvidence, path: func(p place) string { return "/ot-contribution/figures/other.csv?scheme=" + p.scheme }, ok: http.StatusNotFound},
		"POST /schemes": {right: app.SetUpSchemes, path: at("/schemes"), open: true, body: func(_ place, n int) m {
			return m{"name": fmt.Sprintf("Scheme %d", n), "measures": []string{"ons4"}, "weeks": 12, "started_on": "2026-01-01"}
		}},
		"POST /activities": {right: app.SetUpSchemes, path: at("/activities"), open: true, body: func(_ place, n int) m {
			return m{"name": fmt.Sprintf("Activity %d", n), "category": "arts"}
		}},
		"POST /measures": {right: app.SetUpSchemes, path: at("/measures"), open: true, body: func(_ place, n int) m {
			return m{"short": fmt.Sprintf("Scale %d", n), "name": "Our scale", "rater": "self", "better": "higher", "lowest": 0, "highest": 10, "terms": "Our own.", "source": "here"}
		}},
		"POST /measures/preview": {right: app.SetUpSchemes, path: at("/measures/preview"), open: true, ok: http.StatusOK, body: func(place, int) m {
			return m{"short": "Scale", "name": "Our scale", "rater": "self", "better": "higher", "lowest": 0, "highest": 10, "terms": "Our own.", "source": "here"}
		}},
		"POST /measures/:key/words": {right: app.SetUpSchemes, path: at("/measures/who5/words"), open: true, ok: http.StatusUnprocessableEntity, body: func(_ place, n int) m {
			return m{"licence": m{"reference": fmt.Sprintf("L-%d", n), "by": "Ann", "on": "2026-01-01"}, "items": []m{{"key": "item-1", "text": "Not of every item"}}}
		}},
		"POST /measures/:key/words/withdrawal": {right: app.SetUpSchemes, path: at("/measures/who5/words/withdrawal"), open: true, body: func(place, int) m { return m{} }},
		"POST /people": {right: app.RecordPeople, path: at("/people"), open: true, body: func(_ place, n int) m {
			return m{"reference": fmt.Sprintf("N-%d", n)}
		}},
		"POST /people/bulk": {right: app.RecordPeople, path: at("/people/bulk"), open: true, ok: http.StatusOK, body: func(_ place, n int) m {
			return m{"items": []m{{"reference": fmt.Sprintf("B-%d", n)}}}
		}},
		"POST /referrals/bulk": {right: app.RecordPeople, path: at("/referrals/bulk"), open: true, ok: http.StatusOK, body: func(p place, _ int) m {
			return m{"items": []m{{"person": p.person, "scheme": p.scheme, "received_on": "2026-01-05"}}} // TestBulk says what becomes of another's
		}},
		"POST /assessments/bulk": {right: app.RecordPeople, path: at("/assessments/bulk"), open: true, ok: http.StatusOK, body: func(p place, n int) m {
			return m{"items": []m{{"referral": p.referral, "measure": "swemwbs", "on": fmt.Sprintf("2026-01-%02d", n%20+10), "occasion": "later", "series": "swemwbs-raw", "score": 20}}}
		}},
		"POST /contacts/bulk": {right: app.RecordPeople, path: at("/contacts/bulk"), open: true, ok: http.StatusOK, body: func(p place, _ int) m {
			return m{"items": []m{{"referral": p.referral, "channel": "text", "result": "attended"}}}
		}},
		"POST /prescriptions/bulk": {right: app.RecordPeople, path: at("/prescriptions/bulk"), open: true, ok: http.StatusOK, body: func(p place, _ int) m {
			return m{"items": []m{{"referral": p.referral, "activity": lost(6), "offered_on": "2026-01-06"}}}
		}},
		"POST /referrals": {right: app.RecordPeople, path: at("/referrals"), ok: http.StatusConflict, body: func(p place, _ int) m {
			return m{"person": p.person, "scheme": p.scheme, "received_on": "2026-01-05"} // open already
		}},
		"POST /prescriptions": {right: app.RecordPeople, path: at("/prescriptions"), ok: http.StatusUnprocessableEntity, body: func(p place, _ int) m {
			return m{"referral": p.referral, "activity": lost(6), "offered_on": "2026-01-06"}
		}},
		"GET /referrals/:id/contacts":          {right: app.SeePeople, path: func(p place) string { return "/referrals/" + p.referral + "/contacts" }},
		"GET /referrals/:id/contacts/:contact": {right: app.SeePeople, path: func(p place) string { return "/referrals/" + p.referral + "/contacts/" + p.contact }},
		"GET /schemes/:id/registers":           {right: app.SeePeople, path: func(p place) string { return "/schemes/" + p.scheme + "/registers" }},
		"GET /schemes/:id/registers/:activity/:on": {right: app.SeePeople, path: func(p place) string {
			return "/schemes/" + p.scheme + "/registers/" + p.activity + "/2026-01-06"
		}},
		"POST /schemes/:id/registers": {right: app.RecordPeople, ok: http.StatusConflict, path: func(p place) string { return "/schemes/" + p.scheme + "/registers" }, body: func(p place, _ int) m {
			return m{"activity": p.activity, "on": "2026-01-06", "version": 99, "marks": []m{}}
		}},
		"POST /contacts": {right: app.RecordPeople, path: at("/contacts"), body: func(p place, _ int) m {
			return m{"referral": p.referral, "channel": "text", "result": "attended"}
		}},
		"POST /assessments": {right: app.RecordPeople, path: at("/assessments"), body: func(p place, n int) m {
			return m{"referral": p.referral, "measure": "swemwbs", "on": fmt.Sprintf("2026-02-%02d", n%28+1), "occasion": "later", "series": "swemwbs-raw", "score": 20}
		}},
	}
}

// Everybody asks every operation for what is theirs, for another scheme's, for
// another organisation's and for what is not there; the last two look alike.
func TestPolicyMatrix(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		places, n, asked := w.places(), 0, probes()
		maps.Copy(asked, changeProbes())
		maps.Copy(asked, caseloadProbes())
		maps.Copy(asked, safetyProbes())
		maps.Copy(asked, releaseProbes())
		maps.Copy(asked, costProbes())
		maps.Copy(asked, comparatorProbes())
		maps.Copy(asked, projectProbes())
		maps.Copy(asked, fhirProbes())
		maps.Copy(asked, importProbes())
		asked["GET /activities/:id"] = probe{right: app.SeeSchemes, open: true, path: func(place) string { return "/activities/" + string(w.Plot.ID) }}
		for _, row := range w.server.Policies() {
			path, isAPI := strings.CutPrefix(row.Path, "/api/v1")
			p, known := asked[row.Method+" "+path]
			if !isAPI || strings.HasPrefix(path, "/openapi.") || path == "/fhir/metadata" {
				continue
			}
			if !known {
				t.Errorf("%s %s is asked by no test", row.Method, row.Path)
				continue
			}
			name := row.Method + " " + path
			if nobody := w.ask(p, "", places["own"], &n).is(http.StatusUnauthorized); strings.HasPrefix(path, "/fhir") {
				nobody.outcome()
			} else {
				nobody.problem()
			}
			for login, may := range rights() {
				for _, where := range slices.Sorted(maps.Keys(places)) {
					got := w.ask(p, login, places[where], &n)
					if want := p.wants(login, where, p.published || slices.Contains(may, p.right)); got.status != want {
						t.Errorf("%s by %s of %s: %d, want %d: %s", name, login, where, got.status, want, got.body)
					}
				}
				if !p.open && !p.given && (!p.published || login != "fi") {
					w.alike(name+" by "+login, w.ask(p, login, places["foreign"], &n), w.ask(p, login, places["missing"], &n), places)
				}
				if !p.open && !p.given && login == "bo" {
					w.alike(name+" by bo, of a scheme not his", w.ask(p, login, places["other"], &n), w.ask(p, login, places["missing"], &n), places)
				}
			}
		}
	})
}

func (w *town) ask(p probe, as string, where place, n *int) answer {
	w.T.Helper()
	r := request{as: as, path: p.path(where)}
	if p.body != nil {
		*n++
		r.body = p.body(where, *n)
	}
	if p.media != "" {
		r.header = map[string]string{"Content-Type": p.media}
	}
	return w.do(r)
}

// wants is the status that the table of roles and schemes leads to.
func (p probe) wants(login, where string, allowed bool) int {
	given := p.given || p.published && login == "fi"
	visible := p.open || given && where != "missing" || where == "own" || where == "other" && login != "bo"
	if p.published && login == "ed" {
		visible = false // it is public nowhere
	}
	switch {
	case !allowed:
		return http.StatusForbidden
	case !visible:
		return http.StatusNotFound
	case p.ok != 0:
		return p.ok
	case p.body != nil:
		return http.StatusCreated
	}
	return http.StatusOK
}

// alike demands that two answers differ in nothing but the request's own name
// and the identifier that was asked for.
func (w *town) alike(name string, foreign, missing answer, places map[string]place) {
	w.T.Helper()
	a, b := foreign.anonymous(places), missing.anonymous(places)
	if foreign.status != missing.status || a != b {
		w.T.Errorf("%s: what is foreign does not look like what is missing:\n%d %s\n%d %s", name, foreign.status, a, missing.status, b)
	}
}

func (a answer) anonymous(places map[string]place) string {
	text := strings.ReplaceAll(a.body, a.header.Get("X-Request-Id"), "REQUEST")
	for _, p := range places {
		for _, id := range []string{p.scheme, p.person, p.referral, p.assessment, p.prescription, p.contact, p.alert, p.review, p.activity, p.notDone, p.release, p.cost, p.file, p.imported, p.project} {
			text = strings.ReplaceAll(text, id, "ASKED")
		}
	}
	header := a.header.Clone()
	header.Del("X-Request-Id")
	return fmt.Sprint(header) + text
}

// Pages keep the same table: a page that the API would refuse is refused with
// the same status, and nobody is led to sign in.
func TestPolicyMatrixOfPages(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		places := w.places()
		for _, row := range w.server.Policies() {
			if row.Method != http.MethodGet || !slices.Contains(app.Rights(), row.Right) || strings.HasPrefix(row.Path, "/api/") {
				continue
			}
			// everybody's; who5 is one whose words may be brought in
			path := strings.NewReplacer("/measures/:key/words", "/measures/who5/words", "/measures/:key", "/measures/ons4").Replace(row.Path)
			p := probe{right: row.Right, open: !strings.Contains(path, ":"), path: func(where place) string {
				return strings.NewReplacer(":scheme", where.scheme, ":person", where.person, ":referral", where.referral, ":contact", where.contact,
					":assessment", where.assessment, ":alert", where.alert, ":batch", where.review, ":prescription", where.prescription, ":activity", where.activity, ":release", where.release, ":cost", where.cost, ":day", "2026-01-06",
					":project", where.project, ":file", where.file, ":import", where.imported, ":sheet", "0", ":column", "0",
					"/assessments/new", "/assessments/new?measure=ons4&occasion=baseline", "/evidence/figures/:figure", "/evidence/figures/flow.csv",
					"/not-done", "/not-done?measure=swemwbs&occasion=day-84").Replace(path)
			}}
			if strings.HasSuffix(path, ".pdf") || strings.HasSuffix(path, "/:figure") && !strings.Contains(path, "/evidence/") {
				p.ok = http.StatusNotFound // no browser prints here, and so few people have no such figure
			}
			if strings.HasSuffix(path, "/download") || strings.HasSuffix(path, ":project/file") {
				p.ok = http.StatusSeeOther // to the project, which nobody has approved
			}
			if got := w.page("", p.path(places["own"])); got.status != http.StatusSeeOther || !strings.HasPrefix(got.header.Get("Location"), "/sign-in") {
				t.Errorf("%s by nobody: %d to %q", row.Path, got.status, got.header.Get("Location"))
			}
			for login, may := range rights() {
				for where, of := range places {
					got := w.page(login, p.path(of))
					if want := p.wants(login, where, slices.Contains(may, row.Right)); got.status != want {
						t.Errorf("%s by %s of %s: %d, want %d", row.Path, login, where, got.status, want)
					}
				}
				if !p.open {
					w.alike(row.Path+" by "+login, w.page(login, p.path(places["foreign"])), w.page(login, p.path(places["missing"])), places)
				}
			}
		}
	})
}

// page asks for a page in the session of somebody who signed in with their
// password.
func (w *town) page(login, path string) answer {
	w.T.Helper()
	if login == "" {
		return w.pageWith(path, "Accept", "text/html")
	}
	cookie := w.session(login)
	return w.pageWith(path, "Cookie", cookie.Name+"="+cookie.Value)
}

func (w *town) pageWith(path, header, value string) answer {
	w.T.Helper()
	r := httptest.NewRequestWithContext(w.T.Context(), http.MethodGet, path, nil)
	r.Header.Set(header, value)
	got := httptest.NewRecorder()
	w.stack.ServeHTTP(got, r)
	return answer{w.T, got.Code, got.Header(), got.Body.String()}
}

// session signs in, once for each login.
func (w *town) session(login string) *http.Cookie {
	w.T.Helper()
	if c, ok := w.cookies[login]; ok {
		return c
	}
	r := httptest.NewRequestWithContext(w.T.Context(), http.MethodPost, "/sign-in",
		strings.NewReader(url.Values{"login": {login}, "password": {password}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	got := httptest.NewRecorder()
	w.stack.ServeHTTP(got, r)
	all := got.Result().Cookies()
	if got.Code != http.StatusSeeOther || len(all) != 1 {
		w.T.Fatalf("%s cannot sign in: %d %s", login, got.Code, got.Body)
	}
	w.cookies[login] = all[0]
	return all[0]
}
