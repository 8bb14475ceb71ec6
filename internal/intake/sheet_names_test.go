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
		"April Short": "sheet 1", "June Day": "sheet 1", "May Day": "sheet 1", "Warwick Day": "sheet 1", "June Weeks": "sheet 1", "August Post": "sheet 1", "Star Short": "sheet 1",
		"June scores": "sheet 1", "post 2": "post 2", "post scores": "post scores", "Short WEMWBS": "Short WEMWBS", "June 2026": "June 2026",
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

// A mapping of sheets that are told by their place is not of a file in which those
// places say something else: scores would go to another measure.
func TestSheetsInAnotherOrder(t *testing.T) {
	gad, phq := [][]any{{"ID", "Date", "Score"}, {"G-1", "2026-01-05", 9}}, [][]any{{"ID", "Date", "Score"}, {"G-1", "2026-01-05", 5}}
	sheets := map[string][][]any{"Canary GAD-7": gad, "Canary PHQ-9": phq}
	k := known(t, "Riverside")
	d := readBook(t, open(t, workbook(t, sheets, "Canary GAD-7", "Canary PHQ-9")), k, nil)
	if s := d.mapping.Sheets; s[0].Name != "sheet 1" || s[0].Says != "gad 7" || s[1].Says != "phq 9" {
		t.Errorf("%+v", s)
	}
	for name, c := range map[string]struct {
		first, second string
		like          bool
	}{"the same": {"Canary GAD-7", "Canary PHQ-9", true}, "turned round": {"Canary PHQ-9", "Canary GAD-7", false}} {
		_, like, err := intake.Like(open(t, workbook(t, sheets, c.first, c.second)), d.mapping, k)
		if err != nil || like != c.like {
			t.Errorf("%s: alike %t, %v", name, like, err)
		}
	}
}
