package evidence

import (
	"fmt"
	"math"
	"strconv"

	"cairn/internal/scheme"
	"cairn/internal/stat"
)

// DaysOf are the quartiles of so many people's days, by R's default (type 7).
func DaysOf(all scheme.Days) Days {
	h, err := daysCounted(all)
	if err != nil || h.N() == 0 {
		return Days{}
	}
	return Days{
		N: int(h.N()), Lower: h.Quantile(0.25).Ptr(), Median: h.Quantile(0.5).Ptr(), Upper: h.Quantile(0.75).Ptr(),
	}
}

func daysCounted(all scheme.Days) (stat.Histogram, error) {
	bins := make([]stat.Bin, 0, len(all))
	for days, people := range all {
		bins = append(bins, stat.Bin{Level: int64(days), Count: int64(people)})
	}
	return stat.NewHistogram(0, bins)
}

// Half writes a number that is whole or lies half way, such as a median of whole
// numbers, with no more digits than it has; quarters to one place.
func Half(v *float64) string {
	if v == nil {
		return NotEstimable
	}
	return strconv.FormatFloat(round1(*v), 'f', -1, 64)
}

func round1(v float64) float64 {
	text := strconv.FormatFloat(v, 'f', 1, 64)
	rounded, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return v
	}
	return rounded
}

// Text is the quartiles in words: "median 9 days (middle half 6 to 13), of 40 people".
func (d Days) Text() string {
	switch {
	case d.N == 0:
		return "not recorded"
	case d.N == 1:
		return inDays(d.Median) + ", of 1 person"
	case *d.Lower == *d.Upper:
		return fmt.Sprintf("median %s (the middle half alike), of %s people", inDays(d.Median), People(d.N))
	}
	return fmt.Sprintf("median %s (middle half %s to %s), of %s people", inDays(d.Median), d.from(), d.to(), People(d.N))
}

// from and to are the whole days between which the middle half lies: a quarter of
// a day is nobody's.
func (d Days) from() string { return Fixed(new(math.Floor(*d.Lower)), 0) }
func (d Days) to() string   { return Fixed(new(math.Ceil(*d.Upper)), 0) }

// inDays writes a number of days.
func inDays(v *float64) string {
	if v != nil && *v == 1 {
		return "1 day"
	}
	return Half(v) + " days"
}
