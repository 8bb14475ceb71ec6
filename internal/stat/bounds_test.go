package stat

import (
	"errors"
	"testing"
)

func TestBounds_Refusals(t *testing.T) {
	table := tableOf(t, 1, []Cell{{10, 20, 3}})
	if _, err := table.FilledAt(histogramOf(t, 0, 1), 5); !errors.Is(err, ErrUnlikeScores) {
		t.Errorf("whole scores into tenths: %v, want %v", err, ErrUnlikeScores)
	}
	if _, err := table.CarriedForward(histogramOf(t, 2, 100)); !errors.Is(err, ErrUnlikeScores) {
		t.Errorf("hundredths into tenths: %v, want %v", err, ErrUnlikeScores)
	}
	if _, err := table.FilledAt(histogramOf(t, 1, 10), maxLevel+1); !errors.Is(err, ErrLevelTooLarge) {
		t.Errorf("an end beyond counting: %v, want %v", err, ErrLevelTooLarge)
	}
}

// The table that is filled stays as it was.
func TestBounds_TableStays(t *testing.T) {
	table := tableOf(t, 0, []Cell{{10, 20, 3}})
	worst, err := table.FilledAt(histogramOf(t, 0, 12, 15), 0)
	if err != nil {
		t.Fatal(err)
	}
	carried, err := table.CarriedForward(histogramOf(t, 0, 12, 15))
	if err != nil {
		t.Fatal(err)
	}
	if table.N() != 3 || worst.N != 5 || carried.N != 5 {
		t.Errorf("%d, %d and %d people, want 3, 5 and 5", table.N(), worst.N, carried.N)
	}
	if got := worst.MeanChange; got != Known(0.6) { // (3·10 − 12 − 15)/5
		t.Errorf("mean change with both at 0: %+v, want 0.6", got)
	}
	if got := carried.MeanChange; got != Known(6) {
		t.Errorf("mean change with both unchanged: %+v, want 6", got)
	}
}
