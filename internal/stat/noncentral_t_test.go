package stat

import (
	"fmt"
	"math"
	"testing"
)

func TestNoncentral_R(t *testing.T) {
	v := vectors[[]struct {
		N, T, Lo, Hi float64
	}](t, "noncentral_t")
	for _, c := range v.Cases {
		what := fmt.Sprintf("n=%g t=%g", c.N, c.T)
		// One person's worth of data that has this n and this t.
		p := Paired{N: int64(c.N), MeanChange: Known(c.T), SDChange: Known(math.Sqrt(c.N))}
		got := p.DZExact()
		near(t, what+" low", got.Low, &c.Lo, v.Tolerance)
		near(t, what+" high", got.High, &c.Hi, v.Tolerance)
	}
}

// With ncp = 0 the distribution is Student's own.
func TestNoncentral_CentralIsStudent(t *testing.T) {
	for _, df := range []float64{1, 2, 9, 300, 1e6} {
		for _, x := range []float64{0.1, 1, 4} {
			above, _ := noncentralBelow(-x, df, 0)
			want := math.Exp(logUpperT(x, df))
			near(t, fmt.Sprintf("P(T<-%g) at %g", x, df), Known(above), &want, 1e-11)
		}
	}
}

func TestDZExact_RefusedBeyond30(t *testing.T) {
	p := Paired{N: 100, MeanChange: Known(3), SDChange: Known(1)}
	if got := p.DZExact(); got.Low.Ptr() == nil || got.High.Ptr() == nil {
		t.Errorf("t = 30: %+v, want an interval", got)
	}
	p.MeanChange = Known(-3.0001)
	if got := p.DZExact(); got.Low.Why() != ErrBeyond30 || got.High.Why() != ErrBeyond30 {
		t.Errorf("t = -30.001: %+v, want %q", got, ErrBeyond30)
	}
}
