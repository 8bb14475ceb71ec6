package main

import (
	"encoding/csv"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/testkit/agree"
)

// The two acceptance cases, and what their one result is called.
var cases = []struct{ name, result, measure string }{
	{"madeup", "swb|pre|post", "swb"},
	{"sleep", "hours|drug1|drug2", "hours"},
}

func files(name string) (long, settings, people, wide string) {
	at := filepath.Join(acceptance, name)
	return filepath.Join(at, "long.csv"), filepath.Join(at, "case.json"), filepath.Join(at, "people.csv"), filepath.Join(at, "wide.csv")
}

func (w *world) expected(name, result string) map[string]any {
	w.t.Helper()
	top := tree(w.t, []byte(w.read(filepath.Join(acceptance, name, "expected.json"))))
	return top["results"].(map[string]any)[result].(map[string]any)
}

func TestEvidenceOfTheAcceptanceCases(t *testing.T) {
	for _, c := range cases {
		long, settings, people, wide := files(c.name)
		forms := map[string][]string{
			"long with people": {long, "--people", people},
			"wide":             {wide},
		}
		if c.name == "sleep" { // nobody is compared, so no groups are needed
			forms["long"] = []string{long}
		}
		for form, args := range forms {
			t.Run(c.name+" "+form, func(t *testing.T) {
				w := newWorld(t)
				s := w.must(append([]string{"evidence", "--json", "--settings", settings}, args...)...)
				got := tree(t, []byte(s.out))["results"].(map[string]any)[c.result]
				agrees(t, w.expected(c.name, c.result), got)
			})
		}
	}
}

// Groups stand in the people file. Without it a comparison that the settings ask
// for is missing, and the report says so; every other figure is there.
func TestEvidenceOfALongFileWithoutItsPeople(t *testing.T) {
	w := newWorld(t)
	long, settings, _, _ := files("madeup")
	saying(t, w.must("evidence", long, "--settings", settings).out, "Compared by ot, against without_ot",
		"no file has that column; it belongs in the people", "21 of 25 people in schemes")
}

func TestImportedCasesGiveTheExpectedFigures(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			eachWorld(t, func(t *testing.T, w *world) {
				long, settings, _, _ := files(c.name)
				s := w.mustOn("import", long, "--settings", settings, "--organisation", "Riverside", "--create-organisation")
				want := w.expected(c.name, c.result)
				paired := want["overall"].(map[string]any)["counts"].(map[string]any)["n_paired"].(float64)
				saying(t, s.err, strconv.Itoa(int(paired))+" pairs of a first and a later score", " 0 rejected")
				w.figures(c.measure, want["by_scheme"].(map[string]any))
				w.compared(c.measure, want)
				for name, scheme := range want["by_scheme"].(map[string]any) {
					w.exported(name, scheme.(map[string]any))
				}
				saying(t, w.mustOn("rebuild", "--check").err, " 0 differ")
			})
		})
	}
}

// figures holds what the application answers for each scheme.
func (w *world) figures(measure string, want map[string]any) {
	w.t.Helper()
	s, by := w.open()
	for name, of := range want {
		found, err := s.scheme(w.t.Context(), by, name)
		if err != nil {
			w.t.Fatal(err)
		}
		v, err := s.Evidence(w.t.Context(), by, app.EvidenceAsk{Scheme: found.ID, Measure: measure})
		if err != nil {
			w.t.Fatal(err)
		}
		agrees(w.t, of, tree(w.t, v.Finding))
	}
}

// compared holds what the schemes say together, by the findings that the application
// compares. The cases have schemes of a few people, which no page pools.
func (w *world) compared(measure string, want map[string]any) {
	w.t.Helper()
	s, by := w.open()
	v, err := s.Compare(w.t.Context(), by, app.CompareAsk{Measure: measure})
	if err != nil {
		w.t.Fatal(err)
	}
	findings := map[string]evidence.Finding{}
	for _, g := range v.Groups {
		if findings[g.Label] = g.Finding; g.Apart != app.ApartFew {
			w.t.Errorf("%s with %d measured twice is pooled", g.Label, g.Finding.Counts.Paired)
		}
	}
	got := tree(w.t, evidence.Across(findings))
	for _, key := range []string{"pooled_mean_change", "pooled_smcr", "funnel_mean_change", "funnel_completion", "funnel_reliably_improved", "completion_by_scheme"} {
		if tally := agree.Compare(want[key], got[key]); !tally.Agree() || want[key] != nil && tally.Compared == 0 {
			w.t.Errorf("%s: %s", key, tally)
		}
	}
	if of := len(want["by_scheme"].(map[string]any)); len(v.Groups)+len(v.Without) != of {
		w.t.Errorf("%d schemes are compared and %d left out by name, want %d", len(v.Groups), len(v.Without), of)
	}
}

// open is the world's database, and the operator at Riverside.
func (w *world) open() (*service, app.Actor) {
	w.t.Helper()
	var out, err shared
	t := w.terminal(&out, &err)
	set := &settings{t: t}
	p, failed := set.place(databaseFlags{DatabaseURL: w.url})
	if failed != nil {
		w.t.Fatal(failed)
	}
	s, failed := p.open(w.t.Context(), t)
	if failed != nil {
		w.t.Fatal(failed)
	}
	w.t.Cleanup(func() { s.close(t) })
	org, failed := s.organisation(w.t.Context(), "Riverside")
	if failed != nil {
		w.t.Fatal(failed)
	}
	return s, app.AtTerminal(org, "test")
}

// exported works the mean change out from the exported pairs.
func (w *world) exported(name string, want map[string]any) {
	w.t.Helper()
	s := w.mustOn("export", "pairs", "--organisation", "riverside", "--scheme", name)
	rows, err := csv.NewReader(strings.NewReader(s.out)).ReadAll()
	if err != nil {
		w.t.Fatal(err)
	}
	column := func(of string) int { return slices.Index(rows[0], of) }
	states := map[string]int{}
	sum := 0.0
	for _, row := range rows[1:] {
		states[row[column("state")]]++
		if row[column("state")] == "paired" {
			change, err := strconv.ParseFloat(row[column("change")], 64)
			if err != nil {
				w.t.Fatal(err)
			}
			sum += change
		}
	}
	counts, change := want["counts"].(map[string]any), want["change"].(map[string]any)
	for state, key := range map[string]string{"paired": "n_paired", "baseline": "n_lost", "followup_only": "n_followup_only"} {
		if float64(states[state]) != counts[key].(float64) {
			w.t.Errorf("%s: %d exported pairs are %s, want %v", name, states[state], state, counts[key])
		}
	}
	mean, ok := change["mean"].(float64)
	if got := sum / float64(states["paired"]); ok && math.Abs(got-mean) > 1e-9 {
		w.t.Errorf("%s: the exported changes have a mean of %v, want %v", name, got, mean)
	}
}

func TestImportingAgainAddsNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		long, settings, _, _ := files("madeup")
		w.mustOn("import", long, "--settings", settings, "--organisation", "Riverside", "--create-organisation")
		before := w.content()
		s := w.mustOn("import", long, "--settings", settings, "--organisation", "Riverside")
		saying(t, s.err, "47 rows read", "     0 accepted", "    47 already there", "0 people are new here")
		after := w.content()
		for _, traces := range []string{"audit", "audit_payloads"} {
			if before[traces] == after[traces] {
				t.Errorf("the second import left no trace in %s", traces)
			}
			delete(before, traces)
			delete(after, traces)
		}
		if !maps.Equal(before, after) {
			t.Errorf("the second import changed the database:\n%v\n%v", before, after)
		}
	})
}
