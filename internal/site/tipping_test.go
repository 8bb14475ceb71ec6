package site

import (
	"math"
	"testing"

	"cairn/internal/evidence"
)

// A tipping point beyond the scale is not told as a number that somebody could
// have scored.
func TestTippingOnOnePage(t *testing.T) {
	point := func(v float64) *float64 { return &v }
	for _, c := range []struct {
		point  *float64
		length float64
		want   string
	}{
		{nil, 10, ""},
		{point(10), 10, "Tipping point: if their score rose by 10.0 points less than that of the others, the interval would reach no change."},
		{point(-21.9), 28, "Tipping point: if their score fell by 21.9 points less than that of the others, the interval would reach no change."},
		{point(-21.9), 10, evidence.NoTipping},
		{point(21.9), math.Inf(1), "Tipping point: if their score rose by 21.9 points less than that of the others, the interval would reach no change."},
	} {
		if got := tipping(c.point, c.length, 1); got != c.want {
			t.Errorf("%v on a scale of %v: %q, want %q", c.point, c.length, got, c.want)
		}
	}
}
