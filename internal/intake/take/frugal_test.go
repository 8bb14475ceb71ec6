package take_test

import (
	"math"
	"runtime/debug"
	"testing"

	"cairn/internal/intake/take"
)

// The program is frugal as long as any file is being worked on, and no longer.
func TestFrugally(t *testing.T) {
	before := debug.SetMemoryLimit(math.MaxInt64)
	defer debug.SetMemoryLimit(before)
	limit := func() int64 { return debug.SetMemoryLimit(-1) }
	first, second := take.Frugally(), take.Frugally()
	first()
	if limit() > 1<<30 {
		t.Error("it stopped with the first of two")
	}
	if second(); limit() != math.MaxInt64 {
		t.Errorf("the limit stays %d", limit())
	}
}
