package evidence

import (
	"fmt"

	"cairn/internal/measure"
)

// FewestInterval is how many people measured twice it takes for the interval of
// their mean change to be told. Below it the interval rests on what changes of
// single people are supposed to look like, and with two or three of them it can be
// longer than the scale.
const FewestInterval = 10 // people

// tooFew stands where an interval would be told.
const tooFew = "too few for an interval"

// Told is the 95% interval of the mean change as sentences, pictures and tables of
// groups tell it, the lower end first, score points; where it is not told, why. The
// finding itself holds it from two people on.
func (f Finding) Told() (lo, hi *float64, why string) {
	return told(f.Counts.Paired, f.Change.CILo, f.Change.CIHi, f.Reasons["change.ci_lo"])
}

// Told is that of a group.
func (g GroupChange) Told() (lo, hi *float64, why string) { return told(g.N, g.Lo, g.Hi, g.Why) }

func told(n int, lo, hi *float64, why string) (*float64, *float64, string) {
	switch {
	case lo == nil || hi == nil:
		if why == "" {
			why = NotEstimable
		}
		return nil, nil, why
	case n < FewestInterval:
		return nil, nil, tooFew
	}
	return lo, hi, ""
}

// intervalled reports that there is an interval to tell.
func (f Finding) intervalled() bool {
	_, _, why := f.Told()
	return why == ""
}

// TooFew is that there are too few for an interval as a sentence; empty where that
// is not what an interval wants for.
func (f Finding) TooFew() string {
	if _, _, why := f.Told(); why != tooFew {
		return ""
	}
	return fmt.Sprintf("%s are too few for an interval: it takes %d.", people(f.Counts.Paired), FewestInterval)
}

// ToldEnds writes the interval of a group as a table shows it, or why there is none.
func ToldEnds(g interface {
	Told() (lo, hi *float64, why string)
}, s measure.Score) string {
	lo, hi, why := g.Told()
	if why != "" {
		return why
	}
	return Signed(lo, s) + " to " + Signed(hi, s)
}
