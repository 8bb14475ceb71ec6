package disclosure_test

import (
	"math"
	"math/rand/v2"
	"slices"

	"cairn/internal/disclosure"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// An epoch is the world at the time of one release.
type epoch struct {
	world
	exact []disclosure.Exact
}

// scores are scales of very different shapes: each gives itself away in its own
// manner.
func scores() []measure.Score {
	steps := wellbeing()
	steps.Series, steps.Min, steps.Max, steps.Times, steps.Bands = "fours", 0, 100, 4, nil
	yes := measure.Score{Series: "yes", Name: "Yes or no", Min: 0, Max: 1, Direction: measure.HigherIsBetter,
		Bands: []measure.Bands{{About: "answer", From: []measure.Band{{Level: 0, Name: "no"}, {Level: 1, Name: "yes"}}}}}
	ten := measure.Score{Series: "ten", Name: "Nought to ten", Min: 0, Max: 10, Direction: measure.LowerIsBetter,
		Reliability: &measure.Reliability{Coefficient: new(0.7)}}
	long := measure.Score{Series: "long", Name: "Nought to a hundred", Min: 0, Max: 100, Direction: measure.HigherIsBetter,
		Threshold: &measure.Threshold{Points: 10, Inclusive: true}}
	table := measure.Score{Series: "table", Name: "From a table", Min: 700, Max: 3500, Decimals: 2, Direction: measure.HigherIsBetter,
		Threshold: &measure.Threshold{Points: 3}}
	return []measure.Score{wellbeing(), steps, yes, ten, long, table}
}

// tabled are the levels of the score from a table: far apart at the ends.
func tabled() []measure.Level {
	return []measure.Level{700, 951, 1125, 1240, 1333, 1408, 1475, 1532, 1584, 1636, 1688, 1743, 1798, 1859, 1925, 1998,
		2073, 2154, 2235, 2321, 2411, 2503, 2602, 2703, 2813, 2931, 3070, 3255, 3500}
}

// possible is a level that a person can have.
func (w world) possible(l measure.Level) measure.Level {
	switch {
	case w.score.Times > 0:
		return l / measure.Level(w.score.Times) * measure.Level(w.score.Times)
	case w.score.Decimals > 0:
		return slices.MinFunc(tabled(), func(a, b measure.Level) int {
			return int(math.Abs(float64(a-l)) - math.Abs(float64(b-l)))
		})
	}
	return l
}

// history is a few releases of one world. Between any two of them one scheme has
// one person more, one has one erased, one has one score corrected, and one has
// late scores and withdrawals.
func history(r *rand.Rand, score measure.Score) (epochs []epoch) {
	w := world{score: score}
	by := []scheme.Dimension{scheme.BySex, scheme.ByDeprivation, scheme.ByOT}
	names := []string{"riverside", "hilltop", "meadow", "harbour"}
	for _, name := range names {
		people := 20 + r.IntN(130)
		for range people {
			w.people = append(w.people, w.alive(r, name))
		}
		w.list(name, people*3/4, 4, by, [2]scheme.Dimension{scheme.BySex, scheme.ByDeprivation})
	}
	for range 3 {
		now := w
		now.people = slices.Clone(w.people)
		e := epoch{world: now}
		epochs = append(epochs, e)
		w.people = append(w.people, w.alive(r, names[0]))
		w.drop(r, names[1], 1)
		w.correct(r, names[2])
		w.late(r, names[3], 1+r.IntN(6))
		w.drop(r, names[3], r.IntN(4))
		r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	}
	return epochs
}

func (w *world) alive(r *rand.Rand, name string) person {
	p := w.somebody(r, name, 4)
	p.from, p.to = w.possible(p.from), w.possible(p.to)
	if r.IntN(20) == 0 {
		p.from, p.to = w.score.Min, w.score.Max // somebody far from the others
	}
	return p
}

func (w *world) drop(r *rand.Rand, name string, people int) {
	for range people {
		if at := w.pick(r, name, scheme.Paired); at >= 0 {
			w.people = slices.Delete(w.people, at, at+1)
		}
	}
}

func (w *world) correct(r *rand.Rand, name string) {
	if at := w.pick(r, name, scheme.Paired); at >= 0 {
		w.people[at].to = w.possible(w.score.Min + measure.Level(r.IntN(int(w.score.Max-w.score.Min)+1)))
	}
}

func (w *world) late(r *rand.Rand, name string, people int) {
	for range people {
		if at := w.pick(r, name, scheme.BaselineOnly); at >= 0 && w.people[at].exit == scheme.Stayed {
			w.people[at].state = scheme.Paired
		}
	}
}

func (w *world) pick(r *rand.Rand, name string, state scheme.State) int {
	var of []int
	for i, p := range w.people {
		if p.scheme == name && p.state == state {
			of = append(of, i)
		}
	}
	if len(of) == 0 {
		return -1
	}
	return of[r.IntN(len(of))]
}
