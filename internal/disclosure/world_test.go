package disclosure_test

import (
	"math/rand/v2"
	"testing"

	"cairn/internal/disclosure"
	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A person of a made-up world.
type person struct {
	id     int
	scheme string
	closes scheme.Quarter
	traits map[scheme.Dimension]string
	state  scheme.State
	stage  scheme.Stage
	exit   scheme.Exit
	from   measure.Level
	to     measure.Level
}

// A world is schemes with people, and what is listed of them.
type world struct {
	score  measure.Score
	people []person
	lists  []disclosure.Listing
}

// asked are the exact findings of every listed figure.
func (w world) asked(t testing.TB) (all []disclosure.Exact) {
	t.Helper()
	for _, l := range w.lists {
		questions, err := disclosure.List(l)
		if err != nil {
			t.Fatal(err)
		}
		tables, people := map[string]scheme.Transitions{}, map[string][]person{}
		for _, q := range questions {
			tables[q.Key()] = scheme.NewTransitions()
		}
		for _, p := range w.people {
			if p.scheme != l.Scheme {
				continue
			}
			for _, q := range p.answers(l) {
				if table, ok := tables[q.Key()]; ok {
					table.Add(scheme.Tally{State: p.state, Stage: p.stage, Exit: p.exit, From: p.from, To: p.to, People: 1})
					tables[q.Key()] = table
					people[q.Key()] = append(people[q.Key()], p)
				}
			}
		}
		for _, q := range questions {
			e := disclosure.Exact{Question: q, Finding: evidence.Of(w.score, tables[q.Key()])}
			if len(q.Filters) == 0 {
				e.Way = wayOf(q.Period, people[q.Key()])
			}
			all = append(all, e)
		}
	}
	return all
}

// answers are the questions of a listing that the person counts in.
func (p person) answers(l disclosure.Listing) (all []disclosure.Question) {
	ask := disclosure.Question{Scheme: l.Scheme, Series: l.Series, Occasion: l.Occasion, Period: l.Grain.Period(p.closes)}
	all = append(all, ask)
	ask.Period = l.Grain.Filtered(l.PairsAYear).Period(p.closes)
	filter := func(by ...scheme.Dimension) {
		q := ask
		for _, d := range by {
			q.Filters = append(q.Filters, disclosure.Filter{Dimension: d, Group: p.traits[d]})
		}
		all = append(all, q)
	}
	for _, by := range l.By {
		filter(by)
	}
	for _, two := range l.Crossed {
		filter(two[0], two[1])
	}
	return all
}

func dimensions() (all []scheme.Dimension) {
	for _, d := range scheme.TraitDimensions() {
		all = append(all, scheme.Dimension(d.Value))
	}
	return all
}

const firstQuarter = scheme.Quarter(2024 * 4)

// somebody is a random person. Small groups are rare groups, as in life.
func (w *world) somebody(r *rand.Rand, name string, quarters int) person {
	p := person{
		id: len(w.people) + 1, scheme: name, closes: firstQuarter + scheme.Quarter(r.IntN(quarters)),
		traits: map[scheme.Dimension]string{}, stage: scheme.StageStarted, state: scheme.Paired,
	}
	for _, d := range dimensions() {
		groups := d.Groups()
		// Each group is about half as large as the one before it.
		i := 0
		for i < len(groups)-1 && r.IntN(2) == 0 {
			i++
		}
		p.traits[d] = groups[(i*3)%len(groups)].Value
	}
	wide := int(w.score.Max - w.score.Min)
	p.from = w.score.Min + measure.Level(min(max(wide/3+int(r.NormFloat64()*float64(wide)/6), 0), wide))
	p.to = min(max(p.from+measure.Level(float64(wide)/15+r.NormFloat64()*float64(wide)/8), w.score.Min), w.score.Max)
	switch x := r.IntN(100); {
	case x < 4:
		p.stage, p.state = scheme.StageAccepted, scheme.Enrolled
	case x < 22:
		p.state = scheme.BaselineOnly
	case x < 24:
		p.state, p.exit = scheme.BaselineOnly, scheme.ExitDied
	case x < 26:
		p.state = scheme.FollowupOnly
	}
	return p
}

func (w *world) list(name string, pairsAYear, quarters int, by []scheme.Dimension, crossed ...[2]scheme.Dimension) {
	w.lists = append(w.lists, disclosure.Listing{
		Scheme: name, Series: w.score.Series, Occasion: scheme.FixedTime(84),
		Grain: disclosure.GrainFor(pairsAYear), PairsAYear: pairsAYear,
		From: firstQuarter, To: firstQuarter + scheme.Quarter(quarters) - 1,
		By: by, Crossed: crossed,
	})
}
