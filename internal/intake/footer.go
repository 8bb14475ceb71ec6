package intake

import "slices"

// hasScore reports a row of somebody in which a cell of a score or an answer is
// filled, with whatever.
func (w *row) hasScore() bool {
	return w.reference != "" && slices.ContainsFunc(w.sheet.at, w.scoreAt)
}

// scoreAt reports a filled cell of a score or an answer.
func (w *row) scoreAt(column int) bool {
	takes := w.sheet.reads[slices.Index(w.sheet.at, column)].Takes
	return (takes == TakesScore || takes == TakesAnswer) && !notThere(w.line.cell(column))
}

// footed takes a row for what an export writes below its rows (how many there are,
// whom they are for) where it holds one cell, which is no score, and no row below it
// holds one. It is of nobody, whatever else is wrong with it.
func (j *judge) footed(w *row) []problem {
	if w.line.Number <= j.ends[w.sheet.book] || filled(w.line.Cells) != 1 || slices.ContainsFunc(w.sheet.at, w.scoreAt) {
		return w.problems
	}
	return []problem{{Rejected, "The row holds no score, and looks like a line that stands below the rows of a table. If it is somebody's, put what is missing into it."}}
}
