package api_test

import "testing"

// An activity is changed by version and stopped; what was sent wrong is said at
// its place, and the second of two is told.
func TestActivityIsChanged(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/activities/" + string(w.Plot.ID)
		made := w.do(request{as: "di", path: "/activities", body: m{"name": "Choir", "category": "arts"}}).is(201)
		follow(t, w, "di", made)
		change := m{"version": 1, "name": "Plot", "category": "gardening", "provider": "Growers", "offered_until": "2026-05-31"}
		done := w.do(request{as: "di", path: at + "/changes", body: change, key: "once"}).is(201)
		follow(t, w, "di", done)
		if again := w.do(request{as: "di", path: at + "/changes", body: change, key: "once"}).is(201); again.body != done.body {
			t.Errorf("again %s, and first %s", again.body, done.body)
		}
		if b := done.json(); b["offered_until"] != "2026-05-31" || b["name"] != "Plot" || b["provider"] != "Growers" {
			t.Errorf("kept %s", done.body)
		}
		told := w.do(request{as: "ann", path: at + "/changes", body: change}).is(409)
		if p := told.problem(); p.Type != "/problems/version.stale" || p.Errors[0].Location != "body.version" {
			t.Errorf("stale: %s", told.body)
		}
		bad := w.do(request{as: "di", path: at + "/changes", body: m{"version": 2, "name": "", "category": "golf", "offered_until": "1 May"}}).is(422)
		if found := places(bad.problem()); !sameSet(found, []string{"body.name input.invalid", "body.category input.invalid", "body.offered_until day.impossible"}) {
			t.Errorf("bad: %v", found)
		}
		referral := w.referral("bo", w.Garden, "RS-1", "2026-01-05")
		late := w.do(request{as: "bo", path: "/prescriptions", body: m{"referral": referral, "activity": string(w.Plot.ID), "offered_on": "2026-06-01"}}).is(422)
		if found := places(late.problem()); !sameSet(found, []string{"body.offered_on day.order"}) {
			t.Errorf("prescribed after its last day: %v", found)
		}
		w.do(request{as: "bo", path: "/prescriptions", body: m{"referral": referral, "activity": string(w.Plot.ID), "offered_on": "2026-05-31"}}).is(201)
	})
}
