package measure_test

import (
	"testing"

	"cairn/internal/measure"
)

// More than half a scale is a jump; half of it is none.
func TestJumps(t *testing.T) {
	for _, c := range []struct {
		key        measure.Key
		series     measure.Series
		one, other measure.Level
		want       bool
	}{
		{"phq9", "phq9", 0, 13, false},
		{"phq9", "phq9", 0, 14, true},
		{"phq9", "phq9", 14, 0, true},
		{"who5", "who5", 20, 70, false},
		{"who5", "who5", 20, 72, true},
		{"swemwbs", "swemwbs-metric", 700, 2101, true},
	} {
		d := bundled(t, c.key)
		one, other := []measure.Scored{{Series: c.series, Level: c.one}}, []measure.Scored{{Series: c.series, Level: c.other}}
		if got := d.Jumps(one, other); got != c.want {
			t.Errorf("%s from %d to %d: %v", c.series, c.one, c.other, got)
		}
		if d.Jumps(one, nil) || d.Jumps(nil, one) || d.Jumps(nil, nil) {
			t.Errorf("%s jumps from nothing", c.series)
		}
	}
}

func TestLeftOut(t *testing.T) {
	seven := map[string]int{"item-1": 1, "item-2": 1, "item-3": 1, "item-4": 1, "item-5": 1, "item-6": 1, "item-7": 1}
	for _, c := range []struct {
		key  measure.Key
		said map[string]int
		want int
	}{
		{"phq9", seven, 2}, {"swemwbs", seven, 0}, {"ons4", map[string]int{"anxiety": 2}, 3}, {"phq9", nil, 0}, // a score was typed
		{"gas", map[string]int{"goal-1-attained": 0}, 0}, {"tom", map[string]int{"activity": 20}, 0},
	} {
		if got := bundled(t, c.key).LeftOut(c.said); got != c.want {
			t.Errorf("%s, %d answered: %d left out", c.key, len(c.said), got)
		}
	}
}
