package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
)

// costProbes ask for what schemes cost and what people cost.
func costProbes() map[string]probe {
	body := func(version int) m {
		return m{"version": version, "kind": "staff", "pounds": "5", "from": "2026-Q1", "source": "books"}
	}
	return map[string]probe{
		"GET /schemes/:id/value": {right: app.SeeEvidence, path: func(p place) string { return "/schemes/" + p.scheme + "/value" }},
		"GET /schemes/:id/costs": {right: app.SetCosts, path: func(p place) string { return "/schemes/" + p.scheme + "/costs" }},
		"GET /costs/:id":         {right: app.SetCosts, path: func(p place) string { return "/costs/" + p.cost }},
		"POST /schemes/:id/costs": {right: app.SetCosts, path: func(p place) string { return "/schemes/" + p.scheme + "/costs" }, body: func(_ place, n int) m {
			return m{"kind": "staff", "pounds": strings.Repeat("1", n%5+1), "from": "2026-Q1", "source": "books"}
		}},
		"POST /costs/:id/changes": {right: app.SetCosts, ok: http.StatusConflict, path: func(p place) string { return "/costs/" + p.cost + "/changes" },
			body: func(place, int) m { return body(99) }},
	}
}

// A cost is added, changed by version and removed; lines of one kind over the same
// quarters are warned of, and the value follows.
func TestCostsAndValue(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/schemes/" + string(w.Garden.ID)
		made := w.do(request{as: "ann", path: at + "/costs", body: m{"kind": "staff", "pounds": "12,500", "from": "2026-Q1", "to": "2026-Q2", "source": "books"}}).is(201)
		follow(t, w, "ann", made)
		if b := made.json(); b["pounds"] != "12500.00" || b["to"] != "2026-Q2" || fmt.Sprint(b["version"]) != "1" {
			t.Errorf("made %s", made.body)
		}
		other := w.do(request{as: "ann", path: at + "/costs", body: m{"kind": "staff", "pounds": "1", "from": "2026-Q2", "source": "other books"}}).is(201).id()
		all := w.do(request{as: "ann", path: at + "/costs"}).is(200)
		if warned := all.json()["warnings"].([]any); len(warned) != 1 || !strings.Contains(warned[0].(string), "both over 2026-Q2") {
			t.Errorf("warned of %v", warned)
		}
		change := m{"version": 1, "kind": "staff", "pounds": "1", "from": "2026-Q2", "source": "other books", "removed": true}
		gone := w.do(request{as: "ann", path: "/costs/" + other + "/changes", body: change, key: "once"}).is(201)
		if again := w.do(request{as: "ann", path: "/costs/" + other + "/changes", body: change, key: "once"}).is(201); again.body != gone.body {
			t.Errorf("again %s, and first %s", again.body, gone.body)
		}
		if p := w.do(request{as: "ann", path: "/costs/" + other + "/changes", body: change}).is(409).problem(); p.Type != "/problems/version.stale" {
			t.Errorf("stale: %s", p.Type)
		}
		if all := w.do(request{as: "ann", path: at + "/costs"}).is(200).json(); len(all["warnings"].([]any)) != 0 || len(all["items"].([]any)) != 2 {
			t.Errorf("after it was removed: %v", all)
		}
		bad := w.do(request{as: "ann", path: at + "/costs", body: m{"kind": "", "pounds": "1e9", "from": "2026-Q1", "to": "2036-Q4", "source": ""}}).is(422)
		if found := places(bad.problem()); !sameSet(found, []string{"body.kind input.invalid", "body.pounds input.invalid", "body.to period.invalid", "body.source input.invalid"}) {
			t.Errorf("bad: %v", found)
		}
		value := w.do(request{as: "bo", path: at + "/value?measure=ons4-satisfaction&caused=25&weeks=26"}).is(200).json()
		if fmt.Sprint(value["value"].(map[string]any)["total"]) != "12500" || value["wellby"] != nil || value["wellby_why"] != "nobody was measured twice" {
			t.Errorf("value %v", value)
		}
		wrong := w.do(request{as: "bo", path: at + "/value?caused=101&weeks=0&set_up=half"}).is(422)
		if found := places(wrong.problem()); len(found) < 1 || strings.Contains(wrong.body, "NaN") {
			t.Errorf("wrong ifs: %v", found)
		}
	})
}
