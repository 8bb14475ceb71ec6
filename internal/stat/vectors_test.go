package stat

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// A vectorFile is a file of results that this package has to reproduce. One that
// does not say where its numbers are from, or holds a key that no test reads, is
// refused.
type vectorFile[C any] struct {
	About, Source, Checked, Unit string
	Tolerance                    float64 // relative
	Cases                        C
}

// vectors reads testdata/vectors/<name>.json.
func vectors[C any](t *testing.T, name string) vectorFile[C] {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "testdata", "vectors", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	var v vectorFile[C]
	if err := decoder.Decode(&v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if v.About == "" || v.Source == "" || v.Checked == "" || v.Unit == "" || v.Tolerance <= 0 {
		t.Fatalf("%s does not say what it is, where it is from, who checked it, in which unit and how exactly", name)
	}
	return v
}

// near holds a number against the one wanted, where nil means that there must
// be none. The floor for numbers near zero is a thousandth of the tolerance, as
// in CONVENTIONS C16.
func near(t *testing.T, what string, got Number, want *float64, tolerance float64) {
	t.Helper()
	value, err := got.Value()
	switch {
	case want == nil && err != nil:
	case want == nil:
		t.Errorf("%s = %.17g, want it not estimable", what, value)
	case err != nil:
		t.Errorf("%s is not estimable (%v), want %.17g", what, err, *want)
	case !(math.Abs(value-*want) <= max(tolerance*math.Abs(*want), tolerance/1000)):
		t.Errorf("%s = %.17g, want %.17g (off by %.2g)", what, value, *want, value-*want)
	}
}

// nearP is near for probabilities, which have no floor: 10⁻²⁰ is not "0".
func nearP(t *testing.T, what string, got Number, want *float64, tolerance float64) {
	t.Helper()
	if want != nil && *want > 0 {
		got, want = Known(1).and(got, func(_, p float64) float64 { return p / *want }), new(1.0)
	}
	near(t, what, got, want, tolerance)
}

// people is how a vector file writes scores: cells of before, after, count.
type people struct {
	Name     string
	Decimals int
	Cells    [][3]int64
}

func (p people) table(t *testing.T) Table {
	t.Helper()
	cells := make([]Cell, len(p.Cells))
	for i, c := range p.Cells {
		cells[i] = Cell{Before: c[0], After: c[1], Count: c[2]}
	}
	return tableOf(t, p.Decimals, cells)
}

func tableOf(t testing.TB, decimals int, cells []Cell) Table {
	t.Helper()
	table, err := NewTable(decimals, cells)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func histogramOf(t testing.TB, decimals int, levels ...int64) Histogram {
	t.Helper()
	bins := make([]Bin, len(levels))
	for i, level := range levels {
		bins[i] = Bin{Level: level, Count: 1}
	}
	h, err := NewHistogram(decimals, bins)
	if err != nil {
		t.Fatal(err)
	}
	return h
}
