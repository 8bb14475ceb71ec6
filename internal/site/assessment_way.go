package site

import (
	"math"
	"slices"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A way is how the answers of a form are typed in.
type way string

const (
	byItems  way = "items"  // each answer is chosen
	byDigits way = "digits" // the answers in a row, from paper
	byScore  way = "score"  // a total
)

// An entry is the part of a page on which an assessment is typed in.
type entry struct {
	Measure  measure.Definition
	Occasion scheme.Occasion
	Named    map[string]string // the person's own words so far, by place
	Way      way
	Form     Form
	Sheet    measure.Sheet
	Unlikely bool // what was typed is to be looked at twice
	Choices  entryChoices
	// Groups are the parts of the measure that were chosen to be rated. Measure is
	// cut to them.
	Groups []measure.Group
}

// waysOf are the ways that a measure can be entered, the usual one first.
func waysOf(d measure.Definition) []way {
	var all []way
	if len(d.Items) > 0 {
		all = append(all, byItems)
	}
	if d.Keyed() {
		all = append(all, byDigits)
	}
	if !d.ByItems() {
		slices.Reverse(all) // only the licensed form has the words
	}
	if len(entered(d)) > 0 {
		all = append(all, byScore)
	}
	return all
}

// wayOf is the way that was asked for where the measure has it, else its usual
// one.
func wayOf(d measure.Definition, asked string) way {
	all := waysOf(d)
	if slices.Contains(all, way(asked)) {
		return way(asked)
	}
	if len(all) == 0 {
		return byScore
	}
	return all[0]
}

// Ways are the ways of the page's measure.
func (p entry) Ways() []way { return waysOf(p.Measure) }

// entered are the scores that can be typed in.
func entered(d measure.Definition) []measure.Score {
	var all []measure.Score
	for _, sc := range d.Scores {
		if sc.Enter {
			all = append(all, sc)
		}
	}
	return all
}

// Entered are the scores that can be typed in.
func (p entry) Entered() []measure.Score { return entered(p.Measure) }

// WhichScore is the question of which score is typed in, asked only where there
// are several: a number alone never says.
func (p entry) WhichScore() (Field, error) { return whichScore(p.Measure, p.Form) }

func whichScore(d measure.Definition, form Form) (Field, error) {
	f, err := form.Field("series")
	for _, sc := range entered(d) {
		f = f.OrExplained(string(sc.Series), sc.Name, sc.Text(sc.Min)+" to "+sc.Text(sc.Max)+", "+sc.Better())
	}
	return f, err
}

// entryFields names the fields of a measure's form in the order of the page.
// What is wrong with the answers as a whole is shown at the first of them.
func entryFields(d measure.Definition, w way) (names []string, at map[string]string) {
	names, at = []string{"measure", "occasion", "on"}, map[string]string{}
	switch w {
	case byDigits:
		names = append(names, "digits")
		at["items"] = "digits"
		for _, it := range d.Items {
			at["items."+it.Key] = "digits"
		}
	case byScore:
		names = append(names, "series", "score", "risk_answer")
	default:
		for _, it := range d.Items {
			if it.Place > 0 && !slices.Contains(names, "own_words."+d.Own.WordsKey(it.Place)) {
				names = append(names, "own_words."+d.Own.WordsKey(it.Place))
			}
			names = append(names, "items."+it.Key)
		}
		at["items"], at["own_words"] = "items."+d.Items[0].Key, "items."+d.Items[0].Key
	}
	return append(names, "channel", "helper", "rater", "language", "typing"), at
}

// pointAtFirstUnanswered puts what is said of too few answers at the first one
// that is missing.
func (f *Form) pointAtFirstUnanswered(d measure.Definition) {
	for _, it := range d.Items {
		if f.at["items"] != "digits" && f.at["items"] != "" && f.text("items."+it.Key) == "" {
			f.at["items"] = "items." + it.Key
			return
		}
	}
}

// answers are what was typed of a measure, in one of the ways.
type answers struct {
	responses map[string]int
	digits    string
	words     map[string]string
	series    measure.Series
	score     string
	risk      scheme.RiskAnswer
}

// answers reads them.
func (f *Form) answers(d measure.Definition, w way) answers {
	switch w {
	case byDigits:
		return answers{digits: f.typed.Get("digits") + " "} // nothing typed is too few
	case byScore:
		return answers{series: measure.Series(f.text("series")), score: f.text("score"), risk: scheme.RiskAnswer(f.text("risk_answer"))}
	}
	a := answers{responses: map[string]int{}}
	for _, it := range d.Items {
		if text := f.text("items." + it.Key); text != "" {
			a.responses[it.Key] = response(it, text)
		}
	}
	if d.Own != nil {
		a.words = map[string]string{}
		for _, place := range d.Own.WordsKeys() {
			if text := f.text("own_words." + place); text != "" {
				a.words[place] = text
			}
		}
	}
	return a
}

// response is what was chosen or typed for an item. What is no number of its
// decimals becomes one that no item has, which the measure then refuses.
func response(it measure.Item, text string) int {
	level, err := measure.ParseLevel(text, it.Decimals)
	if err != nil {
		return math.MinInt
	}
	return int(level)
}

// Digits is the box for answers typed in a row.
func (p entry) Digits() (Field, error) { return p.Form.Field("digits") }

// Wide reports whether an answer may take two digits.
func (p entry) Wide() bool { return p.Measure.Wide() }

// Rater is the question of whose answer it is.
func (p entry) Rater() (Field, error) { return p.Form.Field("rater") }

// IsRater reports whether that one is chosen.
func (p entry) IsRater(r measure.Rater) bool { return p.Form.text("rater") == string(r) }

// OtherRater reports whether the answer is not of whom the measure is meant for,
// or cannot be.
func (p entry) OtherRater() bool {
	said := p.Form.text("rater")
	return said != "" && said != string(p.Measure.Rater)
}

// entryChoices are the lists that every form for recording offers.
type entryChoices struct{}

func (entryChoices) Channels() []scheme.Term  { return scheme.Channels() }
func (entryChoices) Helpers() []scheme.Term   { return scheme.Helpers() }
func (entryChoices) Languages() []scheme.Term { return scheme.Languages() }
func (entryChoices) Raters() []measure.Rater  { return measure.Raters() }
