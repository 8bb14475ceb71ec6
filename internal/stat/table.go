package stat

import "math"

// A Cell is how many people went from one level to another.
type Cell struct {
	Before int64 // score × 10^decimals
	After  int64 // score × 10^decimals
	Count  int64 // people
}

// A Table counts people measured twice by where they began and where they came
// to. Everything in this package that compares two scores follows from it: no
// row of a single person is ever needed.
type Table struct {
	decimals int // of a score
	cells    []Cell
	n        int64 // people
	moments  sums  // of all cells
}

// NewTable counts people measured twice, and keeps the slice. Cells may come in
// any order and repeat a pair of levels, so the tables of several periods are
// joined by appending their cells. It returns ErrDecimals, ErrImpossible,
// ErrLevelTooLarge or ErrTooMany when the cells cannot be counted exactly.
func NewTable(decimals int, cells []Cell) (Table, error) {
	if decimals < 0 || decimals > maxDecimals {
		return Table{}, ErrDecimals
	}
	t := Table{decimals: decimals, cells: cells}
	if err := t.count(cells); err != nil {
		return Table{}, err
	}
	return t, nil
}

// count adds people to the sums.
func (t *Table) count(cells []Cell) error {
	furthest := uint64(0)
	for _, c := range cells {
		if err := countable(c.Count, c.Before, c.After); err != nil {
			return err
		}
		if t.n += c.Count; t.n > maxPeople {
			return ErrTooMany
		}
		furthest = max(furthest, magnitude(c.Before), magnitude(c.After))
	}
	t.moments.addAll(cells, furthest)
	return nil
}

// N returns how many people were measured twice.
func (t Table) N() int64 { return t.n }

// Before returns the scores before.
func (t Table) Before() Histogram { return t.histogram(func(c Cell) int64 { return c.Before }) }

// After returns the scores after.
func (t Table) After() Histogram { return t.histogram(func(c Cell) int64 { return c.After }) }

// Changes returns the changes, after minus before. They are differences of
// integers, so that 0.3 − 0.1 and 0.2 are the same change.
func (t Table) Changes() Histogram {
	return t.histogram(func(c Cell) int64 { return c.After - c.Before })
}

func (t Table) histogram(level func(Cell) int64) Histogram {
	return tally(t.decimals, func(yield func(Bin) bool) {
		for i := range t.cells {
			if !yield(Bin{Level: level(t.cells[i]), Count: t.cells[i].Count}) {
				return
			}
		}
	})
}

// Paired returns the summary of people measured twice.
func (t Table) Paired() Paired {
	s, scale := t.moments, math.Pow10(t.decimals)
	return Paired{
		N:          t.n,
		MeanBefore: s.before.mean(scale),
		MeanAfter:  s.after.mean(scale),
		MeanChange: s.change.mean(scale),
		SDBefore:   s.before.sd(scale),
		SDAfter:    s.after.sd(scale),
		SDChange:   s.change.sd(scale),
		R:          s.pearson(),
	}
}

// Paired is a summary of people measured twice: all that the t test and the
// standardised changes need. It comes from a Table, or from a paper's table of
// means and standard deviations.
type Paired struct {
	N          int64  // people
	MeanBefore Number // score points
	MeanAfter  Number // score points
	MeanChange Number // score points, after minus before
	SDBefore   Number // score points, n−1
	SDAfter    Number // score points, n−1
	SDChange   Number // score points, n−1
	R          Number // −1 to 1, Pearson's correlation of before and after
}
