package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// What publishing refuses is told of the row that said it and of no other, once
// for each row however much of it is refused, and the counts, the rows and the
// file always come to the same.
func TestRowsRefusedAtPublishing(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		score := func(text, on string) app.StagedScore {
			day, err := scheme.ParseDay(on)
			must(t, err)
			return app.StagedScore{Scheme: w.Garden.Name, Measure: "swemwbs", Series: "swemwbs-raw", Text: text, Occasion: scheme.Later, On: day}
		}
		row := func(at, line int, sheet, reference string, scores ...app.StagedScore) app.ImportRow {
			return app.ImportRow{Position: at, Line: line, Sheet: sheet, Outcome: "accepted", Reference: reference, Scores: scores}
		}
		w.bringIn(app.ImportBatch{Source: "first", FileSHA: "r1", MappingSHA: "m", Mapping: "{}"}, []app.ImportRow{
			row(0, 2, "", "R-1", score("20", "2026-01-05")), row(1, 3, "", "R-2", score("20", "2026-01-05")), row(2, 4, "", "R-2", score("21", "2026-02-05")),
			row(3, 5, "", "R-3", score("20", "2026-01-05")),
		})
		rows := []app.ImportRow{
			row(0, 2, "Pre", "R-1", score("30", "2026-01-05")),
			row(1, 3, "Pre", "R-2", score("30", "2026-01-05"), score("31", "2026-02-05"), score("32", "2026-03-05")),
			row(2, 4, "Pre", "R-3", score("30", "2026-01-05")),
			row(3, 2, "Post", "R-1", score("27", "2026-03-30")),
			row(4, 3, "Post", "R-4", score("99", "2026-03-30")),
			{Position: 5, Line: 4, Sheet: "Post", Outcome: "review", Reason: "Nobody knows the scheme."},
		}
		rows[2].Outcome, rows[2].Reason = "rejected", "PHQ-9: 99 is too much."
		var told []app.RefusedRow
		file := app.ImportBatch{Source: "second", FileSHA: "r2", MappingSHA: "m", Mapping: "{}"}
		begun, err := w.App.BeginImport(t.Context(), w.Ann, file)
		must(t, err)
		_, err = w.App.StageImport(t.Context(), w.Ann, begun.ID, rows)
		must(t, err)
		done, err := w.App.PublishImport(t.Context(), w.Ann, app.Publication{Batch: begun.ID, Done: func(int) {}, Refused: func(rows []app.RefusedRow, _ func(app.ImportPart, []byte) error) error {
			told = rows
			return nil
		}})
		must(t, err)
		_, kept, err := w.App.ImportRows(t.Context(), w.Ann, app.ImportRowsAsk{Batch: begun.ID})
		must(t, err)
		counted, sum := map[string]int{}, 0
		var lines []string
		for _, r := range kept {
			counted[r.Outcome]++
			lines = append(lines, fmt.Sprintf("%s %d %s", r.Sheet, r.Line, r.Outcome))
		}
		for outcome, n := range done.Outcomes {
			if sum += n; n < 0 || n != counted[outcome] {
				t.Errorf("%d rows are counted as %s, and %d are", n, outcome, counted[outcome])
			}
		}
		if done.Added != 2 || sum != done.Staged || strings.Join(lines, ", ") != "Pre 2 conflict, Pre 3 conflict, Pre 4 rejected, Post 2 accepted, Post 3 rejected, Post 4 review" {
			t.Errorf("%d added, %v of %d rows: %v", done.Added, done.Outcomes, done.Staged, lines)
		}
		if r := kept[1].Reason; !strings.HasPrefix(r, "When the file was brought in, 2 of its 3 scores could not be kept: ") || strings.Contains(r, "January") || kept[3].Reason != "" || kept[4].Reason == "" {
			t.Errorf("%q, %q, %q", r, kept[3].Reason, kept[4].Reason)
		}
		if r := kept[2].Reason; !strings.HasPrefix(r, "PHQ-9: 99 is too much. But when the file was brought in, 1 of 1 could not be kept: ") {
			t.Errorf("what was wrong with the row before is gone: %q", r)
		}
		if !slices.IsSortedFunc(told, func(a, b app.RefusedRow) int { return a.Position - b.Position }) || len(told) != 4 || told[1].Kept != 1 || told[0].Kept != 0 || told[1].Reason != kept[1].Reason {
			t.Errorf("%+v", told)
		}
	})
}
