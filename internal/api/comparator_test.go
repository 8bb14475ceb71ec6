package api_test

import (
	"net/http"
	"strings"
	"testing"

	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

func comparatorProbes() map[string]probe {
	at := func(rest string) func(place) string {
		return func(p place) string { return "/schemes/" + p.scheme + "/comparator" + rest }
	}
	return map[string]probe{
		"GET /schemes/:id/comparator": {right: "evidence.see", path: at("")},
		"POST /schemes/:id/comparator": {right: "comparators.set", path: at(""), ok: http.StatusConflict, body: func(place, int) m {
			b := broughtIn()
			b["version"] = 99
			return b
		}},
		"POST /schemes/:id/comparator/waiting": {right: "comparators.set", path: at("/waiting"), ok: http.StatusConflict, body: func(place, int) m {
			return m{"version": 99, "random": "no"}
		}},
		"POST /schemes/:id/comparator/withdrawal": {right: "comparators.set", path: at("/withdrawal"), ok: http.StatusConflict, body: func(place, int) m {
			return m{"series": "swemwbs-metric", "version": 99, "reason": "Counted twice"}
		}},
	}
}

func broughtIn() m {
	return m{
		"series": "swemwbs-metric", "version": 0, "label": "Two practices", "source": "Their survey", "eligible": "Anybody",
		"from": "2026-01-05", "until": "2026-03-30", "weeks": 12, "random": "no", "rows": "before,after,people\n18.59,19.25,3\n19.25,19.98,2\n",
	}
}

// A comparison group comes in, is read beside the scheme's people, repeats as it
// was answered, and is withdrawn; its rows are in no answer.
func TestComparatorOperations(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/schemes/" + string(w.Garden.ID) + "/comparator"
		read := at + "?measure=swemwbs-metric"
		if got := w.do(request{as: "bo", path: read}).is(http.StatusOK); strings.Contains(got.body, `"imported"`) || !strings.Contains(got.body, `"comparisons":[]`) {
			t.Errorf("before: %s", got.body)
		}
		made := w.do(request{as: "ann", path: at, body: broughtIn(), key: "once"}).is(http.StatusCreated)
		again := w.do(request{as: "ann", path: at, body: broughtIn(), key: "once"}).is(http.StatusCreated)
		if made.body != again.body || !strings.Contains(made.body, `"people":5,`) || strings.Contains(made.body, "18.59") {
			t.Errorf("made %s\nagain %s", made.body, again.body)
		}
		w.do(request{as: "ann", path: strings.TrimPrefix(made.header.Get("Location"), "/api/v1")}).is(http.StatusOK)
		both := w.do(request{as: "bo", path: read}).is(http.StatusOK)
		for _, want := range []string{`"noun":"difference from the comparison group"`, "These two groups are not compared.", "at least 20 are needed on each side", `"source":"Their survey"`} {
			if !strings.Contains(both.body, want) {
				t.Errorf("%s is not in %s", want, both.body)
			}
		}
		bad := broughtIn()
		bad["version"], bad["rows"] = 1, "name,before,after\nAnn,18.59,19.25\n"
		if got := w.do(request{as: "ann", path: at, body: bad}).is(http.StatusUnprocessableEntity); strings.Contains(got.body, "Ann") {
			t.Errorf("what was pasted is repeated: %s", got.body)
		}
		w.do(request{as: "ann", path: at + "/withdrawal", body: m{"series": "swemwbs-metric", "version": 1, "reason": "Counted twice"}}).is(http.StatusCreated)
		if got := w.do(request{as: "bo", path: read}); !strings.Contains(got.body, `"withdrawn":"Counted twice"`) || !strings.Contains(got.body, `"comparisons":[]`) {
			t.Errorf("withdrawn: %s", got.body)
		}
	})
}

// People who waited are compared with without being brought in, say how many are on
// both sides, and lead to an effect only once the lot is on record.
func TestWaitOperations(t *testing.T) {
	w := onSQLite(t)
	from, err := scheme.ParseDay("2026-01-05")
	if err != nil {
		t.Fatal(err)
	}
	w.Crowd(w.Ann, w.Garden, append(kit.Queue("W", 25, from.Plus(49)), kit.Many("N", 40, from)...)...)
	at := "/schemes/" + string(w.Garden.ID) + "/comparator"
	got := w.do(request{as: "bo", path: at + "?measure=swemwbs-metric"}).is(http.StatusOK)
	for _, want := range []string{`"in_both":5,`, `"noun":"difference from the comparison group"`, `"source":"the scheme's own scores before the start"`} {
		if !strings.Contains(got.body, want) {
			t.Errorf("%s is not in %.900s", want, got.body)
		}
	}
	if strings.Contains(got.body, "wait_allocation") {
		t.Error("something is on record of who waited")
	}
	w.do(request{as: "ann", path: at + "/waiting", body: m{"version": 0, "random": "yes"}}).is(http.StatusUnprocessableEntity)
	made := w.do(request{as: "ann", path: at + "/waiting", body: m{"version": 0, "random": "yes", "random_source": "Protocol 7"}, key: "once"}).is(http.StatusCreated)
	again := w.do(request{as: "ann", path: at + "/waiting", body: m{"version": 0, "random": "yes", "random_source": "Protocol 7"}, key: "once"}).is(http.StatusCreated)
	if made.body != again.body || !strings.Contains(made.body, `"random":true,"random_source":"Protocol 7"`) {
		t.Errorf("made %s\nagain %s", made.body, again.body)
	}
	if got := w.do(request{as: "bo", path: at + "?measure=swemwbs-metric"}); !strings.Contains(got.body, `"noun":"effect"`) || !strings.Contains(got.body, `"wait_allocation":{"version":1,`) {
		t.Errorf("by lot: %.900s", got.body)
	}
	apart := w.do(request{as: "bo", path: "/compare?measure=swemwbs-metric&by=category"}).is(http.StatusOK)
	if !strings.Contains(apart.body, `"stand_apart":[{"value":"","label":"None started","why":"not_recorded"}],"together":{"pooled_mean_change":null`) {
		t.Errorf("nobody started a kind of activity, and together they say %.900s", apart.body)
	}
}
