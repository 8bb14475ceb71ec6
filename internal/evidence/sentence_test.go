package evidence_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sebdah/goldie/v2"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Invented people, counted as Riverside and Hilltop would have counted them.

func satisfaction() measure.Score {
	return measure.Score{Series: "ons4-satisfaction", Name: "Life satisfaction", Direction: measure.HigherIsBetter, Max: 10}
}

func anxiety() measure.Score {
	return measure.Score{Series: "ons4-anxiety", Name: "Anxiety yesterday", Direction: measure.LowerIsBetter, Max: 10}
}

func converted() measure.Score {
	return measure.Score{
		Series: "swemwbs-metric", Name: "SWEMWBS (converted)", Direction: measure.HigherIsBetter, Decimals: 2, Min: 700, Max: 3500,
		Threshold: &measure.Threshold{Points: 2.87, Source: "Shah et al. 2018, Health Qual Life Outcomes 16:239"},
	}
}

// steps makes a table from moves and how many people made each.
func steps(moves map[scheme.Step]int) scheme.Transitions {
	t := scheme.NewTransitions()
	for step, n := range moves {
		t.Add(scheme.Tally{State: scheme.Paired, Stage: scheme.StageStarted, From: step.From, To: step.To, People: n})
	}
	return t
}

func with(t scheme.Transitions, more ...scheme.Tally) scheme.Transitions {
	for _, m := range more {
		t.Add(m)
	}
	return t
}

type situation struct {
	name  string
	score measure.Score
	table scheme.Transitions
	ctx   evidence.Context
}

func situations() []situation {
	riverside := evidence.Context{Scheme: "Riverside", Occasion: "12 weeks after the start", Rule: scheme.ByPlan, Period: "2025-Q1 to 2025-Q4"}
	hilltop := evidence.Context{Scheme: "Hilltop", Occasion: "At the end", Rule: scheme.ByFirstLast}
	everybody := evidence.Context{Measure: "SWEMWBS", Occasion: "12 weeks after the start", Rule: scheme.ByPlan}
	open := func(n int) scheme.Tally {
		return scheme.Tally{State: scheme.BaselineOnly, Open: true, People: n}
	}
	lost := func(at measure.Level, n int) scheme.Tally {
		return scheme.Tally{State: scheme.BaselineOnly, Stage: scheme.StageStarted, From: at, People: n}
	}
	up := map[scheme.Step]int{{From: 1850, To: 2152}: 14, {From: 2077, To: 2077}: 9, {From: 2333, To: 2254}: 5, {From: 1798, To: 2470}: 12}
	down := map[scheme.Step]int{{From: 7, To: 5}: 11, {From: 6, To: 6}: 13, {From: 8, To: 5}: 9}
	return []situation{
		{"nobody yet", satisfaction(), scheme.NewTransitions(), riverside},
		{"everybody still inside their window", satisfaction(), with(scheme.NewTransitions(), open(12)), riverside},
		{"referred, and nobody with a baseline", satisfaction(), with(scheme.NewTransitions(),
			scheme.Tally{State: scheme.Enrolled, People: 5}, scheme.Tally{State: scheme.FollowupOnly, To: 5, People: 1}), hilltop},
		{"nobody measured again", satisfaction(), with(scheme.NewTransitions(), lost(4, 8)), riverside},
		{"one person measured twice", anxiety(), with(steps(map[scheme.Step]int{{From: 6, To: 4}: 1}), lost(5, 1)), hilltop},
		{"two people who changed alike", satisfaction(), steps(map[scheme.Step]int{{From: 4, To: 5}: 2}), hilltop},
		{"nobody's score changed", anxiety(), steps(map[scheme.Step]int{{From: 4, To: 4}: 3, {From: 9, To: 9}: 1}), hilltop},
		{"few, and most of them lost", satisfaction(), with(steps(map[scheme.Step]int{{From: 3, To: 6}: 4, {From: 5, To: 5}: 3}), lost(2, 9)), riverside},
		{"enough for an interval, and most of them lost", satisfaction(), with(steps(map[scheme.Step]int{{From: 3, To: 6}: 8, {From: 5, To: 5}: 6}), lost(2, 18)), riverside},
		{"clearly better, several schemes", converted(), with(steps(up), lost(1902, 6), open(7),
			scheme.Tally{State: scheme.BaselineOnly, Exit: scheme.ExitDied, People: 2},
			scheme.Tally{State: scheme.FollowupOnly, To: 2152, People: 1}), everybody},
		{"clearly worse", satisfaction(), steps(down), riverside},
		{"lower is better, and better", anxiety(), steps(down), hilltop},
		{"no change on average", satisfaction(), steps(map[scheme.Step]int{{From: 5, To: 6}: 16, {From: 6, To: 5}: 16, {From: 7, To: 7}: 4}), riverside},
		{"numbers that do not subtract", satisfaction(), steps(map[scheme.Step]int{{From: 4, To: 6}: 8, {From: 5, To: 5}: 22}), riverside},
		{"hardly any change", satisfaction(), steps(map[scheme.Step]int{{From: 5, To: 6}: 21, {From: 6, To: 5}: 20}), riverside},
		{"a reliability from a settings file", withReliability(), steps(map[scheme.Step]int{{From: 18, To: 26}: 8, {From: 21, To: 20}: 10, {From: 25, To: 16}: 2}), hilltop},
		{"complete for the due, not for the referred", satisfaction(), with(steps(map[scheme.Step]int{{From: 4, To: 6}: 20, {From: 5, To: 4}: 15}),
			scheme.Tally{State: scheme.Enrolled, People: 40}), riverside},
	}
}

func withReliability() measure.Score {
	return measure.Score{
		Series: "swb", Name: "swb", Direction: measure.HigherIsBetter, Min: 7, Max: 35,
		Reliability: &measure.Reliability{Coefficient: new(0.85), SD: new(4.5)},
	}
}

// What people read, in every situation, word for word.
func TestSentence(t *testing.T) {
	var text strings.Builder
	for _, s := range situations() {
		f := evidence.Of(s.score, s.table)
		fmt.Fprintf(&text, "# %s\n%s\n", s.name, f.Sentence(s.ctx))
		for _, caution := range f.Cautions() {
			fmt.Fprintf(&text, "- %s\n", caution)
		}
		fmt.Fprintf(&text, "%s\n\n", s.ctx.Basis())
	}
	goldie.New(t).Assert(t, "sentences", []byte(text.String()))
}

// Words that would claim more than before-and-after scores can say.
func TestSentence_ClaimsNothing(t *testing.T) {
	for _, s := range situations() {
		f := evidence.Of(s.score, s.table)
		all := f.Sentence(s.ctx) + strings.Join(f.Cautions(), " ") + s.ctx.Basis()
		for _, word := range []string{"effect", "impact", "thanks to", "because", "success", "NaN", "Inf", "%!", "significant", " -"} {
			if strings.Contains(all, word) {
				t.Errorf("%s: %q in %s", s.name, word, all)
			}
		}
		if p := f.Counts.Paired; p > 1 && (!strings.Contains(all, "better") || !strings.Contains(all, "worse")) {
			t.Errorf("%s: better and worse are not told together: %s", s.name, all)
		}
	}
}
