package measure_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/internal/fault"
	"cairn/internal/measure"
)

// vectors is a file of testdata/measures, which R writes from the published
// rules.
type vectors struct {
	About  string
	Source string
	Cases  []struct {
		Answers []*int // in the order of the items; nil: left out
		Series  measure.Series
		Score   string
		Gives   map[measure.Series]string // score points
		Refused fault.Code
	}
}

// Every measure that ships has vectors, and scores them.
func TestVectors(t *testing.T) {
	all, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		t.Run(string(d.Key), func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join("../../testdata/measures", string(d.Key)+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var v vectors
			if err := json.Unmarshal(raw, &v); err != nil {
				t.Fatal(err)
			}
			if v.Source == "" || len(v.Cases) < 3 {
				t.Fatalf("%d cases from “%s”: say where they come from, and give three at least", len(v.Cases), v.Source)
			}
			for i, c := range v.Cases {
				made, err := d.FromScore(c.Series, c.Score)
				if c.Answers != nil {
					made, err = d.FromItems(responses(t, d, c.Answers))
				}
				if c.Refused != "" {
					if !fault.Is(err, c.Refused) {
						t.Errorf("case %d: %v, %v; want it refused with %s", i, made, err, c.Refused)
					}
					continue
				}
				if err != nil {
					t.Errorf("case %d: %v", i, err)
					continue
				}
				if diff := cmp.Diff(levels(t, d, c.Gives), bySeries(made)); diff != "" {
					t.Errorf("case %d: %s", i, diff)
				}
			}
		})
	}
}

func responses(t *testing.T, d measure.Definition, answers []*int) map[string]int {
	t.Helper()
	if len(answers) != len(d.Items) {
		t.Fatalf("%d answers to %d items", len(answers), len(d.Items))
	}
	said := map[string]int{}
	for i, a := range answers {
		if a != nil {
			said[d.Items[i].Key] = *a
		}
	}
	return said
}

func levels(t *testing.T, d measure.Definition, points map[measure.Series]string) map[measure.Series]measure.Level {
	t.Helper()
	all := map[measure.Series]measure.Level{}
	for series, text := range points {
		sc, ok := d.Score(series)
		if !ok {
			t.Fatalf("%s has no score %s", d.Key, series)
		}
		l, err := measure.ParseLevel(text, sc.Decimals)
		if err != nil {
			t.Fatal(err)
		}
		all[series] = l
	}
	return all
}

func bySeries(made []measure.Scored) map[measure.Series]measure.Level {
	all := map[measure.Series]measure.Level{}
	for _, s := range made {
		if _, twice := all[s.Series]; twice {
			panic(fmt.Sprintf("two scores of the series %s", s.Series))
		}
		all[s.Series] = s.Level
	}
	return all
}
