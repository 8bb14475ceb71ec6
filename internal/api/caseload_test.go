package api_test

import (
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
)

// caseloadProbes ask for what is due and whose it is.
func caseloadProbes() map[string]probe {
	at := func(path string) func(place) string { return func(place) string { return path } }
	return map[string]probe{
		"GET /caseload":                    {right: app.SeePeople, path: at("/caseload?whose=teams"), open: true},
		"GET /supervision":                 {right: app.SeeSupervision, path: at("/supervision"), open: true},
		"GET /practitioners":               {right: app.SeePeople, path: at("/practitioners"), open: true},
		"GET /referrals/:id/practitioners": {right: app.SeePeople, path: func(p place) string { return "/referrals/" + p.referral + "/practitioners" }},
		"GET /covers":                      {right: app.SeePeople, path: at("/covers"), open: true},
		"GET /not-done/:id":                {right: app.SeePeople, path: func(p place) string { return "/not-done/" + p.notDone }},
		"POST /not-done": {right: app.RecordPeople, path: at("/not-done"), body: func(p place, _ int) m {
			return m{"referral": p.referral, "measure": "swemwbs", "occasion": "day-84", "reason": "come-back", "come_back_on": "2026-07-07"}
		}},
		"POST /not-done/:id/undo": {right: app.RecordPeople, path: func(p place) string { return "/not-done/" + p.notDone + "/undo" },
			body: func(place, int) m { return m{} }},
		"POST /hand-overs": {right: app.RecordPeople, path: at("/hand-overs"), ok: http.StatusUnprocessableEntity, body: func(p place, _ int) m {
			return m{"referrals": []string{p.referral}, "to": lost(8)} // nobody's account
		}},
		"POST /covers": {right: app.RecordPeople, path: at("/covers"), open: true, ok: http.StatusUnprocessableEntity, body: func(place, int) m {
			return m{"away": lost(8), "by": lost(8), "from": "2026-07-07", "until": "2026-07-08"}
		}},
		"POST /covers/:id/end": {right: app.RecordPeople, path: at("/covers/" + lost(8) + "/end"), open: true, ok: http.StatusNotFound,
			body: func(place, int) m { return m{} }},
	}
}

// has demands texts of the answer.
func (a answer) has(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			a.t.Errorf("no %s in %s", text, a.body)
		}
	}
	return a
}

// A program reads what is due, says why it is not done, takes that back, and
// hands the referral over.
func TestCaseload(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		person := w.person("bo", "R-1")
		referral := w.do(request{as: "bo", path: "/referrals", body: m{
			"person": person, "scheme": string(w.Garden.ID), "received_on": "2026-04-06", "accepted_on": "2026-04-06"}}).is(201).id()
		overdue := request{as: "bo", path: "/caseload?standing=overdue"}
		w.do(overdue).is(200).has(`"reference":"R-1"`, `"due_on":"2026-06-29"`, `"on_time_until":"2026-07-27"`, `"overdue":2`)
		why := w.do(request{as: "bo", path: "/not-done", body: m{"referral": referral, "measure": "swemwbs", "occasion": "day-84", "reason": "declined"}}).is(201).id()
		w.do(overdue).is(200).has(`"overdue":1`)
		w.do(request{as: "bo", path: "/not-done/" + why + "/undo", body: m{}}).is(201).has(`"undone":true`)
		w.do(overdue).is(200).has(`"overdue":2`)
		w.do(request{as: "bo", path: "/hand-overs", body: m{"from": string(w.Bo.Account), "to": string(w.Ann.Account)}}).is(201).has(`"referrals":1`)
		w.do(overdue).is(200).has(`"overdue":0`)
		w.do(request{as: "ann", path: "/caseload?standing=overdue"}).is(200).has(`"overdue":2`)
		w.do(request{as: "bo", path: "/referrals/" + referral + "/practitioners"}).is(200).
			has(`"login":"bo","from":"2026-04-06","until":"2026-06-30"`, `"login":"ann","from":"2026-06-30"}`)
		w.do(request{as: "ann", path: "/caseload?whose=everybodys"}).is(422)
		w.do(request{as: "ann", path: "/caseload?after=nonsense"}).is(422)
	})
}
