package measure_test

import (
	"strings"
	"testing"

	"cairn/internal/fault"
	"cairn/internal/measure"
)

// The first wave, and which way is better: a direction the wrong way round
// turns every finding over.
func TestCatalogue(t *testing.T) {
	all, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	lower := map[measure.Series]bool{
		"ons4-anxiety": true, "ucla3": true, "phq9": true, "gad7": true, "phq4": true, "phq4-anxiety": true, "phq4-depression": true,
		"core10": true, "djg6": true, "djg6-emotional": true, "djg6-social": true, "mycaw-concern-1": true, "mycaw-concern-2": true,
		"mycaw-wellbeing": true, "eq5d5l-mobility": true, "eq5d5l-self-care": true, "eq5d5l-usual-activities": true,
		"eq5d5l-pain": true, "eq5d5l-anxiety": true,
	}
	var keys []string
	for _, d := range all {
		keys = append(keys, string(d.Key))
		for _, sc := range d.Scores {
			if (sc.Direction == measure.LowerIsBetter) != lower[sc.Series] {
				t.Errorf("%s: %s", sc.Series, sc.Better())
			}
		}
	}
	want := "austoms-ot copm core10 djg6 eq-vas eq5d5l gad7 gas gbo mohost mycaw ons-loneliness ons4 pam phq4 phq9 swemwbs tom ucla3 wellbeing-star wemwbs who5"
	if got := strings.Join(keys, " "); got != want {
		t.Errorf("the library has\n%s, want\n%s", got, want)
	}
}

// Whatever is shown of a measure says how surely it is known.
func TestCatalogueIsSure(t *testing.T) {
	all, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		sure := func(what string, c measure.Certainty) {
			if c.Says() == "" {
				t.Errorf("%s: %s has the certainty “%s”", d.Key, what, c)
			}
		}
		sure("the licence", d.Licence.Certainty)
		if d.MinAge != nil {
			sure("the lowest age", d.MinAge.Certainty)
		}
		if len(d.Presentation.Ways) == 0 {
			t.Errorf("%s does not say how it may be asked", d.Key)
		}
		for _, c := range d.Codes {
			if c.System == measure.SNOMED {
				t.Errorf("%s ships the SNOMED CT code %s, which our licence does not allow", d.Key, c.Code)
			}
		}
		for _, sc := range d.Scores {
			if sc.Threshold != nil {
				sure(sc.Name+": threshold", sc.Threshold.Certainty)
			}
			for _, th := range sc.Also {
				sure(sc.Name+": also", th.Certainty)
			}
			if sc.Reliability != nil {
				sure(sc.Name+": reliability", sc.Reliability.Certainty)
			}
			for _, r := range sc.Retests {
				sure(sc.Name+": retest", r.Certainty)
			}
			if sc.Norm != nil {
				sure(sc.Name+": norm", sc.Norm.Certainty)
			}
			for _, n := range sc.Norms {
				sure(sc.Name+": norms", n.Certainty)
			}
			for _, b := range sc.Bands {
				sure(sc.Name+": bands", b.Certainty)
			}
			if sc.Missing != nil {
				sure(sc.Name+": missing", sc.Missing.Certainty)
			}
		}
	}
}

// Words of a measure stand in the repository only where its licence says so.
func TestNoLicensedWording(t *testing.T) {
	all, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	bundled := "core10 gad7 ons-loneliness ons4 phq4 phq9 ucla3"
	var got []string
	for _, d := range all {
		words := d.Intro
		for _, it := range d.Items {
			words += it.Text
		}
		if words != "" {
			got = append(got, string(d.Key))
		}
		if (words != "") != (d.Wording == measure.Bundled) {
			t.Errorf("%s: wording %s, words “%.40s”", d.Key, d.Wording, words)
		}
	}
	if strings.Join(got, " ") != bundled {
		t.Errorf("words of %v, want %s", got, bundled)
	}
}

// The item that a service must act upon, and the answer from which on.
func TestRiskItems(t *testing.T) {
	for key, item := range map[measure.Key]string{"phq9": "item-9", "core10": "item-6"} {
		d := bundled(t, key)
		for response, want := range map[int]bool{0: false, 1: true, 3: true} {
			if raised, answered := d.Risk.Raised(map[string]int{item: response}); raised != want || !answered {
				t.Errorf("%s, %s answered with %d: raised %v", key, item, response, raised)
			}
		}
		if raised, answered := d.Risk.Raised(map[string]int{"item-1": 3}); raised || answered {
			t.Errorf("%s: raised without the item", key)
		}
	}
	if raised, _ := bundled(t, "ons4").Risk.Raised(map[string]int{"anxiety": 10}); raised {
		t.Error("ONS4 has no risk item")
	}
}

func TestBands(t *testing.T) {
	for _, c := range []struct {
		key    measure.Key
		series measure.Series
		bands  int
		of     map[measure.Level]string
	}{
		{"ons4", "ons4-anxiety", 0, map[measure.Level]string{0: "very low", 1: "very low", 2: "low", 5: "medium", 6: "high", 10: "high"}},
		{"ons4", "ons4-happiness", 0, map[measure.Level]string{4: "low", 5: "medium", 8: "high", 9: "very high"}},
		{"phq9", "phq9", 0, map[measure.Level]string{4: "none or minimal", 5: "mild", 10: "moderate", 15: "moderately severe", 27: "severe"}},
		{"djg6", "djg6", 0, map[measure.Level]string{1: "not lonely", 2: "moderately lonely", 4: "moderately lonely", 5: "severely lonely"}},
		{"pam", "pam-score", 0, map[measure.Level]string{470: "level 1", 471: "level 2", 551: "level 2", 552: "level 3", 670: "level 3", 671: "level 4"}},
		{"pam", "pam-score", 1, map[measure.Level]string{724: "level 3", 725: "level 4"}},
		{"who5", "who5", 0, map[measure.Level]string{48: "poor wellbeing", 52: "above the screening line"}},
	} {
		sc, _ := bundled(t, c.key).Score(c.series)
		for l, want := range c.of {
			if got := sc.Bands[c.bands].Of(l); got != want {
				t.Errorf("%s of %s is %q, want %q", sc.Text(l), c.series, got, want)
			}
		}
	}
}

func TestReadRefuses(t *testing.T) {
	good := `key: k
version: 1
name: N
short: N
rater: self
wording: operator_supplied
licence: {terms: t, source: s}
options: [{value: 0, text: a}, {value: 1, text: b}, {value: 2, text: c}]
items: [{key: a, min: 0, max: 2}, {key: b, min: 0, max: 2, reverse: true}]
scores:
  - {series: k-raw, name: R, kind: raw, direction: 1, min: 0, max: 4, enter: true}
  - {series: k, name: N, kind: metric, from: k-raw, times: 5, direction: 1, min: 0, max: 20, enter: true}
`
	if _, err := measure.Read([]byte(good)); err != nil {
		t.Fatalf("control: %v", err)
	}
	type change struct{ from, to string }
	for name, c := range map[string]change{
		"unknown key":              {"key: k\n", "key: k\ncolour: blue\n"},
		"unknown key of a score":   {"enter: true", "enter: true, colour: blue"},
		"two documents":            {"key: k\n", "key: k\n---\nkey: l\n"},
		"no licence":               {"{terms: t, source: s}", "{}"},
		"no source of the licence": {"{terms: t, source: s}", "{terms: t}"},
		"key with a space":         {"key: k\n", "key: k k\n"},
		"no rater":                 {"rater: self", "rater: nobody"},
		"min above max":            {"max: 4", "max: -4"},
		"range too small":          {"max: 4", "max: 3"},
		"no direction":             {"direction: 1, min: 0, max: 4", "direction: 0, min: 0, max: 4"},
		"five decimals":            {"direction: 1, min: 0, max: 4", "decimals: 5, direction: 1, min: 0, max: 4"},
		"unknown kind":             {"kind: raw", "kind: cooked"},
		"unknown rule":             {"kind: raw", "kind: raw, rule: median"},
		"unknown item":             {"kind: raw", "kind: raw, items: [z]"},
		"items with bundled words": {"operator_supplied", "bundled"},
		"words without a licence":  {"{key: a,", "{key: a, text: Words,"},
		"two items of one key":     {"{key: b,", "{key: a,"},
		"an option too few":        {", {value: 2, text: c}", ""},
		"an option twice":          {"{value: 2,", "{value: 1,"},
		"a step that misses":       {"{key: a, min: 0, max: 2", "{key: a, min: 0, max: 2, step: 3"},
		"too many responses":       {"{key: a, min: 0, max: 2}", "{key: a, min: 0, max: 2000000000}"},
		"two scores of one series": {"series: k-raw", "series: k"},
		"converted from nothing":   {"from: k-raw", "from: z"},
		"converted out of range":   {"times: 5", "times: 6"},
		"threshold, no source":     {"max: 20", "max: 20, threshold: {points: 3}"},
		"threshold of importance":  {"max: 20", "max: 20, threshold: {points: 3, means: important, source: s}"},
		"norm, no population":      {"max: 20", "max: 20, norm: {mean: 3, source: s}"},
		"bands from above":         {"max: 20", "max: 20, bands: [{about: b, source: s, from: [{level: 1, name: a}, {level: 5, name: b}]}]"},
		"missing, no source":       {"max: 4", "max: 4, missing: {most: 1, fill: mean}"},
		"missing, all":             {"max: 4", "max: 4, missing: {most: 2, fill: mean, source: s}"},
		"risk, no item":            {"scores:", "risk: {item: z, from: 1, asks: a}\nscores:"},
		"risk, always":             {"scores:", "risk: {item: a, from: 0, asks: a}\nscores:"},
		"goals without goals":      {"kind: raw", "kind: raw, rule: gas"},
		"own, no ratings":          {"scores:", "own: {name: goal, most: 3}\nscores:"},
		"own, a million":           {"scores:", "own: {name: goal, most: 1000000, ratings: [{key: a, name: a, min: 0, max: 1}]}\nscores:"},
		"a wrong check digit":      {"scores:", "codes: [{system: snomed, code: \"1034351000000100\", means: m, source: s}]\nscores:"},
		"a table that falls":       {"scores:", "table: [{raw: 2, metric: 1}, {raw: 1, metric: 2}]\nscores:"},
		"age below one":            {"scores:", "min_age: {years: 0, source: s}\nscores:"},
		"ranks nothing":            {"times: 5", "times: 5, ranks: z"},
		"ranks what has no bands":  {"times: 5", "times: 5, ranks: k-raw"},
		"a group of nothing":       {"items: [{key: a,", "groups: [{key: g, name: G}]\nitems: [{key: a,"},
		"an item of no group":      {"{key: a,", "{key: a, group: g,"},
		"a group without a name":   {"items: [{key: a,", "groups: [{key: g}]\nitems: [{key: a, group: g,"},
		"a profile of ten":         {"items: [{key: a, min: 0, max: 2}", "profile: true\nitems: [{key: a, min: 0, max: 10}"},
		"an unheard-of way":        {"scores:", "presentation: {ways: [telepathy]}\nscores:"},
	} {
		bad := strings.Replace(good, c.from, c.to, 1)
		if bad == good {
			t.Errorf("%s: nothing changed", name)
		}
		if _, err := measure.Read([]byte(bad)); !fault.Is(err, fault.MeasureInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
