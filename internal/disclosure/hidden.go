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
	WhyBounds   = "the number of people who were lost could be worked out from it"
)

// few is the reason where people are too few for a statistic.
func few(people int) string { return fmt.Sprintf("fewer than %d people", people) }

// hide notes why there is nothing at path.
func (f *Figure) hide(path, why string) {
	if f.Hidden == nil {
		f.Hidden = map[string]string{}
	}
	f.Hidden[path] = why
}

// tenth rounds to one decimal, halves away from zero.
func tenth(v float64) *float64 { return decimals(v, 10) }

func decimals(v, scale float64) *float64 {
	rounded := math.Round(v*scale)/scale + 0 // + 0 turns -0 into 0
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
