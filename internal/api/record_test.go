package api_test

import (
	"fmt"
	"strings"
	"testing"
)

// The record says by the API what the page says: 21 and 25 are 19.25 and 22.35.
func TestPersonRecord(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		person := w.person("bo", "G-1")
		referral := w.do(request{as: "bo", path: "/referrals", body: m{
			"person": person, "scheme": w.Garden.ID, "received_on": "2026-01-05", "accepted_on": "2026-01-05", "ot": "assessed"}}).is(201).id()
		for _, in := range []m{
			{"on": "2026-01-12", "score": 21}, {"on": "2026-04-06", "score": 25}, {"on": "2026-04-07", "score": 8, "rater": "proxy"},
		} {
			in["referral"], in["measure"], in["occasion"], in["series"] = referral, "swemwbs", "later", "swemwbs-raw"
			w.do(request{as: "bo", path: "/assessments", body: in}).is(201)
		}
		got := w.do(request{as: "bo", path: "/people/" + person + "/record"}).is(200)
		body := got.json()
		courses, _ := body["courses"].([]any)
		if len(courses) != 1 {
			t.Fatalf("%d courses: %s", len(courses), got.body)
		}
		c, _ := courses[0].(m)
		change, _ := c["change"].(m)
		for key, want := range map[string]string{"from": "19.25", "to": "22.35", "by": "3.1", "since": "2026-01-12", "until": "2026-04-06"} {
			if fmt.Sprint(change[key]) != want {
				t.Errorf("change.%s is %v, want %s", key, change[key], want)
			}
		}
		if c["verdict"] != "reliably_better" || fmt.Sprint(c["threshold"]) != "2.87" || len(c["points"].([]any)) != 2 || len(c["others"].([]any)) != 1 {
			t.Errorf("%v", c)
		}
		timeline, _ := body["timeline"].([]any)
		if first, _ := timeline[0].(m); first["kind"] != "measured" || first["on"] != "2026-04-07" || first["rater"] != "proxy" {
			t.Errorf("the timeline begins %v", timeline[0])
		}
		if text, _ := body["gp_text"].(string); !strings.Contains(text, "reliably better") || strings.Contains(text, "G-1") {
			t.Errorf("for the GP: %s", text)
		}
		withdrawn := "/referrals/" + referral + "/assessments/withdrawn"
		if empty := w.do(request{as: "bo", path: withdrawn}).is(200).json(); fmt.Sprint(empty["items"]) != "[]" {
			t.Errorf("withdrawn before anything was: %v", empty)
		}
		wrong := w.do(request{as: "bo", path: "/assessments", body: m{"referral": referral, "measure": "swemwbs", "occasion": "later", "series": "swemwbs-raw", "on": "2026-04-08", "score": 9}}).is(201).id()
		w.do(request{as: "bo", path: "/assessments/" + wrong + "/withdrawal", body: m{"version": 1, "reason": "Form of a neighbour"}}).is(201)
		gone, _ := w.do(request{as: "bo", path: withdrawn}).is(200).json()["items"].([]any)
		if want := (m{"assessment": wrong, "measure": "swemwbs", "on": "2026-04-08", "reason": "Form of a neighbour"}); fmt.Sprint(gone) != fmt.Sprint([]any{want}) {
			t.Errorf("withdrawn: %v, want %v", gone, want)
		}
	})
}
