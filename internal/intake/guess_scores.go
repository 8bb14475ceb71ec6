package intake

import (
	"maps"
	"slices"
	"strings"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// settleScores finds which measure each column of scores is of, and tells the
// answers to its items from its scores.
func (s *guessed) settleScores() {
	bySheet, _ := s.words.known(s.called)
	for i, c := range s.columns {
		if c.Takes != TakesScore {
			continue
		}
		of := s.subject[i]
		if len(of) == 0 && s.of(TakesMeasure) < 0 {
			of = bySheet
			s.subject[i] = of
		}
		switch {
		case len(of) == 0 && s.of(TakesMeasure) < 0:
			s.columns[i] = leftOut(c, TakesNothing, "nothing says which measure it is of")
		case len(of) == 0: // the row names the measure
		case s.heading.means[i].answer:
			s.columns[i].Takes, s.columns[i].Measure = TakesAnswer, of[0].measure
			s.columns[i].Item = s.words.defs[of[0].measure].Items[s.heading.means[i].item-1].Key
		case s.heading.means[i].asked || s.asksAlone(i) || s.heading.means[i].item > mostCounted && !s.counts(i):
			s.columns[i] = leftOut(c, TakesNothing, whyQuestion)
		default:
			s.columns[i] = s.scored(c, of, s.heading.means[i].hint)
		}
	}
}

// counts reports a number that is how many questions a measure has: SWEMWBS 7.
func (s *guessed) counts(at int) bool {
	return slices.ContainsFunc(s.subject[at], func(o subject) bool { return len(s.words.defs[o.measure].Items) == s.heading.means[at].item })
}

// scored is a column of scores of one of the subjects.
func (g *guesser) scored(c Column, of []subject, hint string) Column {
	t, question := g.target(of, hint)
	if t.Measure == "" && question == "" {
		return leftOut(c, TakesNothing, "this measure has no total: name the question that each column answers")
	}
	c.Measure, c.Series, c.Item, c.Asked = t.Measure, t.Series, t.Item, question
	if c.Item != "" {
		c.Takes = TakesAnswer
	}
	return c
}

// target is what a score of one of the subjects is taken as. Where several are
// possible and the heading does not say which, it is a question.
func (g *guesser) target(of []subject, hint string) (t NamedScore, question string) {
	if len(of) == 1 && (of[0].item != "" || of[0].series != "") {
		return NamedScore{Measure: of[0].measure, Series: of[0].series, Item: of[0].item}, ""
	}
	choices := g.choices(of, hint)
	switch len(choices) {
	case 0:
		return NamedScore{}, ""
	case 1:
		return NamedScore{Measure: g.measureOf(choices[0]), Series: choices[0]}, ""
	}
	return NamedScore{}, questionOf(of)
}

// questionOf names a question by the measures that it is about.
func questionOf(of []subject) string {
	var names []string
	for _, s := range of {
		names = append(names, string(s.measure))
	}
	return strings.Join(names, "-or-")
}

// choices are the scores of the subjects that can be typed in.
func (g *guesser) choices(of []subject, hint string) (all []measure.Series) {
	for _, s := range of {
		for _, sc := range g.words.defs[s.measure].Scores {
			if sc.Enter && (hint == "" || hint == string(sc.Kind) || len(of) > 1 && s.measure == "wemwbs") {
				all = append(all, sc.Series)
			}
		}
	}
	return all
}

func (g *guesser) measureOf(series measure.Series) measure.Key {
	for _, key := range slices.Sorted(maps.Keys(g.words.defs)) {
		if _, ok := g.words.defs[key].Score(series); ok {
			return key
		}
	}
	return ""
}

// named says what the names of measures in the file are taken as.
func (g *guesser) named() (all []NamedScore) {
	for _, text := range slices.Sorted(maps.Keys(g.wordsOf(TakesMeasure))) {
		if at := slices.IndexFunc(g.said, func(n NamedScore) bool { return n.Says == text && n.Asked == "" }); at >= 0 {
			all = append(all, g.said[at])
			continue
		}
		of, number := g.words.known(text)
		if number > 0 {
			of = nil // of a question, a time or another instrument
		}
		t, question := g.target(of, hintIn(wordsOf(text)))
		t.Says, t.Asked = text, question
		all = append(all, t)
	}
	return all
}

// settleOccasions gives the columns of a wide sheet their occasions: by their
// headings, else by the name of the sheet, else in their order.
func (s *guessed) settleOccasions() {
	lowest := lowestTime(s.heading.names)
	bySheet := readOccasion(s.called, 1)
	for i := range s.columns {
		c := &s.columns[i]
		if c.Takes != TakesScore && c.Takes != TakesAnswer && c.Takes != TakesDate && c.Takes != TakesDone {
			continue
		}
		if n, ok := numbered(wordsOf(c.Heading)); ok {
			c.Occasion = map[bool]scheme.Occasion{true: scheme.Baseline, false: scheme.Later}[n == lowest]
		}
		if c.Occasion == "" && c.Takes != TakesDate && s.of(TakesOccasion) < 0 {
			c.Occasion = bySheet
		}
	}
	s.unlike()
	s.sinceThen()
	s.inOrder()
	s.datesOfMeasures()
	s.besides()
	s.loneDate()
	s.countTimes()
	s.withoutConverted()
}

// withoutConverted leaves a converted score out where the raw one it was made of
// stands beside it: they are one administration, and the raw one says both.
func (s *guessed) withoutConverted() {
	for i, c := range s.columns {
		from := s.words.defs[c.Measure]
		sc, ok := from.Score(c.Series)
		if !ok || sc.Kind != measure.KindMetric {
			continue
		}
		for _, other := range s.columns {
			if raw, ok := from.Score(other.Series); ok && raw.Kind == measure.KindRaw && other.Occasion == c.Occasion && other.Time == c.Time {
				s.columns[i] = leftOut(c, TakesNothing, "it is converted from the raw score, which is read")
			}
		}
	}
}
