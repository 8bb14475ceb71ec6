package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"cairn/internal/app"
)

// creates is one request for each operation that makes something.
func (w *town) creates(t *testing.T) map[string]m {
	t.Helper()
	id := w.referral("ann", w.Garden, "RS-1", "2026-01-05")
	return map[string]m{
		"/schemes":       {"name": "Walks", "measures": []string{"ons4"}, "weeks": 12, "started_on": "2026-01-01"},
		"/activities":    {"name": "Choir", "category": "arts"},
		"/people":        {"reference": "RS-2", "name": "Ann Other"},
		"/referrals":     {"person": w.person("ann", "RS-3"), "scheme": string(w.Garden.ID), "received_on": "2026-01-05"},
		"/prescriptions": {"referral": id, "activity": string(w.Plot.ID), "offered_on": "2026-01-06"},
		"/contacts":      {"referral": id, "channel": "phone", "result": "no-answer"},

		"/schemes/" + string(w.Garden.ID) + "/costs": {"kind": "staff", "pounds": "12,500", "from": "2026-Q1", "source": "books"},
		"/assessments": {"referral": id, "measure": "swemwbs", "on": "2026-01-06", "occasion": "baseline", "series": "swemwbs-raw", "score": 20},
	}
}

// A repeat under the same key is answered as the first time and makes nothing;
// other content under that key is refused; other people's keys are their own.
func TestRepeats(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for path, body := range w.creates(t) {
			w.repeats(request{as: "ann", path: path, body: body}, request{as: "ann", path: path, body: another(body)})
		}
		mine := m{"reference": "RS-50"}
		w.do(request{as: "ann", path: "/people", body: mine, key: "shared"}).is(201)
		w.do(request{as: "cy", path: "/people", body: mine, key: "shared"}).is(201)
	})
}

// repeats sends a request twice under one key, and another one under it.
func (w *town) repeats(r, other request) answer {
	w.T.Helper()
	r.key, other.key = "key of "+r.path, "key of "+r.path
	first := w.do(r).is(201)
	before := w.Rows()
	again := w.do(r).is(201)
	if again.body != first.body || again.header.Get("Location") != first.header.Get("Location") {
		w.T.Errorf("%s: first %s\nagain %s", r.path, first.body, again.body)
	}
	if p := w.do(other).is(422).problem(); p.Type != "/problems/idempotency.reused" {
		w.T.Errorf("%s: another request under the key: %s", r.path, p.Type)
	}
	if after := w.Rows(); after != before {
		w.T.Errorf("%s: a repeat left something behind:\n%s\nbefore:\n%s", r.path, after, before)
	}
	return first
}

// So it is with every step of an import: nothing is read or staged again, and what
// became of the import since changes no answer. A file needs no key: the same one
// is the one that is here.
func TestImportsRepeat(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		send := func(rows string) (f struct {
			ID      string
			Version int
			Mapping m
		}) {
			r := request{as: "ann", path: "/import-files?name=r.csv", body: "Ref,Scheme,Date,SWEMWBS raw\n" + rows, header: map[string]string{"Content-Type": "text/csv"}}
			first := w.do(r).is(201)
			before := w.Rows()
			if again := w.do(r).is(201); again.body != first.body || w.Rows() != before {
				t.Errorf("a file sent twice: first %s\nagain %s", first.body, again.body)
			}
			must(t, json.Unmarshal([]byte(first.body), &f))
			return f
		}
		file, spare := send("I-1,Garden,05/01/2026,20\n"), send("I-2,Garden,05/01/2026,21\n")
		at, elsewhere := "/import-files/"+file.ID, "/import-files/"+spare.ID
		ask := func(path string, body m) request { return request{as: "ann", path: path, body: body} }

		mapped := w.repeats(ask(at+"/mapping", m{"version": file.Version, "mapping": file.Mapping}), ask(at+"/mapping", m{"version": 99, "mapping": file.Mapping}))
		must(t, json.Unmarshal([]byte(mapped.body), &file))
		_, err := w.App.BeginImport(t.Context(), w.Ann, app.ImportBatch{Source: "r.csv", FileSHA: "f", MappingSHA: "m", Mapping: "{}", File: file.ID})
		must(t, err) // it stops there
		w.repeats(ask(at+"/cancellation", m{}), ask(elsewhere+"/cancellation", m{}))
		bring := ask(at+"/import", m{"version": file.Version})
		first := w.repeats(bring, ask(at+"/import", m{"version": 1}))
		in := strings.TrimPrefix(first.header.Get("Location"), "/api/v1")
		known := ask(at+"/import", m{"version": 1}) // which is not asked of a file that is in
		known.path += "?"
		if answered := w.repeats(known, ask(elsewhere+"/import", m{"version": 1})); answered.body != first.body {
			t.Errorf("a file that is in: first %s\nunder another key %s", first.body, answered.body)
		}
		w.repeats(ask(in+"/undoing", m{"reason": "the wrong file"}), ask(in+"/undoing", m{"reason": "another reason"}))
		bring.key = "key of " + bring.path
		if again := w.do(bring).is(201); again.body != first.body {
			t.Errorf("brought in, undone and sent again: first %s\nagain %s", first.body, again.body)
		}
		w.repeats(ask(elsewhere+"/removal", m{"version": spare.Version}), ask(elsewhere+"/removal", m{"version": 1}))
	})
}

// another is a valid body with something else in it.
func another(body m) m {
	for field, value := range map[string]any{"name": "Other", "source": "self", "score": 21, "sessions_offered": 3, "minutes": "15-29", "pounds": "7"} {
		if _, has := body[field]; has || field == "source" && body["scheme"] != nil || field == "sessions_offered" && body["activity"] != nil || field == "minutes" && body["channel"] != nil {
			return with(body, m{field: value})
		}
	}
	return body
}

// Sixty-four copies at once make one record and get one answer.
func TestCopiesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.referral("bo", w.Garden, "RS-1", "2026-01-05")
		body := m{"referral": id, "measure": "swemwbs", "on": "2026-01-06", "occasion": "baseline", "series": "swemwbs-raw", "score": 20}
		const copies = 64
		answers := make([]answer, copies)
		var wg sync.WaitGroup
		for i := range copies {
			wg.Go(func() { answers[i] = w.do(request{as: "bo", path: "/assessments", body: body, key: "once"}) })
		}
		wg.Wait()
		for i, a := range answers {
			if a.status != http.StatusCreated || a.body != answers[0].body {
				t.Errorf("copy %d: %d %s", i, a.status, a.body)
			}
		}
		all := w.do(request{as: "bo", path: "/referrals/" + id + "/assessments"}).is(200).json()["items"].([]any)
		if len(all) != 1 {
			t.Errorf("%d assessments after %d copies", len(all), copies)
		}
	})
}

// Without a key the natural one holds: the second is told that it is there.
func TestTwinsWithoutAKey(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.referral("bo", w.Garden, "RS-1", "2026-01-05")
		body := m{"referral": id, "measure": "swemwbs", "on": "2026-01-06", "occasion": "baseline", "series": "swemwbs-raw", "score": 20}
		const copies = 16
		made := make(chan int, copies)
		var wg sync.WaitGroup
		for range copies {
			wg.Go(func() { made <- w.do(request{as: "bo", path: "/assessments", body: body}).status })
		}
		wg.Wait()
		close(made)
		tally := map[int]int{}
		for status := range made {
			tally[status]++
		}
		if fmt.Sprint(tally) != fmt.Sprint(map[int]int{201: 1, 409: copies - 1}) {
			t.Errorf("statuses %v", tally)
		}
	})
}

// Names, references, scores, tokens, passwords and identifiers that pass
// through stay out of the log, also where a request is refused or breaks.
func TestLogHoldsNothingPersonal(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		person := w.do(request{as: "ann", path: "/people", body: m{"reference": canary, "name": "Canary Name"}, key: "canary-key"}).is(201).id()
		referral := w.do(request{as: "ann", path: "/referrals", body: m{"person": person, "scheme": string(w.Garden.ID), "received_on": "2026-01-05"}}).is(201).id()
		w.do(request{as: "ann", path: "/people", body: m{"reference": canary}}).is(409)
		w.do(request{as: "ann", path: "/people/" + person + "?canary-query=1"}).is(422)
		w.do(request{as: "ann", path: "/" + canary}).is(404)
		w.do(request{path: "/people", header: map[string]string{"Authorization": "Bearer canary-token", "User-Agent": "canary-agent"}}).is(401)
		w.page("ann", "/referrals/"+referral)
		said := w.Log.String()
		if !strings.Contains(said, "route=/api/v1/people/:id") || !strings.Contains(said, "status=409") {
			t.Fatalf("the log does not say what was asked:\n%s", said)
		}
		for _, secret := range []string{canary, "Canary Name", "canary-", person, referral, w.Tokens["ann"], password, w.session("ann").Value, string(w.Garden.ID)} {
			if strings.Contains(said, secret) {
				t.Errorf("%q is in the log", secret)
			}
		}
	})
}

// Somebody signed in at the pages may use the API in the same browser; a write
// from another site's page is refused there as everywhere.
func TestSessionsReachTheAPI(t *testing.T) {
	w := onSQLite(t)
	cookie := w.session("ann").String()
	cookie, _, _ = strings.Cut(cookie, ";")
	w.do(request{path: "/schemes", header: map[string]string{"Cookie": cookie}}).is(200)
	body := m{"name": "Choir of ours", "category": "arts"}
	got := w.do(request{path: "/activities", body: body, header: map[string]string{"Cookie": cookie, "Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}}).is(403)
	if p := got.problem(); p.Type != "/problems/request.origin" {
		t.Errorf("type %s", p.Type)
	}
	w.do(request{path: "/activities", body: body, header: map[string]string{"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}}).is(201)
	// A token is for the API: the pages do not look at it.
	if page := w.pageWith("/schemes", "Authorization", "Bearer "+w.Tokens["ann"]); page.status != http.StatusSeeOther {
		t.Errorf("a page was opened by token: %d", page.status)
	}
}
