package stat

import "testing"

func TestStudent_R(t *testing.T) {
	v := vectors[struct {
		Tails []struct {
			T, DF, P float64
			Log10P   float64 `json:"log10_p"`
		}
		Quantiles []struct{ DF, Q975 float64 }
	}](t, "student_t")
	for _, c := range v.Cases.Tails {
		for _, sign := range []float64{1, -1} {
			p, log10 := twoSidedT(sign*c.T, c.DF)
			if c.Log10P > -307 {
				nearP(t, "p", p, &c.P, v.Tolerance)
			}
			near(t, "log10 p", log10, &c.Log10P, v.Tolerance)
		}
		if t.Failed() {
			t.Fatalf("at t=%g df=%g", c.T, c.DF)
		}
	}
	for _, c := range v.Cases.Quantiles {
		near(t, "quantile", Known(quantileT(c.DF)), &c.Q975, v.Tolerance)
	}
}

// An estimate whose spread is known and whose degrees of freedom are not is
// refused for want of these.
func TestStudentTest_WithoutDF(t *testing.T) {
	test := studentTest(estimate{Known(1), Known(1), Refused(ErrUnder2)}, ErrSameChange)
	for _, n := range []Number{test.T, test.P, test.Log10P, test.CI.Low, test.CI.High} {
		if n.Why() != ErrUnder2 {
			t.Errorf("%+v, want it refused: %q", n, ErrUnder2)
		}
	}
}
