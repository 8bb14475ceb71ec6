package exchange

import (
	"slices"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Span is one measure from the first time point to a later one.
type Span struct {
	Measure  string // as the settings name it
	Baseline string // time point
	Followup string // time point
	Score    measure.Score
	Overall  scheme.Transitions
	ByScheme map[string]scheme.Transitions
	ByGroup  map[string]map[string]scheme.Transitions // by column that people are compared by, then by group
}

// Key is how results name the span: "swb|pre|post".
func (s Span) Key() string { return s.Measure + "|" + s.Baseline + "|" + s.Followup }

// Spans pairs every person's score at the first time point with that at each
// later one. Time points are taken by their name, not by their date: whoever
// made the file has already said which is which.
func (d *Data) Spans() ([]Span, error) {
	defs, err := d.Definitions()
	if err != nil {
		return nil, err
	}
	schemes := d.parts(func(who int) int32 { return d.enrolled.at(who).scheme })
	groups := map[string]parts{}
	for _, g := range d.grouped {
		groups[g.by] = d.parts(g.group)
	}
	var spans []Span
	for m, def := range defs {
		steps := d.steps(m)
		for later := 1; later < len(d.Settings.Timepoints); later++ {
			schemes, groups, steps := schemes, groups, steps
			if d.Form == Pairs {
				steps, schemes, groups = d.pairSpan(m, later, schemes, groups)
			}
			s := Span{
				Measure: d.Settings.Measures[m].Name, Baseline: d.Settings.Timepoints[0], Followup: d.Settings.Timepoints[later],
				Score: def.Scores[0], Overall: scheme.NewTransitions(), ByScheme: schemes.tabulate(steps, later),
				ByGroup: map[string]map[string]scheme.Transitions{},
			}
			for _, c := range d.Settings.Compare {
				if c.By == byScheme {
					s.ByGroup[c.By] = s.ByScheme
				} else if d.grouping(c.By) != nil {
					s.ByGroup[c.By] = groups[c.By].tabulate(steps, later)
				}
			}
			for _, t := range s.ByScheme {
				s.Overall.Merge(t)
			}
			spans = append(spans, s)
		}
	}
	return spans, nil
}

// names returns the schemes of a span by name.
func (s Span) names() []string {
	var names []string
	for name := range s.ByScheme {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
