package intake_test

import (
	"testing"

	"cairn/internal/intake"
)

// A sheet is told by its name only where all of it is about scores.
func TestSheetsAreNotCalledAfterPeople(t *testing.T) {
	rows := [][]any{{"ID", "Date", "GAD-7"}, {"G-1", "2026-01-05", 9}}
	for name, want := range map[string]string{
		"Baseline scores": "Baseline scores", "12 weeks follow-up": "12 weeks follow-up", "T2": "T2", "PHQ9 Mar 2026": "PHQ9 Mar 2026", "Sheet1": "Sheet1",
		"Jane Canary": "sheet 1", "J Canary": "sheet 1", "jane": "sheet 1", "Canary, Jane": "sheet 1", "M May": "sheet 1", "943 476 5919": "sheet 1",
		"07700 900123": "sheet 1", "BS1 4DJ": "sheet 1", "O'Neil baseline": "sheet 1", "sheet 7": "sheet 1",
	} {
		d := readBook(t, open(t, workbook(t, map[string][][]any{name: rows}, name)), known(t, "Riverside"), nil)
		if got := d.mapping.Sheets[0].Name; got != want || d.at(2).Sheet != want {
			t.Errorf("%q is told as %q and %q, want %q", name, got, d.at(2).Sheet, want)
		}
	}
	// What such a name says of the scores is understood all the same, and a mapping
	// from before finds its sheet.
	both := map[string][][]any{"Canary before": {{"ID", "GAD-7"}, {"G-1", 9}}, "Canary after": {{"ID", "GAD-7"}, {"G-1", 5}}}
	raw := workbook(t, both, "Canary before", "Canary after")
	d := readBook(t, open(t, raw), known(t, "Riverside"), func(m intake.Mapping) intake.Mapping {
		m.Sheets[0].Name, m.Sheets[1].Name = "Canary before", "Canary after"
		return m
	})
	if d.summary.Pairs != 1 || d.verdicts[0].Sheet != "sheet 1" || d.verdicts[1].Sheet != "sheet 2" {
		t.Errorf("%+v: %+v", d.summary, d.verdicts)
	}
}
