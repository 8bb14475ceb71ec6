package disclosure

import "cairn/internal/scheme"

// A Grain is how long the periods are for which a scheme's figures are released.
// It is fixed in advance from the expected number of people and kept: figures of
// periods that overlap could be taken from each other.
type Grain string

const (
	Quarterly  Grain = "quarter"
	HalfYearly Grain = "half-year"
	Yearly     Grain = "year"
)

// Expected people measured twice that a period, and a year cut into groups, need.
const (
	aPeriod = 30
	aYear   = 200
)

// GrainFor is the shortest grain in which about 30 people or more are expected to
// be measured twice in each period; a year where none is.
func GrainFor(pairsAYear int) Grain {
	switch {
	case pairsAYear >= 4*aPeriod:
		return Quarterly
	case pairsAYear >= 2*aPeriod:
		return HalfYearly
	}
	return Yearly
}

// Filtered is the grain of a scheme's figures of groups: a year under 200 pairs a
// year, else the scheme's own.
func (g Grain) Filtered(pairsAYear int) Grain {
	if pairsAYear < aYear {
		return Yearly
	}
	return g
}

// Quarters is how many there are in a period; 0 for no grain of ours.
func (g Grain) Quarters() int {
	switch g {
	case Quarterly:
		return 1
	case HalfYearly:
		return 2
	case Yearly:
		return 4
	}
	return 0
}

// Period is the one that a quarter lies in. Half-years and years are those of the
// calendar.
func (g Grain) Period(q scheme.Quarter) scheme.Period {
	length := scheme.Quarter(max(g.Quarters(), 1))
	from := q - q%length
	return scheme.Period{From: from, To: from + length - 1}
}

// Periods are the whole ones from one quarter to another, both included. Parts of
// a period at either end are left out.
func (g Grain) Periods(from, to scheme.Quarter) (all []scheme.Period) {
	if g.Quarters() == 0 {
		return nil
	}
	for p := g.Period(from); p.To <= to; p = g.Period(p.To + 1) {
		if p.From >= from {
			all = append(all, p)
		}
	}
	return all
}
