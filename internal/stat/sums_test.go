package stat

import (
	"testing"

	"pgregory.net/rapid"
)

// Adding cells in 64 bits where they fit gives the sums that adding each in 192
// bits gives, on both sides of the border.
func TestSumsOfAllCellsAreThoseOfEach(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		most := rapid.SampledFrom([]int64{40, 1 << 14, 1<<14 + 1, 1 << 18, 1 << 40}).Draw(rt, "furthest")
		level := rapid.OneOf(rapid.Int64Range(-most, most), rapid.Just(most), rapid.Just(-most))
		var cells []Cell
		var each sums
		furthest := uint64(0)
		for range rapid.IntRange(0, 5).Draw(rt, "cells") {
			c := Cell{level.Draw(rt, "before"), level.Draw(rt, "after"), rapid.Int64Range(0, maxPeople/5).Draw(rt, "people")}
			cells = append(cells, c)
			each.add(c.Before, c.After, c.Count)
			furthest = max(furthest, magnitude(c.Before), magnitude(c.After))
		}
		var all sums
		if all.addAll(cells, furthest); all != each {
			rt.Errorf("all at once %+v, each %+v", all, each)
		}
	})
}
