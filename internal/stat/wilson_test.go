package stat

import (
	"fmt"
	"testing"
)

func TestWilson_R(t *testing.T) {
	v := vectors[[]struct {
		X, N   int64
		Lo, Hi float64
	}](t, "wilson")
	for _, c := range v.Cases {
		what := fmt.Sprintf("%d of %d", c.X, c.N)
		got := Wilson(c.X, c.N)
		share := float64(c.X) / float64(c.N)
		near(t, what, got.P, &share, v.Tolerance)
		near(t, what+" low", got.CI.Low, &c.Lo, v.Tolerance)
		near(t, what+" high", got.CI.High, &c.Hi, v.Tolerance)
	}
}

// At none and at all the outer end is exact, whatever the rounding.
func TestWilson_OuterEnds(t *testing.T) {
	for n := int64(1); n < 3000; n++ {
		if none, all := Wilson(0, n), Wilson(n, n); none.CI.Low != Known(0) || all.CI.High != Known(1) {
			t.Fatalf("n=%d: %+v, %+v", n, none.CI, all.CI)
		}
	}
}

func TestWilson_Refusals(t *testing.T) {
	for _, c := range []struct {
		x, n int64
		want Refusal
	}{{0, 0, ErrNobody}, {1, 0, ErrImpossible}, {-1, 5, ErrImpossible}, {6, 5, ErrImpossible}, {0, -2, ErrImpossible}} {
		if got := Wilson(c.x, c.n); got.P.Why() != c.want || got.CI.Low.Why() != c.want || got.CI.High.Why() != c.want {
			t.Errorf("%d of %d: %+v, want %q", c.x, c.n, got, c.want)
		}
	}
}
