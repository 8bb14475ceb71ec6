package evidence

import "cairn/internal/stat"

// gaps collects, by JSON path, why numbers are missing.
type gaps struct {
	reasons map[string]string
	broken  error // why nothing can be counted at all; nil for real people
	// meanless is true for a score that is told as the share of people at each answer.
	meanless bool
}

// errSpread stands where a number would average answers that are no amounts.
const errSpread stat.Refusal = "its answers are told as the share of people at each, since a mean of them says nothing"

// number hands v on, or notes at path why it is missing. Of a score that is told
// as a distribution it hands nothing on: whatever is no count is made of means.
func (g *gaps) number(path string, v stat.Number) *float64 {
	if g.meanless {
		v = stat.Refused(errSpread)
	}
	return g.counted(path, v)
}

// counted is number for what averages nothing: shares of people, and the scores
// that somebody in the middle or at an end has.
func (g *gaps) counted(path string, v stat.Number) *float64 {
	if p := v.Ptr(); p != nil {
		return p
	}
	g.missing(path, v.Why())
	return nil
}

// whole is number for what is counted, such as degrees of freedom.
func (g *gaps) whole(path string, v stat.Number) *int {
	p := g.number(path, v)
	if p == nil {
		return nil
	}
	n := int(*p)
	return &n
}

// ends hands both ends of an interval on.
func (g *gaps) ends(low, high string, ci stat.Interval) (lo, hi *float64) {
	return g.number(low, ci.Low), g.number(high, ci.High)
}

// missing notes why there is no number at path.
func (g *gaps) missing(path string, why error) {
	if g.broken != nil {
		why = g.broken
	}
	g.reasons[path] = NotEstimable + ": " + why.Error()
}

// given is a number that a definition may hold.
func given(v *float64, none stat.Refusal) stat.Number {
	if v == nil {
		return stat.Refused(none)
	}
	return stat.Known(*v)
}
