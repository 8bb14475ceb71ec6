package stat

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Levels that lie close together are counted in another way than levels that
// are sorted: one level far away changes nothing about the others.
func TestHistogramCountsAlikeFarAndNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var bins []Bin
		for range rapid.IntRange(1, 30).Draw(t, "bins") {
			bins = append(bins, Bin{Level: rapid.Int64Range(-9, 9).Draw(t, "level"), Count: rapid.Int64Range(0, 3).Draw(t, "people")})
		}
		near, err := NewHistogram(0, bins)
		if err != nil {
			t.Fatal(err)
		}
		far, err := NewHistogram(0, append(bins, Bin{Level: 1 << 40, Count: 1}))
		if err != nil {
			t.Fatal(err)
		}
		got := far.Bins()
		if want := near.Bins(); !slices.Equal(got[:len(got)-1], want) || far.N() != near.N()+1 {
			t.Fatalf("with one far away %v of %d, without %v of %d", got, far.N(), want, near.N())
		}
	})
}
