package disclosure_test

import (
	"encoding/json"
	"fmt"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// wellbeing goes from 0 to 40 in whole points, has bands and a threshold.
func wellbeing() measure.Score {
	return measure.Score{
		Series: "wellbeing", Name: "Wellbeing", Min: 0, Max: 40, Direction: measure.HigherIsBetter,
		Threshold:   &measure.Threshold{Points: 5, Inclusive: true, Source: "made up for a test"},
		Reliability: &measure.Reliability{Coefficient: new(0.8), SD: new(8.0), Source: "made up for a test"},
		Norm:        &measure.Norm{Mean: new(25.0), SD: new(8.0), Population: "nobody", Source: "made up for a test"},
		Bands: []measure.Bands{{About: "wellbeing", Source: "made up for a test", From: []measure.Band{
			{Level: 0, Name: "low"}, {Level: 15, Name: "middling"}, {Level: 30, Name: "high"},
		}}},
	}
}

// A group is so many people who moved alike. With lost they were not measured
// again.
type group struct {
	people   int
	from, to measure.Level
	lost     bool
}

func finding(score measure.Score, groups ...group) evidence.Finding {
	t := scheme.NewTransitions()
	for _, g := range groups {
		tally := scheme.Tally{State: scheme.Paired, Stage: scheme.StageStarted, From: g.from, To: g.to, People: g.people}
		if g.lost {
			tally.State = scheme.BaselineOnly
		}
		t.Add(tally)
	}
	return evidence.Of(score, t)
}

// spread is n people with every change from -3 to 11 and scores between 5 and 35.
func spread(n int) (all []group) {
	for i := range n {
		from := measure.Level(5 + (i*7)%20)
		all = append(all, group{people: 1, from: from, to: from + measure.Level((i*11)%15) - 3})
	}
	return all
}

func body(t fataller, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// points writes what a pointer points to, and "null".
func points(v *float64) string {
	if v == nil {
		return "null"
	}
	return fmt.Sprint(*v)
}
