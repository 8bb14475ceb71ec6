package exchange_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/exchange"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

func TestReadSettings_Definition(t *testing.T) {
	s, err := exchange.ReadSettings(open(t, "sleep", "case.json"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Definition("hours", 1)
	if err != nil {
		t.Fatal(err)
	}
	sc := d.Scores[0]
	if sc.Min != -50 || sc.Max != 100 || sc.Decimals != 1 || sc.Open || sc.Direction != measure.HigherIsBetter || !sc.Enter {
		t.Errorf("score %+v", sc)
	}
	if r := sc.Reliability; *r.Coefficient != 0.8 || *r.SD != 2 || r.Source != "datasets::sleep" {
		t.Errorf("reliability %+v", *sc.Reliability)
	}
	if *sc.Norm.Mean != 1 || *sc.Norm.SD != 2 || d.Licence.Source != "datasets::sleep" || d.Wording != measure.ScoreOnly {
		t.Errorf("norm %+v, licence %+v, wording %s", *sc.Norm, d.Licence, d.Wording)
	}
	items, err := s.Plan("hours")
	if err != nil || len(items) != 2 || items[1].DueDays != 7 {
		t.Errorf("plan %+v, %v", items, err)
	}
	for point, want := range map[string]scheme.Occasion{"drug1": scheme.Baseline, "drug2": "day-7"} {
		if got, ok := s.Occasion(point); got != want || !ok {
			t.Errorf("occasion of %s is %q, want %q", point, got, want)
		}
	}
	if _, ok := s.Occasion("drug3"); ok {
		t.Error("a time point that is not in the settings has an occasion")
	}
	if _, err := s.Definition("minutes", 0); !fault.Is(err, fault.MeasureUnknown) {
		t.Errorf("a measure that is not in the settings: %v", err)
	}
}

// R writes 0.1 with seventeen digits, and 100000 as 1e+05; the scale's ends
// decide how fine its levels are when the scores themselves do not.
func TestReadSettings_NumbersAsRWritesThem(t *testing.T) {
	s, err := exchange.ReadSettings(strings.NewReader(`{"timepoints": ["pre", "post"], "days": [0, 84], "compare": [],
		"measures": [{"name": "Sleep (hours)", "higher_is_better": true, "min": 0.10000000000000001, "max": 1e+05}]}`))
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Definition("sleep-hours", 0)
	if err != nil {
		t.Fatal(err)
	}
	if sc := d.Scores[0]; sc.Decimals != 1 || sc.Min != 1 || sc.Max != 1_000_000 {
		t.Errorf("score runs from %d to %d with %d decimals, want 1 to 1000000 with 1", sc.Min, sc.Max, sc.Decimals)
	}
}

func TestReadSettings_EveryProblemAtOnce(t *testing.T) {
	_, err := exchange.ReadSettings(strings.NewReader(`{"name": 7, "timepoints": ["pre", "pre"], "days": [0, 0, "x"], "colour": "red",
		"measures": [
			{"name": "swb", "higher_is_better": "yes", "rel": 1.2, "sd_ref": 0, "min": 35, "max": 7, "maximum": 8},
			{"name": "swb", "higher_is_better": true, "min": 0.00001, "pop_sd": -1, "cutoff": 3},
			{"name": "??", "higher_is_better": true, "max": 4, "cutoff_side": "left"}],
		"compare": [{"by": "ot"}, "ot", {"by": "ot", "ref": "none"}, {"by": "ot", "ref": "none"}]}`))
	all, accident := fault.All(err)
	if accident != nil {
		t.Fatal(accident)
	}
	var got []string
	for _, f := range all {
		if f.Code != fault.SettingsInvalid || f.Detail == "" {
			t.Errorf("%s: code %s, %q", f.Field, f.Code, f.Detail)
		}
		got = append(got, f.Field)
	}
	want := []string{
		"colour", "name", "timepoints[1]", "days", "days[1]", "days[2]",
		"measures[0].higher_is_better", "measures[0].rel", "measures[0].sd_ref", "measures[0].min", "measures[0].maximum",
		"measures[1].name", "measures[1].min", "measures[1].pop_sd", "measures[1].cutoff_side",
		"measures[2].name", "measures[2].cutoff_side",
		"compare[0]", "compare[1]", "compare[3]",
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("complaints at\n%q, want\n%q", got, want)
	}
}

func TestReadSettings_NotSettings(t *testing.T) {
	for name, c := range map[string]struct{ text, field, says string }{
		"empty":                {"", "", "not JSON"},
		"not JSON":             {"person_id,scheme", "", "not JSON"},
		"broken off":           {`{"name": "x"`, "", "not JSON"},
		"two objects":          {`{"name": "x"} {}`, "", "after its closing brace"},
		"a list":               {`[]`, "", "as an object"},
		"without measures":     {`{"timepoints": ["a", "b"], "days": [0, 7]}`, "measures", "at least one measure"},
		"with one time point":  {`{"timepoints": ["a"], "days": [0], "measures": [{"name": "m", "higher_is_better": true}]}`, "timepoints", "at least two"},
		"too many times":       {`{"timepoints": ["a"` + strings.Repeat(`, "b"`, 1000) + `]}`, "timepoints", "at most 1000"},
		"half a day":           {`{"timepoints": ["a", "b"], "days": [0, 7.5], "measures": [{"name": "m", "higher_is_better": true}]}`, "days[1]", "whole number"},
		"measures not a list":  {`{"timepoints": ["a", "b"], "days": [0, 7], "measures": {"name": "m"}}`, "measures", "as a list"},
		"direction not stated": {`{"timepoints": ["a", "b"], "days": [0, 7], "measures": [{"name": "m"}]}`, "measures[0].higher_is_better", "true or false"},
	} {
		_, err := exchange.ReadSettings(strings.NewReader(c.text))
		all, accident := fault.All(err)
		if accident != nil || len(all) == 0 {
			t.Errorf("%s: accident %v, faults %v", name, accident, all)
			continue
		}
		found := slices.ContainsFunc(all, func(f *fault.Fault) bool {
			return f.Code == fault.SettingsInvalid && f.Field == c.field && strings.Contains(f.Detail, c.says)
		})
		if !found {
			t.Errorf("%s: %v; want %q at %q", name, fmt.Sprint(all), c.says, c.field)
		}
	}
}
