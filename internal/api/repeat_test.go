package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
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
			first := w.do(request{as: "ann", path: path, body: body, key: "key of " + path}).is(201)
			before := w.Rows()
			again := w.do(request{as: "ann", path: path, body: body, key: "key of " + path}).is(201)
			if again.body != first.body || again.header.Get("Location") != first.header.Get("Location") {
				t.Errorf("%s: first %s\nagain %s", path, first.body, again.body)
			}
			other := w.do(request{as: "ann", path: path, body: another(body), key: "key of " + path}).is(422)
			if p := other.problem(); p.Type != "/problems/idempotency.reused" {
				t.Errorf("%s: another body under the key: %s", path, other.body)
			}
			if after := w.Rows(); after != before {
				t.Errorf("%s: a repeat left something behind:\n%s\nbefore:\n%s", path, after, before)
			}
		}
		mine := m{"reference": "RS-50"}
		w.do(request{as: "ann", path: "/people", body: mine, key: "shared"}).is(201)
		w.do(request{as: "cy", path: "/people", body: mine, key: "shared"}).is(201)
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
