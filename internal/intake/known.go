package intake

import (
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Known is what the organisation has already, and the day it is there.
type Known struct {
	Measures   []measure.Definition
	Schemes    []string // none: those of the file are to be made
	Activities []string
	Scheme     string            // of rows that name none, where somebody said so
	Former     map[string]string // references that people had, with those that they have now
	Today      scheme.Day

	// Collected are the measures of all plans of a scheme that is here, by its name.
	Collected map[string][]measure.Key

	// Kept calls fn for every score that is here, so that a dry run is held against
	// them; nil: there are none, or nobody asks.
	Kept func(fn func(Kept) error) error
}

// Default is the scheme of rows that name none: the one that somebody said, as it is
// written here, else the only one.
func (k Known) Default() string {
	if k.Scheme == "" && len(k.Schemes) == 1 {
		return k.Schemes[0]
	}
	for _, name := range k.Schemes {
		if folded(name) == folded(k.Scheme) {
			return name
		}
	}
	return k.Scheme
}

// Kept is one score that is here already, or was before somebody put it right.
type Kept struct {
	Reference string
	Scheme    string
	Measure   measure.Key
	Occasion  scheme.Occasion
	Dated     Dating
	On        scheme.Day
	Series    measure.Series
	Level     measure.Level // of that series
	Before    bool          // it was corrected, moved or withdrawn since
	Closed    scheme.Day    // when its referral was; no day while that is open
}
