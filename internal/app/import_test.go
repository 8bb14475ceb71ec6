package app_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// stagedRows are three people of the garden: one measured twice to the day, one
// before and after without days, one in a month, and a row that was rejected.
func stagedRows(garden string) []app.ImportRow {
	score := func(text, on string, o scheme.Occasion, d scheme.Dating) app.StagedScore {
		s := app.StagedScore{Scheme: garden, Measure: "swemwbs", Series: "swemwbs-raw", Text: text, Occasion: o, Dated: d}
		if on != "" {
			s.On, _ = scheme.ParseDay(on)
		}
		if o != scheme.Baseline {
			s.Order = 10
		}
		return s
	}
	row := func(at int, reference string, scores ...app.StagedScore) app.ImportRow {
		return app.ImportRow{Position: at, Line: at + 2, Outcome: "accepted", Reference: reference, Scores: scores}
	}
	return []app.ImportRow{
		row(0, "I-2", score("20", "2026-01-05", scheme.Baseline, "")),
		row(1, "I-1", score("19", "", scheme.Baseline, scheme.ByOrder), score("25", "", scheme.Later, scheme.ByOrder)),
		{Position: 2, Line: 4, Outcome: "rejected", Reason: "The row has no score."},
		row(3, "I-2", score("27", "2026-03-30", scheme.Later, "")),
		row(4, "I-3", score("21", "2026-01-01", scheme.Baseline, scheme.ToTheMonth), score("25", "2026-01-01", scheme.Later, scheme.ToTheMonth)),
	}
}

// A file comes in whole or not at all, goes on where it was stopped, is there
// once however often it is sent, and is undone as one.
func TestImportBatch(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		file := app.ImportBatch{Source: "old sheet", FileSHA: "f1", MappingSHA: "m1", Mapping: "{}"}
		begun, err := w.App.BeginImport(ctx, w.Ann, file)
		must(t, err)
		rows := stagedRows(w.Garden.Name)
		_, err = w.App.StageImport(ctx, w.Ann, begun.ID, rows[:2])
		must(t, err)
		if _, err := w.App.StageImport(ctx, w.Ann, begun.ID, rows[3:]); !fault.Is(err, fault.ImportState) {
			t.Errorf("a gap was staged: %v", err)
		}
		resumed, err := w.App.BeginImport(ctx, w.Ann, file)
		must(t, err)
		if resumed.ID != begun.ID || resumed.Staged != 2 {
			t.Errorf("it does not go on: %+v", resumed)
		}
		staged, err := w.App.StageImport(ctx, w.Ann, begun.ID, rows) // the first two again
		must(t, err)
		if staged.Staged != 5 || staged.Outcomes["accepted"] != 4 || staged.Outcomes["rejected"] != 1 {
			t.Errorf("%+v", staged)
		}
		nobody := func(people int) {}
		rehearsed, err := w.App.PublishImport(app.Rehearse(ctx), w.Ann, app.Publication{Batch: begun.ID, Done: nobody})
		if !errors.Is(err, app.ErrRehearsed) || rehearsed.Added != 6 || rehearsed.People != 3 {
			t.Errorf("rehearsed: %+v, %v", rehearsed, err)
		}
		if people, err := w.App.People(ctx, w.Ann, "", app.Page{Limit: 10}); err != nil || len(people) != 0 {
			t.Errorf("a rehearsal left %v, %v", people, err)
		}

		published, err := w.App.PublishImport(ctx, w.Ann, app.Publication{Batch: begun.ID, Done: nobody})
		must(t, err)
		if published.State != app.ImportPublished || published.Added != 6 || published.People != 3 || published.Already != 0 {
			t.Errorf("%+v", published)
		}
		_, kept, err := w.App.ImportRows(ctx, w.Ann, app.ImportRowsAsk{Batch: begun.ID})
		must(t, err)
		if len(kept) != 5 || kept[2].Reason != "The row has no score." {
			t.Errorf("%+v", kept)
		}
		for _, r := range kept {
			if r.Reference != "" || r.Scores != nil {
				t.Errorf("what was staged is still there: %+v", r)
			}
		}
		one, two, month := w.pairsOf("I-1"), w.pairsOf("I-2"), w.pairsOf("I-3")
		if one.planned != 0 || one.firstLast != 1 || two.planned != 1 || two.firstLast != 1 || month.planned != 0 || month.firstLast != 1 {
			t.Errorf("without days %+v, with days %+v, in a month %+v", one, two, month)
		}

		var days []string
		_, err = w.App.Export(ctx, w.Ann, app.ExportAsk{Rule: string(scheme.ByFirstLast)}, func(_ scheme.Extract, rows scheme.ExtractRows) (scheme.Sent, error) {
			return scheme.Sent{}, rows.Pairs(func(p scheme.ExtractPair) error {
				if p.Pair.State == scheme.Paired && p.Pair.Series == "swemwbs-metric" {
					days = append(days, p.Pair.Base.Dated.Shown(p.Pair.Base.On)+" to "+p.Pair.Later.Dated.Shown(p.Pair.Later.On))
				}
				return nil
			})
		})
		must(t, err)
		slices.Sort(days)
		if got := strings.Join(days, "; "); got != "5 January 2026 to 30 March 2026; Jan 2026 to Jan 2026; no date to no date" {
			t.Errorf("pairs go out as of %s", got)
		}
		saysNoDay(t, w)

		again, err := w.App.PublishImport(ctx, w.Ann, app.Publication{Batch: begun.ID, Done: nobody})
		if err != nil || again.Added != 6 {
			t.Errorf("published again: %+v, %v", again, err)
		}
		if there, err := w.App.BeginImport(ctx, w.Ann, file); err != nil || there.ID != begun.ID || there.State != app.ImportPublished {
			t.Errorf("the same file again: %+v, %v", there, err)
		}
		// Another file that says the same adds nothing.
		copied := file
		copied.FileSHA = "f2"
		if second := w.bringIn(copied, rows); second.Added != 0 || second.Already != 6 || second.People != 0 {
			t.Errorf("a copy: %+v", second)
		}

		if _, err := w.App.UndoImport(ctx, w.Ann, app.ImportUndo{Batch: begun.ID}); !fault.Is(err, fault.InputInvalid) {
			t.Errorf("undone without a reason: %v", err)
		}
		gone, err := w.App.UndoImport(ctx, w.Ann, app.ImportUndo{Batch: begun.ID, Reason: "the wrong file"})
		must(t, err)
		if gone.State != app.ImportUndone || w.pairsOf("I-2").planned != 0 {
			t.Errorf("%+v", gone)
		}
		if _, err := w.App.UndoImport(ctx, w.Ann, app.ImportUndo{Batch: begun.ID, Reason: "again"}); !fault.Is(err, fault.ImportState) {
			t.Errorf("undone twice: %v", err)
		}
		if back := w.bringIn(file, rows); back.Added != 6 || w.pairsOf("I-2").planned != 1 {
			t.Errorf("what was undone cannot come back: %+v", back)
		}

		scoresWithoutDays(t, w)
		for name, by := range map[string]app.Actor{"a practitioner": w.Bo, "nobody": {Org: w.Ann.Org}} {
			if _, err := w.App.BeginImport(ctx, by, file); !fault.Is(err, fault.NotAllowed) && !fault.Is(err, fault.SignInNeeded) {
				t.Errorf("%s may import: %v", name, err)
			}
		}
		if _, _, err := w.App.ImportRows(ctx, w.Cy, app.ImportRowsAsk{Batch: begun.ID}); !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.NotAllowed) {
			t.Errorf("another organisation sees it: %v", err)
		}
	})
}

func (w *town) bringIn(file app.ImportBatch, rows []app.ImportRow) app.ImportBatch {
	w.T.Helper()
	b, err := w.App.BeginImport(w.T.Context(), w.Ann, file)
	must(w.T, err)
	_, err = w.App.StageImport(w.T.Context(), w.Ann, b.ID, rows)
	must(w.T, err)
	b, err = w.App.PublishImport(w.T.Context(), w.Ann, app.Publication{Batch: b.ID, Done: func(int) {}})
	must(w.T, err)
	return b
}

// pairCount is how many pairs somebody's scores make, by rule.
type pairCount struct{ planned, firstLast int }

func (w *town) pairsOf(reference string) (n pairCount) {
	w.T.Helper()
	err := w.Store.Read(w.T.Context(), w.Ann.Org, func(r app.Reader) error {
		person, err := r.PersonByReference(reference)
		if err != nil {
			return err
		}
		spells, err := r.SpellsOf(person.ID)
		if err != nil {
			return err
		}
		for _, s := range spells {
			pairs, err := r.PairsOf(s.Referral.ID)
			if err != nil {
				return err
			}
			for _, p := range pairs {
				switch {
				case p.State != scheme.Paired:
				case p.Occasion == scheme.FirstLast:
					n.firstLast++
				default:
					n.planned++
				}
			}
		}
		return nil
	})
	must(w.T, err)
	return n
}
