package site_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// poor are schemes of which there is little or nothing to tell, by what is wrong
// with them.
func (w *town) poor() map[string]scheme.ID {
	w.T.Helper()
	from, err := scheme.ParseDay("2026-01-05")
	must(w.T, err)
	somebody := func(n, before, after int) (all []kit.Somebody) {
		for i := range n {
			all = append(all, kit.Somebody{On: from.Plus(i % 28), Before: before, After: after})
		}
		return all
	}
	all := map[string]scheme.ID{}
	for name, people := range map[string][]kit.Somebody{
		"nobody": nil, "one person": somebody(1, 18, 22), "everybody the same": somebody(40, 20, 20), "only baselines": somebody(40, 20, 0),
	} {
		made, err := w.App.AddScheme(w.T.Context(), w.Ann, app.NewScheme{Name: "Scheme of " + name, Measures: []measure.Key{"swemwbs", "ons4"}, Weeks: 12, StartedOn: "2024-01-01"})
		must(w.T, err)
		for i := range people {
			people[i].Reference = fmt.Sprintf("%.4s-%02d", strings.ToUpper(name), i)
		}
		w.Crowd(w.Ann, made, people...)
		all[name] = made.ID
	}
	all["another period"] = all["everybody the same"]
	return all
}

// Little or nothing to tell is told as that, on every page: nobody's change is no
// zero, one person's is no mean, a figure has something to draw, and a period that
// is over is not waited for.
func TestPagesOfLittle(t *testing.T) {
	w := onSQLite(t)
	ann := w.signedIn("ann")
	const missing, nobody = "Nobody's window has closed yet", "0, 0, 0"
	all := w.poor()
	for name, id := range all {
		for page, want := range map[string]map[string]string{
			"/schemes/%s/evidence?": {"nobody": "There is nothing to count yet", "one person": "One person's change says nothing about a scheme", "everybody the same": "Nobody's score changed, so no interval can be given",
				"only baselines": "there is no change to show", "another period": "Nobody has been referred in this period"},
			"/compare?scheme=%s&":             {"nobody": missing, "one person": "not given for one person", "everybody the same": "0.00 not estimable: everyone changed by the same amount Better, same, worse 0, 40, 0", "only baselines": "nobody measured twice", "another period": "closed in this period (2023-Q1)"},
			"/compare?by=source&scheme=%s&":   {"nobody": missing, "one person": "not given for one person", "everybody the same": "0, 40, 0", "only baselines": "nobody measured twice", "another period": "closed in this period (2023-Q1)"},
			"/compare?by=period&scheme=%s&":   {"nobody": missing, "one person": "not given for one person", "everybody the same": "0, 40, 0", "only baselines": "nobody measured twice", "another period": "closed in this period (2023-Q1)"},
			"/compare?by=category&scheme=%s&": {"nobody": missing, "one person": "not given for one person", "everybody the same": "0, 40, 0", "only baselines": "nobody measured twice", "another period": "closed in this period (2023-Q1)"},
			"/schemes/%s/equity?":             {"nobody": missing, "one person": "not given for one person", "everybody the same": "0, 40, 0", "only baselines": "nobody measured twice", "another period": "closed in this period (2023-Q1)"},
			"/ot?scheme=%s&": {"nobody": missing, "one person": "with the 1 person measured twice without", "everybody the same": "0 people were measured twice with an occupational therapist", "only baselines": "nobody measured twice",
				"another period": "closed in this period (2023-Q1)"},
			"/schemes/%s/comparator?": {"nobody": "There is no comparison group yet"},
			"/schemes/%s/value?":      {"nobody": "No cost is entered for", "another period": "No cost is entered for 2023-Q1"},
		} {
			at := fmt.Sprintf(page, id) + "measure=swemwbs-metric"
			if name == "another period" {
				at += "&from=2023-Q1&to=2023-Q1"
			}
			got := ann.get(at).is(http.StatusOK).says(want[name]).silent("NaN", "+Inf", "%!", "+2.55")
			if !strings.Contains(page, "/evidence") { // whose pictures list counts
				got.silent(nobody)
			}
			for n := range got.root.Descendants() {
				if has(n, "data-chart") && (n.FirstChild == nil || len(n.FirstChild.Data) < 100) {
					t.Errorf("%s %s draws an empty chart", name, page)
				}
			}
			if name == "another period" {
				got.silent("come back later", "nothing to count yet", "10 people more", "Until there are more")
			}
			if name == "another period" && strings.Contains(page, "/evidence") {
				got.says("Nothing is counted in it", "Nothing that is measured now: these quarters are over")
			}
			if bad := ann.get(at+"&colour=1").is(http.StatusUnprocessableEntity).says("There is a problem", "“colour”"); strings.Contains(bad.source, "data-chart") {
				t.Errorf("%s draws something for a filter that it does not know", page)
			}
		}
	}
	// People came in a quarter in which no window closed: they are not nobody.
	came := "/schemes/" + string(all["only baselines"]) + "/evidence"
	for _, page := range []string{came, came + "/print"} {
		ann.get(page+"?from=2026-Q1&to=2026-Q1").is(http.StatusOK).
			says("40 people were referred in this period, and nobody's time for the later score ended in it: the first of them counts in 2026-Q2").silent("Nobody has been referred", "0 referred")
		ann.get(page + "?from=2040-Q1").is(http.StatusUnprocessableEntity).says("2040-Q1 has not begun, so nobody can be counted in it").silent("nothing to count yet")
	}
	in := app.NewComparator{
		Series: "swemwbs-metric", Label: "Practices", Source: "Survey", Eligible: "Adults", From: "2026-01-05", Until: "2026-03-30", Weeks: 12, Random: "no", Rows: "before,after,people\n18.59,18.59,40\n",
	}
	for name, says := range map[string]string{
		"nobody": "0 people were measured twice in the scheme", "one person": "1 person was measured twice in the scheme", "only baselines": "0 people were measured twice in the scheme",
		"everybody the same": "their baselines have no spread",
	} {
		in.Scheme = all[name]
		_, err := w.App.AddComparator(t.Context(), w.Ann, in)
		must(t, err)
		ann.get("/schemes/"+string(in.Scheme)+"/comparator?measure=swemwbs-metric").is(http.StatusOK).
			says("These two groups are not compared.", says).silent("NaN", nobody, "+2.55", "what is left between the two groups")
	}
}
