package stat

import (
	"errors"
	"fmt"
	"math"
	"testing"
)

func TestReliableChange_R(t *testing.T) {
	v := vectors[[]struct {
		SD, Reliability float64
		Decimals        int
		Changes         []int64
		SEM             float64
		SDiff           float64 `json:"s_diff"`
		Threshold196    float64 `json:"threshold_196"`
		ThresholdQnorm  float64 `json:"threshold_qnorm"`
		Past            [3]int64
		AtLeast         [3]int64 `json:"at_least"` // up, within, down
	}](t, "reliable_change")
	for _, c := range v.Cases {
		t.Run(fmt.Sprintf("sd %g, reliability %g", c.SD, c.Reliability), func(t *testing.T) {
			got := JacobsonTruax(Known(c.SD), c.Reliability)
			near(t, "sem", got.SEM, &c.SEM, v.Tolerance)
			near(t, "s_diff", got.SDiff, &c.SDiff, v.Tolerance)
			near(t, "1.96", got.Threshold196, &c.Threshold196, v.Tolerance)
			near(t, "qnorm", got.ThresholdQnorm, &c.ThresholdQnorm, v.Tolerance)

			limit, err := got.Threshold196.Value()
			if err != nil {
				t.Fatal(err)
			}
			changes := histogramOf(t, c.Decimals, c.Changes...)
			for reach, want := range map[Reach][3]int64{Past: c.Past, AtLeast: c.AtLeast} {
				moved, err := changes.Moved(Threshold{Points: limit, Reach: reach})
				if err != nil {
					t.Fatal(err)
				}
				if got := [3]int64{moved.Up, moved.Within, moved.Down}; got != want {
					t.Errorf("reach %d: up, within, down = %v, want %v", reach, got, want)
				}
			}
		})
	}
}

func TestReliableChange_Refusals(t *testing.T) {
	for _, reliability := range []float64{-0.01, 1.01, math.NaN()} {
		if got := JacobsonTruax(Known(4), reliability); got.Threshold196.Why() != ErrReliability {
			t.Errorf("reliability %v: %+v, want %q", reliability, got, ErrReliability)
		}
	}
	if got := JacobsonTruax(Refused(ErrUnder2), 0.8); got.SEM.Why() != ErrUnder2 || got.ThresholdQnorm.Why() != ErrUnder2 {
		t.Errorf("no sd: %+v, want %q", got, ErrUnder2)
	}
	if got := JacobsonTruax(Known(4), 1); got.Threshold196 != Known(0) {
		t.Errorf("a measure without error has threshold %+v, want 0", got.Threshold196)
	}
}

func TestMoved_Refusals(t *testing.T) {
	h := histogramOf(t, 0, -1, 0, 1)
	for _, far := range []Threshold{
		{Points: 0, Reach: AtLeast},     // everyone would have moved both ways
		{Points: 1e-11, Reach: AtLeast}, // the same after rounding
		{Points: -1, Reach: Past},
		{Points: math.NaN(), Reach: Past},
		{Points: math.Inf(1), Reach: Past},
		{Points: 1}, // neither strictly nor not
	} {
		if got, err := h.Moved(far); !errors.Is(err, ErrThreshold) {
			t.Errorf("%+v: %+v, %v; want %v", far, got, err, ErrThreshold)
		}
	}
}

// Of people who all began alike, whose threshold is 0, nobody is between "at
// least" and "at most".
func TestReached_AtLeastNothing(t *testing.T) {
	up, down, err := histogramOf(t, 0, -1, 0, 0, 1, 2).Reached(Threshold{Points: 0, Reach: AtLeast})
	if up != 4 || down != 3 || err != nil {
		t.Errorf("%d up, %d down, %v; want 4 and 3", up, down, err)
	}
	for _, far := range []Threshold{{Points: -1, Reach: Past}, {Points: 1}, {Points: math.Inf(1), Reach: AtLeast}} {
		if _, _, err := histogramOf(t, 0, 1).Reached(far); !errors.Is(err, ErrThreshold) {
			t.Errorf("%+v: %v, want %v", far, err, ErrThreshold)
		}
	}
}

// 0.3 − 0.1 is 0.19999999999999998 in floating point and 0.2 here.
func TestMoved_DifferencesOfDecimalsTie(t *testing.T) {
	h := tableOf(t, 1, []Cell{{1, 3, 1}, {0, 2, 1}, {3, 1, 1}}).Changes()
	strictly, err := h.Moved(Threshold{Points: 0.2, Reach: Past})
	if err != nil {
		t.Fatal(err)
	}
	inclusive, err := h.Moved(Threshold{Points: 0.2, Reach: AtLeast})
	if err != nil {
		t.Fatal(err)
	}
	if strictly != (Moved{Within: 3}) || inclusive != (Moved{Up: 2, Down: 1}) {
		t.Errorf("past 0.2: %+v, at least 0.2: %+v", strictly, inclusive)
	}
}
