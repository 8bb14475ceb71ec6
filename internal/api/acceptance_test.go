package api_test

import (
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"os"
	"strings"
	"testing"

	kit "cairn/internal/testkit/town"
)

// The two acceptance cases, every record of which is sent through the API: the
// evidence that it answers is R's.
func TestAcceptanceCases(t *testing.T) {
	for name, result := range map[string]string{"madeup": "swb|pre|post", "sleep": "hours|drug1|drug2"} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *town) {
				schemes := w.send(name)
				measure, _, _ := strings.Cut(result, "|")
				for of, want := range kit.Expected(t, name, result) {
					got := w.do(request{as: "gil", path: "/schemes/" + schemes[of] + "/evidence?measure=" + url.QueryEscape(measure)}).is(200)
					var body struct{ Finding map[string]any }
					must(t, json.Unmarshal([]byte(got.body), &body))
					if n := compare(t, of, body.Finding, want); n < 80 {
						t.Errorf("%s: only %d figures compared", of, n)
					}
				}
			})
		})
	}
}

// A file of before and after that nobody wrote for Cairn comes to R's counts,
// also of who was measured at the end alone, and had no baseline. (Its scores are
// converted, so that they are not R's.)
func TestFileComesToTheCountsOfR(t *testing.T) {
	text, err := os.ReadFile("../../testdata/acceptance/madeup/long.csv")
	must(t, err)
	each(t, func(t *testing.T, w *town) {
		w.Archive()
		sheet := strings.ReplaceAll(string(text), ",swb,", ",SWEMWBS raw,")
		sent := w.do(request{as: "gil", path: "/import-files?name=long.csv", body: sheet, header: map[string]string{"Content-Type": "text/csv"}}).is(201)
		done := w.do(request{as: "gil", path: "/import-files/" + sent.id() + "/import", body: m{"version": sent.json()["version"]}}).is(201).json()
		if fmt.Sprint(done["added"]) != "47" {
			t.Fatalf("%v", done)
		}
		expected := kit.Expected(t, "madeup", "swb|pre|post")
		for _, s := range w.do(request{as: "gil", path: "/schemes"}).is(200).json()["items"].([]any) {
			name, id := s.(m)["name"].(string), s.(m)["id"].(string)
			got := w.do(request{as: "gil", path: "/schemes/" + id + "/evidence?measure=swemwbs"}).is(200)
			var body struct{ Finding map[string]any }
			must(t, json.Unmarshal([]byte(got.body), &body))
			if n := compare(t, name, body.Finding["counts"], expected[name].(m)["counts"]); n < 6 {
				t.Errorf("%s: only %d counts compared", name, n)
			}
			delete(expected, name)
		}
		if len(expected) > 0 {
			t.Errorf("not here: %v", expected)
		}
	})
}

// send sets an organisation up for a case, sends every person, referral and
// score of its file, and returns the schemes' identifiers by name.
func (w *town) send(name string) map[string]string {
	w.T.Helper()
	c := kit.ReadCase(w.T, name)
	_, err := w.App.PrepareImport(w.T.Context(), w.Archive(), c.SetUp)
	must(w.T, err)
	schemes := map[string]string{}
	for _, s := range w.do(request{as: "gil", path: "/schemes"}).is(200).json()["items"].([]any) {
		schemes[s.(m)["name"].(string)] = s.(m)["id"].(string)
	}
	for _, a := range c.Arrivals {
		on := a.Referral.ReceivedOn.String()
		referral := w.do(request{as: "gil", path: "/referrals", body: m{
			"person": w.person("gil", a.Person.Reference), "scheme": schemes[string(a.Referral.Scheme)], "received_on": on, "accepted_on": on,
		}}).is(201).id()
		for _, s := range a.Assessments {
			w.do(request{as: "gil", path: "/assessments", body: m{
				"referral": referral, "measure": string(s.Measure), "on": s.On.String(),
				"occasion": string(s.Occasion), "score": json.Number(c.Scores[s.Line]),
			}}).is(201)
		}
	}
	return schemes
}

// compare holds every figure that both have against each other, within the
// tolerances of C16, and says how many there were.
func compare(t *testing.T, path string, got, want any) (n int) {
	t.Helper()
	switch want := want.(type) {
	case map[string]any:
		of, ok := got.(map[string]any)
		if !ok {
			t.Errorf("%s is %v and no object", path, got)
			return 0
		}
		for key, w := range want {
			if g, there := of[key]; there {
				n += compare(t, path+"."+key, g, w)
			}
		}
		return n
	case []any:
		of, ok := got.([]any)
		if !ok || len(of) != len(want) {
			t.Errorf("%s is %v, want %v", path, got, want)
			return 0
		}
		for i := range want {
			n += compare(t, path, of[i], want[i])
		}
		return n
	case float64:
		if g, ok := got.(float64); !ok || !near(path, g, want) {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
	default:
		if got != want {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
	}
	return 1
}

// near: closed forms to 1e-9, what is iterated and p-values beyond 1e-9 to 1e-6.
func near(path string, got, want float64) bool {
	relative, floor := 1e-9, 1e-12
	switch {
	case strings.Contains(path, "_nct_"):
		relative, floor = 1e-6, 1e-9
	case strings.HasSuffix(path, ".p") && want < 1e-9:
		relative, floor = 1e-6, 0
	}
	return math.Abs(got-want) <= math.Max(relative*math.Abs(want), floor)
}
