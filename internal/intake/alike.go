package intake

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"cairn/internal/scheme"
)

// groups are the columns of scores that say the same of a row, each group in the
// order in which it stands.
func (s *guessed) groups() (all [][]int) {
	at := map[content]int{}
	for i, c := range s.columns {
		if !c.scored() {
			continue
		}
		n, there := at[contentOf(c)]
		if !there {
			n = len(all)
			at[contentOf(c)], all = n, append(all, nil)
		}
		all[n] = append(all[n], i)
	}
	return all
}

// unlike leaves columns out that name a measure beside words that nobody knows, where
// another column is its score or each of them says something else: they are questions
// of it, or parts.
func (s *guessed) unlike() {
	for _, group := range s.groups() {
		said := map[string]int{}
		for _, i := range group {
			said[s.unknownWords(i)]++
		}
		if len(said) < 2 {
			continue
		}
		why := "several columns name this measure beside words that nobody knows, so nobody can tell which is its score"
		if said[""] > 0 {
			why = "another column is the score of this measure"
		}
		for _, i := range group {
			if s.unknownWords(i) != "" {
				s.columns[i] = leftOut(s.columns[i], TakesNothing, why)
			}
		}
	}
}

// unknownWords are those of a heading that say neither a measure nor a time, and those
// by which a score is told from what is beside it.
func (s *guessed) unknownWords(at int) (all string) {
	const besideScores = "level levels rating rated max maximum min minimum number items response responses count lowest highest"
	n := s.words.naming(wordsOf(s.heading.names[at]))
	own := slices.Concat(s.words.ownWords(n.of), s.words.called(n.of))
	for _, word := range n.rest {
		said := s.words.around[word] && !slices.Contains(strings.Fields(besideScores), word) || slices.Contains(own, word)
		if word != aside && !isNumber(word) && !said {
			all += " " + word
		}
	}
	return all
}

// called are the words of all that measures are called by.
func (v *vocabulary) called(of []subject) (all []string) {
	for _, p := range v.phrases {
		if slices.ContainsFunc(p.of, func(s subject) bool { return v.shares(of, s) }) {
			all = append(all, p.parts...)
		}
	}
	return all
}

// asksAlone reports a question with its number in front, and a measure behind it, that
// is in no run of them.
func (s *guessed) asksAlone(at int) bool {
	words := wordsOf(s.heading.names[at])
	return isNumber(words[0]) && len(words[0]) < 3 && !isTimeNumber(words, 0) && s.unknownWords(at) != ""
}

// sinceThen takes what is called the score of now for the later one, where another
// column is the first of the same measure, and the date of now for its date.
func (s *guessed) sinceThen() {
	now, moved := func(c Column) bool {
		return c.Occasion == "" && hasAny(wordsOf(c.Heading), "now", "current", "currently", "latest", "today")
	}, false
	for i, c := range s.columns {
		first := contentOf(c)
		first.occasion = scheme.Baseline
		if c.scored() && now(c) && slices.ContainsFunc(s.columns, func(o Column) bool { return o.scored() && contentOf(o) == first }) {
			s.columns[i].Occasion, moved = scheme.Later, true
		}
	}
	for i, c := range s.columns {
		if moved && c.Takes == TakesDate && now(c) {
			s.columns[i].Occasion = scheme.Later
		}
	}
}

// number is what a heading counts: behind the name of a measure, of a time, else the
// day that it names, as a number; 0 where it has none.
func (s *guessed) number(at int) int {
	words := wordsOf(s.heading.names[at])
	if n := s.heading.means[at].item; n > 0 {
		return n
	}
	if n, ok := timeNumber(words); ok {
		return n
	}
	rest := s.words.naming(words).rest
	for i, word := range rest {
		if isYear(rest, i) {
			year, _ := strconv.Atoi(word)
			return year*10_000 + monthBefore(rest, i)
		}
	}
	for i, word := range rest {
		n, err := strconv.Atoi(word)
		if err == nil && n <= mostCounted && (i+1 == len(rest) || i == 0) {
			return n
		}
	}
	return 0
}

// monthBefore is the month and the day that stand before a year, as a number.
func monthBefore(words []string, year int) (n int) {
	if year > 0 {
		if month := monthNamed(words[year-1]); month > 0 {
			n = 100 * month
		} else if m, err := strconv.Atoi(words[year-1]); err == nil {
			n = 100 * m
		}
	}
	if year > 1 && n > 0 {
		day, _ := strconv.Atoi(words[year-2]) // none is the first of all
		n += day
	}
	return n
}

// inOrder takes the second column of one score for the later one: by the numbers of
// their headings, else by their places.
func (s *guessed) inOrder() {
	if s.of(TakesOccasion) >= 0 {
		return
	}
	for _, group := range s.groups() {
		if len(group) < 2 || s.columns[group[0]].Occasion != "" {
			continue
		}
		slices.SortStableFunc(group, func(a, b int) int { return cmp.Compare(s.number(a), s.number(b)) })
		for n, i := range group {
			s.columns[i].Occasion = map[bool]scheme.Occasion{true: scheme.Baseline, false: scheme.Later}[n == 0]
		}
	}
}
