package intake

import (
	"slices"
	"strconv"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A content is what two columns of a row both say, where nothing but the time tells
// them apart.
type content struct {
	measure  measure.Key
	series   measure.Series
	item     string
	asked    string
	occasion scheme.Occasion
}

func contentOf(c Column) content { return content{c.Measure, c.Series, c.Item, c.Asked, c.Occasion} }

func (c Column) scored() bool { return c.Takes == TakesScore || c.Takes == TakesAnswer }

// countTimes tells columns apart of which a row holds several of one occasion, as T2
// and T3, or Review 1 and Review 2: by the numbers of their headings, else by their
// order. Dates get the time of the scores that they go with.
func (s *guessed) countTimes() {
	if s.of(TakesOccasion) >= 0 {
		return
	}
	for _, o := range s.repeated() {
		most := s.countByHeading(o)
		if most == 0 {
			most = s.countInOrder(o)
		}
		s.dateTimes(o, most)
	}
}

// repeated are the occasions that a row holds several times.
func (s *guessed) repeated() (all []scheme.Occasion) {
	for _, group := range s.groups() {
		o := s.columns[group[0]].Occasion
		if len(group) > 1 && !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	return all
}

// countByHeading gives scores of an occasion the numbers of their headings, and
// returns how many times there are; none unless every heading has one and they tell
// the scores apart.
func (s *guessed) countByHeading(o scheme.Occasion) (times int) {
	type timed struct {
		content
		time int
	}
	numbers, seen, known := map[int]int{}, map[timed]bool{}, map[int]bool{}
	for i, c := range s.columns {
		if !c.scored() || c.Occasion != o {
			continue
		}
		n, ok := timeNumber(wordsOf(c.Heading))
		at := timed{contentOf(c), n}
		if !ok || seen[at] {
			return 0
		}
		seen[at], known[n], numbers[i] = true, true, n
	}
	for i, n := range numbers {
		s.columns[i].Time = n
	}
	return len(known)
}

// countInOrder numbers scores of an occasion as they stand, and returns how many
// times there are.
func (s *guessed) countInOrder(o scheme.Occasion) (times int) {
	so := map[content]int{}
	for i, c := range s.columns {
		if c.scored() && c.Occasion == o {
			at := contentOf(c)
			so[at]++
			s.columns[i].Time = so[at]
			times = max(times, so[at])
		}
	}
	return times
}

// dateTimes gives the dates of an occasion their times: by their headings' numbers,
// else one for each time in their order, else that of the score beside them.
func (s *guessed) dateTimes(o scheme.Occasion, times int) {
	var dates []int
	for i, c := range s.columns {
		if c.Takes == TakesDate && c.Occasion == o {
			dates = append(dates, i)
		}
	}
	inOrder := s.timesOf(o)
	for n, i := range dates {
		number, ok := timeNumber(wordsOf(s.columns[i].Heading))
		switch {
		case ok && slices.Contains(inOrder, number):
			s.columns[i].Time = number
		case len(dates) == times:
			s.columns[i].Time = inOrder[n]
		default:
			s.columns[i].Time = s.timeBeside(i, o)
		}
	}
}

// timesOf are the times of an occasion, in the order in which they stand.
func (s *guessed) timesOf(o scheme.Occasion) (all []int) {
	for _, c := range s.columns {
		if c.scored() && c.Occasion == o && !slices.Contains(all, c.Time) {
			all = append(all, c.Time)
		}
	}
	return all
}

// timeBeside is the time of the score after a date, else of that before it, 0 where
// neither is of the occasion.
func (s *guessed) timeBeside(date int, o scheme.Occasion) int {
	for _, i := range []int{date + 1, date - 1} {
		if i >= 0 && i < len(s.columns) && s.columns[i].scored() && s.columns[i].Occasion == o {
			return s.columns[i].Time
		}
	}
	return 0
}

// timeNumber is the number that a heading gives a time: T2, Visit 3, Review 1,
// follow-up 2, second review, 3rd visit.
func timeNumber(words []string) (n int, ok bool) {
	if n, ok := numbered(words); ok {
		return n, true
	}
	spelt := []string{"first", "second", "third", "fourth", "fifth", "sixth"}
	for i, word := range words {
		if at := slices.Index(spelt, word); at >= 0 {
			return at + 1, true
		}
		before, after := i > 0, i+1 < len(words)
		switch word {
		case "st", "nd", "rd", "th":
			if n, err := strconv.Atoi(words[max(i-1, 0)]); before && err == nil {
				return n, true
			}
		case "review", "up", "followup", "fu", "post", "after", "later", "contact", "meeting", "appointment", "session":
			if !after {
				continue
			}
			if n, err := strconv.Atoi(words[i+1]); err == nil && n < 100 {
				return n, true
			}
		}
	}
	return 0, false
}
