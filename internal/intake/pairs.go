package intake

import "cairn/internal/scheme"

// spans are the first and the last day of each score of each person, by hash.
type spans map[uint64]span

// span is numbers of which only the order is of use.
type span struct{ first, last int32 }

func (s span) pairs() bool { return s.last > s.first }

func (s spans) note(key uint64, at int32) {
	if before, there := s[key]; there {
		s[key] = span{min(before.first, at), max(before.last, at)}
		return
	}
	s[key] = span{at, at}
}

// spanOf names a score of a person in a scheme.
func (j *judge) spanOf(s Score) uint64 {
	return j.hash(s.Reference, s.Scheme, string(s.Measure), itemOf(s), kindOfDay(s.Dated))
}

// pairs counts first scores with a later one: within the file, and those that
// nobody has without it.
func (j *judge) pairs() error {
	here := spans{}
	if j.kept != nil {
		err := j.kept(func(k Kept) error {
			j.beside(k, "", here)
			for _, item := range j.defs[k.Measure].Items {
				j.beside(k, item.Key, here)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for key, s := range j.spans {
		if s.pairs() {
			j.sum.Pairs++
		}
		h, there := here[key]
		together := s
		if there {
			together = span{min(s.first, h.first), max(s.last, h.last)}
		}
		if together.pairs() && !h.pairs() {
			j.sum.NewPairs++
		}
	}
	return nil
}

// beside holds one score that is here, or one answer of it, against the file.
func (j *judge) beside(k Kept, item string, here spans) {
	s := Score{Reference: k.Reference, Scheme: k.Scheme, Measure: k.Measure, Occasion: k.Occasion, Dated: k.Dated, On: k.On}
	if item != "" {
		s.Answers = map[string]int{item: 0}
	}
	key := j.key(s)
	if f, there := j.first[key]; there && !f.conflict && !f.here {
		f.here = true
		j.first[key] = f
		j.sum.Here++
	}
	key = j.spanOf(s)
	if _, there := j.spans[key]; there {
		here.note(key, place(s))
	}
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
