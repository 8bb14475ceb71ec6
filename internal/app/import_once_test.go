package app_test

import (
	"context"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// The key of an import belongs to whatever was brought in under it, and to nothing
// where bringing in was stopped.
func TestKeyOfAnImport(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		staged := func(sha string) string {
			b, err := w.App.BeginImport(t.Context(), w.Ann, app.ImportBatch{Source: "sheet", FileSHA: sha, MappingSHA: "m", Mapping: "{}"})
			must(t, err)
			_, err = w.App.StageImport(t.Context(), w.Ann, b.ID, stagedRows(w.Garden.Name))
			must(t, err)
			return b.ID
		}
		first := app.Publication{Batch: staged("f1"), Asked: app.BringIn{Key: "k", File: "f", Version: 2}, Done: func(int) {}}
		stopped, stop := context.WithCancel(t.Context())
		broken := first
		broken.Done = func(int) { stop() } // everybody is in, and nothing is kept yet
		if out, err := w.App.PublishImport(stopped, w.Ann, broken); err == nil {
			t.Fatalf("it was not stopped: %+v", out)
		}
		if out, err := w.App.BroughtIn(t.Context(), w.Ann, first.Asked); err != nil || out.ID != "" {
			t.Errorf("the key of what was stopped is taken: %+v, %v", out, err)
		}
		first.Asked.Version = 3 // other content, which the key is free for
		done, err := w.App.PublishImport(t.Context(), w.Ann, first)
		must(t, err)
		if out, err := w.App.BroughtIn(t.Context(), w.Ann, first.Asked); err != nil || out.ID != done.ID || out.Added != 6 {
			t.Errorf("sent again: %+v, %v", out, err)
		}
		for name, other := range map[string]app.BringIn{"another version": {Key: "k", File: "f", Version: 2}, "another file": {Key: "k", File: "g", Version: 3}} {
			if _, err := w.App.BroughtIn(t.Context(), w.Ann, other); !fault.Is(err, fault.KeyReused) {
				t.Errorf("%s under the key: %v", name, err)
			}
		}
		if out, err := w.App.BroughtIn(t.Context(), w.Cy, first.Asked); err != nil || out.ID != "" {
			t.Errorf("a stranger's key: %+v, %v", out, err)
		}
		// A copy that was staged beside the first is answered with it, and stays unpublished.
		copied := first
		copied.Batch = staged("f2")
		if out, err := w.App.PublishImport(t.Context(), w.Ann, copied); err != nil || out.ID != done.ID {
			t.Errorf("a copy: %+v, %v", out, err)
		}
		if b, _, err := w.App.ImportBatch(t.Context(), w.Ann, copied.Batch); err != nil || b.State != app.ImportStaging {
			t.Errorf("the copy's own rows: %+v, %v", b, err)
		}
	})
}

// Undoing says what it withdrew, and what somebody had withdrawn before: by itself,
// when it is sent again and whenever the import is looked at.
func TestUndoSaysWhatItDid(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		b := w.bringIn(app.ImportBatch{Source: "sheet", FileSHA: "f1", MappingSHA: "m", Mapping: "{}"}, stagedRows(w.Garden.Name))
		var first scheme.AssessmentID
		must(t, w.Store.Read(t.Context(), w.Ann.Org, func(r app.Reader) error {
			person, err := r.PersonByReference("I-2")
			must(t, err)
			spells, err := r.SpellsOf(person.ID)
			must(t, err)
			first = spells[0].Assessments[0].ID
			return nil
		}))
		_, err := w.App.WithdrawAssessment(t.Context(), w.Ann, app.Withdrawal{Assessment: first, Version: 1, Reason: "Import undone by hand"})
		must(t, err)
		if is, _, err := w.App.ImportBatch(t.Context(), w.Ann, b.ID); err != nil || is.Undone != (app.Undone{}) {
			t.Errorf("before it is undone: %+v, %v", is.Undone, err)
		}
		want := app.Undone{Withdrawn: 5, Before: 1, Referrals: 2, Left: 1}
		for range 2 {
			if gone, err := w.App.UndoImport(t.Context(), w.Ann, app.ImportUndo{Key: "k", Batch: b.ID, Reason: "the wrong file"}); err != nil || gone.Undone != want {
				t.Errorf("%+v, %v; want %+v", gone.Undone, err, want)
			}
		}
		if is, _, err := w.App.ImportBatch(t.Context(), w.Ann, b.ID); err != nil || is.Undone != want || is.Added != 6 {
			t.Errorf("looked at later: %+v, %v", is, err)
		}
	})
}
