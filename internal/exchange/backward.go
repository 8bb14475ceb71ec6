package exchange

import (
	"runtime"

	"cairn/internal/scheme"
)

const (
	mostBackwardAt = 10      // lines that are worth looking up
	mostOpen       = 1 << 22 // days of baselines that are kept at once, 16 MB
)

// findBackward counts the later scores of a long file that are dated no later
// than the baseline they are paired with. Files are swept in order, since a
// million scores looked up one by one would be felt.
func (d *Data) findBackward() {
	d.Backward, d.BackwardAt = 0, nil
	if d.Form != Long || d.enrolled.n == 0 {
		return
	}
	measures := len(d.Settings.Measures)
	atOnce := min(measures, max(1, mostOpen/d.enrolled.n))
	opened := make([]scheme.Day, atOnce*d.enrolled.n)
	for first := 0; first < measures; first += atOnce {
		clear(opened)
		d.backwardIn(opened, first, first+atOnce)
	}
}

// backwardIn does so for the measures from one up to another.
func (d *Data) backwardIn(opened []scheme.Day, from, to int) {
	at := func(s *score) *scheme.Day { return &opened[(int(s.measure)-from)*d.enrolled.n+int(s.who)] }
	in := func(s *score) bool { return s.counts() && int(s.measure) >= from && int(s.measure) < to }
	inShares(func(part, of int) { // nobody has two baselines of a measure
		for s := range d.scores.share(part, of) {
			if s.time == 0 && in(s) {
				*at(s) = s.on
			}
		}
	})
	found := make([][]int, runtime.GOMAXPROCS(0)) // lines, by share
	inShares(func(part, of int) {
		for s := range d.scores.share(part, of) {
			if s.time == 0 || !in(s) {
				continue
			}
			if began := *at(s); !began.IsZero() && !s.on.After(began) {
				found[part] = append(found[part], int(s.line))
			}
		}
	})
	for _, lines := range found {
		d.Backward += len(lines)
		d.BackwardAt = append(d.BackwardAt, lines[:min(len(lines), mostBackwardAt-len(d.BackwardAt))]...)
	}
}
