package exchange_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sebdah/goldie/v2"

	"cairn/internal/exchange"
	"cairn/internal/scheme"
	"cairn/internal/testkit/agree"
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

// From either file to R's results, under the same names and nesting: every key
// of R's file, within the tolerances.
func TestEvaluate_Acceptance(t *testing.T) {
	for _, c := range []struct {
		name string
		keys int // at least
	}{{"sleep", 428}, {"madeup", 1472}} {
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
				got, err := agree.Tree(raw.Bytes())
				if err != nil {
					t.Fatal(err)
				}
				var want map[string]any
				if err := json.NewDecoder(open(t, c.name, "expected.json")).Decode(&want); err != nil {
					t.Fatal(err)
				}
				delete(want, "case")   // R's file says where its own
				delete(want, "source") // people come from
				if tally := agree.Compare(want, got); !tally.Agree() || tally.Compared < c.keys {
					t.Errorf("at least %d keys are expected:\n%s", c.keys, tally)
				}
			})
		}
	}
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
