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

// moment is what two scores have in common that contradict each other, as far as it
// is known when they were answered; see key.
func moment(s Score) string {
	switch s.Dated {
	case ByMonth:
		return "month and occasion"
	case ByOrder:
		return "occasion"
	}
	return "day"
}

// and is the same behind whose score it is.
func and(s Score) string {
	if s.Dated == ByMonth {
		return ", " + moment(s)
	}
	return " and " + moment(s)
}

// contradiction says where the other score of the day first stands. It names
// no score: neither counts, and neither is known to be right.
func (j *judge) contradiction(w *row, s Score, f said) string {
	short := j.defs[s.Measure].Short
	other := func(o Score) bool { return j.key(o) == j.key(s) && j.value(o) != j.value(s) }
	if slices.ContainsFunc(w.scores, other) {
		return fmt.Sprintf("%s: the row says two things of one %s. Neither counts; keep the one that is right.", short, moment(s))
	}
	if int(f.line) == s.Line && int(f.sheet) == s.Sheet {
		return fmt.Sprintf("%s: a later row says something else of the same person%s. Neither counts; keep the one that is right.", short, and(s))
	}
	return fmt.Sprintf("%s: line %d%s says something else of the same person%s. Neither counts; keep the one that is right.", short, f.line, j.inSheet(f, s), and(s))
}
