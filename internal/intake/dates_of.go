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
		scores := s.scoresOf(i)
		if len(scores) == 0 {
			continue
		}
		of := s.columns[scores[0]]
		s.columns[i].Measure, s.columns[i].Asked = of.Measure, of.Asked
		if n := s.number(i); n > 0 {
			scores = slices.DeleteFunc(scores, func(at int) bool { return s.number(at) != n })
		}
		if c.Occasion == "" && len(scores) == 1 {
			s.columns[i].Occasion = s.columns[scores[0]].Occasion
		}
	}
}

// scoresOf are the columns of scores of what the heading of a date names: of just that,
// else of what may be the same, first the one beside it.
func (s *guessed) scoresOf(date int) []int {
	var all, just []int
	m := s.heading.means[date]
	for i, c := range s.columns {
		of := s.heading.means[i].of
		if !c.scored() || !slices.ContainsFunc(of, func(o subject) bool { return s.words.shares(m.of, o) }) {
			continue
		}
		all = append(all, i)
		if slices.Equal(of, m.of) {
			just = append(just, i)
		}
	}
	if len(just) > 0 {
		return just
	}
	for _, beside := range []int{date + 1, date - 1} {
		if slices.Contains(all, beside) {
			return []int{beside}
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
// which occasion it is and the heading speaks of any visit: the date of a review.
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
	if lone >= 0 && s.columns[lone].Occasion == scheme.Later {
		s.columns[lone].Occasion = ""
	}
}

// dateOf is the column with the date of a score: of its measure before those of none,
// and of just its time before those of the whole row.
func (w *row) dateOf(c Column) (at int, there bool) {
	just := func(d Column) bool { return d.Occasion == c.Occasion && d.Time == c.Time }
	whole := func(d Column) bool {
		return w.occasionKnown && (d.ofAny() || d.Occasion == "" || d.Occasion == w.occasion) || d.Occasion == "" && !w.sheet.several(d)
	}
	for _, fits := range []func(Column) bool{
		func(d Column) bool { return d.goesWith(c) && just(d) },
		func(d Column) bool { return d.ofAny() && just(d) && c.Occasion != "" },
		func(d Column) bool { return d.goesWith(c) && whole(d) },
		func(d Column) bool { return d.ofAny() && whole(d) },
	} {
		at := slices.IndexFunc(w.sheet.reads, func(d Column) bool { return d.Takes == TakesDate && fits(d) })
		if at >= 0 {
			return at, true
		}
	}
	return 0, false
}

// ofAny reports a date that is of no measure alone.
func (c Column) ofAny() bool { return c.Measure == "" && c.Asked == "" }

// goesWith reports a date of the measure of a score, or of the question which it is.
func (c Column) goesWith(score Column) bool {
	return c.Measure != "" && c.Measure == score.Measure || c.Asked != "" && c.Asked == score.Asked
}

// several reports a sheet whose rows hold scores, which a date could be of, of more
// than one occasion: it is not known to be the day of any of them.
func (p *placed) several(date Column) bool {
	type moment struct {
		occasion scheme.Occasion
		time     int
	}
	seen := map[moment]bool{}
	for _, c := range p.reads {
		if c.scored() && (date.ofAny() && c.Occasion != "" || date.goesWith(c)) {
			seen[moment{c.Occasion, c.Time}] = true
		}
	}
	return len(seen) > 1
}
