package stat

import "math"

// A StandardisedChange is a standardised mean change with what pooling needs.
type StandardisedChange struct {
	Value    Number   // standard deviations
	Variance Number   // standard deviations²
	SE       Number   // standard deviations
	CI       Interval // standard deviations
}

// standardised completes a value and its variance with a normal interval.
func standardised(value, variance Number) StandardisedChange {
	se := variance.then(math.Sqrt)
	return StandardisedChange{
		Value:    value,
		Variance: variance,
		SE:       se,
		CI:       around(value, se.then(func(se float64) float64 { return z975 * se })),
	}
}
