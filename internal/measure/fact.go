package measure

// Certainty says how surely a fact is known. What is less sure than these
// stands in no file.
type Certainty string

const (
	Primary   Certainty = "primary"   // read in the primary document
	Secondary Certainty = "secondary" // read in a document about it
	Known     Certainty = "known"     // widely known, not read again
	Derived   Certainty = "derived"   // reckoned from facts that were read
)

// Says is the certainty in words, for whoever reads a fact.
func (c Certainty) Says() string {
	switch c {
	case Primary:
		return "read in the source"
	case Secondary:
		return "read in a second-hand source"
	case Known:
		return "widely quoted; not read again"
	case Derived:
		return "reckoned from the source"
	}
	return ""
}

// Licence is the terms that a measure comes under.
type Licence struct {
	Holder string `yaml:"holder" json:"holder"`
	Terms  string `yaml:"terms" json:"terms"`   // one sentence
	Source string `yaml:"source" json:"source"` // where the terms were read
	// Notice has to stand wherever the words of the measure are shown.
	Notice    string    `yaml:"notice" json:"notice,omitempty"`
	Certainty Certainty `yaml:"certainty" json:"certainty,omitempty"`
	// Confirmed says who holds the licence under which the words stand here.
	Confirmed *Confirmation `yaml:"confirmed" json:"confirmed,omitempty"`
}

// A Confirmation is a service's word that it may show a measure's wording.
type Confirmation struct {
	Reference string `yaml:"reference" json:"reference"` // of the licence
	By        string `yaml:"by" json:"by"`               // who confirmed it
	On        string `yaml:"on" json:"on"`               // YYYY-MM-DD
}

// A MinAge is the lowest age a measure is for.
type MinAge struct {
	Years     int       `yaml:"years" json:"years"`
	Source    string    `yaml:"source" json:"source"`
	Certainty Certainty `yaml:"certainty" json:"certainty,omitempty"`
}

// Presentation is how a measure may be put before people.
type Presentation struct {
	Ways []Way  `yaml:"ways" json:"ways,omitempty"`
	Note string `yaml:"note" json:"note,omitempty"` // what has to stay as it is
}

// A Way is one way of asking.
type Way string

const (
	Paper     Way = "paper"
	Screen    Way = "screen"
	ReadAloud Way = "read_aloud"
	Rated     Way = "rated" // nobody is asked: a professional rates
)

// Label is the way in words.
func (w Way) Label() string {
	switch w {
	case Paper:
		return "on paper"
	case Screen:
		return "on a screen"
	case ReadAloud:
		return "read aloud"
	case Rated:
		return "rated by a professional"
	}
	return string(w)
}

// A Threshold is a published threshold of change. A score without one has "no
// agreed threshold"; none is ever invented.
type Threshold struct {
	Points     float64   `yaml:"points" json:"points"`       // score points of change
	Inclusive  bool      `yaml:"inclusive" json:"inclusive"` // a change of exactly Points counts
	Means      Means     `yaml:"means" json:"means,omitempty"`
	Population string    `yaml:"population" json:"population"`
	Source     string    `yaml:"source" json:"source"`
	Certainty  Certainty `yaml:"certainty" json:"certainty,omitempty"`
}

// Agreed is the threshold of reliable change that is applied, if there is one.
func (s Score) Agreed() []Threshold { return deref(s.Threshold) }

// Populations are all norms of the score, the one that is applied first.
func (s Score) Populations() []Norm { return append(deref(s.Norm), s.Norms...) }

// Means is what a change past a threshold stands for.
type Means string

const (
	Reliable  Means = ""          // more than the error of measurement
	Important Means = "important" // enough for people to notice or value
)

// A Reliability is what Jacobson and Truax's reliable change and the regression
// to the mean need: how well two scores of the same, unchanged people agree.
// What is nil is not known.
type Reliability struct {
	Coefficient *float64  `yaml:"coefficient" json:"coefficient"`     // 0 to 1, test-retest
	Interval    string    `yaml:"interval" json:"interval,omitempty"` // between test and retest
	SD          *float64  `yaml:"sd" json:"sd"`                       // score points, of the reference group
	Population  string    `yaml:"population" json:"population,omitempty"`
	Source      string    `yaml:"source" json:"source"`
	Certainty   Certainty `yaml:"certainty" json:"certainty,omitempty"`
}

// A Retest is how well two scores of people to whom nothing was done went
// together in one study. It says how much of a change comes by itself; a
// threshold is never made of it.
type Retest struct {
	Coefficient float64   `yaml:"coefficient" json:"coefficient"` // 0 to 1
	Low         float64   `yaml:"low" json:"low"`                 // of its 95% interval
	High        float64   `yaml:"high" json:"high"`
	Interval    string    `yaml:"interval" json:"interval"` // between the two scores
	Population  string    `yaml:"population" json:"population"`
	Source      string    `yaml:"source" json:"source"`
	Certainty   Certainty `yaml:"certainty" json:"certainty,omitempty"`
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
	Mean       *float64  `yaml:"mean" json:"mean"`       // score points
	SD         *float64  `yaml:"sd" json:"sd,omitempty"` // score points
	Population string    `yaml:"population" json:"population"`
	Source     string    `yaml:"source" json:"source"`
	Certainty  Certainty `yaml:"certainty" json:"certainty,omitempty"`
}

// Bands are published names for parts of a scale. They cover it from end to
// end, so that every score has a name.
type Bands struct {
	About     string    `yaml:"about" json:"about"` // what they tell apart
	From      []Band    `yaml:"from" json:"from"`   // lowest first
	Source    string    `yaml:"source" json:"source"`
	Certainty Certainty `yaml:"certainty" json:"certainty,omitempty"`
}

// A Band begins at a level and ends below the next one's.
type Band struct {
	Level Level  `yaml:"level" json:"level"` // score x 10^decimals
	Name  string `yaml:"name" json:"name"`
}

// Of is the name of the band that a level of the score lies in.
func (b Bands) Of(l Level) string {
	name := ""
	for _, band := range b.From {
		if l >= band.Level {
			name = band.Name
		}
	}
	return name
}

// A Risk is the item whose answer a service must act upon.
type Risk struct {
	Item string `yaml:"item" json:"item"`
	From int    `yaml:"from" json:"from"` // the lowest response to act upon
	Asks string `yaml:"asks" json:"asks"` // what the item is about, in our words
}

// Raised reports whether the responses call for the service's protocol, and
// whether the risk item was answered at all.
func (r *Risk) Raised(responses map[string]int) (raised, answered bool) {
	if r == nil {
		return false, false
	}
	said, answered := responses[r.Item]
	return answered && said >= r.From, answered
}
