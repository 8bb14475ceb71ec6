package measure_test

import (
	"fmt"
	"testing"

	"cairn/internal/measure"
)

// marks are the facts of the library that may be shown, each with how surely it
// was known when it was read: primary (V), secondary (V2), known (M) or derived
// (D). They were written down from the review of sources and not from the
// catalogue. What the review marks as less sure, or does not hold, stands in no
// file; what it lacks was looked up since, and says so.
func marks() map[string]measure.Certainty {
	const v, v2, m, d = measure.Primary, measure.Secondary, measure.Known, measure.Derived
	all := map[string]measure.Certainty{
		"austoms-ot licence": v2, // terms of further use were not found
		"copm licence":       v2, "core10 licence": v2, "djg6 licence": v, "eq-vas licence": v, "eq5d5l licence": v,
		"gad7 licence": v2, "gas licence": v, "gbo licence": v, "mohost licence": v2,
		"mycaw licence":          v, // of its sister tool, and said so
		"ons-loneliness licence": m, // OGL v3
		"ons4 licence":           m, // OGL v3
		"pam licence":            m, // Phreesia
		"phq4 licence":           v2, "phq9 licence": v2,
		"swemwbs licence": m, // terms page not found
		"tom licence":     v2, "ucla3 licence": v, "wellbeing-star licence": v,
		"wemwbs licence": m, // terms page not found
		"who5 licence":   v2,

		// Lowest ages were in no table, and were looked up.
		"eq-vas min age 16":         d, // EuroQol's page on the version for ages 8 to 15
		"eq5d5l min age 16":         d,
		"ons-loneliness min age 16": v, // ONS 2018, cognitive testing
		"ucla3 min age 16":          v,
		"ons4 min age 16":           m,
		"swemwbs min age 15":        v2, // Child Outcomes Research Consortium's page
		"wemwbs min age 13":         v,  // Clarke et al. 2011, abstract

		"copm-performance also 2.2": v, "copm-satisfaction also 2.06": v,
		"core10 threshold 6": m, "core10 also 9": v, "core10 bands clinical range": m,
		"djg6 bands loneliness": v, "djg6 missing 1": v, "djg6-emotional bands loneliness of this kind": v, "djg6-social bands loneliness of this kind": v,
		"gad7 threshold 4": v2, // the manual as cbtwatch.com quotes it
		"gad7 also 1.5":    v, "gad7 reliability 0.83": m, "gad7 bands severity": v2, "gad7 bands caseness": v2, "gad7 code 70274-6": v,
		"ons-loneliness bands chronic loneliness": m,
		"ons4-satisfaction norm 7.45":             v, "ons4-worthwhile norm 7.73": v, "ons4-happiness norm 7.39": v, "ons4-anxiety norm 3.23": v,
		"ons4-satisfaction bands ONS bands": v, "ons4-worthwhile bands ONS bands": v, "ons4-happiness bands ONS bands": v, "ons4-anxiety bands ONS bands": v,
		"pam-score bands levels, older cut points": v, "pam-score bands levels, newer cut points": m,
		"phq4 bands severity": v2, "phq4-anxiety bands screening": v2, "phq4-depression bands screening": v2,
		"phq9 threshold 6": v2, "phq9 also 1.7": v, "phq9 also 5": m, "phq9 reliability 0.84": m, "phq9 bands severity": m, "phq9 bands caseness": v2,
		"phq9 missing 2": m, "phq9 code 44261-6": m,
		"swemwbs-metric threshold 2.87": v, "swemwbs-metric also 3": v, "swemwbs-metric norm 23.7": v, "swemwbs-metric norm 23.2": v,
		"ucla3 bands a convention of the English Longitudinal Study of Ageing, not of ONS": v2,
		"wemwbs threshold 8.6": d, "wemwbs also 9": v, "wemwbs reliability 0.83": m, "wemwbs bands likely depression, against the CES-D": v2,
		"who5 also 10": v2, "who5 bands poor wellbeing": v2, "who5 bands likely depression": m,
	}
	for goal := 1; goal <= 3; goal++ {
		all[fmt.Sprintf("gbo-goal-%d threshold 3", goal)] = v
		all[fmt.Sprintf("gbo-goal-%d also 2.45", goal)] = m
	}
	for scale := 1; scale <= 12; scale++ {
		for _, domain := range []string{"impairment", "activity", "participation", "wellbeing"} {
			all[fmt.Sprintf("austoms-ot-%d-%s also 1", scale, domain)] = v
		}
	}
	return all
}

// Every fact of every file is on the list under its own certainty, and nothing of
// the list is missing: a fact nobody reviewed cannot come in.
func TestMarks(t *testing.T) {
	all, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	want, seen := marks(), map[string]bool{}
	for _, d := range all {
		for fact, got := range facts(d) {
			seen[fact] = true
			if surely, known := want[fact]; !known {
				t.Errorf("%q (%s) was never reviewed", fact, got)
			} else if got != surely {
				t.Errorf("%q is marked %q, and was read as %q", fact, got, surely)
			}
		}
	}
	for fact := range want {
		if !seen[fact] {
			t.Errorf("%q stands in no file", fact)
		}
	}
}

// facts are what a definition claims, each with its certainty.
func facts(d measure.Definition) map[string]measure.Certainty {
	all := map[string]measure.Certainty{string(d.Key) + " licence": d.Licence.Certainty}
	if d.MinAge != nil {
		all[fmt.Sprintf("%s min age %d", d.Key, d.MinAge.Years)] = d.MinAge.Certainty
	}
	for _, c := range d.Codes {
		all[fmt.Sprintf("%s code %s", d.Key, c.Code)] = c.Certainty
	}
	for _, s := range d.Scores {
		for _, th := range s.Agreed() {
			all[fmt.Sprintf("%s threshold %g", s.Series, th.Points)] = th.Certainty
		}
		for _, th := range s.Also {
			all[fmt.Sprintf("%s also %g", s.Series, th.Points)] = th.Certainty
		}
		if s.Reliability != nil {
			all[fmt.Sprintf("%s reliability %g", s.Series, *s.Reliability.Coefficient)] = s.Reliability.Certainty
		}
		for _, n := range s.Populations() {
			all[fmt.Sprintf("%s norm %g", s.Series, *n.Mean)] = n.Certainty
		}
		for _, b := range s.Bands {
			all[fmt.Sprintf("%s bands %s", s.Series, b.About)] = b.Certainty
		}
		if s.Missing != nil {
			all[fmt.Sprintf("%s missing %d", s.Series, s.Missing.Most)] = s.Missing.Certainty
		}
	}
	return all
}
