package evidence_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A world in which nobody is helped: each score is a person's usual level and
// what the day adds.
type world struct {
	name   string
	usual  float64 // mean of the people's usual levels, score points
	agree  float64 // correlation of two scores of the same person
	entry  int     // nobody who scores above is taken in
	leaves float64 // how much likelier a person is to come again for each point more, log odds
}

const spread = 2.2 // SD of one score over people, score points

// one is a scheme of that world: so many people taken in, whoever came again
// measured again.
func (w world) one(r *rand.Rand, people int) scheme.Transitions {
	t := scheme.NewTransitions()
	score := func(usual float64) measure.Level {
		return measure.Level(min(max(math.Round(usual+spread*math.Sqrt(1-w.agree)*r.NormFloat64()), 0), 10))
	}
	for taken := 0; taken < people; {
		usual := w.usual + spread*math.Sqrt(w.agree)*r.NormFloat64()
		before, after := score(usual), score(usual)
		if int(before) > w.entry {
			continue
		}
		taken++
		one := scheme.Tally{State: scheme.Paired, Stage: scheme.StageStarted, From: before, To: after, People: 1}
		if back := 1 / (1 + math.Exp(-1-w.leaves*(float64(after)-5))); r.Float64() > back {
			one = scheme.Tally{State: scheme.BaselineOnly, Stage: scheme.StageStarted, From: before, People: 1}
		}
		t.Add(one)
	}
	return t
}

// stated is life satisfaction with what the library says of it.
func stated(t *testing.T) measure.Score {
	t.Helper()
	defs, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range defs {
		if s, ok := d.Score("ons4-satisfaction"); ok {
			return s
		}
	}
	t.Fatal("no life satisfaction in the library")
	return measure.Score{}
}

// People enter low and come again when they are well; nobody is helped. The mean
// rises, and the finding must not read as improvement more often than chance
// lets it.
func TestNobodyChanges_isNotReadAsImprovement(t *testing.T) {
	const schemes, atMost = 400, 0.05
	know := stated(t)
	unknown := satisfaction() // nothing is stated of it
	for _, w := range []world{
		{"as most people, taken in low", 7.45, 0.58, 5, 0},
		{"as most people, the lowest", 7.45, 0.58, 3, 0},
		{"as most people, the well come again", 7.45, 0.58, 4, 0.3},
		{"usually lower, taken in low", 5, 0.58, 4, 0.3},
		{"usually lower, all taken in", 5, 0.58, 10, 0.3},
	} {
		r := rand.New(rand.NewPCG(20261122, uint64(len(w.name))))
		rose, fooled, blind := 0, 0, 0
		for range schemes {
			table := w.one(r, 60+r.IntN(80))
			f, g := evidence.Of(know, table), evidence.Of(unknown, table)
			if f.Change.CILo != nil && *f.Change.CILo > 0 {
				rose++
			}
			about := evidence.Context{Scheme: "Riverside", Occasion: "12 weeks after the start"}
			said := f.Sentence(about) + strings.Join(f.Claims(about, laidDown()).May, " ")
			reads := strings.Contains(said, "this is more")
			if reads != (f.Bearing() == evidence.ForBetter) {
				t.Fatalf("%s: %s is told as %q", w.name, f.Bearing(), said)
			}
			if reads {
				fooled++
			}
			if g.Bearing() == evidence.ForBetter || g.Bearing() == evidence.Unweighed && !strings.Contains(g.Sentence(about), "How much of that comes by itself (regression to the mean) is not known") {
				blind++
			}
		}
		t.Logf("%s: of %d schemes %d have an interval above 0, %d read as improvement", w.name, schemes, rose, fooled)
		if share := float64(fooled) / schemes; share > atMost {
			t.Errorf("%s: %.3f of schemes read as improvement, at most %g", w.name, share, atMost)
		}
		if blind > 0 {
			t.Errorf("%s: %d schemes read as improvement by a score of which nothing is stated", w.name, blind)
		}
		if w.entry < 6 && rose < schemes/2 {
			t.Errorf("%s: the mean rose in %d schemes only, so the test shows nothing", w.name, rose)
		}
	}
}

// The other way round: help that is larger than what comes by itself is told.
func TestSomebodyIsHelped_isRead(t *testing.T) {
	know := stated(t)
	table := twice(60, 5, scheme.Step{From: 6, To: 9})
	f := evidence.Of(know, table)
	if f.Bearing() != evidence.ForBetter || !strings.Contains(f.Sentence(evidence.Context{}), "this is more.") {
		t.Errorf("%s: %s", f.Bearing(), f.Sentence(evidence.Context{}))
	}
	if g := evidence.Of(know, twice(60, 5, scheme.Step{From: 6, To: 5})); g.Bearing() != evidence.ForWorse {
		t.Errorf("harm is %s", g.Bearing())
	}
}
