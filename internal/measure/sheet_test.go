package measure_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/internal/fault"
	"cairn/internal/measure"
)

// lookUp scores by a sheet as a browser does: it adds up and looks up.
func lookUp(s measure.Sheet, answers []*int, d measure.Definition) map[measure.Series]string {
	all := map[measure.Series]string{}
	points, answered := map[int]int{}, 0
	for i, a := range answers {
		if a == nil {
			continue
		}
		p, ok := s.Items[i].Points[d.Items[i].Response(*a)]
		if !ok {
			return all
		}
		points[i], answered = p, answered+1
	}
	if len(answers)-answered > s.Missing || answered == 0 {
		return all
	}
	for _, sc := range s.Scores {
		n, sum := 0, 0
		for _, i := range sc.Items {
			if p, ok := points[i]; ok {
				n, sum = n+1, sum+p
			}
		}
		if text, ok := sc.Results[n][sum]; ok {
			all[sc.Series] = text
		}
	}
	return all
}

// Every golden vector comes out of the written-out tables too, but for goal
// attainment, whose rule is no table.
func TestSheetsScoreTheVectors(t *testing.T) {
	defs, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, d := range defs {
		raw, err := os.ReadFile(filepath.Join("../../testdata/measures", string(d.Key)+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var v vectors
		if err := json.Unmarshal(raw, &v); err != nil {
			t.Fatal(err)
		}
		s := d.Sheet()
		if out, err := json.Marshal(s); err != nil || len(out) > 120_000 {
			t.Errorf("%s: a sheet of %d bytes, %v", d.Key, len(out), err)
		}
		for i, c := range v.Cases {
			want, got := c.Gives, lookUp(s, c.Answers, d)
			if c.Answers == nil {
				got = map[measure.Series]string{}
				for _, r := range s.Typed[c.Series][c.Score] { // the vectors of these write the shortest form
					got[r.Series] = r.Text
				}
			}
			if d.Key == "gas" || c.Answers == nil && len(s.Typed[c.Series]) == 0 {
				continue
			}
			if c.Refused == fault.ScoreContradicts {
				continue // each score is made, and only what is sent is held against the other
			}
			if want == nil {
				want = map[measure.Series]string{}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, case %d: %s", d.Key, i, diff)
			}
			compared++
		}
	}
	if compared < 80 {
		t.Errorf("only %d vectors were compared", compared)
	}
	if gas := sheetOf(t, "gas"); len(gas.Scores) > 0 {
		t.Error("goal attainment is no table")
	}
}

func sheetOf(t *testing.T, key measure.Key) measure.Sheet {
	t.Helper()
	return definition(t, key).Sheet()
}

func definition(t *testing.T, key measure.Key) measure.Definition {
	t.Helper()
	defs, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range defs {
		if d.Key == key {
			return d
		}
	}
	t.Fatalf("there is no measure %s", key)
	return measure.Definition{}
}

func TestFromDigits(t *testing.T) {
	for _, c := range []struct {
		of      measure.Key
		typed   string
		want    string // the answers in order, - for one left out
		refused fault.Code
	}{
		{"swemwbs", "3425341", "3 4 2 5 3 4 1", ""},
		{"swemwbs", "3 4 2 5 3 4 1", "3 4 2 5 3 4 1", ""},
		{"swemwbs", "342,534,1", "3 4 2 5 3 4 1", ""},
		{"swemwbs", "342534", "", fault.ItemsMissing},
		{"swemwbs", "34253411", "", fault.ItemsMissing},
		{"swemwbs", "", "", fault.ItemsMissing},
		{"swemwbs", "3426341", "", fault.ScoreRange},
		{"swemwbs", "3420341", "", fault.ScoreRange},
		{"swemwbs", "342x341", "", fault.ScoreRange},
		{"swemwbs", "342٣341", "", fault.ScoreRange},
		{"phq9", "01-230110", "0 1 - 2 3 0 1 1 0", ""},
		{"ons4", "7 8 10 3", "7 8 10 3", ""},
		{"ons4", "78103", "7 8 10 3", ""},
		{"ons4", "10 10 10 10", "10 10 10 10", ""},
		{"ons4", "1 0 5 5", "1 0 5 5", ""},
		{"ons4", "1055", "", fault.ItemsMissing},
		{"ons4", "7 - 11 3", "", fault.ScoreRange},
	} {
		d := definition(t, c.of)
		got, err := d.FromDigits(c.typed)
		if c.refused != "" {
			if all, _ := fault.All(err); len(all) != 1 || all[0].Code != c.refused || all[0].Field != "digits" {
				t.Errorf("%s %q: %v %v, want %s at digits", c.of, c.typed, got, err, c.refused)
			}
			continue
		}
		said := ""
		for i, it := range d.Items {
			if i > 0 {
				said += " "
			}
			if r, ok := got[it.Key]; ok {
				said += it.Response(r)
			} else {
				said += "-"
			}
		}
		if err != nil || said != c.want {
			t.Errorf("%s %q: %q %v, want %q", c.of, c.typed, said, err, c.want)
		}
	}
	for _, key := range []measure.Key{"copm", "gas", "austoms-ot", "mohost", "eq-vas"} {
		if definition(t, key).Keyed() {
			t.Errorf("%s cannot be keyed in as digits", key)
		}
	}
}

// A sheet knows which levels a score goes with, wherever the published cut points
// change, and which measures are read as a profile.
func TestSheetOfRanksAndProfiles(t *testing.T) {
	pam := bundled(t, "pam").Sheet()
	want := []measure.SheetRank{{Of: "pam-score", Rank: "pam-level", Steps: []measure.SheetStep{
		{From: 0, Ranks: []string{"1"}}, {From: 47.1, Ranks: []string{"2"}}, {From: 55.2, Ranks: []string{"3"}},
		{From: 67.1, Ranks: []string{"3", "4"}}, {From: 72.5, Ranks: []string{"4"}},
	}}}
	if diff := cmp.Diff(want, pam.Ranks); diff != "" || pam.Profile {
		t.Errorf("PAM: %s", diff)
	}
	if eq := bundled(t, "eq5d5l").Sheet(); !eq.Profile || len(eq.Ranks) > 0 {
		t.Errorf("EQ-5D-5L: profile %v, %v", eq.Profile, eq.Ranks)
	}
}
