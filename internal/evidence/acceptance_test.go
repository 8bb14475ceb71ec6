package evidence_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// R's results come first: if these differ, nothing else matters. Every key that
// a finding has and R's file has is compared, so a key is never forgotten; the
// number of keys may only grow.
func TestOf_Acceptance(t *testing.T) {
	for _, c := range []struct {
		name, results string
		decimals      int
		groups, keys  int // at least
	}{
		{"sleep", "hours|drug1|drug2", 1, 2, 266},
		{"madeup", "swb|pre|post", 0, 4, 532},
	} {
		t.Run(c.name, func(t *testing.T) {
			score := settings(t, c.name, c.decimals)
			tables := read(t, c.name, score)
			var want struct {
				Results map[string]struct {
					Overall  any            `json:"overall"`
					ByScheme map[string]any `json:"by_scheme"`
				} `json:"results"`
			}
			decode(t, c.name, "expected.json", &want)
			expected := want.Results[c.results]
			if len(expected.ByScheme)+1 != c.groups || len(tables) != c.groups {
				t.Fatalf("%d schemes expected, %d tables read, want %d groups", len(expected.ByScheme), len(tables), c.groups)
			}
			keys := 0
			for name, table := range tables {
				with := expected.ByScheme[name]
				if name == "" {
					with = expected.Overall
				}
				keys += compare(t, name, generic(t, evidence.Of(score, table)), with)
			}
			if keys < c.keys {
				t.Errorf("%d keys compared, want at least %d", keys, c.keys)
			}
		})
	}
}

// compare walks what we have and compares every key that R has too.
func compare(t *testing.T, path string, got, want any) int {
	t.Helper()
	keys := 0
	switch g := got.(type) {
	case map[string]any:
		w, ok := want.(map[string]any)
		if !ok {
			t.Errorf("%s: we have an object, R has %v", path, want)
			return 0
		}
		for key, value := range g {
			if with, has := w[key]; has {
				keys += compare(t, path+"."+key, value, with)
			}
		}
		return keys
	case []any:
		w, ok := want.([]any)
		if !ok || len(w) != len(g) {
			t.Errorf("%s: %v, want %v", path, got, want)
			return 0
		}
		for i := range g {
			keys += compare(t, fmt.Sprintf("%s[%d]", path, i), g[i], w[i])
		}
		return keys
	case float64:
		if w, ok := want.(float64); !ok || !near(path, g, w) {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	default:
		if got != want {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	}
	return 1
}

// near is C16: counts exactly, closed forms to 1e-9, the non-central t and
// p-values below 1e-9 to 1e-6.
func near(path string, got, want float64) bool {
	last := path[strings.LastIndex(path, ".")+1:]
	relative, floor := 1e-9, 1e-12
	switch {
	case last == "n" || last == "x" || last == "df" || strings.HasPrefix(last, "n_") || strings.HasPrefix(last, "counts_if"):
		return got == want
	case strings.HasPrefix(last, "d_z_ci_nct"):
		relative, floor = 1e-6, 1e-9
	case last == "p" && want < 1e-9:
		relative, floor = 1e-6, 0
	}
	return math.Abs(got-want) <= max(floor, relative*math.Abs(want))
}

func generic(t *testing.T, f evidence.Finding) any {
	t.Helper()
	raw, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func decode(t *testing.T, name, file string, to any) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("../../testdata/acceptance", name, file))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, to); err != nil {
		t.Fatal(err)
	}
}

// settings is the score of a case's one measure.
func settings(t *testing.T, name string, decimals int) measure.Score {
	t.Helper()
	var s struct {
		Measures []struct {
			Name     string
			Higher   bool    `json:"higher_is_better"`
			Rel      float64 `json:"rel"`
			SD       float64 `json:"sd_ref"`
			Min, Max float64
			PopMean  float64  `json:"pop_mean"`
			PopSD    float64  `json:"pop_sd"`
			Cutoff   *float64 `json:"cutoff"`
			Side     string   `json:"cutoff_side"`
		}
	}
	decode(t, name, "case.json", &s)
	m := s.Measures[0]
	if !m.Higher {
		t.Fatalf("%s: lower is better; this test does not read that", name)
	}
	scale := float64(measure.Pow10(decimals))
	var cutoff *measure.Cutoff
	if m.Cutoff != nil {
		cutoff = &measure.Cutoff{Points: *m.Cutoff, Side: measure.Side(m.Side)}
	}
	return measure.Score{
		Cutoff: cutoff, Norm: &measure.Norm{Mean: &m.PopMean, SD: &m.PopSD},
		Series: measure.Series(m.Name), Name: m.Name, Direction: measure.HigherIsBetter, Decimals: decimals,
		Min: measure.Level(m.Min * scale), Max: measure.Level(m.Max * scale),
		Reliability: &measure.Reliability{Coefficient: &m.Rel, SD: &m.SD},
	}
}

// read counts wide.csv into a table for each scheme, and one for all under "".
func read(t *testing.T, name string, score measure.Score) map[string]scheme.Transitions {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("../../testdata/acceptance", name, "wide.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]scheme.Transitions{"": scheme.NewTransitions()}
	for _, row := range rows[1:] {
		before, hasBefore := level(t, row[len(row)-2], score)
		after, hasAfter := level(t, row[len(row)-1], score)
		one := tally(before, after, hasBefore, hasAfter)
		if _, ok := tables[row[1]]; !ok {
			tables[row[1]] = scheme.NewTransitions()
		}
		for _, to := range []string{"", row[1]} {
			table := tables[to]
			table.Add(one)
			tables[to] = table
		}
	}
	return tables
}

func level(t *testing.T, text string, score measure.Score) (measure.Level, bool) {
	t.Helper()
	if text == "" {
		return 0, false
	}
	l, err := measure.ParseLevel(text, score.Decimals)
	if err != nil {
		t.Fatal(err)
	}
	return l, true
}

// tally is one person who was due.
func tally(before, after measure.Level, hasBefore, hasAfter bool) scheme.Tally {
	one := scheme.Tally{State: scheme.Enrolled, Stage: scheme.StageStarted, From: before, To: after, People: 1}
	switch {
	case hasBefore && hasAfter:
		one.State = scheme.Paired
	case hasBefore:
		one.State = scheme.BaselineOnly
	case hasAfter:
		one.State = scheme.FollowupOnly
	}
	return one
}
