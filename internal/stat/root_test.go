package stat

import (
	"math"
	"testing"
)

// A search that has come to its root ends, and does not use up what it may. At 0
// nothing is small compared with the root, and small compared with 1 will do.
func TestFallingRoot_Ends(t *testing.T) {
	for _, c := range []struct {
		name             string
		f                func(x float64) (value, slope float64)
		low, guess, high float64
		root             float64
		most             int // calls
	}{
		{"√2", func(x float64) (float64, float64) { return 2 - x*x, -2 * x }, 0, 1, 2, math.Sqrt2, 10},
		{"−√2", func(x float64) (float64, float64) { return x*x - 2, 2 * x }, -2, -1, 0, -math.Sqrt2, 10},
		{"flat at 0", func(x float64) (float64, float64) { return -x * math.Abs(x), -2 * math.Abs(x) }, -1, 0.75, 1, 0, 60},
	} {
		calls := 0
		got := fallingRoot(func(x float64) (value, slope float64) {
			calls++
			return c.f(x)
		}, c.low, c.guess, c.high)
		if math.Abs(got-c.root) > 1e-12 || calls > c.most {
			t.Errorf("%s: %v after %d calls, want %v after at most %d", c.name, got, calls, c.root, c.most)
		}
	}
}
