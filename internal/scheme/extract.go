package scheme

import (
	"slices"

	"cairn/internal/measure"
)

// A Shape is how rows that leave Cairn are laid out.
type Shape string

const (
	ShapeLong  Shape = "long"  // a row for each score, and for each that was not taken
	ShapeWide  Shape = "wide"  // a row for each referral
	ShapePairs Shape = "pairs" // a row for each referral, score and follow-up
)

// Shapes are what can be chosen from.
func Shapes() []Term {
	return []Term{
		{string(ShapeLong), "Long: one row for each score"},
		{string(ShapeWide), "Wide: one row for each referral"},
		{string(ShapePairs), "Pairs: one row for each first score and follow-up"},
	}
}

// An Extract says what rows that leave Cairn are of. It is known before the
// first row.
type Extract struct {
	Organisation string
	Schemes      []string             // names, in order
	Measures     []measure.Definition // of Scores, each once
	Scores       []measure.Score      // that figures are made of, in the order of the plans
	FollowUps    []Occasion           // in order of time
	Rule         Rule                 // of pairs
	Period       Period
	Chosen       Chosen
	Today        Day
	Software     string
	Veil         *Veil // of rows for research; nil: for work inside the service
}

// Chosen is what rows were narrowed to by name; what is empty narrows nothing.
type Chosen struct {
	Measure  measure.Key    // one alone
	Series   measure.Series // one score of it alone
	Occasion Occasion       // one follow-up alone, and the baseline
}

// Holds reports whether scores of a series are in the rows of single scores.
func (c Chosen) Holds(s measure.Series) bool { return c.Series == "" || c.Series == s }

// Of is the measure that gives a score.
func (x Extract) Of(series measure.Series) measure.Definition {
	for _, d := range x.Measures {
		if _, has := d.Score(series); has {
			return d
		}
	}
	return measure.Definition{}
}

// Times are the time points of figures, the baseline first.
func (x Extract) Times() []Occasion { return append([]Occasion{Baseline}, x.FollowUps...) }

// Takes reports whether a measure is one of the extract's.
func (x Extract) Takes(key measure.Key) bool {
	return slices.ContainsFunc(x.Measures, func(d measure.Definition) bool { return d.Key == key })
}

// A Subject is one referral under a name that stands for its person in exports
// and nowhere else: nothing in it says who they are.
type Subject struct {
	Key    string // of the person
	Scheme string // its name
	Spell  Spell  // without identifiers, reference and own words
	Pairs  []Pair // by the plan
	Shown  Shown  // under a veil
}

// Nameless is the spell without what says who the person is.
func (s Spell) Nameless() Spell {
	s.Person = Person{BirthYear: s.Person.BirthYear, Sex: s.Person.Sex, Ethnicity: s.Person.Ethnicity, Deprivation: s.Person.Deprivation}
	s.Referral.Practice, s.Referral.Practitioner, s.Referral.Person = "", "", ""
	s.Assessments = slices.Clone(s.Assessments)
	for i := range s.Assessments {
		a := &s.Assessments[i]
		a.Person, a.Words = "", nil
	}
	return s
}

// An ExtractPair is one pair under its person's name in exports.
type ExtractPair struct {
	Key    string // of the person
	Scheme string // its name
	Pair   *Pair  // good until the next
	Shown  Shown  // under a veil
}

// Counts reports whether the figures of today count the pair: a first referral
// whose window has closed.
func (p Pair) Counts(today Day) bool { return p.Ordinal == 1 && p.Closes.Before(today) }

// Attempts are what was tried at a measure that was due.
type Attempts struct {
	Last  NotDone
	Tries int
}

// NotTaken are the last reasons why a measure was not taken at an occasion, in
// order of time, without those that were a slip.
func (s Spell) NotTaken() []Attempts {
	var all []Attempts
	for _, n := range s.NotDone {
		if n.Undone {
			continue
		}
		i := slices.IndexFunc(all, func(a Attempts) bool { return a.Last.Measure == n.Measure && a.Last.Occasion == n.Occasion })
		if i < 0 {
			all = append(all, Attempts{})
			i = len(all) - 1
		}
		if !n.On.Before(all[i].Last.On) {
			all[i].Last = n
		}
		all[i].Tries++
	}
	return all
}

// Sent is what was made of rows that left Cairn.
type Sent struct {
	Rows    int    `json:"rows"`
	LeftOut int    `json:"left_out"` // referrals of people who said no
	SHA256  string `json:"sha256"`   // of the bytes
}

// ExtractRows hands the rows of one snapshot out, as often as they are asked for,
// in an order that is always the same. Whoever said no is not among them.
type ExtractRows interface {
	Subjects(fn func(Subject) error) error
	Pairs(fn func(ExtractPair) error) error
	// LeftOut is how many referrals the last pass left out.
	LeftOut() int
}

// Traits are what the referral's figures may be split by.
func (s Spell) Traits() Traits {
	start, _ := s.Referral.Started(s.Prescriptions)
	return s.traits(start)
}
