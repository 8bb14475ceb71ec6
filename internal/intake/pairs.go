package intake

import (
	"math"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// spans say when each score of each person was taken, by hash.
type spans struct{ packed[span] }

// span is when scores were taken: by day, within a month and by mere order. Nothing
// says how these stand to each other. Days are counted by numberOf.
type span struct {
	days, month, order ends
	turn               turn
}

// ends are the end of the first and the beginning of the last, as numbers of which
// only the order is of use. There is one for each person and measure of a file.
type ends struct{ first, last int16 }

func (e ends) with(f ends) ends { return ends{min(e.first, f.first), max(e.last, f.last)} }

func (e ends) pairs() bool { return e.last > e.first }

// numberOf is a day as a number. Those of before 1911 and after 2089 are all one.
func numberOf(d scheme.Day) int16 {
	const year2000 = 730_119 // days after the first of the calendar
	return int16(max(math.MinInt16+1, min(d.DaysSince(scheme.Day{})-year2000, math.MaxInt16-1)))
}

func (s span) with(t span) span {
	return span{s.days.with(t.days), s.month.with(t.month), s.order.with(t.order), s.turn.with(t.turn)}
}

// pairs reports a first score with one that is known to be later. What lies in
// several months has that by day.
func (s span) pairs() bool { return s.days.pairs() || s.month.pairs() || s.order.pairs() }

func (s *spans) note(key uint64, at span) {
	if before := s.found(key); before != nil {
		*before = before.with(at)
		return
	}
	s.put(key, at)
}

// spanOf names a score of a person in a scheme.
func (j *judge) spanOf(s Score) uint64 {
	return j.hash(s.Reference, s.Scheme, string(s.Measure), itemOf(s))
}

// nowhere is where no score stands yet.
func nowhere() span {
	no := ends{first: math.MaxInt16, last: math.MinInt16}
	return span{no, no, no, turn{never, never}}
}

// holdAgainstKept learns which scores of the file are here, and where those stand
// that are here of the same people.
func (j *judge) holdAgainstKept() error {
	if j.kept == nil {
		return nil
	}
	return j.kept(func(k Kept) error {
		def := j.defs[k.Measure]
		if !apart(def) {
			j.beside(k, "")
			return nil
		}
		for _, item := range def.Items {
			j.beside(k, item.Key)
		}
		return nil
	})
}

// beside holds one score that is here, or one answer of it, against the file. What
// it was before it was corrected, moved or withdrawn is here already, and no other
// value contradicts it.
func (j *judge) beside(k Kept, item string) {
	s := Score{Reference: k.Reference, Scheme: k.Scheme, Measure: k.Measure, Occasion: k.Occasion, Dated: k.Dated, On: k.On}
	if item != "" {
		s.Answers = map[string]int{item: 0}
	}
	if f := j.first.found(j.key(s)); f != nil {
		f.here = max(f.here, k.against(f.score == j.score(measure.Scored{Series: k.Series, Level: k.Level})))
	}
	if sc, _ := j.defs[k.Measure].Score(k.Series); k.Before || sc.Item != item {
		return // something is kept of that day; this answer is not
	}
	if at := j.here.found(j.spanOf(s)); at != nil {
		*at = at.with(place(s))
	}
	j.turnedBefore(s, k.Closed)
}

// here is what is here already of a person, measure and day.
type here uint8

const (
	notHere   here = iota
	otherHere      // something else
	onceHere       // the same, but somebody put it right since
	sameHere       // the same
)

// against is how a score stands to one of the file.
func (k Kept) against(equal bool) here {
	switch {
	case equal && k.Before:
		return onceHere
	case equal:
		return sameHere
	case k.Before:
		return notHere // it is not contradicted
	}
	return otherHere
}

// An Unpaired counts by why no new pair comes of them those who have a score in the
// file that counts: each person once for each scheme and measure. With the new pairs
// they are all.
type Unpaired struct {
	Paired  int `json:"paired_already"`    // of what is here
	Once    int `json:"one_score"`         // counting what is here
	Undated int `json:"some_without_date"` // a score with a date or a month, and one with neither
	InMonth int `json:"day_in_month"`      // a month, and a day of it
}

// pairs counts first scores with a later one: within the file, and those that
// nobody has without it; and why the others are none.
func (j *judge) pairs() {
	no := nowhere()
	j.spans.each(func(key uint64, s span) {
		if s.days == no.days && s.month == no.month && s.order == no.order {
			return // no score of theirs counts
		}
		if s.pairs() {
			j.sum.Pairs++
		}
		here, together := no, s
		if h := j.here.found(key); h != nil {
			here, together = *h, s.with(*h)
		}
		switch {
		case here.pairs():
			j.sum.Unpaired.Paired++
		case together.pairs():
			j.sum.NewPairs++
		case together.days != no.days && together.order != no.order:
			j.sum.Unpaired.Undated++
		case together.month != no.month && together.days.first == together.days.last:
			j.sum.Unpaired.InMonth++ // a month alone begins before it ends
		default:
			j.sum.Unpaired.Once++ // two of one day, or of one occasion without any, are no two scores
		}
	})
}

// place is where a score stands in time: its day or month, else its occasion's order.
func place(s Score) span {
	at := nowhere()
	order := int16(min(s.Occasion.Order(), math.MaxInt16))
	of := scheme.Span{First: s.On, Last: s.On}
	switch s.Dated {
	case ByOrder:
		at.order = ends{order, order}
		return at
	case ByMonth:
		if s.Occasion != scheme.Unstated {
			at.month = ends{order, order}
		}
		of = s.On.Month().Span()
	}
	at.days = ends{first: numberOf(of.Last), last: numberOf(of.First)}
	return at
}
