package intake

import (
	"math"

	"cairn/internal/scheme"
)

// spans are the first and the last day of each score of each person, by hash.
type spans struct{ packed[span] }

// span is numbers of which only the order is of use.
type span struct{ first, last int32 }

func (s span) pairs() bool { return s.last > s.first }

func (s *spans) note(key uint64, at int32) {
	if before := s.found(key); before != nil {
		*before = span{min(before.first, at), max(before.last, at)}
		return
	}
	s.put(key, span{at, at})
}

// spanOf names a score of a person in a scheme.
func (j *judge) spanOf(s Score) uint64 {
	return j.hash(s.Reference, s.Scheme, string(s.Measure), itemOf(s), kindOfDay(s.Dated))
}

// nowhere is where no score stands yet.
func nowhere() span { return span{first: math.MaxInt32, last: math.MinInt32} }

// holdAgainstKept learns which scores of the file are here, and where those stand
// that are here of the same people.
func (j *judge) holdAgainstKept() error {
	if j.kept == nil {
		return nil
	}
	return j.kept(func(k Kept) error {
		j.beside(k, "")
		for _, item := range j.defs[k.Measure].Items {
			j.beside(k, item.Key)
		}
		return nil
	})
}

// beside holds one score that is here, or one answer of it, against the file.
func (j *judge) beside(k Kept, item string) {
	s := Score{Reference: k.Reference, Scheme: k.Scheme, Measure: k.Measure, Occasion: k.Occasion, Dated: k.Dated, On: k.On}
	if item != "" {
		s.Answers = map[string]int{item: 0}
	}
	key := j.key(s)
	if f := j.first.found(key); f != nil && !f.same {
		f.here, f.same = true, f.score == 0 || f.score == j.score(k.Series, k.Level)
	}
	if at := j.here.found(j.spanOf(s)); at != nil {
		*at = span{min(at.first, place(s)), max(at.last, place(s))}
	}
}

// pairs counts first scores with a later one: within the file, and those that
// nobody has without it.
func (j *judge) pairs() {
	j.spans.each(func(key uint64, s span) {
		if s.pairs() {
			j.sum.Pairs++
		}
		here, together := nowhere(), s
		if h := j.here.found(key); h != nil {
			here, together = *h, span{min(s.first, h.first), max(s.last, h.last)}
		}
		if together.pairs() && !here.pairs() {
			j.sum.NewPairs++
		}
	})
}

// kindOfDay keeps days and mere order apart: nothing says which came first.
func kindOfDay(d Dating) string {
	if d == ByOrder {
		return string(ByOrder)
	}
	return string(ByDay)
}

// place is where a score stands in time: its day, else its occasion's order.
func place(s Score) int32 {
	if s.Dated != ByOrder {
		return int32(s.On.DaysSince(scheme.Day{}))
	}
	return Order(s.Occasion)
}
