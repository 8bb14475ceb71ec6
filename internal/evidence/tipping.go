package evidence

import (
	"fmt"
	"math"
	"strings"
)

// Tipping says in words how far the lost would have had to differ from those
// found for the interval to reach zero, or why that cannot be said.
func (f Finding) Tipping() string {
	point := f.Bounds.TippingPoint
	if point == nil {
		return f.Reasons["bounds.tipping_point"]
	}
	if OutOfReach(*point, f.Score.Length()) {
		return "out of reach: no scores that the lost can have had bring the interval to zero"
	}
	return "reached if the lost " + TippingWay(*point, Decimals(f.Score)) + " than those found"
}

// OutOfReach is whether a tipping point is further than a scale of that length
// goes; both score points.
func OutOfReach(point, length float64) bool { return math.Abs(point) > length }

// NoTipping says of a tipping point that it is out of reach.
const NoTipping = "No scores that the lost can have had bring the interval of everybody's change to no change."

// TippingWay says of a tipping point which way it lies, "rose by 3.2 points less".
func TippingWay(point float64, decimals int) string {
	way := "rose"
	if point < 0 {
		way = "fell"
	}
	size := math.Abs(point)
	return fmt.Sprintf("%s by %s points less", way, Fixed(&size, decimals))
}

// TippingSentence is the same as a sentence of its own; empty where nobody was
// lost.
func (f Finding) TippingSentence() string {
	switch {
	case f.Bounds.Lost == 0:
		return ""
	case !f.intervalled():
		return "There is no interval that they could tip."
	case f.Bounds.TippingPoint == nil:
		text := "The interval of those found includes no change already, so there is no tipping point."
		if best, worst := f.Bounds.Best, f.Bounds.Worst; best != nil && worst != nil && *best**worst < 0 {
			text += " The lost could still make it a rise or a fall."
		}
		return text
	}
	if point, ok := strings.CutPrefix(f.Tipping(), "reached if"); ok {
		return "The interval of everybody's change would reach no change if" + point + "."
	}
	return NoTipping
}
