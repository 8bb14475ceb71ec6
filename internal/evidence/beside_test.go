package evidence_test

import (
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A difference says of how many people it is, wherever it is quoted: they can be
// few of those whom the sentence around it is of.
func TestDifferenceSaysOfWhomItIs(t *testing.T) {
	score := measure.Score{Name: "wellbeing", Direction: measure.HigherIsBetter, Max: 40}
	own := evidence.Measured{Table: begun(30, 10, 19, 3), Outside: 600}
	group := evidence.ComparisonGroup{Name: "Two practices", Measured: evidence.Measured{Table: begun(40, 10, 19, 1)}}
	a := evidence.NewAgainst(score, group, own, evidence.SideNames{Reference: "in the comparison group", Other: "in the scheme"})
	n, m := a.Sides.Other.Counts.Paired, a.Sides.Reference.Counts.Paired
	of := evidence.People(n) + " people in the scheme and " + evidence.People(m) + " people in the comparison group, first measured in the same dates"
	if n < 20 || m < 20 || !strings.Contains(a.Beside(), "(of "+of+"; 95% interval") {
		t.Errorf("%d and %d people: %q", n, m, a.Beside())
	}
	f := evidence.Of(score, twice(60, 2, scheme.Step{From: 5, To: 7}))
	d := laidDown()
	d.Comparator = &a.Facts
	a.Facts.Source, a.Facts.Concurrent, a.Facts.Eligible, a.Facts.SameScore, a.Facts.Overlap = "Survey", true, true, true, true
	level := f.Level(d)
	if !strings.Contains(strings.Join(level.Held, " "), "It is of "+of+"; level 3 rests on them.") || level.Number != 3 {
		t.Errorf("level %d: %v", level.Number, level.Held)
	}
	if may := strings.Join(f.Claims(evidence.Context{}, d).May, " "); !strings.Contains(may, of) {
		t.Errorf("may be said: %s", may)
	}
}
