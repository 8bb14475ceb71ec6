package measure

import (
	"cairn/internal/fault"
	"fmt"
)

// FromItems scores the responses given, by item key. Items left out are absent
// from the map. It faults, at "items.<key>", for every response the measure
// does not have, and at "items" when more are missing than its rule allows.
func (d Definition) FromItems(responses map[string]int) ([]Scored, error) {
	var wrong fault.List
	answered := 0
	for _, it := range d.Items {
		r, ok := responses[it.Key]
		if !ok {
			continue
		}
		answered++
		if r < it.Min || r > it.Max {
			wrong.Add(fault.New(fault.Invalid, fault.ScoreRange, "Choose a number from %d to %d.", it.Min, it.Max).At("items." + it.Key))
		}
	}
	for key := range responses {
		if _, ok := d.Item(key); !ok {
			wrong.Add(fault.New(fault.Invalid, fault.InputUnknown, "%s has no item of that name.", d.Short).At("items." + shorten(key)))
		}
	}
	if missing := len(d.Items) - answered; missing > d.MissingItems || answered == 0 {
		wrong.Add(fault.New(fault.Invalid, fault.ItemsMissing, "%s", d.missingRule()).At("items"))
	}
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	return d.scored(responses), nil
}

func (d Definition) missingRule() string {
	switch {
	case d.MissingItems == 0:
		return "Answer every question: " + d.Short + " cannot be scored with one left out."
	case d.MissingItems >= len(d.Items)-1:
		return "Answer at least one question."
	default:
		return "Too many questions are left out for " + d.Short + " to be scored."
	}
}

// scored makes the scores of valid responses: single items as they are, sums
// and their conversion where nothing that they need is missing.
func (d Definition) scored(responses map[string]int) []Scored {
	var out []Scored
	for _, sc := range d.Scores {
		switch sc.Kind {
		case KindItem:
			if r, ok := responses[sc.Item]; ok {
				out = append(out, Scored{sc.Series, Level(r) * Level(Pow10(sc.Decimals))})
			}
		case KindRaw:
			if len(responses) < len(d.Items) {
				continue
			}
			var sum Level
			for _, r := range responses {
				sum += Level(r)
			}
			out = append(out, d.withMetric(Scored{sc.Series, sum})...)
		}
	}
	return out
}

// FromScore takes one score typed in as text. A raw score that a table
// converts gives the converted score too; a metric score must stand on the
// table. Faults point at "score" or "series".
func (d Definition) FromScore(series Series, text string) ([]Scored, error) {
	sc, ok := d.Score(series)
	if !ok || !sc.Enter {
		return nil, fault.New(fault.Invalid, fault.MeasureUnknown, "%s has no score “%s” that can be typed in.", d.Short, shorten(string(series))).At("series")
	}
	level, err := ParseLevel(text, sc.Decimals)
	if err != nil {
		all, accident := fault.All(err)
		if accident != nil {
			return nil, accident
		}
		return nil, all[0].At("score")
	}
	if err := sc.Accept(level); err != nil {
		return nil, err
	}
	if sc.Kind == KindMetric && !d.onTable(level) {
		below, above := d.neighbours(level)
		return nil, fault.New(fault.Invalid, fault.ScoreNotOnTable,
			"No set of answers to %s gives a converted score of %s: the nearest are %s and %s. Check what you typed, and whether it is the raw total.",
			d.Short, sc.Text(level), sc.Text(below), sc.Text(above)).At("score")
	}
	return d.withMetric(Scored{series, level}), nil
}

// Accept faults, at "score", for a level the score cannot take.
func (s Score) Accept(l Level) error {
	if l >= s.Min && l <= s.Max {
		return nil
	}
	lowest, low := s.End(LowerIsBetter)
	highest, high := s.End(HigherIsBetter)
	said := "This number is too large to be a score."
	switch {
	case low && high:
		said = fmt.Sprintf("%s runs from %s to %s. Check what you typed.", s.Name, s.Text(lowest), s.Text(highest))
	case low && l < lowest:
		said = fmt.Sprintf("%s has no score below %s. Check what you typed.", s.Name, s.Text(lowest))
	case high && l > highest:
		said = fmt.Sprintf("%s has no score above %s. Check what you typed.", s.Name, s.Text(highest))
	}
	return fault.New(fault.Invalid, fault.ScoreRange, "%s", said).At("score")
}

func (d Definition) withMetric(s Scored) []Scored {
	out := []Scored{s}
	sc, _ := d.Score(s.Series)
	if sc.Kind != KindRaw {
		return out
	}
	for _, c := range d.Table {
		if c.Raw != s.Level {
			continue
		}
		for _, to := range d.Scores {
			if to.Kind == KindMetric {
				out = append(out, Scored{to.Series, c.Metric})
			}
		}
	}
	return out
}

func (d Definition) onTable(l Level) bool {
	for _, c := range d.Table {
		if c.Metric == l {
			return true
		}
	}
	return len(d.Table) == 0
}

// neighbours are the metric levels of the table on either side of l, which
// lies within the range and off the table.
func (d Definition) neighbours(l Level) (below, above Level) {
	for _, c := range d.Table {
		if c.Metric < l {
			below = c.Metric
		}
		if c.Metric > l {
			return below, c.Metric
		}
	}
	return below, below
}

// OnlyEntry is the series of the one score that can be typed in, empty when
// there are several or none and the sender has to say which.
func (d Definition) OnlyEntry() Series {
	var only Series
	for _, sc := range d.Scores {
		if sc.Enter && only != "" {
			return ""
		}
		if sc.Enter {
			only = sc.Series
		}
	}
	return only
}
