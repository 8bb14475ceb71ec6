package app_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A T score is never told without how many goals it is of, nor a mean of own
// problems without how many; a profile is told as its digits and dimension by
// dimension, and as no sum.
func TestRecordSaysOfHowMany(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		made, err := w.App.AddScheme(ctx, w.Ann, app.NewScheme{Name: "Own goals", Measures: []measure.Key{"gas", "copm", "mycaw", "eq5d5l"}, Weeks: 12, StartedOn: "2024-01-01"})
		must(t, err)
		v := w.refer(w.Ann, made, "OG-1", "2026-01-05")
		goals := map[string]string{"goal-1": "Walk", "goal-2": "Cook", "goal-3": "Sleep"}
		problems := map[string]string{"problem-1": "Stairs", "problem-2": "Bath"}
		for _, in := range []app.NewAssessment{
			{Measure: "gas", On: "2026-01-12", Words: goals, Responses: map[string]int{"goal-1-attained": -1, "goal-2-attained": -1, "goal-3-attained": -1}},
			{Measure: "gas", On: "2026-04-06", Responses: map[string]int{"goal-1-attained": 1, "goal-2-attained": 1}},
			{Measure: "gas", On: "2026-04-07", Series: "gas-t", Score: "55", Rater: measure.Self},
			{Measure: "copm", On: "2026-01-12", Words: problems, Responses: map[string]int{"problem-1-performance": 3, "problem-1-satisfaction": 2, "problem-2-performance": 5}},
			{Measure: "copm", On: "2026-04-06", Responses: map[string]int{"problem-1-performance": 6, "problem-1-satisfaction": 2}},
			{Measure: "mycaw", On: "2026-01-12", Words: map[string]string{"concern-1": "Pain", "concern-2": "Debt"}, Responses: map[string]int{"concern-1-severity": 5, "concern-2-severity": 4, "wellbeing": 5}},
			{Measure: "mycaw", On: "2026-04-06", Responses: map[string]int{"concern-1-severity": 3, "wellbeing": 2}},
			{Measure: "eq5d5l", On: "2026-01-12", Digits: "21232"},
			{Measure: "eq5d5l", On: "2026-04-06", Digits: "31132"},
			{Measure: "eq5d5l", On: "2026-04-07", Digits: "5555-", Rater: measure.Proxy},
		} {
			in.Referral, in.Occasion = v.Referral.ID, scheme.Later
			_, err := w.App.RecordAssessment(ctx, w.Ann, in)
			must(t, err)
		}
		view, err := w.App.Record(ctx, w.Ann, v.Person.ID)
		must(t, err)
		text := view.ForGP()
		for _, want := range []string{
			"12 January 2026: 36.3069 (3 goals)", "6 April 2026: 62.4035 (2 goals)", "7 April 2026: 55 (number of goals not recorded)",
			"2 goals were rated both times, and only that is compared: 37.5965, then 62.4035.",
			"12 January 2026: 4 (2 problems)", "6 April 2026: 6 (1 problem)", "1 problem was rated both times, and only that is compared: 3, then 6.",
			"1 concern was rated both times. Each is compared with itself alone.",
			"EQ-5D-5L (mobility, self-care, usual activities, pain or discomfort, anxiety or depression; 1 is no problems, 5 is worst level)",
			"12 January 2026: 21232\n6 April 2026: 31132\n7 April 2026: 5555- (Answered by somebody else for them, not compared)",
			"Since the first: better in usual activities; worse in mobility; the same in self-care, pain or discomfort and anxiety or depression.",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("it does not say %q:\n%s", want, text)
			}
		}
		for _, never := range []string{"Mobility (1 to 5", "Walk", "Pain\n", "index"} {
			if strings.Contains(text, never) {
				t.Errorf("it says %q:\n%s", never, text)
			}
		}
		wellbeing := reading(t, view.Stays[0], "mycaw-wellbeing")
		if strings.Contains(strings.Join(wellbeing.Asides(), " "), "concern") {
			t.Errorf("wellbeing is of no concerns: %q", wellbeing.Asides())
		}
		t1 := reading(t, view.Stays[0], "gas-t")
		if said := t1.Sentence(); !strings.Contains(said, "37.5965 (2 goals)") || !strings.Contains(said, "62.4035 (2 goals)") {
			t.Errorf("the change is told as %q", said)
		}
		second := w.refer(w.Ann, made, "OG-2", "2026-01-05")
		for on, score := range map[string]string{"2026-01-12": "40", "2026-04-06": "50"} {
			_, err := w.App.RecordAssessment(ctx, w.Ann, app.NewAssessment{Referral: second.Referral.ID, Measure: "gas", On: on, Series: "gas-t", Score: score, Occasion: scheme.Later})
			must(t, err)
		}
		for series, want := range map[string]*scheme.OwnCount{
			"gas-t": {People: 1, Rated: 2, Fewest: 2, Most: 2, Typed: 1}, "copm-performance": {People: 1, Rated: 1, Fewest: 1, Most: 1}, "mycaw-wellbeing": nil,
		} {
			found, err := w.App.Evidence(ctx, w.Ann, app.EvidenceAsk{Scheme: made.ID, Measure: series, Rule: "first-last"})
			must(t, err)
			if diff := cmp.Diff(want, found.Own); diff != "" {
				t.Errorf("the scheme's %s, of %d pairs: %s", series, found.Finding.Counts.Paired, diff)
			}
		}
		if len(view.Stays[0].Profiles) != 1 || view.Stays[0].Profiles[0].Taken[0].Text != "21232" {
			t.Errorf("%+v", view.Stays[0].Profiles)
		}
	})
}
