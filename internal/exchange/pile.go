package exchange

// A pile grows without moving what it holds: a slice that doubles holds twice
// its values for a moment, which a file of a million rows would feel.
type pile[T any] struct {
	runs [][]T
	n    int
}

const (
	runBits = 10
	runMask = 1<<runBits - 1
)

func (p *pile[T]) add(v T) {
	if p.n&runMask == 0 {
		p.runs = append(p.runs, make([]T, runMask+1))
	}
	p.n++
	*p.at(p.n - 1) = v
}

// at is where value i is; it stays there.
func (p *pile[T]) at(i int) *T { return &p.runs[i>>runBits][i&runMask] }

// all goes through the values in order.
func (p *pile[T]) all(yield func(int, *T) bool) {
	for r, run := range p.runs {
		first := r << runBits
		for i := range run[:min(len(run), p.n-first)] {
			if !yield(first+i, &run[i]) {
				return
			}
		}
	}
}
