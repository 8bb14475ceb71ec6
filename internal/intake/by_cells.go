package intake

import (
	"maps"
	"slices"
	"strings"
)

// byCells puts right what a heading says where the cells below say another thing: the
// times of scores under “When”, and days under “Referred”.
func (s *guessed) byCells(i int, m meaning) meaning {
	in := s.cells[i]
	switch {
	case m.takes == TakesDate && in.dates*10 < in.looked && s.holdsOccasions(i):
		m.takes, m.occasion = TakesOccasion, ""
	case m.takes == TakesScore && isDay(wordsOf(s.heading.names[i])) && in.most(in.dates, 50) && len(in.numbers) == 0:
		m.takes = TakesDate
	case m.why == whyUnknown && hasAny(wordsOf(s.heading.names[i]), "type", "kind", "review", "form", "contact", "visit", "appointment", "assessment") && s.holdsOccasions(i):
		m.takes, m.occasion, m.why = TakesOccasion, "", ""
	case m.why == whyUnknown && ofReferral(wordsOf(s.heading.names[i])) && in.most(in.dates, 50):
		m.takes, m.why = TakesReferred, ""
	}
	return m
}

// ofReferral reports a heading of a referral and of nothing else about it.
func ofReferral(words []string) bool {
	return hasAny(words, "referral", "referred", "registered", "joined") && !slices.ContainsFunc(words, func(w string) bool {
		return !slices.Contains(strings.Fields("referral referred registered joined on in to at the made service scheme programme project"), w)
	})
}

// holdsOccasions reports a column most of whose cells say when a score was taken, in a
// sheet that has no other column for that.
func (s *guessed) holdsOccasions(i int) bool {
	if slices.ContainsFunc(s.heading.means, func(m meaning) bool { return m.takes == TakesOccasion }) {
		return false
	}
	lowest := lowestTime(slices.Collect(maps.Keys(s.cells[i].words)))
	all, said := 0, 0
	for text, n := range s.cells[i].words {
		if all += n; !isNumber(text) && readOccasion(text, lowest) != "" {
			said += n
		}
	}
	return said*2 > all
}
