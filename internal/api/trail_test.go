package api_test

import (
	"net/http"
	"strings"
	"testing"
)

// Who changed a person is for whoever may see the person; who opened them is for
// managers. Neither says what was written.
func TestTrailOverTheInterface(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		referral := w.referral("ann", w.Garden, "RS-1", "2026-01-05")
		at := "/people/" + w.do(request{as: "ann", path: "/referrals/" + referral}).json()["person"].(string)
		w.do(request{as: "bo", path: at + "/changes", body: m{"version": 1, "reference": "RS-1", "name": "Amy Lee", "sex": "female"}}).is(201)
		w.do(request{as: "bo", path: at}).is(200)
		changes := w.do(request{as: "bo", path: at + "/changes"}).is(200)
		for _, said := range []string{`"act":"person.change"`, `"login":"bo"`, `"changed":["name","sex"]`} {
			if !strings.Contains(changes.body, said) {
				t.Errorf("%s is not in %s", said, changes.body)
			}
		}
		openings := w.do(request{as: "ann", path: at + "/openings"}).is(200)
		for _, said := range []string{`"act":"/api/v1/people/:id"`, `"login":"bo"`, `"act":"/api/v1/referrals/:id"`, `"login":"ann"`} {
			if !strings.Contains(openings.body, said) {
				t.Errorf("%s is not in %s", said, openings.body)
			}
		}
		if strings.Contains(changes.body+openings.body, "Lee") || strings.Contains(openings.body, at) {
			t.Errorf("what was written, or an identifier, is in %s %s", changes.body, openings.body)
		}
		w.do(request{as: "bo", path: at + "/openings"}).is(http.StatusForbidden)
		if again := w.do(request{as: "ann", path: at + "/openings"}); !strings.Contains(again.body, "/openings") {
			t.Error("to ask who looked is no look")
		}
	})
}
