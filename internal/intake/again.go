package intake

import (
	"fmt"
	"slices"
	"strings"

	"cairn/internal/scheme"
)

// Again works out anew what depends on the columns of a mapping: which words
// stand in them, and what has to be asked. What the mapping says of either stays.
func Again(b *Book, m Mapping, k Known) (Mapping, error) {
	m, _, err := again(b, m, k)
	return m, err
}

func again(b *Book, m Mapping, k Known) (Mapping, turns, error) {
	m.Fingerprint = m.fingerprint()
	sheets, err := m.place(b)
	if err != nil {
		return Mapping{}, turns{}, err
	}
	g := &guesser{known: k, words: newVocabulary(k.Measures), marks: newMarks(), byName: map[string][]string{}, said: m.Measures}
	for _, p := range sheets {
		s, err := g.look(b, p.book, p.headed(g.words))
		if err != nil {
			return Mapping{}, turns{}, err
		}
		s.columns = p.columns()
		for i := range s.columns {
			s.subject = append(s.subject, s.heading.means[i].of)
		}
		g.sheets = append(g.sheets, s)
	}
	said := g.mapping().saying(m)
	said.DatesBecause = g.turns().says(said.Dates)
	return said, g.turns(), nil
}

// headed is the heading of a placed sheet, meaning what the mapping says.
func (p placed) headed(words *vocabulary) heading {
	h := heading{last: p.last, names: p.names}
	for len(h.names) > 0 && h.names[len(h.names)-1] == "" {
		h.names = h.names[:len(h.names)-1]
	}
	for i, c := range p.columns() {
		m := words.means(h.names[i])
		m.takes = c.Takes
		if c.Measure == "" && c.Asked == "" {
			m.of = nil // the row names it
		}
		h.means = append(h.means, m)
	}
	return h
}

// columns are those of the file, in its order, as the mapping takes them.
func (p placed) columns() []Column {
	last := len(p.names)
	for last > 0 && p.names[last-1] == "" {
		last--
	}
	all := make([]Column, last)
	for i, name := range p.names[:last] {
		all[i] = leftOut(Column{Heading: name}, TakesNothing, "it was not in the file that was read like this")
		for _, c := range p.of.Columns {
			if !c.Takes.Read() && folded(c.Heading) == folded(name) {
				all[i] = leftOut(Column{Heading: name}, c.Takes, c.Why)
			}
		}
	}
	for i, at := range p.at {
		heading := all[at].Heading
		all[at] = p.reads[i]
		all[at].Heading = heading
	}
	return all
}

// saying is the mapping with what another says of the same words and questions,
// also where it leaves their rows out: nothing is guessed of what somebody has
// looked at.
func (m Mapping) saying(of Mapping) Mapping {
	m.Source, m.Dates, m.Scheme = of.Source, of.Dates, of.Scheme
	for _, pair := range []struct{ to, from []Value }{{m.Schemes, of.Schemes}, {m.Activities, of.Activities}, {m.Occasions, of.Occasions}} {
		for i, v := range pair.to {
			if at := slices.IndexFunc(pair.from, func(f Value) bool { return f.Says == v.Says }); at >= 0 {
				pair.to[i] = pair.from[at]
			}
		}
	}
	for _, q := range of.Questions {
		if answered, ok := m.Answer(q.Key, q.Answer); ok {
			m = answered
			at := slices.IndexFunc(m.Questions, func(x Question) bool { return x.Key == q.Key })
			m.Questions[at].Because = q.Because
		}
	}
	m.Fingerprint = m.fingerprint()
	return m
}

// Taking is the mapping with one column taken as something else. What only one
// column of a sheet can be is taken away from the one that was it.
func (m Mapping) Taking(sheet, column int, as Column) (Mapping, bool) {
	if sheet < 0 || sheet >= len(m.Sheets) || column < 0 || column >= len(m.Sheets[sheet].Columns) {
		return m, false
	}
	m.Sheets = slices.Clone(m.Sheets)
	columns := slices.Clone(m.Sheets[sheet].Columns)
	for i, c := range columns {
		if i != column && c.Takes == as.Takes && as.Takes.once() {
			columns[i] = leftOut(c, TakesNothing, "another column is read as this")
		}
	}
	as.Heading = columns[column].Heading
	if as.Why = ""; !as.Takes.Read() {
		as = leftOut(as, as.Takes, "somebody said so")
	}
	columns[column] = as
	m.Sheets[sheet].Columns = columns
	m.Fingerprint = m.fingerprint()
	return m, true
}

// once reports what only one column of a sheet can be.
func (t Takes) once() bool {
	switch t {
	case TakesReference, TakesScheme, TakesActivity, TakesMeasure, TakesOccasion, TakesReferred:
		return true
	}
	return false
}

// Like is the mapping of an earlier file for one with the same headings: every
// one that is read is there, and none that the mapping does not have, but for
// those that Cairn adds to the rows that were not taken. What that one took for
// something that is not here any more is looked for anew, and so is the order of
// dates where this one speaks against it.
func Like(b *Book, last Mapping, k Known) (m Mapping, like bool, err error) {
	sheets, err := last.place(b)
	if err != nil || len(sheets) == 0 {
		return Mapping{}, false, nil //nolint:nilerr // it is of another file, which is the answer
	}
	for _, p := range sheets {
		for _, name := range p.names {
			known := slices.ContainsFunc(p.of.Columns, func(c Column) bool { return folded(c.Heading) == folded(name) })
			if name != "" && !known && !strings.HasPrefix(name, "cairn_") {
				return Mapping{}, false, nil
			}
		}
	}
	m, seen, err := again(b, last.stillHere(k), k)
	if order := seen.instead(m.Dates); order != m.Dates {
		m.DatesBecause = fmt.Sprintf("a file like this was read as %s, but %s", m.Dates, seen.says(m.Dates))
		m.Dates = order
	}
	return m, err == nil, err
}

// stillHere is the mapping without meanings that are not known here any more.
func (m Mapping) stillHere(k Known) Mapping {
	gone := func(names []string) func(Value) bool {
		return func(v Value) bool { return v.Means != "" && !slices.Contains(names, v.Means) }
	}
	if m.Scheme != "" && !slices.Contains(k.Schemes, m.Scheme) {
		m.Scheme = k.Default()
	}
	m.Schemes = slices.DeleteFunc(slices.Clone(m.Schemes), gone(k.Schemes))
	m.Activities = slices.DeleteFunc(slices.Clone(m.Activities), gone(k.Activities))
	m.Occasions = slices.DeleteFunc(slices.Clone(m.Occasions), func(v Value) bool { return v.Means != "" && !scheme.Occasion(v.Means).Recorded() })
	return m
}
