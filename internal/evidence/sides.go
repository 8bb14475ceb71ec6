package evidence

import (
	"fmt"
	"slices"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Sides are two groups held against each other at the same baseline: with and
// without an occupational therapist, a scheme's people and a comparison group.
// Each may be refused, with reasons; the findings of both stand in any case.
type Sides struct {
	Reference Finding
	Other     Finding
	Overlap   Overlap
	Refused   []string    // why they are not compared; empty where they are
	Compared  *Comparison // other against reference; nil where refused
	Strata    []Stratum   // by where people began; empty where refused
	Within    *Within     // of people of several schemes, in the place of Compared; else nil
}

// Names of the two sides in a Comparison.
const (
	ReferenceSide = "reference"
	OtherSide     = "other"
)

// A SideNames calls the groups as they stand in a sentence after "people":
// "without an occupational therapist".
type SideNames struct{ Reference, Other string }

// A Stratum is the people of both sides who began in one part of the scale.
type Stratum struct {
	Name             string // "7 to 12", or the name of a published band
	Reference, Other Finding
}

// NewSides compares two groups where their baselines overlap enough. What else
// speaks against it (too few therapists) comes in refusals.
func NewSides(score measure.Score, reference, other scheme.Transitions, names SideNames, refusals ...string) Sides {
	s := Sides{Reference: Of(score, reference), Other: Of(score, other), Overlap: NewOverlap(score, reference, other)}
	s.Refused = append(slices.Clone(refusals), s.Overlap.Refused(names.Reference, names.Other)...)
	if len(s.Refused) > 0 {
		return s
	}
	c, err := Compare(score, ReferenceSide, map[string]scheme.Transitions{ReferenceSide: reference, OtherSide: other})
	if err != nil {
		s.Refused = append(s.Refused, "A difference is "+NotEstimable+": "+err.Error()+".")
		return s
	}
	s.Compared = &c
	s.Strata = strata(score, reference, other)
	return s
}

// Difference is the adjusted difference, other less reference, with its interval
// by HC3, score points; all nil where the sides are not compared.
func (s Sides) Difference() (diff, lo, hi *float64) {
	if s.Within != nil {
		return s.Within.diff, s.Within.lo, s.Within.hi
	}
	if s.Compared == nil {
		return nil, nil, nil
	}
	x := s.Compared.ANCOVA.Contrasts[OtherSide]
	lo, hi = x.Robust()
	return x.Diff, lo, hi
}

// People is how many measured twice the difference is made of. Of several schemes,
// those in a scheme with people of one side alone are not in it.
func (s Sides) People() (reference, other int) { return s.Overlap.N[0], s.Overlap.N[1] }

// Sentence is the difference in plain words, or that there is none to tell.
func (s Sides) Sentence(names SideNames) string {
	diff, lo, hi := s.Difference()
	score := s.Reference.Score
	if diff == nil || lo == nil || hi == nil {
		return "These two groups are not compared."
	}
	u := PointsOf(score)
	text := fmt.Sprintf("At the same baseline, the later scores of people %s differ from those of people %s by %s%s, 95%% interval %s (%s).",
		names.Other, names.Reference, u.Signed(diff), u.Name, u.between(lo, hi), score.Better())
	if *lo <= 0 && *hi >= 0 {
		return text + " The interval includes no difference."
	}
	return text
}

// strata split both sides at the borders of the measure's published bands, or
// else at the thirds of everybody's baselines. Parts in which nobody began are
// left out.
func strata(score measure.Score, reference, other scheme.Transitions) []Stratum {
	var all []Stratum
	for _, part := range stretches(score, reference, other) {
		a, b := part.of(reference), part.of(other)
		if len(a.Paired)+len(b.Paired) == 0 {
			continue
		}
		all = append(all, Stratum{Name: part.name, Reference: Of(score, a), Other: Of(score, b)})
	}
	return all
}

// A stretch is some levels of a scale, both ends included.
type stretch struct {
	name     string
	from, to measure.Level
}

func stretches(score measure.Score, tables ...scheme.Transitions) []stretch {
	var levels []measure.Level // one for each person
	for _, t := range tables {
		for step, people := range t.Paired {
			for range people {
				levels = append(levels, step.From)
			}
		}
	}
	if len(levels) == 0 {
		return nil
	}
	slices.Sort(levels)
	last := levels[len(levels)-1]
	var from []measure.Level
	var names []string
	if len(score.Bands) > 0 {
		for _, b := range score.Bands[0].From {
			from, names = append(from, b.Level), append(names, b.Name)
		}
	} else {
		for third := range 3 {
			if at := levels[third*len(levels)/3]; len(from) == 0 || at > from[len(from)-1] {
				from = append(from, at)
			}
		}
	}
	var all []stretch
	for i, begin := range from {
		p := stretch{from: begin, to: max(last, begin)}
		if i+1 < len(from) {
			p.to = from[i+1] - 1
		}
		p.name = score.Text(p.from)
		if p.to > p.from {
			p.name += " to " + score.Text(p.to)
		}
		if names != nil {
			p.name = names[i]
		}
		all = append(all, p)
	}
	return all
}

// of is the table of those who began within the part.
func (p stretch) of(t scheme.Transitions) scheme.Transitions {
	some := scheme.NewTransitions()
	for step, people := range t.Paired {
		if step.From >= p.from && step.From <= p.to {
			some.Add(scheme.Tally{State: scheme.Paired, Stage: scheme.StageStarted, From: step.From, To: step.To, People: people})
		}
	}
	for level, people := range t.Lost {
		if level >= p.from && level <= p.to {
			some.Add(scheme.Tally{State: scheme.BaselineOnly, Stage: scheme.StageStarted, From: level, People: people})
		}
	}
	return some
}
