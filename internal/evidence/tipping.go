package evidence

import (
	"fmt"
	"math"
)

// Tipping says in words how far the lost would have had to differ from those
// found for the interval to reach zero, or why that cannot be said.
func (f Finding) Tipping() string {
	point := f.Bounds.TippingPoint
	if point == nil {
		return f.Reasons["bounds.tipping_point"]
	}
	size := math.Abs(*point)
	if !f.Score.Open && size > (f.Score.Max-f.Score.Min).Points(f.Score.Decimals) {
		return "out of reach: no scores that the lost can have had bring the interval to zero"
	}
	way := "rose"
	if *point < 0 {
		way = "fell"
	}
	return fmt.Sprintf("reached if the lost %s by %s points less than those found", way, Points(&size, f.Score))
}
