package stat

import "math"

// fallingRoot returns where a falling function crosses zero between low and
// high, starting from a guess: Newton's method, and a halving of the bracket
// wherever Newton would leave it. f returns the value and the slope.
//
// Source: Press et al. (2007), Numerical Recipes, 3rd ed., section 9.4 (rtsafe).
func fallingRoot(f func(x float64) (value, slope float64), low, guess, high float64) float64 {
	x := guess
	for range 200 {
		value, slope := f(x)
		switch {
		case value == 0:
			return x
		case value > 0:
			low = x
		default:
			high = x
		}
		next := x - value/slope
		if !(next > low && next < high) { // also when the slope is 0
			next = (low + high) / 2
		}
		if math.Abs(next-x) <= 1e-13*(1+math.Abs(x)) {
			return next
		}
		x = next
	}
	return x
}
