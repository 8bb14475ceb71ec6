package api_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/scheme"
)

// Without its words a measure is entered by the number of each item.
func TestItemsByNumber(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.referral("ann", w.Garden, "N-1", "2026-01-05")
		items := m{}
		for i := 1; i <= 7; i++ {
			items[fmt.Sprintf("item-%d", i)] = 1 + i%3
		}
		made := w.do(request{as: "ann", path: "/assessments", body: m{"referral": id, "measure": "swemwbs", "on": "2026-01-06", "occasion": "baseline", "items": items}}).is(201)
		// 2+3+1+2+3+1+2 is 14, on the table 15.32
		if got := fmt.Sprint(made.json()["scores"]); got != "[map[score:15.32 series:swemwbs-metric] map[score:14 series:swemwbs-raw]]" {
			t.Errorf("scores %s", got)
		}
	})
}

// A concern is named once and keeps its words; a correction alone words it
// anew.
func TestOwnConcerns(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		made := w.do(request{as: "ann", path: "/schemes", body: m{"name": "Own", "measures": []string{"mycaw"}, "weeks": 12, "started_on": "2024-01-01"}}).is(201)
		id := w.referral("ann", scheme.Scheme{ID: scheme.ID(made.id())}, "N-1", "2026-01-05")
		rate := func(on, occasion string, words, items m) request {
			return request{as: "ann", path: "/assessments", body: m{"referral": id, "measure": "mycaw", "on": on, "occasion": occasion, "own_words": words, "items": items}}
		}
		w.do(rate("2026-01-06", "baseline", m{}, m{"concern-1-severity": 5})).is(422)
		w.do(rate("2026-01-06", "baseline", m{"worry-1": "pain"}, m{"concern-1-severity": 5})).is(422)
		first := w.do(rate("2026-01-06", "baseline", m{"concern-1": " pain at night "}, m{"concern-1-severity": 5, "wellbeing": 4})).is(201)
		if got := fmt.Sprint(first.json()["own_words"]); got != "map[concern-1:pain at night]" {
			t.Errorf("named %s", got)
		}
		w.do(rate("2026-03-30", "day-84", m{"concern-1": "being alone"}, m{"concern-1-severity": 2})).is(422)
		later := w.do(rate("2026-03-30", "day-84", m{}, m{"concern-1-severity": 2})).is(201)
		if got := fmt.Sprint(later.json()["own_words"]); got != "map[concern-1:pain at night]" {
			t.Errorf("rated again: %s", got)
		}
		mended := w.do(request{as: "ann", path: "/assessments/" + first.id() + "/corrections", body: m{
			"version": 1, "reason": "misheard", "on": "2026-01-06", "occasion": "baseline", "own_words": m{"concern-1": "pain at noon"}, "items": m{"concern-1-severity": 5, "wellbeing": 4},
		}}).is(201)
		if got := fmt.Sprint(mended.json()["own_words"]); got != "map[concern-1:pain at noon]" {
			t.Errorf("corrected to %s", got)
		}
		both := w.do(request{as: "ann", path: "/assessments/" + first.id() + "/versions"}).is(200)
		if got := fmt.Sprint(both.json()); !strings.Contains(got, "pain at night") || !strings.Contains(got, "pain at noon") {
			t.Errorf("versions %s", got)
		}
	})
}

// SWEMWBS is for people aged 15 and over.
func TestBelowTheLowestAge(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for year, status := range map[int]int{2012: 422, 2011: 201, 1950: 201} {
			made := w.do(request{as: "ann", path: "/people", body: m{"reference": fmt.Sprint("Y-", year), "birth_year": year}}).is(201)
			ref := w.do(request{as: "ann", path: "/referrals", body: m{"person": made.id(), "scheme": string(w.Garden.ID), "received_on": "2026-01-05", "accepted_on": "2026-01-05"}}).is(201)
			w.do(request{as: "ann", path: "/assessments", body: m{"referral": ref.id(), "measure": "swemwbs", "on": "2026-01-06", "occasion": "baseline", "series": "swemwbs-raw", "score": 20}}).is(status)
		}
	})
}
