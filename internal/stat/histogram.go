package stat

import (
	"cmp"
	"iter"
	"math"
	"slices"
)

// Limits that keep every sum exact. A level is a score times 10 to the number
// of decimals; up to 2⁵³ it is also exact as a float64.
const (
	maxLevel    = 1 << 53
	maxPeople   = 1 << 31
	maxDecimals = 9
)

// A Bin is how many people have one level.
type Bin struct {
	Level int64 // score × 10^decimals
	Count int64 // people
}

// A Histogram counts people by level: levels ascending, each once, none empty.
type Histogram struct {
	decimals int // of a score
	bins     []Bin
	n        int64 // people
}

// NewHistogram counts people by level. Bins may come in any order and repeat a
// level. It returns ErrDecimals, ErrImpossible, ErrLevelTooLarge or ErrTooMany
// when the bins cannot be counted exactly.
func NewHistogram(decimals int, bins []Bin) (Histogram, error) {
	if decimals < 0 || decimals > maxDecimals {
		return Histogram{}, ErrDecimals
	}
	var n int64
	for _, b := range bins {
		if err := countable(b.Count, b.Level); err != nil {
			return Histogram{}, err
		}
		if n += b.Count; n > maxPeople {
			return Histogram{}, ErrTooMany
		}
	}
	return tally(decimals, slices.Values(bins)), nil
}

// countable refuses a count or a level that would not be summed exactly.
func countable(count int64, levels ...int64) error {
	switch {
	case count < 0:
		return ErrImpossible
	case count > maxPeople:
		return ErrTooMany
	}
	for _, level := range levels {
		if magnitude(level) > maxLevel {
			return ErrLevelTooLarge
		}
	}
	return nil
}

// tally sorts and merges bins that are known to be countable.
func tally(decimals int, all iter.Seq[Bin]) Histogram {
	if h, ok := tallyDense(decimals, all); ok {
		return h
	}
	bins := slices.SortedFunc(all, func(a, b Bin) int { return cmp.Compare(a.Level, b.Level) })
	h := Histogram{decimals: decimals, bins: bins[:0]}
	for _, b := range bins {
		h.n += b.Count
		last := len(h.bins) - 1
		switch {
		case b.Count == 0:
		case last >= 0 && h.bins[last].Level == b.Level:
			h.bins[last].Count += b.Count
		default:
			h.bins = append(h.bins, b)
		}
	}
	return h
}

// tallyDense is tally where the levels lie close together, as on most scales: a
// counter for each level there may be costs less than to sort.
func tallyDense(decimals int, all iter.Seq[Bin]) (Histogram, bool) {
	bins, lowest, highest := 0, int64(math.MaxInt64), int64(math.MinInt64)
	for b := range all {
		bins++
		lowest, highest = min(lowest, b.Level), max(highest, b.Level)
	}
	if bins == 0 || highest-lowest >= int64(2*bins) {
		return Histogram{}, false
	}
	counts := make([]int64, highest-lowest+1)
	for b := range all {
		counts[b.Level-lowest] += b.Count
	}
	h := Histogram{decimals: decimals, bins: make([]Bin, 0, min(bins, len(counts)))}
	for i, n := range counts {
		if n > 0 {
			h.n += n
			h.bins = append(h.bins, Bin{Level: lowest + int64(i), Count: n})
		}
	}
	return h, true
}

// N returns how many people were counted.
func (h Histogram) N() int64 { return h.n }

// Bins returns a copy of the levels that somebody has, ascending.
func (h Histogram) Bins() []Bin { return slices.Clone(h.bins) }

// scale is how many levels make a score point.
func (h Histogram) scale() float64 { return math.Pow10(h.decimals) }

// margin returns the exact sums.
func (h Histogram) margin() margin {
	var m margin
	for _, b := range h.bins {
		m.add(b.Level, b.Count)
	}
	return m
}

// at returns the level of the person in place i, from 0, when all stand in
// order of their level.
func (h Histogram) at(i int64) int64 {
	for _, b := range h.bins {
		if i -= b.Count; i < 0 {
			return b.Level
		}
	}
	return h.bins[len(h.bins)-1].Level
}
