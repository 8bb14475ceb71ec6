package stat

import (
	"encoding/json"
	"errors"
	"math"
	"testing"
)

func TestNumber_NeverHoldsWhatIsNotFinite(t *testing.T) {
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if _, err := Known(v).Value(); !errors.Is(err, ErrNotFinite) {
			t.Errorf("Known(%v): %v, want %v", v, err, ErrNotFinite)
		}
	}
	overflow := Known(math.MaxFloat64).times(Known(2))
	if why := overflow.Why(); why != ErrNotFinite {
		t.Errorf("overflow refused with %q, want %q", why, ErrNotFinite)
	}
	if v, _ := Known(math.Copysign(0, -1)).Value(); math.Signbit(v) {
		t.Error("minus zero would be printed as -0")
	}
}

func TestNumber_ForgottenIsNotZero(t *testing.T) {
	var forgotten Number
	if v, err := forgotten.Value(); !errors.Is(err, ErrNotWorkedOut) {
		t.Errorf("zero Number = %v, %v; want %v", v, err, ErrNotWorkedOut)
	}
	if forgotten.Ptr() != nil {
		t.Error("zero Number has a pointer")
	}
	if sum := Known(1).and(forgotten, func(a, b float64) float64 { return a + b }); sum.Why() != ErrNotWorkedOut {
		t.Errorf("1 + forgotten = %+v", sum)
	}
}

func TestNumber_JSON(t *testing.T) {
	raw, err := json.Marshal([]Number{Known(0.1), Known(0), Refused(ErrUnder2), {}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(raw), "[0.1,0,null,null]"; got != want {
		t.Errorf("JSON %s, want %s", got, want)
	}
}

func TestNumber_FirstReasonPasses(t *testing.T) {
	got := Refused(ErrUnder2).over(Refused(ErrSameAfter), ErrSameBoth)
	if got.Why() != ErrUnder2 {
		t.Errorf("refused with %q, want %q", got.Why(), ErrUnder2)
	}
	if got := Known(1).over(Known(0), ErrSameBoth); got.Why() != ErrSameBoth {
		t.Errorf("1/0 refused with %q, want %q", got.Why(), ErrSameBoth)
	}
}
