package stat

import (
	"errors"
	"math"
	"slices"
	"testing"
)

func TestNewTable_Refuses(t *testing.T) {
	for _, c := range []struct {
		name     string
		decimals int
		cells    []Cell
		want     Refusal
	}{
		{"a negative count", 0, []Cell{{1, 2, -1}}, ErrImpossible},
		{"a level that a float64 would round", 0, []Cell{{1, maxLevel + 1, 1}}, ErrLevelTooLarge},
		{"the smallest integer, which has no magnitude of its own", 0, []Cell{{math.MinInt64, 1, 1}}, ErrLevelTooLarge},
		{"more people than there are", 0, []Cell{{1, 2, maxPeople}, {1, 3, 1}}, ErrTooMany},
		{"a count that would overflow the total", 0, []Cell{{1, 2, 1}, {1, 3, math.MaxInt64}}, ErrTooMany},
		{"negative decimals", -1, nil, ErrDecimals},
		{"ten decimals", 10, nil, ErrDecimals},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := NewTable(c.decimals, c.cells); !errors.Is(err, c.want) {
				t.Errorf("table: %v, want %v", err, c.want)
			}
			bins := make([]Bin, len(c.cells))
			for i, cell := range c.cells {
				bins[i] = Bin{Level: cell.After, Count: cell.Count}
				if cell.Before == math.MinInt64 {
					bins[i].Level = cell.Before
				}
			}
			if _, err := NewHistogram(c.decimals, bins); !errors.Is(err, c.want) {
				t.Errorf("histogram: %v, want %v", err, c.want)
			}
		})
	}
}

func TestTable_Histograms(t *testing.T) {
	table := tableOf(t, 1, []Cell{{3, 1, 2}, {1, 3, 1}, {0, 0, 0}, {3, 1, 4}, {1, 2, 1}})
	if got := table.N(); got != 8 {
		t.Errorf("%d people, want 8", got)
	}
	for _, c := range []struct {
		name string
		got  Histogram
		want []Bin
	}{
		{"before", table.Before(), []Bin{{1, 2}, {3, 6}}},
		{"after", table.After(), []Bin{{1, 6}, {2, 1}, {3, 1}}},
		{"changes", table.Changes(), []Bin{{-2, 6}, {1, 1}, {2, 1}}},
	} {
		if got := c.got.Bins(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if c.got.N() != 8 {
			t.Errorf("%s: %d people, want 8", c.name, c.got.N())
		}
	}
}

// A histogram is a value: neither its maker's bins nor its reader's are its own.
func TestHistogram_KeepsItsBins(t *testing.T) {
	mine := []Bin{{2, 1}, {0, 0}, {1, 1}}
	h, err := NewHistogram(0, mine)
	if err != nil {
		t.Fatal(err)
	}
	if mine[0].Level != 2 {
		t.Error("the caller's bins were sorted")
	}
	mine[0].Count, h.Bins()[0].Count = 7, 7
	if got, want := h.Bins(), []Bin{{1, 1}, {2, 1}}; !slices.Equal(got, want) {
		t.Errorf("bins %v, want %v", got, want)
	}
}

// As many people as can be counted are counted, and not one more.
func TestMostPeople(t *testing.T) {
	for more, want := range map[int64]error{0: nil, 1: ErrTooMany} {
		if _, err := NewTable(0, []Cell{{1, 2, maxPeople - 5}, {1, 3, 5 + more}}); !errors.Is(err, want) {
			t.Errorf("a table of %d more: %v, want %v", more, err, want)
		}
		if _, err := NewHistogram(0, []Bin{{1, maxPeople - 5}, {2, 5 + more}}); !errors.Is(err, want) {
			t.Errorf("a histogram of %d more: %v, want %v", more, err, want)
		}
		if _, err := NewTable(0, []Cell{{1, 2, maxPeople + more}}); !errors.Is(err, want) {
			t.Errorf("a cell of %d more: %v, want %v", more, err, want)
		}
	}
}

// One far level among near ones is summed as exactly as they are.
func TestTable_FarLevel(t *testing.T) {
	const far = 1 << 40
	got := tableOf(t, 0, []Cell{{0, far, 1}, {0, 0, 1}}).Paired().SDAfter
	if want := Known(far / math.Sqrt2); got != want {
		t.Errorf("standard deviation %+v, want %+v", got, want)
	}
}
