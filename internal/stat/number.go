package stat

import (
	"encoding/json"
	"math"
)

// A Number is a finite number, or the reason why there is none. Every result of
// this package that might not exist is a Number, so that each can be missing
// separately. The zero Number is missing: a field that somebody forgot to fill
// does not read as 0.
type Number struct {
	value float64
	known bool
	why   Refusal
}

// Known returns a Number that is there. What is not finite becomes a refusal
// here, which is why no other place has to look for NaN.
func Known(v float64) Number {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Refused(ErrNotFinite)
	}
	return Number{value: v + 0, known: true} // + 0 turns -0 into 0
}

// Refused returns a Number that is missing for a reason.
func Refused(why Refusal) Number { return Number{why: why} }

// Value returns the number, or the Refusal that stands in its place.
func (n Number) Value() (float64, error) {
	if !n.known {
		return 0, n.Why()
	}
	return n.value, nil
}

// Why returns the reason why the number is missing, and "" when it is there.
func (n Number) Why() Refusal {
	if !n.known && n.why == "" {
		return ErrNotWorkedOut
	}
	return n.why
}

// Ptr returns a pointer to a copy of the number, and nil when it is missing.
func (n Number) Ptr() *float64 {
	if !n.known {
		return nil
	}
	return &n.value
}

// MarshalJSON writes the number, or null. Without it a Number would be written
// as an empty object, since its fields are private.
func (n Number) MarshalJSON() ([]byte, error) { return json.Marshal(n.Ptr()) }

// then applies f to a number that is there; a refusal passes through.
func (n Number) then(f func(float64) float64) Number {
	if !n.known {
		return n
	}
	return Known(f(n.value))
}

// and applies f to two numbers; the first refusal passes through.
func (n Number) and(m Number, f func(a, b float64) float64) Number {
	switch {
	case !n.known:
		return Refused(n.Why())
	case !m.known:
		return Refused(m.Why())
	}
	return Known(f(n.value, m.value))
}

// times returns n multiplied by m.
func (n Number) times(m Number) Number {
	return n.and(m, func(a, b float64) float64 { return a * b })
}

// over returns n divided by a measure of spread, which is refused for the
// reason given when there is no spread.
func (n Number) over(spread Number, none Refusal) Number {
	if spread.known && spread.value <= 0 {
		spread = Refused(none)
	}
	return n.and(spread, func(a, b float64) float64 { return a / b })
}

// An Interval is a 95% confidence interval. Its unit is that of the number that
// it belongs to.
type Interval struct{ Low, High Number }

// around returns centre ± halfWidth.
func around(centre, halfWidth Number) Interval {
	return Interval{
		Low:  centre.and(halfWidth, func(c, h float64) float64 { return c - h }),
		High: centre.and(halfWidth, func(c, h float64) float64 { return c + h }),
	}
}
