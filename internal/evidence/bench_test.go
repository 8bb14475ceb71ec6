package evidence_test

import (
	"math/rand/v2"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// million is a full 29 x 29 table, as SWEMWBS's raw score has, with a million
// people in it and two hundred thousand lost.
func million() (measure.Score, scheme.Transitions) {
	chance := rand.New(rand.NewPCG(1, 2))
	t := scheme.NewTransitions()
	for from := measure.Level(7); from <= 35; from++ {
		for to := measure.Level(7); to <= 35; to++ {
			t.Add(scheme.Tally{State: scheme.Paired, From: from, To: to, People: 1000 + chance.IntN(400)})
		}
		t.Add(scheme.Tally{State: scheme.BaselineOnly, From: from, People: 7000})
	}
	return measure.Score{
		Direction: measure.HigherIsBetter, Min: 7, Max: 35,
		Reliability: &measure.Reliability{Coefficient: new(0.85), SD: new(4.5)},
		Norm:        &measure.Norm{Mean: new(23.5), SD: new(4.0)},
		Cutoff:      &measure.Cutoff{Points: 22, Side: measure.Below},
	}, t
}

// BenchmarkOf is every statistic of a finding from a 29 x 29 table: under 1 ms.
func BenchmarkOf(b *testing.B) {
	score, table := million()
	for b.Loop() {
		if f := evidence.Of(score, table); f.Change.P == nil {
			b.Fatal("no p")
		}
	}
}

// BenchmarkCompare is the comparison of three such groups.
func BenchmarkCompare(b *testing.B) {
	score, table := million()
	groups := map[string]scheme.Transitions{"advised": table, "assessed": table, "none": table}
	for b.Loop() {
		if _, err := evidence.Compare(score, "none", groups); err != nil {
			b.Fatal(err)
		}
	}
}
