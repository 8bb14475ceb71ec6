package demo

import (
	"math"
	"math/rand/v2"

	"cairn/internal/scheme"
)

// chance draws in the words of this package.
type chance struct{ *rand.Rand }

// of begins the draws of one person of one scheme, so that a change to one
// leaves the others as they were.
func of(seed uint64, s Scheme, number int) chance {
	stream := uint64(number)
	for i, b := range []byte(s.Prefix) {
		stream |= uint64(b) << (56 - 8*i)
	}
	return chance{rand.New(rand.NewPCG(seed, stream))}
}

// hits is true in so large a share of draws.
func (c chance) hits(share float64) bool { return c.Float64() < share }

// between is a whole number from low to high, both included.
func (c chance) between(low, high int) int { return low + c.IntN(high-low+1) }

// near is a whole number around mean, normally spread.
func (c chance) near(mean, sd float64) int { return int(math.Round(mean + sd*c.NormFloat64())) }

// shared is one choice among several with its weight.
type shared[T any] struct {
	value  T
	weight float64
}

func pick[T any](c chance, from []shared[T]) T {
	sum := 0.0
	for _, s := range from {
		sum += s.weight
	}
	left := c.Float64() * sum
	for _, s := range from {
		if left < s.weight {
			return s.value
		}
		left -= s.weight
	}
	return from[len(from)-1].value
}

// workday is d, or the Friday before a Saturday or Sunday.
func workday(d scheme.Day) scheme.Day {
	monday := scheme.Quarter(2024 * 4).First() // 1 January 2024
	n := d.DaysSince(monday) % 7
	if n < 0 {
		n += 7
	}
	return d.Plus(-max(0, n-4))
}

func clamp(n, low, high int) int { return min(max(n, low), high) }
