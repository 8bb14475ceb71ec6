package intake

import (
	"fmt"
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
)

// A Said is a mapping as somebody sends it of a file whose mapping they read.
type Said struct{ Read, Sent Mapping }

// Check faults with mapping.invalid, at its place, for what of the mapping that was
// sent would be lost in taking, which is how the file is read by it: an answer that
// the question does not have, a question that nobody asks, and the fingerprint of
// other columns. What was asked only before columns were taken as something else may
// still be there.
func (s Said) Check(taking Mapping) error {
	var wrong fault.List
	refuse := func(at, format string, args ...any) {
		if len(wrong) < mostWrong {
			wrong.Add(fault.New(fault.Invalid, fault.MappingInvalid, format, args...).At("mapping." + at))
		}
	}
	if s.Sent.Fingerprint != s.Read.Fingerprint && s.Sent.Changed() {
		refuse("fingerprint", "This fingerprint is not that of the mapping that was read with this file. Send “%s”, or read the file again and change what it is answered with.", s.Read.Fingerprint)
	}
	for i, q := range s.Sent.Questions {
		asked, ok := taking.asks(q.Key)
		if !ok {
			if _, was := s.Read.asks(q.Key); !was {
				refuse(fmt.Sprintf("questions[%d].key", i), "Nothing of the file is asked under “%.40s”. %s", q.Key, taking.askable())
			}
			continue
		}
		if q.Answer != "" && !asked.has(q.Answer) {
			refuse(fmt.Sprintf("questions[%d].answer", i), noAnswer, q.Answer, asked.Asks, asked.answers())
		}
	}
	return wrong.Err()
}

const noAnswer = "“%.40s” is no answer to “%s” Answer %s; or leave it empty, and its rows are reviewed."

// Heeding is a mapping from a file with the answers that were typed into it put where
// they belong. It faults with mapping.invalid for one that is none of the choices.
func (m Mapping) Heeding() (Mapping, error) {
	var wrong fault.List
	sheets, measures := slices.Clone(m.Sheets), slices.Clone(m.Measures)
	for i := range sheets {
		sheets[i].Columns = slices.Clone(sheets[i].Columns)
	}
	for i, q := range m.Questions {
		switch {
		case q.Answer == "":
			continue
		case !q.has(q.Answer):
			wrong.Add(fault.New(fault.Invalid, fault.MappingInvalid, noAnswer, q.Answer, q.Asks, q.answers()).At(fmt.Sprintf("mapping.questions[%d].answer", i)))
			continue
		}
		for _, s := range sheets {
			for j, c := range s.Columns {
				if c.Asked == q.Key {
					s.Columns[j].Series = measure.Series(q.Answer)
				}
			}
		}
		for j, n := range measures {
			if n.Asked == q.Key {
				measures[j].Series = measure.Series(q.Answer)
			}
		}
	}
	m.Sheets, m.Measures = sheets, measures
	return m, wrong.Err()
}

// asks is the question of a key.
func (m Mapping) asks(key string) (Question, bool) {
	i := slices.IndexFunc(m.Questions, func(q Question) bool { return q.Key == key })
	if i < 0 {
		return Question{}, false
	}
	return m.Questions[i], true
}

// askable says which questions there are.
func (m Mapping) askable() string {
	var keys []string
	for _, q := range m.Questions {
		keys = append(keys, "“"+q.Key+"”")
	}
	if keys == nil {
		return "This file has no questions: take it out."
	}
	return "The questions of this file are " + strings.Join(keys, ", ") + ": take the others out."
}

func (q Question) has(answer string) bool {
	return slices.ContainsFunc(q.Choices, func(c Choice) bool { return string(c.Series) == answer })
}

// answers are the choices, each with what it is in words.
func (q Question) answers() string {
	var all []string
	for _, c := range q.Choices {
		all = append(all, fmt.Sprintf("“%s” (%s)", c.Series, c.Says))
	}
	return strings.Join(all, " or ")
}
