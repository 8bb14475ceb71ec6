// Package measure holds outcome measures as data: their items, range,
// direction, scoring, thresholds, and the licence they come under.
//
// It knows nothing of people, schemes, storage or screens. It promises that a
// definition it hands out is consistent, that no score passes through it which
// the measure could not have given, and that scores of different series (a raw
// and a converted score, say) can never be mistaken for each other.
package measure

import "slices"

// Key names a measure in every version: "swemwbs".
type Key string

// Series names scores that may be compared with each other: "swemwbs-metric".
// Pairs are made within one series only.
type Series string

// Direction says which way is better. It is applied in one place, evidence.
type Direction int8

const (
	HigherIsBetter Direction = 1
	LowerIsBetter  Direction = -1
)

// Rater is whose judgement a score is. Ratings by different raters never pair.
type Rater string

const (
	Self      Rater = "self"
	Clinician Rater = "clinician"
	Proxy     Rater = "proxy"
)

// Raters returns every rater, in the order forms show them.
func Raters() []Rater { return []Rater{Self, Clinician, Proxy} }

// Label is whose judgement it is, as a heading.
func (r Rater) Label() string {
	switch r {
	case Clinician:
		return "Rated by a practitioner"
	case Proxy:
		return "Answered by somebody else for them"
	}
	return "Answered by the person"
}

// Wording says where the words of the items may come from (MEASURES.md 1.1).
type Wording string

const (
	Bundled          Wording = "bundled"           // the licence lets us ship them
	OperatorSupplied Wording = "operator_supplied" // the service pastes them in under its own licence
	ScoreOnly        Wording = "score_only"        // only a total is entered
)

// Kind says what sort of number a score is.
type Kind string

const (
	KindItem   Kind = "item"   // one item's response stands alone
	KindRaw    Kind = "raw"    // the sum of the responses
	KindMetric Kind = "metric" // converted from the raw score by a published table
	KindTotal  Kind = "total"  // a number whose making is not ours to check (imports)
)

// A Definition is one version of an outcome measure.
type Definition struct {
	Key     Key     `yaml:"key" json:"key"`
	Version int     `yaml:"version" json:"version"`
	Name    string  `yaml:"name" json:"name"`     // in full
	Short   string  `yaml:"short" json:"short"`   // as people say it
	About   string  `yaml:"about" json:"about"`   // one sentence for the form and the library
	Rater   Rater   `yaml:"rater" json:"rater"`   // whose judgement it is meant to be
	Recall  string  `yaml:"recall" json:"recall"` // the time it asks about; empty when none is named
	Wording Wording `yaml:"wording" json:"wording"`
	Licence Licence `yaml:"licence" json:"licence"`
	// MinAge is nil where no lowest age was found in a source.
	MinAge       *MinAge      `yaml:"min_age" json:"min_age,omitempty"`
	Presentation Presentation `yaml:"presentation" json:"presentation,omitzero"`

	// Intro is read before the items, in the measure's own words.
	Intro string `yaml:"intro" json:"intro,omitempty"`
	// Options are the answers of every item that gives none of its own.
	Options []Option `yaml:"options" json:"options,omitempty"`
	// Items in the order they are asked; none for a measure entered as a score.
	Items []Item `yaml:"items" json:"items,omitempty"`
	// Groups are the parts of a measure that whoever rates chooses among.
	Groups []Group `yaml:"groups" json:"groups,omitempty"`
	// Profile is true where the answers are read side by side, as 21132.
	Profile bool `yaml:"profile" json:"profile,omitempty"`
	// Own is what an individualised measure asks the person to name. Its
	// ratings stand among Items too.
	Own *Own `yaml:"own" json:"own,omitempty"`
	// MissingItems is how many items may be left out and something still be
	// recorded; a score's own Missing says whether it can be made.
	MissingItems int     `yaml:"missing_items" json:"missing_items"`
	Scores       []Score `yaml:"scores" json:"scores"`
	// Table converts a raw score to a metric one, person by person.
	Table []Conversion `yaml:"table" json:"table,omitempty"`

	Risk  *Risk  `yaml:"risk" json:"risk,omitempty"`
	Codes []Code `yaml:"codes" json:"codes,omitempty"`
}

// A Score is one number that an administration of the measure gives.
type Score struct {
	Series    Series    `yaml:"series" json:"series"`
	Name      string    `yaml:"name" json:"name"`
	Kind      Kind      `yaml:"kind" json:"kind"`
	Item      string    `yaml:"item" json:"item,omitempty"` // of KindItem: that item's key
	Direction Direction `yaml:"direction" json:"direction"`
	Decimals  int       `yaml:"decimals" json:"decimals"` // 0 to 4
	Min       Level     `yaml:"min" json:"min"`           // score x 10^decimals
	Max       Level     `yaml:"max" json:"max"`           // score x 10^decimals
	// Open is true where the scale lacks an end of its own, or both; Min or Max
	// then only says what can be stored. End tells which.
	Open bool `yaml:"open" json:"open,omitempty"`

	Enter bool `yaml:"enter" json:"enter,omitempty"` // may be typed in as a number
	// Rule, of KindRaw, is how it is made; empty: a sum.
	Rule Rule `yaml:"rule" json:"rule,omitempty"`
	// Items, of KindRaw, are the items it is made of: those of a subscale.
	// Empty: all of them.
	Items []string `yaml:"items" json:"items,omitempty"`
	// Rating, of KindRaw and an individualised measure, is the rating it is
	// made of.
	Rating string `yaml:"rating" json:"rating,omitempty"`
	// Missing is nil where every item of the score is needed.
	Missing *Missing `yaml:"missing" json:"missing,omitempty"`
	// From, of KindMetric, is the raw series it is converted from: by the
	// measure's table or, where Times is above zero, by multiplying.
	From  Series `yaml:"from" json:"from,omitempty"`
	Times int    `yaml:"times" json:"times,omitempty"`
	// Summary says how answers of many people are told; empty: by their mean.
	Summary Summary `yaml:"summary" json:"summary,omitempty"`
	// Ranks is the series whose bands this score counts, from its lowest: the
	// level that a score belongs to. Two that no set of bands allows are refused.
	Ranks Series `yaml:"ranks" json:"ranks,omitempty"`

	// Threshold is of reliable change; nil: none is agreed.
	Threshold *Threshold `yaml:"threshold" json:"threshold,omitempty"`
	// Also are other published thresholds, which are shown and not applied.
	Also        []Threshold  `yaml:"also" json:"also,omitempty"`
	Reliability *Reliability `yaml:"reliability" json:"reliability,omitempty"`
	// Retests say how much comes by itself, and make no threshold.
	Retests []Retest `yaml:"retests" json:"retests,omitempty"`
	Norm    *Norm    `yaml:"norm" json:"norm,omitempty"`
	// Norms are of further populations, which are shown and not applied.
	Norms  []Norm  `yaml:"norms" json:"norms,omitempty"`
	Bands  []Bands `yaml:"bands" json:"bands,omitempty"`
	Cutoff *Cutoff `yaml:"cutoff" json:"cutoff,omitempty"`
}

// A Rule says how a raw score is made of the responses' points.
type Rule string

const (
	Sum  Rule = "sum"
	Mean Rule = "mean"
	GAS  Rule = "gas" // goal attainment T score, see goals.go
)

// A Missing says when a score can be made although items were left out.
type Missing struct {
	Most      int       `yaml:"most" json:"most"` // items left out, at most
	Fill      Fill      `yaml:"fill" json:"fill"`
	Source    string    `yaml:"source" json:"source"`
	Certainty Certainty `yaml:"certainty" json:"certainty,omitempty"`
}

// Fill says what stands for an item that was left out.
type Fill string

const (
	FillMean Fill = "mean" // the mean of the items that the person answered
	FillZero Fill = "zero" // nothing: the sum is of what was answered
)

// A Summary is how the answers of many people are told.
type Summary string

// Distribution counts people at each answer: a mean of it says nothing.
const Distribution Summary = "distribution"

// A Conversion is one row of a raw-to-metric table, both as levels of their
// own scores.
type Conversion struct {
	Raw    Level `yaml:"raw" json:"raw"`
	Metric Level `yaml:"metric" json:"metric"`
}

// A Scored is one score of one administration.
type Scored struct {
	Series Series
	Level  Level
}

// openLevel bounds what a scale without ends may hold: exact in a float64.
const openLevel Level = 99_999_999_999_999

// OpenRange is the storable range of a scale that has no ends of its own.
func OpenRange() (lowest, highest Level) { return -openLevel, openLevel }

// End is the end of the scale in that direction, as far as one can score; ok is
// false where the scale has none of its own.
func (s Score) End(towards Direction) (end Level, ok bool) {
	lowest, highest := OpenRange()
	if towards == LowerIsBetter {
		return s.Min, !s.Open || s.Min != lowest
	}
	return s.Max, !s.Open || s.Max != highest
}

// Score returns the score of that series.
func (d Definition) Score(s Series) (Score, bool) {
	for _, sc := range d.Scores {
		if sc.Series == s {
			return sc, true
		}
	}
	return Score{}, false
}

// Item returns the item of that key.
func (d Definition) Item(key string) (Item, bool) {
	for _, it := range d.Items {
		if it.Key == key {
			return it, true
		}
	}
	return Item{}, false
}

// Reported returns the scores that are paired and shown, in the order of the
// definition: a raw score is left out where another is converted from it.
func (d Definition) Reported() []Score {
	var out []Score
	for _, sc := range d.Scores {
		if len(d.convertedFrom(sc.Series)) > 0 {
			continue
		}
		out = append(out, sc)
	}
	return out
}

// convertedFrom are the metric scores made of that raw one.
func (d Definition) convertedFrom(raw Series) []Score {
	var out []Score
	for _, sc := range d.Scores {
		if sc.Kind == KindMetric && d.source(sc) == raw {
			out = append(out, sc)
		}
	}
	return out
}

// source is the raw series a metric score is made of. Where the definition
// does not name it, as the earliest did not, it is the only one.
func (d Definition) source(metric Score) Series {
	if metric.From != "" {
		return metric.From
	}
	for _, sc := range d.Scores {
		if sc.Kind == KindRaw {
			return sc.Series
		}
	}
	return ""
}

// ByItems reports whether the measure is entered item by item: whether there
// are words to ask every item by.
func (d Definition) ByItems() bool {
	return len(d.Items) > 0 && !slices.ContainsFunc(d.Items, func(it Item) bool { return it.Label() == "" })
}

// Text writes a level of this score as people read it.
func (s Score) Text(l Level) string { return l.Text(s.Decimals) }

// Better says the direction in words.
func (s Score) Better() string {
	if s.Direction == LowerIsBetter {
		return "lower is better"
	}
	return "higher is better"
}
