package api_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/app"
)

// The life of a referral: described, paused, gone on with, declined or ended, and
// open again; each says the version that it was made from.
func TestLifeOfAReferral(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.do(request{as: "bo", path: "/referrals", body: m{
			"person": w.person("bo", "RS-1"), "scheme": string(w.Garden.ID), "received_on": "2026-01-05", "accepted_on": "2026-01-08",
			"practice": "Mill Lane Surgery", "reasons": []string{"loneliness", "bereavement", "loneliness"},
		}}).is(201).id()
		say := func(path string, body m) m {
			return w.do(request{as: "bo", path: "/referrals/" + id + path, body: body}).is(201).json()
		}
		pairs := func() string {
			return strings.Join(w.Cells("SELECT series_no, occasion, state, stage, closes_on, ot FROM outcome_pairs ORDER BY 1, 2"), " ")
		}
		before := pairs()

		now := say("/details", m{"version": 1, "received_on": "2026-01-04", "source": "police", "practice": "Y01234", "reasons": []string{"housing"}})
		if now["source"] != "police" || now["practice"] != "Y01234" || fmt.Sprint(now["reasons"]) != "[housing]" || now["received_on"] != "2026-01-04" {
			t.Errorf("described: %v", now)
		}
		now = say("/pauses", m{"version": 2, "pauses": []m{{"from": "2026-05-01"}, {"from": "2026-02-01", "until": "2026-02-14"}}})
		if fmt.Sprint(now["pauses"]) != "[map[from:2026-02-01 until:2026-02-14] map[from:2026-05-01]]" {
			t.Errorf("paused: %v", now["pauses"])
		}
		if after := pairs(); after != before {
			t.Errorf("a pause moved a pair:\n%s\nbefore:\n%s", after, before)
		}
		now = say("/involvements", m{"version": 3, "ot": []m{{"level": "assessed", "on": "2026-01-20"}, {"level": "advised", "on": "2026-01-09"}}})
		if fmt.Sprint(now["ot"]) != "[map[level:advised on:2026-01-09] map[level:assessed on:2026-01-20]]" {
			t.Errorf("involved: %v", now["ot"])
		}
		if after := pairs(); after == before {
			t.Error("the therapist's part is in no pair")
		}
		hal := string(w.Join(app.NewUser{Login: "hal", Org: w.Ann.Org, Role: app.Practitioner, Profession: "occupational therapist", AllSchemes: true}).Account)
		now = say("/involvements", m{"version": 4, "ot": []m{{"level": "assessed", "on": "2026-01-20", "therapist": hal}}})
		if fmt.Sprint(now["ot"]) != "[map[level:assessed on:2026-01-20 therapist:"+hal+"]]" {
			t.Errorf("whose part it was: %v", now["ot"])
		}
		now = say("/changes", m{"version": 5, "accepted_on": "2026-01-08", "ended_on": "2026-06-01", "end_reason": "goals-met"})
		if fmt.Sprint(now["pauses"]) != "[map[from:2026-02-01 until:2026-02-14] map[from:2026-05-01 until:2026-06-01]]" {
			t.Errorf("an end does not end the pause: %v", now["pauses"])
		}
		now = say("/changes", m{"version": 6, "accepted_on": "2026-01-08"})
		if now["reopened_on"] != "2026-06-30" || now["ended_on"] != nil || fmt.Sprint(now["version"]) != "7" {
			t.Errorf("open again: %v", now)
		}
		say("/changes", m{"version": 7, "accepted_on": "2026-01-08", "ended_on": "2026-04-01", "end_reason": "planned"})
		if got := fmt.Sprint(w.do(request{as: "bo", path: "/referrals/" + id}).json()["pauses"]); got != "[map[from:2026-02-01 until:2026-02-14]]" {
			t.Errorf("a pause begins after the end: %s", got)
		}
	})
}

// After 90 days a referral stays closed, and the answer says what to do instead.
func TestTooLateToReopen(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for ended, status := range map[string]int{"2026-04-01": 201, "2026-03-31": 422} {
			id := w.referral("bo", w.Garden, "RS-"+ended, "2026-01-05")
			at := "/referrals/" + id + "/changes"
			w.do(request{as: "bo", path: at, body: m{"version": 1, "accepted_on": "2026-01-05", "ended_on": ended, "end_reason": "planned"}}).is(201)
			got := w.do(request{as: "bo", path: at, body: m{"version": 2, "accepted_on": "2026-01-05"}})
			if got.status != status {
				t.Errorf("ended on %s: %d %s", ended, got.status, got.body)
			}
			if status == 422 {
				if p := got.problem(); p.Type != "/problems/referral.reopen" || !strings.Contains(p.Detail, "register a new referral") {
					t.Errorf("said %s", got.body)
				}
			}
		}
	})
}

// Everything that is wrong is said at its place, and nothing is kept of it.
func TestBadCourse(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.referral("bo", w.Garden, "RS-1", "2026-01-05")
		before := w.Rows()
		for _, x := range []struct {
			path   string
			body   m
			errors []string
		}{
			{"/details", m{"received_on": "2026-02-30", "source": "moon", "practice": "999 000 0018", "reasons": []string{"housing", "moon"}},
				[]string{"body.received_on day.impossible", "body.source input.invalid", "body.practice input.invalid", "body.reasons[1] input.invalid"}},
			{"/details", m{"received_on": "2026-01-06"}, []string{"body.received_on day.order"}},
			{"/details", m{"received_on": "2026-07-01"}, []string{"body.received_on day.future", "body.received_on day.order"}},
			{"/pauses", m{"pauses": []m{{"from": "2026-01-01"}, {"from": "2026-03-01", "until": "2026-02-01"}}},
				[]string{"body.pauses[0].from day.order", "body.pauses[1].until day.order", "body.pauses[1].from day.order"}},
			{"/pauses", m{"pauses": []m{{"from": "2026-07-01"}}}, []string{"body.pauses[0].from day.future"}},
			{"/involvements", m{"ot": []m{{"level": "", "on": "2025-01-01"}, {"level": "boss", "on": ""}}},
				[]string{"body.ot[0].level input.invalid", "body.ot[0].on day.order", "body.ot[1].level input.invalid", "body.ot[1].on day.impossible"}},
			{"/changes", m{"accepted_on": "2026-01-05", "declined_on": "2026-01-06"}, []string{"body.decline_reason input.invalid", "body.declined_on day.order"}},
			{"/changes", m{"accepted_on": "2026-01-05", "decline_reason": "no-contact"}, []string{"body.declined_on day.impossible"}},
		} {
			got := w.do(request{as: "bo", path: "/referrals/" + id + x.path, body: with(x.body, m{"version": 1})})
			if found := places(got.problem()); got.status != 422 || !sameSet(found, x.errors) {
				t.Errorf("%s %v: %d %v, want %v", x.path, x.body, got.status, found, x.errors)
			}
		}
		if after := w.Rows(); after != before {
			t.Errorf("something was kept:\n%s\nbefore:\n%s", after, before)
		}
	})
}

// Two practitioners change one referral: the second is told, whatever each of
// them changed, and the first one's change stands.
func TestSecondChangeIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.referral("bo", w.Garden, "RS-1", "2026-01-05")
		at := "/referrals/" + id
		w.do(request{as: "ann", path: at + "/pauses", body: m{"version": 1, "pauses": []m{{"from": "2026-05-01"}}}}).is(201)
		for path, body := range map[string]m{
			"/details": {"received_on": "2026-01-05"}, "/pauses": {"pauses": []m{}}, "/involvements": {"ot": []m{}}, "/changes": {"accepted_on": "2026-01-05"},
		} {
			got := w.do(request{as: "bo", path: at + path, body: with(body, m{"version": 1})}).is(409)
			if p := got.problem(); p.Type != "/problems/version.stale" || p.Errors[0].Location != "body.version" {
				t.Errorf("%s: %s", path, got.body)
			}
		}
		if now := w.do(request{as: "bo", path: at}).is(200).json(); fmt.Sprint(now["pauses"]) != "[map[from:2026-05-01]]" {
			t.Errorf("overwritten: %v", now)
		}
	})
}
