package app_test

import (
	"math"
	"runtime/debug"
	"slices"
	"testing"

	"cairn/internal/app"
)

// The program is frugal as long as any file is being worked on, and no longer; of
// several limits the highest holds.
func TestFrugally(t *testing.T) {
	before := debug.SetMemoryLimit(math.MaxInt64)
	defer debug.SetMemoryLimit(before)
	var limits []int64
	note := func() { limits = append(limits, debug.SetMemoryLimit(-1)) }
	first := app.Frugally(2 << 30)
	note()
	second, third := app.Frugally(3<<30), app.Frugally(2<<30)
	note()
	second()
	note()
	first()
	note()
	third()
	note()
	if want := []int64{2 << 30, 3 << 30, 2 << 30, 2 << 30, math.MaxInt64}; !slices.Equal(limits, want) {
		t.Errorf("limits are %d, not %d", limits, want)
	}
}
