package fhir

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cairn/internal/measure"
)

// A Questionnaire is one measure.
type Questionnaire struct {
	ResourceType string   `json:"resourceType"`
	ID           string   `json:"id"`
	URL          string   `json:"url"`
	Version      string   `json:"version"`
	Name         string   `json:"name"` // for programs
	Title        string   `json:"title"`
	Status       string   `json:"status"`
	SubjectType  []string `json:"subjectType"`
	Description  string   `json:"description,omitempty"`
	Copyright    string   `json:"copyright,omitempty"`
	Code         []Coding `json:"code,omitempty"`
	Item         []Item   `json:"item"`
}

// An Item is one question, or a group of them.
type Item struct {
	Extension []Extension `json:"extension,omitempty"`
	LinkID    string      `json:"linkId"`
	Code      []Coding    `json:"code,omitempty"`
	Text      string      `json:"text,omitempty"`
	Type      string      `json:"type"`
	Options   []Option    `json:"answerOption,omitempty"`
	Item      []Item      `json:"item,omitempty"`
}

// An Option is one answer in words.
type Option struct {
	Coding Coding `json:"valueCoding"`
}

// Link identifiers that are no item's key.
const (
	scores    = "scores"  // the group of them
	scoreLink = "score."  // before a series
	display   = "display" // an item that asks nothing
)

// Of says a measure: its items, then the scores that may be given
// instead. Words are those that the licence lets everybody have; those that an
// organisation brought in under a licence of its own stay with it.
func (n Names) Of(def measure.Definition) Questionnaire {
	q := Questionnaire{
		ResourceType: "Questionnaire", ID: string(def.Key), URL: n.Questionnaire(def.Key), Version: strconv.Itoa(def.Version),
		Name: programName(def.Key), Title: def.Name, Status: "active", SubjectType: []string{"Patient"},
		Description: def.About, Copyright: strings.TrimSpace("© " + def.Licence.Holder + ". " + def.Licence.Terms + " " + def.Licence.Notice),
		Code: append([]Coding{{System: n.ofMeasure(def.Key, "CodeSystem/measure"), Code: string(def.Key), Display: def.Short}}, codesOf(def, "")...),
	}
	if def.Licence.Holder == "" {
		q.Copyright = def.Licence.Terms
	}
	if def.Intro != "" && free(def) {
		q.Item = append(q.Item, Item{LinkID: "intro", Text: def.Intro, Type: display})
	}
	for i, it := range def.Items {
		if it.Place > 0 && (i == 0 || def.Items[i-1].Place != it.Place) {
			q.Item = append(q.Item, Item{LinkID: def.Own.WordsKey(it.Place), Text: def.Own.Title(it.Place) + ", in the person's own words", Type: "string"})
		}
		q.Item = append(q.Item, n.question(def, i))
	}
	if given := n.given(def); len(given) > 0 {
		q.Item = append(q.Item, Item{LinkID: scores, Text: "Instead of answers: one score", Type: "group", Item: given})
	}
	return q
}

// free reports whether everybody may have the words.
func free(def measure.Definition) bool { return def.Wording == measure.Bundled }

// question says the i-th item.
func (n Names) question(def measure.Definition, i int) Item {
	it := def.Items[i]
	q := Item{LinkID: it.Key, Text: worded(def, i), Type: kindOf(def, it)}
	switch q.Type {
	case "choice":
		for _, o := range def.Answers(it) {
			q.Options = append(q.Options, Option{n.answer(def, o)})
		}
	case "integer":
		low, high := it.Min, it.Max
		q.Extension = []Extension{{URL: lowestValue, ValueInteger: &low}, {URL: highestValue, ValueInteger: &high}}
	default:
		q.Extension = []Extension{{URL: lowestValue, ValueDecimal: json.Number(it.Response(it.Min))}, {URL: highestValue, ValueDecimal: json.Number(it.Response(it.Max))}}
	}
	return q
}

// worded is what stands for an item: its words, its name in ours, or its number.
func worded(def measure.Definition, i int) string {
	it := def.Items[i]
	switch {
	case free(def) && it.Text != "":
		return it.Text
	case it.Name != "" && it.Place > 0:
		return it.Name
	case it.Name != "":
		return fmt.Sprintf("%s, %s. The measure's own wording is licensed and is not given here.", def.Short, it.Name)
	}
	return fmt.Sprintf("%s, item %d. Its wording is licensed and is not given here.", def.Short, i+1)
}

// kindOf is how an item is answered: in words where each answer has some that
// everybody may have, else in figures.
func kindOf(def measure.Definition, it measure.Item) string {
	switch {
	case it.Decimals > 0:
		return "decimal"
	case free(def) && !slices.ContainsFunc(def.Answers(it), func(o measure.Option) bool { return o.Text == "" }):
		return "choice"
	}
	return "integer"
}

// answer codes one answer in words by its figure.
func (n Names) answer(def measure.Definition, o measure.Option) Coding {
	points := o.Value
	if o.Points != nil {
		points = *o.Points
	}
	return Coding{
		Extension: []Extension{{URL: ordinal, ValueDecimal: json.Number(strconv.Itoa(points))}},
		System:    n.answers(def), Code: strconv.Itoa(o.Value), Display: o.Text,
	}
}

// answers names the figures that answers to a measure are coded by.
func (n Names) answers(def measure.Definition) string { return n.Questionnaire(def.Key) + "/answers" }

// given are the scores that may be typed in.
func (n Names) given(def measure.Definition) (all []Item) {
	for _, sc := range def.Scores {
		if !sc.Enter {
			continue
		}
		one := Item{LinkID: scoreLink + string(sc.Series), Code: n.scoreCodes(def, sc), Text: def.Titled(sc), Type: "decimal"}
		if low, ends := sc.End(measure.LowerIsBetter); ends {
			one.Extension = append(one.Extension, Extension{URL: lowestValue, ValueDecimal: json.Number(sc.Text(low))})
		}
		if high, ends := sc.End(measure.HigherIsBetter); ends {
			one.Extension = append(one.Extension, Extension{URL: highestValue, ValueDecimal: json.Number(sc.Text(high))})
		}
		all = append(all, one)
	}
	return all
}

// scoreCodes names a score: by its series, and as others do.
func (n Names) scoreCodes(def measure.Definition, sc measure.Score) []Coding {
	return append([]Coding{{System: n.ofMeasure(def.Key, "CodeSystem/score"), Code: string(sc.Series), Display: def.Titled(sc)}}, codesOf(def, sc.Series)...)
}

// codesOf are the codes of other terminologies that the catalogue or the
// operator's own file has for a series; an empty one is the whole measure.
func codesOf(def measure.Definition, series measure.Series) (all []Coding) {
	systems := map[measure.System]string{measure.LOINC: loinc, measure.SNOMED: snomed}
	for _, c := range def.Codes {
		if c.Series == series {
			all = append(all, Coding{System: systems[c.System], Code: c.Code, Display: c.Means})
		}
	}
	return all
}

// programName is a name that programs may use for something: letters and digits.
func programName(key measure.Key) string {
	var name strings.Builder
	for part := range strings.FieldsFuncSeq(string(key), func(r rune) bool { return r == '-' }) {
		name.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return "Cairn" + name.String()
}
