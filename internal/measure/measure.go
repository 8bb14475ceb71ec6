// Package measure holds outcome measures as data: their items, range,
// direction, scoring, thresholds, and the licence they come under.
//
// It knows nothing of people, schemes, storage or screens. It promises that a
// definition it hands out is consistent, that no score passes through it which
// the measure could not have given, and that scores of different series (a raw
// and a converted score, say) can never be mistaken for each other.
package measure

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

	// Items in the order they are asked; none for a measure entered as a score.
	Items []Item `yaml:"items" json:"items,omitempty"`
	// MissingItems is how many items may be left out.
	MissingItems int     `yaml:"missing_items" json:"missing_items"`
	Scores       []Score `yaml:"scores" json:"scores"`
	// Table converts a raw score to a metric one, person by person.
	Table []Conversion `yaml:"table" json:"table,omitempty"`
}

// Licence is the terms that a measure comes under.
type Licence struct {
	Holder string `yaml:"holder" json:"holder"`
	Terms  string `yaml:"terms" json:"terms"`   // one sentence
	Source string `yaml:"source" json:"source"` // where the terms were read
}

// An Item is one question. Wording is shown only where Definition.Wording
// lets us.
type Item struct {
	Key  string `yaml:"key" json:"key"`
	Text string `yaml:"text" json:"text"`
	Min  int    `yaml:"min" json:"min"`   // lowest response, score points
	Max  int    `yaml:"max" json:"max"`   // highest response, score points
	Low  string `yaml:"low" json:"low"`   // what the lowest response means
	High string `yaml:"high" json:"high"` // what the highest response means
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

	Enter       bool         `yaml:"enter" json:"enter,omitempty"` // may be typed in as a number
	Threshold   *Threshold   `yaml:"threshold" json:"threshold,omitempty"`
	Reliability *Reliability `yaml:"reliability" json:"reliability,omitempty"`
	Norm        *Norm        `yaml:"norm" json:"norm,omitempty"`
	Cutoff      *Cutoff      `yaml:"cutoff" json:"cutoff,omitempty"`
}

// A Threshold is a published reliable-change threshold. A score without one
// has "no agreed threshold"; none is ever invented.
type Threshold struct {
	Points     float64 `yaml:"points" json:"points"`       // score points of change
	Inclusive  bool    `yaml:"inclusive" json:"inclusive"` // a change of exactly Points counts
	Population string  `yaml:"population" json:"population"`
	Source     string  `yaml:"source" json:"source"`
}

// Reliability is what Jacobson and Truax's reliable change and the regression
// to the mean need, given by a settings file. What is nil was not given.
type Reliability struct {
	Coefficient *float64 `yaml:"coefficient" json:"coefficient"` // 0 to 1, test-retest
	SD          *float64 `yaml:"sd" json:"sd"`                   // score points, of the reference group
	Source      string   `yaml:"source" json:"source"`
}

// Side says on which side of a cut-off people are taken in.
type Side string

const (
	Above Side = "above"
	Below Side = "below"
)

// A Cutoff is the score that people had to have to be taken in. Whoever enters
// at an extreme comes back towards the mean by itself.
type Cutoff struct {
	Points float64 `yaml:"points" json:"points"` // score points
	Side   Side    `yaml:"side" json:"side"`
}

// A Norm is the mean of a named population, and its spread. What is nil is not
// known.
type Norm struct {
	Mean       *float64 `yaml:"mean" json:"mean"`       // score points
	SD         *float64 `yaml:"sd" json:"sd,omitempty"` // score points
	Population string   `yaml:"population" json:"population"`
	Source     string   `yaml:"source" json:"source"`
}

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
// definition: the raw score is left out where a table converts it.
func (d Definition) Reported() []Score {
	var out []Score
	for _, sc := range d.Scores {
		if sc.Kind == KindRaw && len(d.Table) > 0 {
			continue
		}
		out = append(out, sc)
	}
	return out
}

// ByItems reports whether the measure is entered item by item.
func (d Definition) ByItems() bool { return len(d.Items) > 0 && d.Wording == Bundled }

// Text writes a level of this score as people read it.
func (s Score) Text(l Level) string { return l.Text(s.Decimals) }

// Better says the direction in words.
func (s Score) Better() string {
	if s.Direction == LowerIsBetter {
		return "lower is better"
	}
	return "higher is better"
}
