package intake

import (
	"slices"
	"strconv"
	"strings"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// whyQuestion is of a column that is one question of a form which is not there whole.
const whyQuestion = "it is one question of a measure, and the columns do not hold all of them"

// A run is columns that count the questions of one form: WEMWBS 1 to WEMWBS 14.
type run struct {
	counter
	columns []int
}

// A counter is what the headings of a run have in common.
type counter struct {
	name     string // of a measure, or of the first part of one; empty for Q1
	occasion scheme.Occasion
	time     int
}

// counted is what a heading counts, and its number, which is 0 where it counts
// nothing: “PHQ-9 Q3” and “WEMWBS_3” count questions of a measure, “Q3” those of some
// form, and “PHQ9” may count those of a PHQ.
func (v *vocabulary) counted(words []string) (c counter, n int) {
	if hasAny(words, "total", "score", "scores", "sum", "raw", "metric", "result") {
		return c, 0
	}
	rest := words
	for _, p := range v.phrases {
		at := findParts(words, p.parts)
		if at < 0 || len(p.of) == 0 {
			continue
		}
		end := at + len(p.parts)
		rest = slices.Concat(words[:at], []string{aside}, words[end:])
		n = questionIn(rest, at)
		if first, err := strconv.Atoi(words[0]); n == 0 && err == nil && first < 100 && len(rest) > 2 {
			n = first // 1. and what is asked, and behind it the measure
		}
		if n > 0 {
			c.name = p.words
			break
		}
	}
	if n == 0 && len(rest) == len(words) && v.saidOfAny(words) {
		n = questionIn(words, -1)
	}
	c.occasion = occasionIn(rest)
	c.time, _ = timeNumber(words)
	return c, n
}

// questionIn is the number right behind a name, or behind the word question; 0 where
// there is none.
func questionIn(words []string, name int) int {
	for i, word := range words {
		if !isNumber(word) || i == 0 || i != name+1 && !isQuestion(words[i-1]) {
			continue
		}
		if behind := i + 1; behind < len(words) && (isUnit(words, behind) || strings.HasPrefix(words[behind], "item") || strings.HasPrefix(words[behind], "question")) {
			continue
		}
		if n, err := strconv.Atoi(word); err == nil && n < 100 {
			return n
		}
	}
	return 0
}

// runs are the columns that count questions, each in the order of its numbers.
func (s *guessed) runs() []*run {
	var all []*run
	last := map[counter]*run{}
	for i, name := range s.heading.names {
		c, n := s.words.counted(wordsOf(name))
		takes := s.heading.means[i].takes
		if n == 0 || takes != TakesScore && takes != TakesNothing {
			continue
		}
		if n == 1 {
			last[c] = &run{counter: c}
			all = append(all, last[c])
		}
		if r := last[c]; r != nil && n == len(r.columns)+1 {
			r.columns = append(r.columns, i)
		}
	}
	return all
}

// settleRuns finds of which form each run of questions is: of the measure that they
// name and that has so many, else of the only one that other columns name. A score
// beside them, of which nobody could tell which it is, is then of that form.
func (s *guessed) settleRuns() {
	runs := s.runs()
	inRun := map[int]bool{}
	for _, r := range runs {
		for _, i := range r.columns {
			inRun[i] = true
		}
	}
	var found []measure.Key
	for _, r := range runs {
		key := s.formOf(r, inRun)
		if key == "" {
			continue
		}
		for n, i := range r.columns {
			s.heading.means[i] = meaning{takes: TakesScore, of: []subject{{measure: key}}, item: n + 1, answer: true, occasion: r.occasion}
		}
		if !slices.Contains(found, key) {
			found = append(found, key)
		}
	}
	for i, m := range s.heading.means {
		meant := slices.DeleteFunc(slices.Clone(m.of), func(o subject) bool { return !slices.Contains(found, o.measure) })
		if len(m.of) > 1 && len(meant) == 1 {
			s.heading.means[i].of = meant
		}
	}
}

// formOf is the measure of a run; empty where none has as many questions, or where
// several have.
func (s *guessed) formOf(r *run, inRun map[int]bool) measure.Key {
	n := len(r.columns)
	var of []subject
	for _, name := range []string{r.name, r.name + " " + strconv.Itoa(n)} {
		if at := s.words.phrased(name); at >= 0 {
			of = append(of, s.words.phrases[at].of...)
		}
	}
	if r.name == "" {
		for i, m := range s.heading.means {
			if m.takes == TakesScore && !inRun[i] {
				of = append(of, m.of...)
			}
		}
		if len(of) == 0 {
			of, _ = s.words.known(s.called)
		}
	}
	var keys []measure.Key
	for _, o := range of {
		if o.item == "" && n > 2 && len(s.words.defs[o.measure].Items) == n && !slices.Contains(keys, o.measure) {
			keys = append(keys, o.measure)
		}
	}
	if len(keys) != 1 {
		return ""
	}
	return keys[0]
}
