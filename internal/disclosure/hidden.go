package disclosure

import (
	"fmt"
	"math"

	"cairn/internal/evidence"
	"cairn/internal/stat"
)

// Why numbers are not shown. None says anything about the number itself.
const (
	WhyNone     = "not estimable from these people"
	WhyCareful  = "hidden so that nobody's score can be worked out"
	WhySiblings = "hidden so that no smaller group can be worked out"
	WhyGroup    = "not shown of groups, so that fewer people can be worked out of more"
	WhyBounds   = "the number of people who were lost could be worked out from it"
)

// few is the reason where people are too few for what usually needs so many. It
// goes by the count as shown, so that what is hidden says nothing more of it.
func (p Policy) few(people, usual int) string {
	if c := p.count(people); c.Known() && c.most() >= usual {
		return fmt.Sprintf("perhaps fewer than %d people", usual)
	}
	return fmt.Sprintf("fewer than %d people", max(usual, p.Threshold))
}

// hide notes why there is nothing at path.
func (f *Figure) hide(path, why string) {
	if f.Hidden == nil {
		f.Hidden = map[string]string{}
	}
	f.Hidden[path] = why
}

// tenth rounds to one decimal, halves away from zero.
func tenth(v float64) *float64 { return decimals(v, 10) }

// decimals rounds to multiples of 1/scale and cuts what floats add behind them.
func decimals(v, scale float64) *float64 {
	const finest = 1e6
	rounded := math.Round(math.Round(v*scale)/scale*finest)/finest + 0 // + 0 turns -0 into 0
	return &rounded
}

// reckoned puts a number worked out from shown ones at path, rounded.
func (f *Figure) reckoned(path string, v stat.Number, scale float64) *float64 {
	got, err := v.Value()
	if err != nil {
		f.hide(path, WhyNone)
		return nil
	}
	return decimals(got, scale)
}

// points writes score points with one decimal.
func points(v *float64) string { return evidence.Fixed(v, 1) }

// narrowed takes from the figure of a group what the same people are shown by as
// everybody: each further cut of each further number is one more equation.
func (f *Figure) narrowed() {
	f.Flow = Flow{Referred: f.Flow.Referred, Started: f.Flow.Started, Due: f.Flow.Due, Paired: f.Flow.Paired, Lost: f.Flow.Lost}
	f.Ends, f.Distribution.Bands, f.Taken = Ends{}, []Band{}, nil
	for _, path := range []string{
		"flow.accepted", "flow.baseline", "flow.died", "flow.moved_away", "flow.followup_only",
		"ends.at_best", "ends.at_worst", "distribution.bands", "taken",
	} {
		f.hide(path, WhyGroup)
	}
}
