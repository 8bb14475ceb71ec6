package intake

import (
	"cmp"
	"slices"

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

// unknownWords are those of a heading that say neither a measure nor a time.
func (s *guessed) unknownWords(at int) (all string) {
	n := s.words.naming(wordsOf(s.heading.names[at]))
	own := s.words.ownWords(n.of)
	for _, word := range n.rest {
		if word != aside && !isNumber(word) && !s.words.around[word] && !slices.Contains(own, word) {
			all += " " + word
		}
	}
	return all
}

// sinceThen takes what is called the score of now for the later one, where another
// column is the first of the same measure.
func (s *guessed) sinceThen() {
	for i, c := range s.columns {
		if !c.scored() || c.Occasion != "" || !hasAny(wordsOf(c.Heading), "now", "current", "currently", "latest", "today") {
			continue
		}
		first := contentOf(c)
		first.occasion = scheme.Baseline
		if slices.ContainsFunc(s.columns, func(o Column) bool { return o.scored() && contentOf(o) == first }) {
			s.columns[i].Occasion = scheme.Later
		}
	}
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
		if !slices.ContainsFunc(group, func(i int) bool { return s.heading.means[i].item == 0 }) {
			slices.SortStableFunc(group, func(a, b int) int { return cmp.Compare(s.heading.means[a].item, s.heading.means[b].item) })
		}
		for n, i := range group {
			s.columns[i].Occasion = map[bool]scheme.Occasion{true: scheme.Baseline, false: scheme.Later}[n == 0]
		}
	}
}
