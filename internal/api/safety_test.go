package api_test

import (
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// safetyProbes ask for alerts and review lists, and answer with what nobody read.
func safetyProbes() map[string]probe {
	at := func(path string) func(place) string { return func(place) string { return path } }
	return map[string]probe{
		"GET /alerts":     {right: app.SeeSafety, path: at("/alerts"), open: true},
		"GET /alerts/:id": {right: app.SeeSafety, path: func(p place) string { return "/alerts/" + p.alert }},
		"POST /alerts/:id/answers": {right: app.AnswerSafety, ok: http.StatusConflict, path: func(p place) string { return "/alerts/" + p.alert + "/answers" },
			body: func(place, int) m { return m{"version": 99, "choice": "dealing"} }},
		"GET /alert-reviews":     {right: app.SeeSafety, path: at("/alert-reviews"), open: true},
		"GET /alert-reviews/:id": {right: app.SeeSafety, path: func(p place) string { return "/alert-reviews/" + p.review }},
		"POST /alert-reviews/:id/closure": {right: app.AnswerSafety, ok: http.StatusUnprocessableEntity, path: func(p place) string { return "/alert-reviews/" + p.review + "/closure" },
			body: func(place, int) m { return m{"note": ""} }},
		"GET /protocol": {right: app.SeeProtocol, path: at("/protocol"), open: true},
		"POST /protocol": {right: app.SetProtocol, path: at("/protocol"), open: true, ok: http.StatusConflict, body: func(place, int) m {
			return m{"follows": 99, "text": "Ring the duty desk and stay.", "phones": []m{}, "lead": "", "minutes": 30}
		}},
	}
}

// imported loads an old PHQ-9 total of somebody, of which nobody can say what
// question 9 was, and returns the alert and its review list.
func (w *town) imported(as string, in scheme.Scheme, reference string) (alert, review string) {
	w.T.Helper()
	by := w.Ann
	if as == "cy" {
		by = w.Cy
	}
	on, err := scheme.ParseDay("2026-01-07")
	must(w.T, err)
	loaded, err := w.App.Load(w.T.Context(), by, []app.Arrival{{
		Person: scheme.Person{Reference: reference}, Referral: scheme.Referral{Scheme: in.ID, ReceivedOn: on},
		Assessments: []app.Arriving{{Line: 2, Assessment: scheme.Assessment{
			Measure: "phq9", Version: 2, On: on, Occasion: scheme.Later, Rater: measure.Self, Scores: []measure.Scored{{Series: "phq9", Level: 14}},
		}}},
	}}, func(int) {})
	must(w.T, err)
	_, lines, err := w.App.Import(w.T.Context(), by, loaded.Batch)
	must(w.T, err)
	if len(lines) != 1 {
		w.T.Fatalf("an import raised %d alerts", len(lines))
	}
	return string(lines[0].ID), loaded.Batch
}

// An alert from its record to its end, as a program sees it, and the same answer
// once however often it is sent.
func TestAlertOverTheInterface(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		clinic := w.do(request{as: "ann", path: "/schemes", body: m{"name": "Clinic", "measures": []string{"phq9"}, "weeks": 12, "started_on": "2026-01-01"}}).is(201).id()
		referral := w.do(request{as: "ann", path: "/referrals", body: m{"person": w.person("ann", "A-1"), "scheme": clinic, "received_on": "2026-01-05", "accepted_on": "2026-01-05"}}).is(201).id()
		body := m{"referral": referral, "measure": "phq9", "on": "2026-01-06", "occasion": "baseline", "score": 12, "risk_answer": "2"}
		first := w.do(request{as: "ann", path: "/assessments", body: body, key: "once"}).is(201)
		if again := w.do(request{as: "ann", path: "/assessments", body: body, key: "once"}).is(201); again.id() != first.id() || first.json()["risk_answer"] != "2" {
			t.Errorf("%s\nand again\n%s", first.body, again.body)
		}
		all, _ := w.do(request{as: "ann", path: "/alerts"}).is(200).json()["items"].([]any)
		if len(all) != 1 {
			t.Fatalf("%d alerts of one answer", len(all))
		}
		alert, _ := all[0].(m)
		id, _ := alert["id"].(string)
		if alert["kind"] != "answer" || alert["question"] != "question 9" || alert["answer"] != "2, “More than half the days”" || alert["state"] != "open" {
			t.Errorf("%v", alert)
		}
		w.do(request{as: "ann", path: "/alerts/" + id + "/answers", body: m{"version": 1, "choice": "passed"}}).is(422)
		said := w.do(request{as: "ann", path: "/alerts/" + id + "/answers", body: m{"version": 1, "choice": "passed", "note": "The duty nurse"}, key: "said"}).is(201)
		if !strings.Contains(said.body, `"held"`) || !strings.Contains(said.body, "The duty nurse") {
			t.Errorf("%s", said.body)
		}
		w.do(request{as: "ann", path: "/alerts/" + id + "/answers", body: m{"version": 2, "choice": "closed", "note": "Seen"}}).is(201)
		w.do(request{as: "ann", path: "/alerts/" + id + "/answers", body: m{"version": 3, "choice": "known"}}).is(409)
		if left := w.do(request{as: "ann", path: "/alerts"}).is(200).body; strings.Contains(left, id) {
			t.Errorf("closed and still listed: %s", left)
		}
	})
}

// The protocol is versioned, and says who confirmed it.
func TestProtocolOverTheInterface(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		if got := w.do(request{as: "bo", path: "/protocol"}).is(200).json(); got["version"].(interface{ String() string }).String() != "0" {
			t.Errorf("before: %v", got)
		}
		made := m{"follows": 0, "text": "Stay with the person and ring the duty desk.", "phones": []m{{"name": "Duty desk", "number": "01632 960 001"}}, "lead": string(w.Ann.Account), "minutes": 30}
		got := w.do(request{as: "di", path: "/protocol", body: made}).is(201)
		if !strings.Contains(got.body, `"confirmed_at"`) || !strings.Contains(got.body, "Duty desk") {
			t.Errorf("%s", got.body)
		}
		w.do(request{as: "ann", path: "/protocol", body: made}).is(409)
		made["follows"], made["lead"] = 1, string(w.Bo.Account) // who sees one scheme only
		w.do(request{as: "ann", path: "/protocol", body: made}).is(422)
		w.do(request{as: "bo", path: "/protocol", body: made}).is(403)
	})
}
