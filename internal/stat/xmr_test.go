package stat

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestXmR(t *testing.T) {
	file := vectors[[]struct {
		Name                        string
		Values                      []float64
		Median, Mean, Range         *float64
		Low, High                   *float64
		Outside, Shift, Trend, Near []int
	}](t, "xmr")
	for _, c := range file.Cases {
		x := NewXmR(c.Values)
		near(t, c.Name+": median", MedianOf(c.Values), c.Median, file.Tolerance)
		near(t, c.Name+": mean", x.Mean, c.Mean, file.Tolerance)
		near(t, c.Name+": mean moving range", x.Range, c.Range, file.Tolerance)
		near(t, c.Name+": lower limit", x.Low, c.Low, file.Tolerance)
		near(t, c.Name+": upper limit", x.High, c.High, file.Tolerance)
		for pattern, want := range map[Pattern][]int{Outside: c.Outside, Shift: c.Shift, Trend: c.Trend, NearEdge: c.Near} {
			if got := places(x.Signals(), pattern); !slices.Equal(got, want) {
				t.Errorf("%s: pattern %d holds of the points %v, want %v", c.Name, pattern, got, want)
			}
		}
	}
}

// places are the points that take part in a pattern.
func places(all []Signal, of Pattern) []int {
	at := map[int]bool{}
	for _, s := range all {
		for i := s.From; s.Pattern == of && i <= s.To; i++ {
			at[i] = true
		}
	}
	var out []int
	for i := range at {
		out = append(out, i)
	}
	slices.Sort(out)
	return out
}

// Nobody's figure turns on in which unit it is written, nor a pattern on which
// way is up.
func TestXmRKeepsItsPatterns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 12), func(n int) float64 { return float64(n) }), 12, 30).Draw(t, "values")
		turned := make([]float64, len(values))
		for i, v := range values {
			turned[i] = 100 - 4*v
		}
		was, is := NewXmR(values).Signals(), NewXmR(turned).Signals()
		for i := range was {
			was[i].Up = !was[i].Up
		}
		if fmt.Sprint(was) != fmt.Sprint(is) {
			t.Fatalf("%v\nturned round: %v", was, is)
		}
	})
}

func TestXmRWithoutPoints(t *testing.T) {
	for n, want := range map[int]Refusal{0: ErrNobody, 1: ""} {
		x := NewXmR(make([]float64, n))
		if x.Mean.Why() != want || x.Range.Why() != ErrUnder12 || x.Low.Ptr() != nil || x.Signals() != nil {
			t.Errorf("%d points: %+v", n, x)
		}
	}
}
