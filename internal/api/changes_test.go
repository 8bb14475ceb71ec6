package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
)

// changing is one request for each operation that changes what is there, in an
// order in which all go through.
func (w *town) changing() (all []request) {
	w.T.Helper()
	first, second := w.referral("ann", w.Garden, "RS-1", "2026-01-05"), w.referral("ann", w.Choir, "RS-2", "2026-01-05")
	person := func(referral string) string {
		return w.do(request{as: "ann", path: "/referrals/" + referral}).json()["person"].(string)
	}
	score := w.do(request{as: "ann", path: "/assessments", body: m{
		"referral": first, "measure": "swemwbs", "on": "2026-01-06", "occasion": "baseline", "series": "swemwbs-raw", "score": 20}}).is(201).id()
	given := w.do(request{as: "ann", path: "/prescriptions", body: m{"referral": first, "activity": string(w.Plot.ID), "offered_on": "2026-01-06"}}).is(201).id()
	at := "/assessments/" + score
	return []request{
		{path: at + "/corrections", body: m{"version": 1, "reason": "typed wrong", "on": "2026-01-07", "occasion": "baseline", "series": "swemwbs-raw", "score": 27}},
		{path: at + "/move", body: m{"version": 2, "reason": "the other one's", "referral": second}},
		{path: at + "/withdrawal", body: m{"version": 3, "reason": "somebody else answered"}},
		{path: "/schemes/" + string(w.Garden.ID) + "/plans", body: m{"follows": 1, "effective_from": "2026-07-01", "items": []m{
			{"measure": "swemwbs", "due_days": 0, "before_days": 42, "after_days": 14}, {"measure": "swemwbs", "due_days": 56, "before_days": 14, "after_days": 14}}}},
		{path: "/referrals/" + first + "/prescriptions/" + given + "/changes", body: m{"version": 1, "first_attended_on": "2026-01-12", "sessions_offered": 8, "sessions_attended": 1}},
		{path: "/referrals/" + first + "/changes", body: m{"version": 1, "accepted_on": "2026-01-06", "ended_on": "2026-06-01", "end_reason": "planned"}},
		{path: "/people/" + person(second) + "/merge", body: m{"other": person(first), "reason": "registered twice"}},
	}
}

// A change that is sent again is answered as the first time, word for word, also
// after later changes, and changes nothing.
func TestChangesRepeat(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		var first []answer
		all := w.changing()
		merge := all[len(all)-1]
		all = all[:len(all)-1]
		for i := range all {
			all[i].as, all[i].key = "ann", fmt.Sprint("change ", i)
			got := w.do(all[i]).is(201)
			first = append(first, got)
			if i >= 3 { // what is read there is no more than what was answered
				follow(t, w, "ann", got)
			}
			again := w.do(all[i]).is(201)
			if again.body != got.body {
				t.Errorf("%s at once: first %s\nagain %s", all[i].path, got.body, again.body)
			}
		}
		before := w.Rows()
		for i, r := range all[:4] { // assessments and plans keep their versions
			if again := w.do(r).is(201); again.body != first[i].body || again.header.Get("Location") != first[i].header.Get("Location") {
				t.Errorf("%s at the end: first %s\nagain %s", r.path, first[i].body, again.body)
			}
			r.key = ""
			w.do(r).is(409).problem()
		}
		if after := w.Rows(); after != before {
			t.Errorf("repeats left something behind:\n%s\nbefore:\n%s", after, before)
		}
		merge.as, merge.key = "ann", "merge"
		kept := w.do(merge).is(201)
		follow(t, w, "ann", kept)
		if again := w.do(merge).is(201); again.body != kept.body || !strings.Contains(kept.body, `"aliases":["RS-1"]`) {
			t.Errorf("merged: first %s\nagain %s", kept.body, again.body)
		}
		merge.key = ""
		w.do(merge).is(409).problem()
	})
}

// Both versions stay readable, with the reason and who did it.
func TestVersionsAreRead(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		all := w.changing()
		for _, r := range all[:3] {
			r.as = "ann"
			w.do(r).is(201)
		}
		at := strings.TrimSuffix(all[0].path, "/corrections")
		said := w.do(request{as: "ann", path: at + "/versions"}).is(200).json()["items"].([]any)
		var got []string
		for _, v := range said {
			b := v.(m)
			got = append(got, fmt.Sprint(b["version"], " ", b["act"], " ", b["on"], " ", b["scores"].([]any)[0].(m)["score"], " ", b["reason"]))
			if b["by"] != string(w.Ann.Account) || b["at"] != "2026-06-30T12:00:00Z" {
				t.Errorf("by %v at %v", b["by"], b["at"])
			}
		}
		want := "[1 recorded 2026-01-06 18.59 <nil> 2 corrected 2026-01-07 24.11 typed wrong 3 moved 2026-01-07 24.11 the other one's 4 withdrawn 2026-01-07 24.11 somebody else answered]"
		if fmt.Sprint(got) != want {
			t.Errorf("versions\n%v, want\n%s", got, want)
		}
		now := w.do(request{as: "ann", path: at}).is(200).json()
		if now["state"] != "withdrawn" || fmt.Sprint(now["version"]) != "4" {
			t.Errorf("as it stands: %v", now)
		}
		// Bo works in the Garden, where it was; it is the Choir's now.
		w.do(request{as: "bo", path: at + "/versions"}).is(404).problem()
	})
}

// Two people correct one assessment: the second is told what changed, and
// nothing of either is lost.
func TestSecondCorrectionIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		fix := w.changing()[0]
		fix.as = "ann"
		w.do(fix).is(201)
		fix.as, fix.body = "bo", with(fix.body.(m), m{"score": 30})
		told := w.do(fix).is(409)
		if p := told.problem(); p.Type != "/problems/version.stale" || p.Errors[0].Location != "body.version" || !strings.Contains(p.Detail, "the day, the score") {
			t.Errorf("told %s", told.body)
		}
		if strings.Contains(told.body, "24.11") {
			t.Errorf("a score is in a refusal: %s", told.body)
		}
		fix.body = with(fix.body.(m), m{"version": 2})
		w.do(fix).is(201)
	})
}

// Everything that is wrong with a change is said at once, each at its place.
func TestBadChanges(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		all := w.changing()
		before := w.Rows()
		for i, x := range []struct {
			change m
			status int
			errors []string
		}{
			{m{"reason": " ", "on": "2030-01-01", "score": 99, "sorce": 1}, 422, []string{"body.reason input.invalid", "body.on day.future", "body.score score.out-of-range", "body.sorce input.unknown-key"}},
			{m{"version": 1, "referral": lost(1)}, 404, []string{"body.referral not-found"}},
			{m{"version": 1, "reason": strings.Repeat("x", 201)}, 422, []string{"body.reason input.invalid"}},
			{m{"effective_from": "2023-12-31", "primary": "ons4-anxiety", "items": []m{
				{"measure": "mood", "due_days": 0, "before_days": 0, "after_days": -1},
				{"measure": "swemwbs", "due_days": 0, "before_days": 0, "after_days": 30}, {"measure": "swemwbs", "due_days": 30, "before_days": 0, "after_days": 0}}}, 422,
				[]string{"body.effective_from day.order", "body.items[0].measure measure.unknown", "body.items[0].after_days plan.invalid",
					"body.items plan.invalid", "body.items plan.invalid", "body.items plan.invalid", "body.primary plan.invalid"}},
			{m{"first_attended_on": "2026-01-01", "sessions_attended": 9}, 422, []string{"body.first_attended_on day.order", "body.sessions_attended input.invalid"}},
			{m{"accepted_on": "2026-01-01", "ended_on": "", "end_reason": "planned"}, 422, []string{"body.accepted_on day.order", "body.ended_on day.impossible"}},
			{m{"other": lost(2), "reason": ""}, 404, []string{"body.other not-found", "body.reason input.invalid"}},
		} {
			r := all[i]
			r.as, r.body = "ann", with(r.body.(m), x.change)
			got := w.do(r)
			if found := places(got.problem()); got.status != x.status || !sameSet(found, x.errors) {
				t.Errorf("%s: %d %v, want %d %v", r.path, got.status, found, x.status, x.errors)
			}
		}
		if after := w.Rows(); after != before {
			t.Errorf("something was kept:\n%s\nbefore:\n%s", after, before)
		}
	})
}

// changeProbes ask what changes something with a version that nobody read.
func changeProbes() map[string]probe {
	return map[string]probe{
		"POST /schemes/:id/plans": {right: app.SetUpSchemes, ok: http.StatusConflict, path: func(p place) string { return "/schemes/" + p.scheme + "/plans" },
			body: func(place, int) m { return m{"follows": 99, "effective_from": "2026-07-01", "items": []m{}} }},
		"POST /people/:id/merge": {right: app.MergePeople, ok: http.StatusUnprocessableEntity, path: func(p place) string { return "/people/" + p.person + "/merge" },
			body: func(p place, _ int) m { return m{"other": p.person, "reason": "twice"} }}, // the same
		"POST /people/:id/changes": {right: app.RecordPeople, ok: http.StatusConflict, path: func(p place) string { return "/people/" + p.person + "/changes" },
			body: func(place, int) m { return m{"version": 99, "reference": "N"} }},
		"POST /activities/:id/changes": {right: app.SetUpSchemes, ok: http.StatusConflict, path: func(p place) string { return "/activities/" + p.activity + "/changes" },
			body: func(place, int) m { return m{"version": 99, "name": "Plot", "category": "arts"} }},
		"POST /people/:id/care": {right: app.RecordPeople, ok: http.StatusConflict, path: func(p place) string { return "/people/" + p.person + "/care" },
			body: func(place, int) m { return m{"version": 99} }},
		"POST /people/:id/permissions": {right: app.RecordPeople, path: func(p place) string { return "/people/" + p.person + "/permissions" },
			body: func(place, int) m {
				return m{"purpose": "research", "basis": "consent", "state": "given", "on": "2026-01-06"}
			}},
		"POST /referrals/:id/changes": {right: app.RecordPeople, ok: http.StatusConflict, path: func(p place) string { return "/referrals/" + p.referral + "/changes" },
			body: func(place, int) m { return m{"version": 99} }},
		"POST /referrals/:id/details": {right: app.RecordPeople, ok: http.StatusConflict, path: func(p place) string { return "/referrals/" + p.referral + "/details" },
			body: func(place, int) m { return m{"version": 99, "received_on": "2026-01-05"} }},
		"POST /referrals/:id/pauses": {right: app.RecordPeople, ok: http.StatusConflict, path: func(p place) string { return "/referrals/" + p.referral + "/pauses" },
			body: func(place, int) m { return m{"version": 99, "pauses": []m{}} }},
		"POST /referrals/:id/involvements": {right: app.RecordPeople, ok: http.StatusConflict, path: func(p place) string { return "/referrals/" + p.referral + "/involvements" },
			body: func(place, int) m { return m{"version": 99, "ot": []m{}} }},
		"POST /schemes/:id/profile": {right: app.SetUpSchemes, ok: http.StatusConflict, path: func(p place) string { return "/schemes/" + p.scheme + "/profile" },
			body: func(place, int) m { return m{"version": 99, "profile": "nhs"} }},
		"POST /people/find": {right: app.SeePeople, open: true, ok: http.StatusNotFound, path: func(place) string { return "/people/find" },
			body: func(place, int) m { return m{"nhs_number": "999 000 0018"} }},
		"POST /people/search": {right: app.SeePeople, open: true, ok: http.StatusOK, path: func(place) string { return "/people/search" },
			body: func(place, int) m { return m{"q": "RS-1"} }},
		"POST /referrals/:id/prescriptions/:prescription/changes": {right: app.RecordPeople, ok: http.StatusConflict, path: func(p place) string {
			return "/referrals/" + p.referral + "/prescriptions/" + p.prescription + "/changes"
		}, body: func(place, int) m { return m{"version": 99} }},
		"POST /referrals/:id/contacts/:contact/changes": {right: app.RecordPeople, ok: http.StatusConflict, path: func(p place) string {
			return "/referrals/" + p.referral + "/contacts/" + p.contact + "/changes"
		}, body: func(place, int) m {
			return m{"version": 99, "on": "2026-01-06", "channel": "phone", "result": "attended"}
		}},
		"POST /referrals/:id/contacts/:contact/withdrawal": {right: app.RecordPeople, ok: http.StatusConflict, path: func(p place) string {
			return "/referrals/" + p.referral + "/contacts/" + p.contact + "/withdrawal"
		}, body: func(place, int) m { return m{"version": 99} }},
		"POST /assessments/:id/corrections": {right: app.RecordPeople, ok: http.StatusConflict, path: func(p place) string { return "/assessments/" + p.assessment + "/corrections" },
			body: func(place, int) m { return m{"version": 99, "reason": "x", "on": "2026-01-06", "occasion": "baseline"} }},
		"POST /assessments/:id/move": {right: app.RecordPeople, ok: http.StatusConflict, path: func(p place) string { return "/assessments/" + p.assessment + "/move" },
			body: func(p place, _ int) m { return m{"version": 99, "reason": "x", "referral": p.referral} }},
		"POST /assessments/:id/withdrawal": {right: app.RecordPeople, ok: http.StatusConflict, path: func(p place) string { return "/assessments/" + p.assessment + "/withdrawal" },
			body: func(place, int) m { return m{"version": 99, "reason": "x"} }},
	}
}
