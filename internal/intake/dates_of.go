package intake

import (
	"slices"

	"cairn/internal/scheme"
)

// datesOfMeasures has dates that name a measure be of its scores alone, and of the
// time of the one whose number they have.
func (s *guessed) datesOfMeasures() {
	for i, c := range s.columns {
		m := s.heading.means[i]
		if c.Takes != TakesDate || len(m.of) == 0 {
			continue
		}
		scores := s.scoresOf(m)
		if len(scores) == 0 {
			continue
		}
		s.columns[i].Measure, s.columns[i].Asked = s.columns[scores[0]].Measure, s.columns[scores[0]].Asked
		if m.item > 0 {
			scores = slices.DeleteFunc(scores, func(at int) bool { return s.heading.means[at].item != m.item })
		}
		if c.Occasion == "" && len(scores) == 1 {
			s.columns[i].Occasion = s.columns[scores[0]].Occasion
		}
	}
}

// scoresOf are the columns of scores of the measure that a heading names.
func (s *guessed) scoresOf(m meaning) (all []int) {
	for i, c := range s.columns {
		if c.scored() && slices.ContainsFunc(s.heading.means[i].of, func(o subject) bool { return s.words.shares(m.of, o) }) {
			all = append(all, i)
		}
	}
	return all
}

// besides gives dates without an occasion that of the score beside them, where
// there are several of them: of the score before each where the first score comes
// before the first of them, else of that behind.
func (s *guessed) besides() {
	var plain []int
	for i, c := range s.columns {
		if c.Takes == TakesDate && c.Occasion == "" {
			plain = append(plain, i)
		}
	}
	if len(plain) < 2 {
		return
	}
	beside := []int{1, -1}
	if s.isScore(plain[0] - 1) {
		beside = []int{-1, 1}
	}
	for _, i := range plain {
		for _, step := range beside {
			if s.isScore(i + step) {
				s.columns[i].Occasion = s.columns[i+step].Occasion
				break
			}
		}
	}
}

func (s *guessed) isScore(at int) bool {
	return at >= 0 && at < len(s.columns) && s.columns[at].scored()
}

// loneDate has the only date of a row be of all its scores, where none of them says of
// which occasion it is: the date of a review.
func (s *guessed) loneDate() {
	lone := -1
	for i, c := range s.columns {
		switch {
		case c.scored() && c.Occasion != "", c.Takes == TakesDate && lone >= 0:
			return
		case c.Takes == TakesDate:
			lone = i
		}
	}
	if lone >= 0 {
		s.columns[lone].Occasion = ""
	}
}

// dateOf is the column with the date of a score: of its measure, where there are such,
// else of none; of its occasion and time, else of the whole row.
func (w *row) dateOf(c Column) (at int, there bool) {
	for _, fits := range []func(Column) bool{c.shares, Column.ofAny} {
		for i, d := range w.sheet.reads {
			if d.Takes == TakesDate && fits(d) && d.Occasion == c.Occasion && d.Time == c.Time && c.Occasion != "" {
				return i, true
			}
		}
		for i, d := range w.sheet.reads {
			if d.Takes == TakesDate && fits(d) && (w.occasionKnown || d.Occasion == "" && !w.sheet.several(d)) {
				return i, true
			}
		}
	}
	return 0, false
}

// ofAny reports a column that is of no measure alone.
func (c Column) ofAny() bool { return c.Measure == "" && c.Asked == "" }

// shares reports a column of the same measure, or of the same question which it is.
func (c Column) shares(o Column) bool {
	return !o.ofAny() && (c.Measure == o.Measure && c.Measure != "" || c.Asked == o.Asked && c.Asked != "")
}

// several reports a sheet whose rows hold scores, which a date could be of, of more
// than one occasion: it is not known to be the day of any of them.
func (p *placed) several(date Column) bool {
	type moment struct {
		occasion scheme.Occasion
		time     int
	}
	var one moment
	for _, c := range p.reads {
		if !c.scored() || c.Occasion == "" || !date.ofAny() && !date.shares(c) {
			continue
		}
		this := moment{c.Occasion, c.Time}
		if one != (moment{}) && one != this {
			return true
		}
		one = this
	}
	return false
}
