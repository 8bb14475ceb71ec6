package exchange_test

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sebdah/goldie/v2"

	"cairn/internal/exchange"
	"cairn/internal/scheme"
)

// today is after everything in the acceptance cases.
func today(t interface {
	Helper()
	Fatal(...any)
}) scheme.Day {
	t.Helper()
	d, err := scheme.ParseDay("2026-06-30")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func open(t *testing.T, name, file string) *bytes.Reader {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("../../testdata/acceptance", name, file))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(raw)
}

func load(t *testing.T, name, file string) *exchange.Data {
	t.Helper()
	s, err := exchange.ReadSettings(open(t, name, "case.json"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := exchange.Read(open(t, name, file), s, today(t))
	if err != nil {
		t.Fatal(err)
	}
	if d.Form == exchange.Long {
		if err := d.ReadPeople(open(t, name, "people.csv")); err != nil {
			t.Fatal(err)
		}
	}
	if len(d.Rejects) > 0 || d.Repeats > 0 {
		t.Fatalf("rejects %v, repeats %d", d.Rejects, d.Repeats)
	}
	return d
}

// From either file to R's results, under the same names and nesting.
func TestEvaluate_Acceptance(t *testing.T) {
	for _, c := range []struct {
		name string
		keys int // at least
	}{{"sleep", 268}, {"madeup", 534}} {
		for _, file := range []string{"long.csv", "wide.csv"} {
			t.Run(c.name+"/"+file, func(t *testing.T) {
				r, err := load(t, c.name, file).Evaluate()
				if err != nil {
					t.Fatal(err)
				}
				var raw bytes.Buffer
				if err := r.WriteJSON(&raw); err != nil {
					t.Fatal(err)
				}
				var got, want any
				if err := json.Unmarshal(raw.Bytes(), &got); err != nil {
					t.Fatal(err)
				}
				if err := json.NewDecoder(open(t, c.name, "expected.json")).Decode(&want); err != nil {
					t.Fatal(err)
				}
				if keys := compare(t, "", got, want); keys < c.keys {
					t.Errorf("%d keys compared, want at least %d", keys, c.keys)
				}
			})
		}
	}
}

// compare compares every key that both have; evidence's own test holds the
// finer tolerances of C16.
func compare(t *testing.T, path string, got, want any) int {
	t.Helper()
	keys := 0
	switch g := got.(type) {
	case map[string]any:
		w, ok := want.(map[string]any)
		if !ok {
			t.Errorf("%s: we have an object, R has %v", path, want)
		}
		for key, value := range g {
			if with, has := w[key]; has {
				keys += compare(t, path+"."+key, value, with)
			}
		}
		return keys
	case []any:
		for i, value := range g {
			keys += compare(t, path, value, want.([]any)[i])
		}
		return keys
	case float64:
		if w, ok := want.(float64); !ok || math.Abs(g-w) > max(1e-12, 1e-6*math.Abs(w)) {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	default:
		if got != want {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	}
	return 1
}

func TestWriteText(t *testing.T) {
	r, err := load(t, "madeup", "wide.csv").Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := r.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	goldie.New(t).Assert(t, "madeup", text.Bytes())
	for i, line := range strings.Split(text.String(), "\n") {
		if n := len([]rune(line)); n > 100 {
			t.Errorf("line %d is %d characters long", i+1, n)
		}
	}
}

// What a file does not hold leaves nulls with a reason and no number made up.
func TestEvaluate_NothingGiven(t *testing.T) {
	s, err := exchange.ReadSettings(strings.NewReader(`{"name": "bare", "timepoints": ["a", "b", "c"], "days": [0, 7, 90],
		"measures": [{"name": "mood", "higher_is_better": false}]}`))
	if err != nil {
		t.Fatal(err)
	}
	d, err := exchange.Read(strings.NewReader("person_id,scheme,mood.a,mood.b,mood.c\nAnn,Riverside,3,2.5,\nBo,Riverside,,,\n"), s, today(t))
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Results) != 2 {
		t.Fatalf("%d results, want the first time point against each of two later ones", len(r.Results))
	}
	f := r.Results["mood|a|b"].Overall
	if f.Counts.Persons != 2 || f.Counts.Paired != 1 || f.Change.ImprovedAny != 1 || *f.Change.Mean != -0.5 {
		t.Errorf("counts %+v, change %+v; want 2 people, 1 pair, better by 0.5", f.Counts, f.Change)
	}
	if f.Change.P != nil || f.RCIFixedSD.Known() || !f.Score.Open {
		t.Errorf("p %v, reliable change %v, open %v; want none, none and an open scale", f.Change.P, f.RCIFixedSD, f.Score.Open)
	}
	if f := r.Results["mood|a|c"].ByScheme["Riverside"]; f.Counts.Lost != 1 || f.Change.Mean != nil {
		t.Errorf("at c: %+v; want one person lost and no mean", f.Counts)
	}
	var raw bytes.Buffer
	if err := r.WriteJSON(&raw); err != nil {
		t.Fatal(err)
	}
	for _, null := range []string{`"threshold_196": null`, `"mean_change_best_case": null`, `"x": null`} {
		if !strings.Contains(raw.String(), null) {
			t.Errorf("nothing says %s though no reliability and no ends of the scale were given", null)
		}
	}
}
