package api_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A sentence may repeat a short piece of what was typed, so that its sender
// finds it again: never more than 80 characters, from whatever place it comes.
func TestRefusalsEchoLittle(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.referral("ann", w.Garden, "RS-1", "2026-01-05")
		long := strings.Repeat("Q", 5000)
		good := map[string]m{
			"/assessments":   {"referral": id, "measure": "swemwbs", "on": "2026-01-06", "occasion": "baseline", "series": "swemwbs-raw", "score": 20},
			"/people":        {"reference": "RS-2"},
			"/referrals":     {"person": lost(1), "scheme": string(w.Garden.ID), "received_on": "2026-01-05"},
			"/prescriptions": {"referral": id, "activity": string(w.Plot.ID), "offered_on": "2026-01-06"},
			"/activities":    {"name": "Choir", "category": "arts"},
			"/schemes":       {"name": "Walks", "measures": []string{"ons4"}, "weeks": 12, "started_on": "2026-01-01"},
		}
		echoed := 0
		little := func(what string, got answer) {
			t.Helper()
			if got.status < 400 || got.status >= 500 {
				t.Errorf("%s: %d %s", what, got.status, got.body)
			}
			for _, run := range regexp.MustCompile("Q+").FindAllString(got.body, -1) {
				if len(run) > 80 {
					t.Errorf("%s: %d characters came back: %s", what, len(run), got.body)
				}
				if len(run) > 10 {
					echoed++
				}
			}
		}
		for path, body := range good {
			for _, field := range []string{"measure", "on", "occasion", "series", "rater", "channel", "helper", "referral", "person", "scheme", "source",
				"received_on", "activity", "offered_on", "category", "sex", "ethnicity", "reference", "name", "started_on", "primary", long} {
				if _, there := body[field]; there || field == long {
					little(path+" "+field[:min(len(field), 12)], w.do(request{as: "ann", path: path, body: with(body, m{field: long})}))
				}
			}
		}
		for _, field := range []string{"sex", "ethnicity"} {
			little(field, w.do(request{as: "ann", path: "/people", body: with(good["/people"], m{field: long})}))
		}
		for _, name := range []string{"measure", "occasion", "from", "to", "rule", long} {
			little("query", w.do(request{as: "ann", path: "/schemes/" + string(w.Garden.ID) + "/evidence?" + name + "=" + long}))
		}
		if echoed < 5 {
			t.Errorf("only %d pieces came back: the test looks in the wrong place", echoed)
		}
	})
}

// Each create leaves one row of audit; a repeat, a refusal and a read leave
// none.
func TestOneAuditRowForEachCreate(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		rows := func() int {
			_, after, _ := strings.Cut("\n"+w.Rows(), "\naudit ")
			text, _, _ := strings.Cut(after, "\n")
			n, err := strconv.Atoi(text)
			must(t, err)
			return n
		}
		for path, body := range w.creates(t) {
			before := rows()
			w.do(request{as: "ann", path: path, body: with(body, m{"nobody": "reads this"})}).is(422)
			if rows() != before {
				t.Errorf("%s: a refusal left a row", path)
			}
			w.do(request{as: "ann", path: path, body: body, key: path}).is(201)
			made := rows()
			if made != before+1 {
				t.Errorf("%s: %d rows became %d", path, before, made)
			}
			w.do(request{as: "ann", path: path, body: body, key: path}).is(201)
			w.do(request{as: "ann", path: "/schemes"}).is(200)
			if rows() != made {
				t.Errorf("%s: a repeat or a read left a row", path)
			}
		}
	})
}
