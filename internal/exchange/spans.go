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
	var spans []Span
	for m, def := range defs {
		levels := d.levels(m)
		for later := 1; later < len(d.Settings.Timepoints); later++ {
			s := Span{
				Measure: d.Settings.Measures[m].Name, Baseline: d.Settings.Timepoints[0], Followup: d.Settings.Timepoints[later],
				Score: def.Scores[0], Overall: scheme.NewTransitions(), ByScheme: map[string]scheme.Transitions{},
			}
			d.tabulate(&s, levels[0], levels[later])
			for _, t := range s.ByScheme {
				s.Overall.Merge(t)
			}
			spans = append(spans, s)
		}
	}
	return spans, nil
}

// A reading is a level that may not be there.
type reading struct {
	level measure.Level
	taken bool
}

// levels are the readings of one measure, by time point and person.
func (d *Data) levels(m int) [][]reading {
	levels := make([][]reading, len(d.Settings.Timepoints))
	for i := range levels {
		levels[i] = make([]reading, len(d.enrolled))
	}
	for _, s := range d.scores {
		if s.counts() && int(s.measure) == m {
			levels[s.time][s.who] = reading{d.level(s), true}
		}
	}
	return levels
}

// tabulate counts everybody enrolled into the table of their scheme.
func (d *Data) tabulate(s *Span, before, after []reading) {
	for i, e := range d.enrolled {
		if !e.listed {
			continue
		}
		name := d.schemes.names[e.scheme]
		t, ok := s.ByScheme[name]
		if !ok {
			t = scheme.NewTransitions()
		}
		one := scheme.Tally{State: scheme.Enrolled, Stage: scheme.StageReferred, From: before[i].level, To: after[i].level, People: 1}
		switch {
		case before[i].taken && after[i].taken:
			one.State = scheme.Paired
		case before[i].taken:
			one.State = scheme.BaselineOnly
		case after[i].taken:
			one.State = scheme.FollowupOnly
		}
		t.Add(one)
		s.ByScheme[name] = t
	}
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
