package stat

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// What three words add up to is what big.Int adds up to, for any sizes at all.
func TestWide_EqualsBigInt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var w wide
		want := new(big.Int)
		for range rapid.IntRange(0, 12).Draw(t, "terms") {
			a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
			count := rapid.Int64Range(0, maxPeople).Draw(t, "count")
			w.add(a, b, count)
			term := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
			want.Add(want, term.Mul(term, big.NewInt(count)))
		}
		if got := w.int(); got.Cmp(want) != 0 {
			t.Fatalf("sum %v, want %v", got, want)
		}
	})
}

func TestWide_Ends(t *testing.T) {
	var w wide
	w.add(math.MinInt64, math.MinInt64, maxPeople)
	w.add(math.MinInt64, math.MaxInt64, maxPeople)
	// (2⁶³)² − 2⁶³·(2⁶³−1) = 2⁶³, times 2³¹.
	if got, want := w.int(), new(big.Int).Lsh(big.NewInt(1), 63+31); got.Cmp(want) != 0 {
		t.Errorf("sum %v, want %v", got, want)
	}
}

// The two halves of one product carry into the top word, which random numbers
// do once in 2³³ times.
func TestWide_CarriesWithinAProduct(t *testing.T) {
	const a, b, five = 8249634742471202062, 8249634742471177374, 5
	var w wide
	w.add(a, b, five)
	want := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
	if got := w.int(); got.Cmp(want.Mul(want, big.NewInt(five))) != 0 {
		t.Errorf("5ab = %v, want %v", got, want)
	}
}
