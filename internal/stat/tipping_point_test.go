package stat

import "testing"

func TestTippingPoint(t *testing.T) {
	missing := Refused(ErrSameChange)
	for what, c := range map[string]struct {
		low, high   Number
		found, lost int64
		want        *float64
		why         Refusal
	}{
		"a gain, a quarter lost":   {Known(1.5), Known(4), 30, 10, new(6.0), ""},
		"a loss, a quarter lost":   {Known(-4), Known(-1.5), 30, 10, new(-6.0), ""},
		"a small loss":             {Known(-4), Known(-0.5), 30, 10, new(-2.0), ""},
		"one of a million lost":    {Known(1e-6), Known(1), 999999, 1, new(1.0), ""},
		"around zero":              {Known(-0.5), Known(4), 30, 10, nil, ErrIncludesZero},
		"at zero":                  {Known(0), Known(4), 30, 10, nil, ErrIncludesZero},
		"up to zero":               {Known(-4), Known(0), 30, 10, nil, ErrIncludesZero},
		"nobody lost":              {Known(1.5), Known(4), 30, 0, nil, ErrNobodyLost},
		"nobody lost, around zero": {Known(-1), Known(4), 30, 0, nil, ErrNobodyLost},
		"no interval":              {missing, missing, 30, 10, nil, ErrSameChange},
		"half an interval":         {Known(1), missing, 30, 10, nil, ErrSameChange},
		"fewer than none lost":     {Known(1), Known(2), 30, -1, nil, ErrImpossible},
		"fewer than none found":    {Known(1), Known(2), -1, 3, nil, ErrImpossible},
	} {
		got := TippingPoint(Interval{c.low, c.high}, c.found, c.lost)
		near(t, what, got, c.want, 1e-12)
		if got.Why() != c.why {
			t.Errorf("%s: %q, want %q", what, got.Why(), c.why)
		}
	}
}

// What the tipping point says it does: with the lost so much further, the
// interval of everybody's mean begins at zero.
func TestTippingPoint_ReachesZero(t *testing.T) {
	tip, err := TippingPoint(Interval{Known(0.8), Known(3)}, 17, 5).Value()
	if err != nil {
		t.Fatal(err)
	}
	moved := 0.8 - tip*5/22
	near(t, "the limit", Known(moved), new(0.0), 1e-12)
}
