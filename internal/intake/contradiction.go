package intake

import (
	"fmt"
	"slices"
)

func (j *judge) inSheet(f said, s Score) string {
	if int(f.sheet) == s.Sheet {
		return ""
	}
	return " in " + j.book.sentence(int(f.sheet))
}

// contradiction says where the other score of the day first stands. It names
// no score: neither counts, and neither is known to be right.
func (j *judge) contradiction(w *row, s Score, f said) string {
	short := j.defs[s.Measure].Short
	other := func(o Score) bool { return j.key(o) == j.key(s) && j.value(o) != j.value(s) }
	if slices.ContainsFunc(w.scores, other) {
		return fmt.Sprintf("%s: the row says two things of one day. Neither counts; keep the one that is right.", short)
	}
	if int(f.line) == s.Line && int(f.sheet) == s.Sheet {
		return fmt.Sprintf("%s: a later row says something else of the same person and day. Neither counts; keep the one that is right.", short)
	}
	return fmt.Sprintf("%s: line %d%s says something else of the same person and day. Neither counts; keep the one that is right.", short, f.line, j.inSheet(f, s))
}
