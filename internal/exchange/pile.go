package exchange

import (
	"iter"
	"runtime"
	"sync"
)

// A pile grows without moving what it holds: a slice that doubles holds twice
// its values for a moment, which a file of a million rows would feel.
type pile[T any] struct {
	runs [][]T
	room []T // for the next runs
	n    int
}

const (
	runBits = 10
	runMask = 1<<runBits - 1
)

func (p *pile[T]) add(v T) {
	if p.n&runMask == 0 {
		p.more()
	}
	p.n++
	*p.at(p.n - 1) = v
}

// more adds a run. Room is made for as many again as there are: it is taken from
// the machine only where something is put into it.
func (p *pile[T]) more() {
	if len(p.room) == 0 {
		p.room = inLargePages(make([]T, max(1, len(p.runs))<<runBits))
	}
	p.runs = append(p.runs, p.room[:runMask+1:runMask+1])
	p.room = p.room[runMask+1:]
}

// at is where value i is; it stays there.
func (p *pile[T]) at(i int) *T { return &p.runs[i>>runBits][i&runMask] }

// share goes through one of so many equal parts of the values, in order.
func (p *pile[T]) share(part, of int) iter.Seq[*T] {
	from, to := part*len(p.runs)/of, (part+1)*len(p.runs)/of
	return func(yield func(*T) bool) {
		for r := from; r < to; r++ {
			run := p.runs[r]
			for i := range run[:min(len(run), p.n-r<<runBits)] {
				if !yield(&run[i]) {
					return
				}
			}
		}
	}
}

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

// inShares does parts of one work at the same time, as many as there are
// processors, and returns when all are done.
func inShares(work func(part, of int)) {
	var hands sync.WaitGroup
	of := runtime.GOMAXPROCS(0)
	for part := range of {
		hands.Go(func() { work(part, of) })
	}
	hands.Wait()
}
