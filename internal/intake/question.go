package intake

import (
	"fmt"
	"slices"
	"strings"

	"cairn/internal/measure"
)

// questions are what the columns and names of the mapping depend on, answered
// where the numbers leave no doubt.
func (g *guesser) questions(m Mapping) []Question {
	var all []Question
	ask := func(key string) {
		if key == "" || slices.ContainsFunc(all, func(q Question) bool { return q.Key == key }) {
			return
		}
		all = append(all, g.question(key))
	}
	for _, s := range m.Sheets {
		for _, c := range s.Columns {
			ask(c.Asked)
		}
	}
	for _, n := range m.Measures {
		ask(n.Asked)
	}
	for i := range all {
		all[i].Answer, all[i].Because = g.answer(all[i], g.numbersOf(all[i].Key, m))
	}
	return all
}

func (g *guesser) question(key string) Question {
	q := Question{Key: key}
	var names []string
	for part := range strings.SplitSeq(key, "-or-") {
		def := g.words.defs[measure.Key(part)]
		names = append(names, def.Short)
		for _, sc := range def.Scores {
			if !sc.Enter {
				continue
			}
			said := sc.Name
			if n := len(def.Items); n > 1 {
				said = fmt.Sprintf("%s, of %d questions, from %s to %s", sc.Name, n, sc.Text(sc.Min), sc.Text(sc.Max))
			}
			q.Choices = append(q.Choices, Choice{Series: sc.Series, Says: said})
		}
	}
	q.Asks = "Which score is in the columns of " + strings.Join(names, " or ") + "?"
	return q
}

// numbersOf are the numbers that a question is about.
func (g *guesser) numbersOf(key string, m Mapping) (all []string) {
	for _, s := range g.sheets {
		for i, c := range s.columns {
			if c.Asked == key && c.scored() {
				all = append(all, s.cells[i].numbers...)
			}
		}
	}
	for _, n := range m.Measures {
		if n.Asked == key {
			all = append(all, g.byName[n.Says]...)
		}
	}
	return all
}

// answer is the only choice that the numbers allow: nearly all of them are
// scores of it, and of every other choice so many are not that slips of the
// keyboard do not explain them. It is printed with its reason, and asked about.
func (g *guesser) answer(q Question, numbers []string) (answer, because string) {
	if len(numbers) < 3 {
		return "", ""
	}
	best, next := -1, 0.0
	share := make([]float64, len(q.Choices))
	for i, c := range q.Choices {
		def := g.words.defs[g.measureOf(c.Series)]
		fits := 0
		for _, text := range numbers {
			if _, err := def.FromScore(c.Series, text); err == nil {
				fits++
			}
		}
		share[i] = float64(fits) / float64(len(numbers))
		if best < 0 || share[i] > share[best] {
			best = i
		}
	}
	for i := range share {
		if i != best {
			next = max(next, share[i])
		}
	}
	if share[best] < 0.85 || next > 0.75 || next > share[best]-0.2 {
		return "", ""
	}
	return string(q.Choices[best].Series), fmt.Sprintf("%.0f%% of the numbers are scores of it, and %.0f%% of the next likely", 100*share[best], 100*next)
}

// Answered is the mapping with the answers to its questions put where they
// belong.
func (m Mapping) Answered() Mapping {
	answer := map[string]string{}
	for _, q := range m.Questions {
		answer[q.Key] = q.Answer
	}
	for i := range m.Sheets {
		columns := slices.Clone(m.Sheets[i].Columns)
		for j, c := range columns {
			if c.Asked != "" && c.scored() {
				columns[j].Series = measure.Series(answer[c.Asked])
			}
		}
		m.Sheets = slices.Clone(m.Sheets)
		m.Sheets[i].Columns = columns
	}
	m.Measures = slices.Clone(m.Measures)
	for i, n := range m.Measures {
		if n.Asked != "" {
			m.Measures[i].Series = measure.Series(answer[n.Asked])
		}
	}
	return m
}

// Answer answers a question, or leaves it open where the series is empty; it
// reports whether the question has that choice.
func (m Mapping) Answer(key, series string) (Mapping, bool) {
	m.Questions = slices.Clone(m.Questions)
	for i, q := range m.Questions {
		if q.Key != key {
			continue
		}
		if series != "" && !q.has(series) {
			return m, false
		}
		if m.Questions[i].Answer, m.Questions[i].Because = series, "somebody said so"; series == "" {
			m.Questions[i].Because = ""
		}
		return m.Answered(), true
	}
	return m, false
}
