package intake_test

import (
	"strings"
	"testing"

	"cairn/internal/intake"
)

// What contradicts what is told as far as the day is known.
func TestContradictionsSayHowFarTheDayIsKnown(t *testing.T) {
	k := known(t, "Riverside")
	conflicts := func(text string, lines string) {
		t.Helper()
		d := read(t, text, k)
		d.wants(t, lines)
		for _, v := range d.verdicts {
			if strings.Contains(v.Reason, "day") != strings.Contains(lines, "day") {
				t.Error(v.Reason)
			}
		}
	}
	conflicts("ID,Stage,Date,PHQ-9\nG-1,pre,05/01/2026,10\nG-1,pre,05/01/2026,11\n", "2 conflict a later row says something else of the same person and day.\n3 conflict line 2 says something else of the same person and day.")
	conflicts("ID,Stage,Month,PHQ-9\nG-1,pre,Mar-26,10\nG-1,pre,Mar-26,11\n", "2 conflict a later row says something else of the same person, month and occasion.\n3 conflict line 2 says something else of the same person, month and occasion.")
	conflicts("ID,PHQ-9 pre,PHQ-9 post\nG-1,10,9\nG-1,11,9\n", "2 conflict a later row says something else of the same person and occasion.\n3 conflict line 2 says something else of the same person and occasion.")
	conflicts("ID,Stage,Date,PHQ-9,PHQ9 score\nG-1,pre,05/01/2026,10,11\n", "2 conflict the row says two things of one day.")
	conflicts("ID,Stage,Month,PHQ-9,PHQ9 score\nG-1,pre,Mar-26,10,11\n", "2 conflict the row says two things of one month and occasion.")
	conflicts("ID,Stage,PHQ-9,PHQ9 score\nG-1,pre,10,11\n", "2 conflict the row says two things of one occasion.")
	for _, c := range []struct {
		kept       intake.Kept
		text, says string
	}{
		{intake.Kept{Dated: intake.ByDay, On: day("2026-01-05")}, "ID,Stage,Date,PHQ-9\nG-1,pre,05/01/2026,10\n", "kept here of this person and day."},
		{intake.Kept{Dated: intake.ByMonth, On: day("2026-03-01")}, "ID,Stage,Month,PHQ-9\nG-1,pre,Mar-26,10\n", "kept here of this person, month and occasion."},
		{intake.Kept{Dated: intake.ByOrder}, "ID,PHQ-9 pre,PHQ-9 post\nG-1,10,\n", "kept here of this person and occasion."},
	} {
		c.kept.Reference, c.kept.Scheme, c.kept.Measure, c.kept.Occasion, c.kept.Series, c.kept.Level = "G-1", "Riverside", "phq9", "baseline", "phq9", 12
		k.Kept = func(fn func(intake.Kept) error) error { return fn(c.kept) }
		read(t, c.text, k).wants(t, "2 conflict "+c.says)
	}
}

// How many scores have no day is told of those that count: what is rejected, and what
// is said again, is not in it.
func TestUndatedScoresThatCount(t *testing.T) {
	d := read(t, "ID,PHQ-9 pre,PHQ-9 post\nG-1,10,9\nG-2,10,99\nG-1,10,9\nG-3,12,8\nG-3,13,8\n", known(t, "Riverside"))
	d.wants(t, "2 accepted\n3 rejected\n4 duplicate\n5 conflict\n6 conflict")
	if s := d.summary; s.Scores != 4 || s.Undated != s.Scores {
		t.Errorf("%d scores count and %d have no day", s.Scores, s.Undated)
	}
}
