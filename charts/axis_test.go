package charts

import (
	"math"
	"testing"
)

// Labels stand at round numbers, the ends among them.
func TestRounded(t *testing.T) {
	for _, c := range []struct{ from, want span }{
		{span{-0.3, 6.2}, span{-2, 8}},
		{span{-2.6, 5.4}, span{-4, 6}},
		{span{0, 0.87}, span{0, 1}},
		{span{3, 3}, span{2, 4}},
		{span{-140, 190}, span{-150, 200}},
	} {
		got := c.from.rounded()
		if got != c.want {
			t.Errorf("%v is rounded to %v, want %v", c.from, got, c.want)
		}
		for _, end := range []float64{got.low, got.top} {
			if parts := end / got.step(); math.Abs(parts-math.Round(parts)) > 1e-6 {
				t.Errorf("%v ends between steps of %g", got, got.step())
			}
		}
	}
}
