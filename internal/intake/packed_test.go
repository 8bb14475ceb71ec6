package intake

import (
	"math/rand/v2"
	"testing"
	"unsafe"
)

// What is packed is found again, as a map would, and most of its room is used.
func TestPacked(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	want, have := map[uint64]int32{}, &packed[int32]{}
	put := func(key uint64, value int32) { want[key] = value; have.put(key, value) }
	put(0, 7) // stands for an empty entry inside
	for i := range int32(20_000) {
		put(dice.Uint64(), i)
		if i%5 == 0 { // alike in all that says where they stand, so that they collide
			put(uint64(i)<<8&0xffffff|uint64(i%3), i)
		}
	}
	for key, value := range want {
		got := have.found(key)
		if got == nil || *got != value {
			t.Fatalf("of %x there is %v, want %d", key, got, value)
		}
		*got++
	}
	if got := have.found(12345678901); got != nil {
		t.Errorf("of a key that was never put in there is %d", *got)
	}
	n := 0
	have.each(func(key uint64, value int32) {
		if n++; key > 1 && value != want[key]+1 {
			t.Errorf("of %x there is %d, want %d", key, value, want[key]+1)
		}
	})
	if n != len(want) || n != have.held() {
		t.Errorf("%d are handed out, %d held, want %d", n, have.held(), len(want))
	}
}

// A million rows are to be read in 150 MB with all else: a score may take no more
// than 35 bytes, and what it takes of a map of Go is nearer to 90.
func TestPackedIsSmall(t *testing.T) {
	dice, first, people := rand.New(rand.NewPCG(3, 4)), packed[said]{}, packed[struct{}]{}
	const scores = 100_000
	for range scores {
		key := dice.Uint64()
		first.put(key, said{})
		people.put(key, struct{}{})
	}
	bytes := func(shares int, each uintptr) int { return shares * int(each) / scores }
	room, names := 0, 0
	for i := range first.shares {
		room += len(first.shares[i].entries)
		names += len(people.shares[i].entries)
	}
	if n := bytes(room, unsafe.Sizeof(entry[said]{})); n > 35 {
		t.Errorf("a score takes %d bytes, want 35 at most", n)
	}
	if n := bytes(names, unsafe.Sizeof(entry[struct{}]{})); n > 12 {
		t.Errorf("a person takes %d bytes, want 12 at most", n)
	}
}
