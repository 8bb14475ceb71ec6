package charts

import (
	"cairn/internal/evidence"
)

// Against draws what is left between a scheme's people and those they are compared
// with: the difference in change, and the difference at the same baseline, each
// with its 95% interval. Where the groups are not compared there is a table and
// the sentence that says so.
func Against(question string, a evidence.Against) (Figure, error) {
	rows := []differenceRow{{name: "In change"}, {name: "At the same baseline"}}
	rows[0].diff, rows[0].low, rows[0].top = a.Unadjusted()
	rows[1].diff, rows[1].low, rows[1].top = a.Sides.Difference()
	fig := Figure{
		ID: "difference", Question: question, Answer: a.Sentence(), Head: []string{"", "Difference", "95% interval", "Measured twice"},
		Notes: []string{"Each square is a difference between the groups, the line through it its 95% interval (in change by Welch, at the same baseline by HC3), the upright no difference. An arrow says that the line goes on, and the table has its end."},
	}
	for _, r := range rows {
		fig.Rows = append(fig.Rows, r.cells(r.name, a.Sides))
	}
	return differences(fig, rows, a.Sides.Reference.Score)
}
