package evidence_test

import (
	"pgregory.net/rapid"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A person of the laws: where they stood, if they were measured.
type person struct {
	before, after       measure.Level
	hasBefore, hasAfter bool
	open                bool // still inside the time for the later score
	left                bool // died before the later score
}

// people are few or many, on few levels with ties or on many, and some of them
// changed alike or not at all.
func people(t *rapid.T, label string) []person {
	scale := rapid.SampledFrom([]measure.Level{1, 3, 40}).Draw(t, label+" spread")
	low, high := -4, 9
	if rapid.IntRange(0, 2).Draw(t, label+" levels") == 0 {
		low, high, scale = -150, 300, 1
	}
	lost := rapid.SampledFrom([]int{0, 3, 8}).Draw(t, label+" lost")
	alike := rapid.IntRange(0, 9).Draw(t, label+" changed alike") == 0
	most := rapid.SampledFrom([]int{4, 25, 70}).Draw(t, label+" at most")
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) person {
		p := person{
			before:    scale * measure.Level(rapid.IntRange(low, high).Draw(t, "before")),
			after:     scale * measure.Level(rapid.IntRange(low, high).Draw(t, "after")),
			hasBefore: rapid.IntRange(0, 7).Draw(t, "was measured") > 0,
			hasAfter:  rapid.IntRange(0, 9).Draw(t, "was measured again") >= lost,
			open:      rapid.IntRange(0, 19).Draw(t, "running") == 0,
			left:      rapid.IntRange(0, 19).Draw(t, "died") == 0,
		}
		if alike {
			p.after = p.before + scale
		}
		return p
	}), 0, most).Draw(t, label)
}

func tableOf(all []person) scheme.Transitions {
	t := scheme.NewTransitions()
	for _, p := range all {
		one := tally(p.before, p.after, p.hasBefore, p.hasAfter)
		one.Open = p.open
		if p.left {
			one.Exit = scheme.ExitDied
		}
		t.Add(one)
	}
	return t
}

// some is v, or nothing.
func some[T any](t *rapid.T, label string, v ...T) *T {
	if rapid.IntRange(0, 3).Draw(t, label+" unknown") == 0 {
		return nil
	}
	one := rapid.SampledFrom(v).Draw(t, label)
	return &one
}

// anyScore is of any direction, with or without ends, and knows more or less of
// itself.
func anyScore(t *rapid.T) measure.Score {
	s := measure.Score{
		Name: "test", Decimals: rapid.IntRange(0, 2).Draw(t, "decimals"),
		Min:       rapid.SampledFrom([]measure.Level{-200, -160}).Draw(t, "lowest"),
		Max:       rapid.SampledFrom([]measure.Level{400, 360}).Draw(t, "highest"),
		Direction: rapid.SampledFrom([]measure.Direction{measure.HigherIsBetter, measure.LowerIsBetter}).Draw(t, "direction"),
		Cutoff: some(t, "cut-off", measure.Cutoff{Points: 3, Side: measure.Above}, measure.Cutoff{Points: 1.5, Side: measure.Below},
			measure.Cutoff{Points: -200, Side: measure.Below}, measure.Cutoff{Points: 90, Side: measure.Above}),
		Threshold: some(t, "threshold", measure.Threshold{Points: 2, Source: "made up for a test"},
			measure.Threshold{Points: 2, Source: "made up for a test", Inclusive: true},
			measure.Threshold{Points: 0.3, Source: "made up for a test", Population: "nobody"}),
	}
	lowest, highest := measure.OpenRange()
	switch rapid.IntRange(0, 4).Draw(t, "ends") {
	case 0:
		s.Min, s.Open = lowest, true
	case 1:
		s.Max, s.Open = highest, true
	}
	if rapid.IntRange(0, 3).Draw(t, "reliability known") > 0 {
		s.Reliability = &measure.Reliability{Coefficient: some(t, "reliability", 0, 0.5, 0.85, 1), SD: some(t, "reference SD", 0.5, 2, 2.5)}
	}
	if rapid.IntRange(0, 3).Draw(t, "norm known") > 0 {
		s.Norm = &measure.Norm{Mean: some(t, "norm's mean", -1.5, 0, 23.5), SD: some(t, "norm's SD", 4, 21.6)}
	}
	for _, high := range rapid.SampledFrom([][]float64{nil, {0.6}, {0.7, 0.9}}).Draw(t, "retests") {
		s.Retests = append(s.Retests, measure.Retest{Low: 0.4, Coefficient: 0.5, High: high})
	}
	for _, mean := range rapid.SampledFrom([][]float64{nil, {2.5}, {1, 30}}).Draw(t, "norms") {
		s.Norms = append(s.Norms, measure.Norm{Mean: &mean})
	}
	if rapid.Bool().Draw(t, "bands known") {
		s.Bands = []measure.Bands{{About: "made up", Source: "a test", From: []measure.Band{{Level: s.Min, Name: "low"}, {Level: 1, Name: "single"}, {Level: 2, Name: "high"}}}}
	}
	return s
}

// findingsOf are those of each scheme.
func findingsOf(score measure.Score, schemes map[string][]person) map[string]evidence.Finding {
	all := map[string]evidence.Finding{}
	for name, people := range schemes {
		all[name] = evidence.Of(score, tableOf(people))
	}
	return all
}

func tablesOf(schemes map[string][]person) map[string]scheme.Transitions {
	all := map[string]scheme.Transitions{}
	for name, people := range schemes {
		all[name] = tableOf(people)
	}
	return all
}
