package evidence_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/testkit/agree"
)

// R's results come first: if these differ, nothing else matters. Every key that
// R's file has is required, so none is ever forgotten.
func TestAcceptance(t *testing.T) {
	for _, c := range []struct {
		name, results string
		decimals      int
		schemes, keys int // at least
	}{
		{"sleep", "hours|drug1|drug2", 1, 1, 428},
		{"madeup", "swb|pre|post", 0, 3, 1472},
	} {
		t.Run(c.name, func(t *testing.T) {
			score, all := settings(t, c.name, c.decimals)
			groups := read(t, c.name, score)
			if len(groups["scheme"]) != c.schemes {
				t.Fatalf("%d schemes read, want %d", len(groups["scheme"]), c.schemes)
			}
			got := results(t, score, groups, all.Compare)
			var want struct{ Results map[string]any }
			decode(t, c.name, "expected.json", &want)
			if tally := agree.Compare(want.Results[c.results], got); !tally.Agree() || tally.Compared < c.keys {
				t.Errorf("at least %d keys are expected:\n%s", c.keys, tally)
			}
		})
	}
}

// results are all figures of one case, under the names of R's file.
func results(t *testing.T, score measure.Score, groups map[string]map[string]scheme.Transitions, compare []comparison) any {
	t.Helper()
	everybody, findings := scheme.NewTransitions(), map[string]evidence.Finding{}
	for name, table := range groups["scheme"] {
		everybody.Merge(table)
		findings[name] = evidence.Of(score, table)
	}
	raw, err := json.Marshal(evidence.Across(findings))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]any{}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	all["overall"], all["by_scheme"] = evidence.Of(score, everybody), findings
	for _, c := range compare {
		compared, err := evidence.Compare(score, c.Ref, groups[c.By])
		if err != nil {
			t.Fatalf("compare_%s: %v", c.By, err)
		}
		all["compare_"+c.By] = compared
	}
	tree, err := agree.Tree(all)
	if err != nil {
		t.Fatal(err)
	}
	return tree
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

// A comparison is asked for by a case: groups by a column, against one of them.
type comparison struct{ By, Ref string }

// asked is what these tests read of case.json.
type asked struct {
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
	Compare []comparison
}

// settings is the score of a case's one measure, and what else it asks for.
func settings(t *testing.T, name string, decimals int) (measure.Score, asked) {
	t.Helper()
	var s asked
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
	}, s
}

// read counts wide.csv into a table for each group, by column: the scheme, and
// whatever else groups people. The last two columns are the scores.
func read(t *testing.T, name string, score measure.Score) map[string]map[string]scheme.Transitions {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("../../testdata/acceptance", name, "wide.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]map[string]scheme.Transitions{}
	scores := len(rows[0]) - 2
	for _, row := range rows[1:] {
		before, hasBefore := level(t, row[scores], score)
		after, hasAfter := level(t, row[scores+1], score)
		one := tally(before, after, hasBefore, hasAfter)
		for at, column := range rows[0][1:scores] {
			if tables[column] == nil {
				tables[column] = map[string]scheme.Transitions{}
			}
			table, known := tables[column][row[at+1]]
			if !known {
				table = scheme.NewTransitions()
			}
			table.Add(one)
			tables[column][row[at+1]] = table
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
