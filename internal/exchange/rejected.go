package exchange

import (
	"fmt"

	"cairn/internal/evidence"
)

// Rejected is how much of the files was not taken.
type Rejected struct {
	Rows   int `json:"rows"`   // whole rows; in a long file each is a score
	Scores int `json:"scores"` // cells of a wide file; the rest of their rows counts
}

// Rejected counts what was not taken. A cell of a wide file that cannot be read,
// or that another row contradicts, costs its row nothing else.
func (d *Data) Rejected() Rejected {
	cells := map[string]bool{}
	if d.Form == Wide {
		for _, m := range d.Settings.Measures {
			for _, point := range d.Settings.Timepoints {
				cells[m.Name+"."+point] = true
			}
		}
	}
	var rows []Reject
	var r Rejected
	for _, one := range d.Rejects {
		if cells[one.Column] {
			r.Scores++
		} else {
			rows = append(rows, one)
		}
	}
	r.Rows = RejectedRows(rows)
	return r
}

// Said says how much, for a sentence: "3 rows and 1 score were".
func (r Rejected) Said() string {
	rows, scores := counted(r.Rows, "row"), counted(r.Scores, "score")
	switch {
	case r.Scores == 0 && r.Rows == 1, r.Rows == 0 && r.Scores == 1:
		return rows + scores + " was"
	case r.Rows == 0 || r.Scores == 0:
		return rows + scores + " were"
	}
	return rows + " and " + scores + " were"
}

// counted is nothing for none, "1 row", "2 rows".
func counted(n int, noun string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 " + noun
	}
	return evidence.People(n) + " " + noun + "s"
}

// Notes say what a reader has to know of the file before any figure: what was
// not taken, what was said twice, and dates that contradict the names of the
// time points. None when there is nothing of the kind.
func (r Results) Notes() (notes []string) {
	if r.Rejected != (Rejected{}) {
		note := r.Rejected.Said() + " not taken; whoever has no other score there counts as lost or without a baseline"
		if r.Rejected.Rows > 0 {
			note += ", and whoever is in no other row is not counted"
		}
		if note += "."; r.Reasons != "" {
			note += " Why: " + r.Reasons
		}
		notes = append(notes, note)
	}
	if r.Repeats > 0 {
		what, again := "row", map[bool]string{true: "says again what an earlier row said and was", false: "say again what an earlier row said and were"}
		if r.form == Wide {
			what, again = "score", map[bool]string{true: "is said again by a later row and was", false: "are said again by a later row and were"}
		}
		notes = append(notes, fmt.Sprintf("%s %s counted once.", counted(r.Repeats, what), again[r.Repeats == 1]))
	}
	if r.Backward > 0 {
		have := "have"
		if r.Backward == 1 {
			have = "has"
		}
		notes = append(notes, fmt.Sprintf("%s %s a later score that is dated on the day of the baseline or before it. Names of time points decide, not dates, so each is counted.",
			counted(r.Backward, "pair"), have))
	}
	return notes
}
