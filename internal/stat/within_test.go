package stat

import (
	"errors"
	"math"
	"testing"
)

// A difference within strata is R's, and with one stratum that of ANCOVA; a height
// that a whole stratum shares is in none of it.
func TestWithin_R(t *testing.T) {
	v := vectors[[]struct {
		Name       string
		Decimals   int
		Strata     [][2][][3]int64
		DFResid    float64 `json:"df_resid"`
		Difference float64
		SEHC3      float64 `json:"se_hc3"`
		Low, High  float64
	}](t, "within")
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			var strata, lifted [][2]Table
			for i, s := range c.Strata {
				var one, up [2]Table
				for g, cells := range s {
					one[g] = people{Decimals: c.Decimals, Cells: cells}.table(t)
					higher := make([][3]int64, len(cells))
					for k, cell := range cells {
						higher[k] = [3]int64{cell[0], cell[1] + int64(100*i), cell[2]}
					}
					up[g] = people{Decimals: c.Decimals, Cells: higher}.table(t)
				}
				strata, lifted = append(strata, one), append(lifted, up)
			}
			for name, s := range map[string][][2]Table{"as they are": strata, "lifted": lifted} {
				got, err := NewWithin(s)
				if err != nil {
					t.Fatal(err)
				}
				near(t, name+": df", got.DFResid, &c.DFResid, v.Tolerance)
				near(t, name+": difference", got.Difference, &c.Difference, v.Tolerance)
				near(t, name+": se", got.SEHC3, &c.SEHC3, v.Tolerance)
				near(t, name+": low", got.CI.Low, &c.Low, v.Tolerance)
				near(t, name+": high", got.CI.High, &c.High, v.Tolerance)
			}
			if len(strata) > 1 {
				return
			}
			plain, err := NewANCOVA(strata[0][:])
			if err != nil {
				t.Fatal(err)
			}
			near(t, "ANCOVA's difference", plain.Contrasts[0].Difference, &c.Difference, v.Tolerance)
			near(t, "ANCOVA's se", plain.Contrasts[0].SEHC3, &c.SEHC3, v.Tolerance)
		})
	}
}

// What cannot be told has its reason and no number.
func TestWithin_refused(t *testing.T) {
	table := func(cells ...[3]int64) Table { return people{Cells: cells}.table(t) }
	for name, c := range map[string]struct {
		strata [][2]Table
		want   Refusal
		number bool // of the difference
	}{
		"nobody":                 {nil, ErrUnder2More, false},
		"too few":                {[][2]Table{{table([3]int64{1, 2, 1}), table([3]int64{2, 2, 1})}, {table([3]int64{1, 3, 1})}}, ErrUnder2More, false},
		"all began alike":        {[][2]Table{{table([3]int64{4, 2, 3}), table([3]int64{4, 5, 3})}, {table([3]int64{6, 2, 3}), table([3]int64{6, 9, 2})}}, ErrSameBefore, false},
		"each group in its own":  {[][2]Table{{table([3]int64{4, 2, 3}, [3]int64{5, 5, 2})}, {table(), table([3]int64{6, 2, 3}, [3]int64{7, 9, 2})}}, ErrUnder2Groups, false},
		"group and score as one": {[][2]Table{{table([3]int64{4, 2, 3}), table([3]int64{5, 5, 3})}, {table([3]int64{6, 2, 3}), table([3]int64{7, 9, 2})}}, ErrSameBeforeIn, false},
		"one decides":            {[][2]Table{{table([3]int64{4, 2, 1}, [3]int64{5, 3, 2}, [3]int64{6, 1, 2}), table([3]int64{5, 5, 1})}}, ErrOwnFit, true},
	} {
		got, err := NewWithin(c.strata)
		if err != nil {
			t.Fatal(err)
		}
		if _, why := got.SEHC3.Value(); !errors.Is(why, c.want) || (got.Difference.Ptr() != nil) != c.number || got.CI.Low.Ptr() != nil {
			t.Errorf("%s: %v, difference %v", name, why, got.Difference)
		}
		if d := got.Difference.Ptr(); d != nil && math.IsNaN(*d) {
			t.Errorf("%s: not a number", name)
		}
	}
	if _, err := NewWithin([][2]Table{{table([3]int64{4, 2, 3}), people{Decimals: 1, Cells: [][3]int64{{40, 20, 3}}}.table(t)}}); !errors.Is(err, ErrUnlikeScores) {
		t.Errorf("two scales: %v", err)
	}
}
