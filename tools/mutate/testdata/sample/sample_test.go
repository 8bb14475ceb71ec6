package sample

import (
	"os"
	"testing"
)

func TestHeld(t *testing.T) {
	for _, c := range []struct {
		p    pair
		v    []int
		want float64
	}{
		{pair{1, 10}, []int{1}, 8 + 6 + 7 + 11},
		{pair{1, 10}, []int{1, 2}, 8 + 13 + 13 + 11},
		{pair{1, 10}, []int{3, 20, 4}, 8 + 34 + 34 + 11},
		{pair{2, 10}, []int{-1, -2, 0}, 6 + 5 + 7 + 11},
		{pair{2, 10}, []int{-3}, 6 + 2 + 7 + 11},
	} {
		if got := Held(c.p, c.v); got != c.want {
			t.Errorf("%v, %v: %v, want %v", c.p, c.v, got, c.want)
		}
	}
}

func TestLoose(t *testing.T) {
	if Loose(1, 2) != 2 || Loose(2, 2) != 2 {
		t.Error("not the larger")
	}
}

func TestRed(t *testing.T) {
	if os.Getenv("SAMPLE_RED") != "" {
		t.Error("red, as asked for")
	}
}
