package stat

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Likelihoods with two peaks, or so flat that scoring is slow or leaps: where the
// search ends is a root of the score, or 0, and another unit, a power of two so
// that nothing is rounded, changes not one bit of it.
func TestREML_UnitAndRoot(t *testing.T) {
	for what, groups := range map[string][]Effect{
		"two peaks":               {{7, 47.057}, {1.7, 11.819}, {0.9, 0.024}, {0.5, 0.013}, {6.6, 3.875}, {3.8, 35.008}},
		"three groups":            {{-3.8, 5.567}, {2, 1.246}, {1.4, 0.266}},
		"slow, from above":        {{0.3, 24.723}, {-1, 38.531}, {3.4, 3.254}, {-1.3, 20.599}, {-1.2, 24.761}, {-4.3, 0.009}},
		"slow, from below":        {{2, 16.567}, {0.8, 17.117}, {-4.7, 1.14}, {-1.9, 12.916}, {-1.6, 15.868}, {-0.2, 12.505}},
		"zero, where four differ": {{-1.7, 0.024}, {-1.6, 0.082}, {1.4, 9.186}, {-3.2, 4.726}},
		"zero, where five differ": {{0.5, 1.143}, {6.9, 37.781}, {-0.3, 17.403}, {-3.9, 12.841}, {-0.7, 0.559}},
	} {
		e, err := newEffects(groups)
		if err != nil {
			t.Fatal(err)
		}
		want := e.reml()
		if score, information, _ := e.remlScore(want); want > 0 && math.Abs(score) > 1e-9*information*want {
			t.Errorf("%s: at %v the score is %v", what, want, score)
		}
		for _, unit := range []float64{0x1p-20, 0x1p20} {
			var scaled []Effect
			for _, g := range groups {
				scaled = append(scaled, Effect{g.Value * unit, g.Variance * unit * unit})
			}
			e, err := newEffects(scaled)
			if err != nil {
				t.Fatal(err)
			}
			if got := e.reml() / unit / unit; got != want {
				t.Errorf("%s: %v in units of %v, and %v in units of 1", what, got, unit, want)
			}
		}
	}
}

// Where the square of a weight is too small for a float64 a step may be endless,
// down as well as up, and the search ends all the same.
func TestREML_EndlessSteps(t *testing.T) {
	for i := range 20 {
		e, err := newEffects([]Effect{{0, 1}, {math.Sqrt(1e163) * (1 + float64(i)*1e-14), 1e163}})
		if err != nil {
			t.Fatal(err)
		}
		if tau2 := e.reml(); !(tau2 >= 0 && tau2 < 1e163) {
			t.Errorf("tau2 %v", tau2)
		}
	}
}

// The slope of the score is that of the chord through two points close by.
func TestLaw_REMLSlope(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, err := newEffects(drawEffects(t, 2, 12))
		if err != nil {
			t.Fatal(err)
		}
		tau2 := rapid.Float64Range(0.1, 20).Draw(t, "tau2")
		beside := 1e-4 * tau2
		below, _, _ := e.remlScore(tau2 - beside)
		above, _, _ := e.remlScore(tau2 + beside)
		_, information, slope := e.remlScore(tau2)
		if chord := (above - below) / (2 * beside); math.Abs(chord-slope) > 1e-5*(information+math.Abs(slope)) {
			t.Fatalf("at %v the slope is %v, and that of the chord %v", tau2, slope, chord)
		}
	})
}
