package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
	kit "cairn/internal/testkit/town"
)

// pageAlone are the pages that a program has no use for, and why.
func pageAlone() map[string]string {
	return map[string]string{
		"/": "leads to a page", "/sign-in": "a token signs a program in", "/sign-out": "likewise", "/set-up": "once, by who holds the code of the terminal",
		"/livez": "health", "/healthz": "health", "/assets/*name": "what pages are made with", "/problems/:code": "words about a code", "/api/docs": "the description, to read",
	}
}

// operations says of every page by which operations a program does the same, by
// whole routes without /api/v1. A form is filled from the first and sent to the last.
func operations() map[string]string {
	return map[string]string{
		"GET /safety": "GET /alerts", "GET /safety/alerts/:alert": "GET /alerts/:id", "POST /safety/alerts/:alert": "POST /alerts/:id/answers",
		"GET /safety/imports/:batch": "GET /alert-reviews/:id", "POST /safety/imports/:batch": "POST /alert-reviews/:id/closure",
		"GET /safety/protocol": "GET /protocol", "POST /safety/protocol": "POST /protocol",

		"GET /releases": "GET /releases", "POST /releases": "POST /releases", "GET /releases/threshold": "GET /threshold", "POST /releases/threshold": "POST /threshold",
		"GET /releases/:release":        "GET /releases/:id GET /releases/:id/figures GET /releases/:id/grants",
		"POST /releases/:release/audit": "POST /releases/:id/audit", "POST /releases/:release/publish": "POST /releases/:id/publication",
		"POST /releases/:release/withdraw": "POST /releases/:id/withdrawal", "POST /releases/:release/public": "POST /releases/:id/public",
		"POST /releases/:release/grants": "GET /commissioners POST /releases/:id/grants", "POST /releases/:release/revoke": "POST /releases/:id/grants/:grant/revocation",
		"GET /granted": "GET /granted-releases", "GET /granted/compare": "GET /granted-comparison", "GET /granted/compare/figures/:figure": "GET /granted-comparison/figures/:figure",
		"GET /published/:day/:release": "GET /published/:id", "GET /published/:day/:release/document": "GET /published/:id/document",
		"GET /published/:day/:release/figures/:figure": "GET /published/:id/figures/:figure",
		"GET /published/:day/:release/print":           "GET /published/:id/one-page.pdf", "GET /published/:day/:release/print.pdf": "GET /published/:id/one-page.pdf",

		"GET /schemes/:scheme/evidence": "GET /schemes/:id/evidence GET /schemes/:id/releases", "GET /schemes/:scheme/evidence/figures/:figure": "GET /schemes/:id/evidence/figures/:figure",
		"GET /schemes/:scheme/evidence/print": "GET /schemes/:id/evidence/one-page.pdf", "GET /schemes/:scheme/evidence/print.pdf": "GET /schemes/:id/evidence/one-page.pdf",
		"GET /schemes/:scheme/equity": "GET /schemes/:id/equity", "GET /schemes/:scheme/equity/figures/:figure": "GET /schemes/:id/equity/figures/:figure",
		"GET /schemes/:scheme/comparator": "GET /schemes/:id/comparator", "GET /schemes/:scheme/comparator/figures/:figure": "GET /schemes/:id/comparator/figures/:figure",
		"POST /schemes/:scheme/comparator":    "POST /schemes/:id/comparator/withdrawal",
		"GET /schemes/:scheme/comparator/new": "GET /schemes/:id/comparator POST /schemes/:id/comparator", "POST /schemes/:scheme/comparator/new": "POST /schemes/:id/comparator",
		"GET /schemes/:scheme/comparator/waiting": "GET /schemes/:id/comparator POST /schemes/:id/comparator/waiting", "POST /schemes/:scheme/comparator/waiting": "POST /schemes/:id/comparator/waiting",
		"GET /compare": "GET /compare", "GET /compare/figures/:figure": "GET /compare/figures/:figure", "GET /ot": "GET /ot-contribution", "GET /ot/figures/:figure": "GET /ot-contribution/figures/:figure",
		"GET /schemes/:scheme/value": "GET /schemes/:id/value", "GET /schemes/:scheme/costs": "GET /schemes/:id/costs", "POST /schemes/:scheme/costs": "POST /schemes/:id/costs",
		"GET /costs/:cost": "GET /costs/:id", "POST /costs/:cost": "POST /costs/:id/changes", "GET /quality": "GET /quality",
		"GET /exports": "GET /exports", "GET /exports/file": "GET /exports/:shape", "GET /supervision": "GET /supervision",

		"GET /imports": "GET /import-files GET /imports", "GET /imports/new": "POST /import-files", "POST /imports/new": "POST /import-files",
		"GET /imports/files/:file": "GET /import-files/:id", "GET /imports/files/:file/columns/:sheet/:column": "GET /import-files/:id", "POST /imports/files/:file/columns/:sheet/:column": "POST /import-files/:id/mapping",
		"GET /imports/files/:file/questions": "GET /import-files/:id", "POST /imports/files/:file/questions": "POST /import-files/:id/mapping",
		"GET /imports/files/:file/words": "GET /import-files/:id", "POST /imports/files/:file/words": "POST /import-files/:id/mapping",
		"GET /imports/files/:file/check": "GET /import-files/:id/check", "POST /imports/files/:file/check": "POST /import-files/:id/import",
		"GET /imports/files/:file/progress": "GET /import-files/:id/progress", "POST /imports/files/:file/cancel": "POST /import-files/:id/cancellation",
		"GET /imports/files/:file/report": "GET /import-files/:id/report", "GET /imports/files/:file/rejects/:sheet": "GET /import-files/:id/rejects", "POST /imports/files/:file/forget": "POST /import-files/:id/removal",
		"GET /imports/:import": "GET /imports/:id GET /imports/:id/rows", "POST /imports/:import": "POST /imports/:id/undoing",
		"GET /imports/:import/report": "GET /imports/:id/report", "GET /imports/:import/rejects/:sheet": "GET /imports/:id/rejects",

		"GET /projects": "GET /projects", "GET /projects/new": "GET /projects POST /projects", "POST /projects/new": "POST /projects", "GET /projects/:project": "GET /projects/:id",
		"GET /projects/:project/check": "GET /projects/:id/check", "POST /projects/:project/decision": "POST /projects/:id/decision", "POST /projects/:project/end": "POST /projects/:id/end",
		"POST /projects/:project/deleted": "POST /projects/:id/files/:file/deletion", "GET /projects/:project/download": "POST /projects/:id/tickets", "POST /projects/:project/download": "POST /projects/:id/tickets",
		"GET /projects/:project/file": "POST /projects/:id/tickets", "POST /projects/:project/file": "POST /projects/:id/file",

		"GET /schemes": "GET /schemes", "GET /schemes/new": "GET /measures POST /schemes", "POST /schemes/new": "POST /schemes", "GET /schemes/:scheme": "GET /schemes/:id GET /schemes/:id/plans GET /referrals",
		"GET /schemes/:scheme/profile": "GET /schemes/:id POST /schemes/:id/profile", "POST /schemes/:scheme/profile": "POST /schemes/:id/profile",
		"GET /activities": "GET /activities", "POST /activities": "POST /activities", "GET /activities/:activity": "GET /activities/:id POST /activities/:id/changes", "POST /activities/:activity": "POST /activities/:id/changes",
		"GET /measures": "GET /measures", "GET /measures/:key": "GET /measures/:key", "GET /measures/new": "GET /measures/:key POST /measures", "POST /measures/new": "POST /measures/preview POST /measures",
		"GET /measures/:key/words": "GET /measures/:key POST /measures/:key/words", "POST /measures/:key/words": "POST /measures/:key/words", "POST /measures/:key/words/withdraw": "POST /measures/:key/words/withdrawal",
	}
}

// operationsAboutPeople are those of the pages about people.
func operationsAboutPeople() map[string]string {
	all := map[string]string{
		"GET /caseload": "GET /caseload", "POST /caseload/undo": "POST /not-done/:id/undo", "GET /caseload/hand-over": "GET /practitioners POST /hand-overs", "POST /caseload/hand-over": "POST /hand-overs",
		"GET /caseload/cover": "GET /covers POST /covers", "POST /caseload/cover": "POST /covers", "POST /caseload/cover/end": "POST /covers/:id/end",
		"GET /people": "GET /people", "POST /people": "POST /people/search", "GET /people/:person": "GET /people/:id GET /people/:id/record GET /people/:id/changes",
		"GET /people/merge": "POST /people/find GET /people/:id/merge", "POST /people/merge": "POST /people/find GET /people/:id/merge", "GET /people/merge/check": "GET /people/:id/merge", "POST /people/merge/check": "POST /people/:id/merge",
		"GET /people/duplicates": "GET /duplicates", "GET /people/:person/details": "GET /people/:id POST /people/:id/changes", "POST /people/:person/details": "POST /people/:id/changes",
		"GET /people/:person/permissions": "GET /people/:id/permissions POST /people/:id/permissions", "POST /people/:person/permissions": "POST /people/:id/permissions",
		"GET /people/:person/care": "GET /people/:id/care POST /people/:id/care", "POST /people/:person/care": "POST /people/:id/care",
		"GET /schemes/:scheme/referrals/new": "POST /people POST /referrals", "POST /schemes/:scheme/referrals/new": "POST /people POST /referrals",
		"GET /schemes/:scheme/paper": "POST /schemes/:id/assessments", "POST /schemes/:scheme/paper": "POST /schemes/:id/assessments",
		"GET /schemes/:scheme/registers": "GET /schemes/:id/registers POST /schemes/:id/registers", "GET /schemes/:scheme/registers/:activity/:day": "GET /schemes/:id/registers/:activity/:on POST /schemes/:id/registers",
		"POST /schemes/:scheme/registers/:activity/:day": "POST /schemes/:id/registers",
		"GET /referrals/:referral":                       "GET /referrals/:id GET /referrals/:id/prescriptions GET /referrals/:id/assessments GET /referrals/:id/assessments/withdrawn GET /referrals/:id/contacts",
		"GET /referrals/:referral/prescriptions/new":     "GET /activities POST /prescriptions", "POST /referrals/:referral/prescriptions/new": "POST /prescriptions",
		"GET /referrals/:referral/prescriptions/:prescription":  "GET /referrals/:id/prescriptions/:prescription POST /referrals/:id/prescriptions/:prescription/changes",
		"POST /referrals/:referral/prescriptions/:prescription": "POST /referrals/:id/prescriptions/:prescription/changes",
		"GET /referrals/:referral/contacts/new":                 "POST /contacts", "POST /referrals/:referral/contacts/new": "POST /contacts",
		"GET /referrals/:referral/contacts/:contact":  "GET /referrals/:id/contacts/:contact POST /referrals/:id/contacts/:contact/changes",
		"POST /referrals/:referral/contacts/:contact": "POST /referrals/:id/contacts/:contact/changes POST /referrals/:id/contacts/:contact/withdrawal",
		"GET /referrals/:referral/assessments/new":    "GET /measures/:key POST /assessments", "POST /referrals/:referral/assessments/new": "POST /assessments",
		"GET /referrals/:referral/not-done": "POST /not-done", "POST /referrals/:referral/not-done": "POST /not-done",
		"GET /assessments/:assessment": "GET /assessments/:id GET /assessments/:id/versions", "GET /assessments/:assessment/correct": "GET /assessments/:id POST /assessments/:id/corrections", "POST /assessments/:assessment/correct": "POST /assessments/:id/corrections",
		"GET /assessments/:assessment/withdraw": "GET /assessments/:id POST /assessments/:id/withdrawal", "POST /assessments/:assessment/withdraw": "POST /assessments/:id/withdrawal",
		"GET /assessments/:assessment/move": "GET /referrals/:id/namesakes POST /assessments/:id/move", "POST /assessments/:assessment/move": "POST /assessments/:id/move",
	}
	for step, by := range map[string]string{
		"accept": "changes", "decline": "changes", "end": "changes", "reopen": "changes", "details": "details", "pause": "pauses", "resume": "pauses", "therapist": "involvements",
	} {
		all["GET /referrals/:referral/"+step] = "GET /referrals/:id POST /referrals/:id/" + by
		all["POST /referrals/:referral/"+step] = "POST /referrals/:id/" + by
	}
	return all
}

// Every page has operations by which a program does the same, and whoever may
// open it may ask for them: a page that comes without one is named here.
func TestEveryPageHasItsOperations(t *testing.T) {
	w := onSQLite(t)
	listed, rights := operations(), map[string]app.Right{}
	for page, by := range operationsAboutPeople() {
		listed[page] = by
	}
	for _, row := range w.server.Policies() {
		if path, ok := strings.CutPrefix(row.Path, "/api/v1"); ok {
			rights[row.Method+" "+path] = row.Right
		}
	}
	for _, row := range w.server.Policies() {
		page := row.Method + " " + row.Path
		if _, alone := pageAlone()[row.Path]; alone || strings.HasPrefix(row.Path, "/api/v1") {
			continue
		}
		wanted := row.Right
		if wanted == server.Public {
			wanted = server.SignedIn // a program has a token
		}
		may := false
		words := strings.Fields(listed[page])
		for one := range slices.Chunk(words, 2) {
			right, there := rights[strings.Join(one, " ")]
			if !there {
				t.Errorf("%s is done by %v, which is no operation", page, one)
			}
			may = may || right == wanted
		}
		if !may {
			t.Errorf("%s, for %s: no operation of %q is for the same people", page, row.Right, listed[page])
		}
		delete(listed, page)
	}
	for page := range listed {
		t.Errorf("%s is no page", page)
	}
	w.figuresAreTheFilesOfPages()
}

// figuresAreTheFilesOfPages demands that each figure of each page is the same file
// for a program, and is there for neither where it cannot be drawn.
func (w *town) figuresAreTheFilesOfPages() {
	w.T.Helper()
	start, err := scheme.ParseDay("2025-11-01")
	must(w.T, err)
	for n, in := range []scheme.Scheme{w.Garden, w.Choir} {
		var people []kit.Somebody
		for i := range 30 {
			people = append(people, kit.Somebody{Reference: fmt.Sprint(in.Name, i), Sex: []scheme.Sex{"female", "male"}[i%2], On: start, Before: 10 + i%20, After: 12 + (i+n)%18, OT: []scheme.OTLevel{"", "led"}[i%2]})
		}
		w.Crowd(w.Ann, in, people...)
	}
	w.do(request{as: "ann", path: "/schemes/" + string(w.Garden.ID) + "/comparator", body: broughtIn()}).is(http.StatusCreated)
	made := w.publishedTo(w.Ann, w.Garden)
	garden, release := "/schemes/"+string(w.Garden.ID), "/published/"+made.PublishedOn.String()+"/"+string(made.ID)
	there := map[string]int{}
	for _, of := range []struct{ login, page, api, query, names string }{
		{"bo", garden + "/equity", garden + "/equity", "?measure=swemwbs-metric", "sex-changes age-changes ethnicity-changes other"},
		{"bo", garden + "/comparator", garden + "/comparator", "?measure=swemwbs-metric", "comparison-1-difference comparison-1-changes comparison-9-changes"},
		{"ann", "/compare", "/compare", "?measure=swemwbs-metric", "forest funnel funnel-completion funnel-improved"},
		{"ann", "/compare", "/compare", "?by=source&measure=swemwbs-metric", "forest funnel"},
		{"ann", "/ot", "/ot-contribution", "?measure=swemwbs-metric", "difference"},
		{"fi", "/granted/compare", "/granted-comparison", "", "forest"},
		{"fi", release, "/published/" + string(made.ID), "", "change bands flow"},
		{"ann", release, "/published/" + string(made.ID), "", "change"},
	} {
		for _, name := range strings.Fields(of.names) {
			rest := "/figures/" + name + ".csv" + of.query
			page, file := w.page(of.login, of.page+rest), w.do(request{as: of.login, path: of.api + rest})
			if page.status != file.status || page.status == http.StatusOK && (page.body != file.body || !strings.Contains(file.header.Get("Content-Disposition"), ".csv")) {
				w.T.Errorf("%s of the page: %d\n%s\nand of the API: %d\n%s", rest, page.status, page.body, file.status, file.body)
			}
			if file.status == http.StatusOK {
				there[of.page]++
			}
		}
	}
	for page, want := range map[string]int{garden + "/equity": 1, garden + "/comparator": 1, "/compare": 1, "/granted/compare": 1, release: 2} {
		if there[page] < want {
			w.T.Errorf("%s has %d figures for programs", page, there[page])
		}
	}
	text := w.do(request{as: "fi", path: "/published/" + string(made.ID) + "/document"}).is(http.StatusOK)
	if app.Fingerprint([]byte(text.body)) != made.SHA256 || w.page("fi", release+"/document").body != text.body {
		w.T.Errorf("the document is not what the hash is of: %s", text.body)
	}
	w.do(request{as: "ed", path: "/published/" + string(made.ID)}).is(http.StatusNotFound)
	_, err = w.App.OpenRelease(w.T.Context(), w.Ann, app.ReleaseOpening{ID: made.ID, Version: made.Revision, Public: "on"})
	must(w.T, err)
	w.do(request{as: "ed", path: "/published/" + string(made.ID)}).is(http.StatusOK)
}
