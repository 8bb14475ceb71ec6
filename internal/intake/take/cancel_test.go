package take_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/intake/take"
	kit "cairn/internal/testkit/town"
)

// nothingToCancel tries to cancel where no import is.
func nothingToCancel(t *testing.T, w *kit.Town, f take.File) {
	t.Helper()
	if out, err := w.App.CancelImport(t.Context(), w.Ann, app.ImportCancel{File: f.ID}); !fault.Is(err, fault.ImportState) || !strings.Contains(err.Error(), "nothing to cancel") {
		t.Errorf("nothing is cancelled: %+v, %v", out, err)
	}
}

// cancelled stops an import half way, looks how far it is and cancels it: twice
// while it is under way, and once when that has ended.
func cancelled(t *testing.T, w *kit.Town, f take.File) take.File {
	t.Helper()
	ctx, desk := t.Context(), take.At(w.App, w.Ann)
	nothingToCancel(t, w, f)
	begun, err := w.App.BeginImport(ctx, w.Ann, app.ImportBatch{Source: "s", FileSHA: f.SHA, MappingSHA: "m", Mapping: "{}", File: f.ID})
	must(t, err)
	_, err = w.App.StageImport(ctx, w.Ann, begun.ID, []app.ImportRow{{Outcome: "accepted", Reference: "T-1", Scores: []app.StagedScore{{Scheme: "Garden"}}}})
	must(t, err)
	far, err := w.App.ImportProgress(ctx, w.Ann, f.ID)
	if err != nil || far.UnderWay || far.Rows != 1 {
		t.Errorf("stopped it is %+v, %v", far, err)
	}
	watched, watch, err := w.App.WatchImport(ctx, f.ID)
	must(t, err)
	defer watch.End()
	watch.Note(func(p *app.ImportProgress) { p.Rows, p.Of = 3, 18 })
	if far, err = w.App.ImportProgress(ctx, w.Ann, f.ID); err != nil || !far.UnderWay || far.Rows != 3 || far.Of != 18 {
		t.Errorf("under way it is %+v, %v", far, err)
	}
	if _, err := w.App.CancelImport(ctx, w.Cy, app.ImportCancel{File: f.ID}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a stranger cancels it: %v", err)
	}
	for range 2 {
		after, err := w.App.CancelImport(ctx, w.Ann, app.ImportCancel{File: f.ID})
		must(t, err)
		if after.Batch != "" || watched.Err() == nil || !fault.Is(watch.Ended(watched.Err()), fault.ImportState) {
			t.Errorf("after a cancellation: %+v, %v", after, watched.Err())
		}
	}
	watch.End()
	nothingToCancel(t, w, f)
	if got := w.Cells("SELECT COUNT(*) FROM import_rows"); got[0] != "0" {
		t.Errorf("%s staged rows of a cancelled import are here", got[0])
	}
	stopped(t, w, f)
	f, err = desk.Open(ctx, f.ID)
	must(t, err)
	return f
}

// stopped cancels an import that is not under way any more, whose request may be
// sent twice.
func stopped(t *testing.T, w *kit.Town, f take.File) {
	t.Helper()
	_, err := w.App.BeginImport(t.Context(), w.Ann, app.ImportBatch{Source: "s", FileSHA: f.SHA, MappingSHA: "m", Mapping: "{}", File: f.ID})
	must(t, err)
	for range 2 {
		after, err := w.App.CancelImport(t.Context(), w.Ann, app.ImportCancel{Key: "stopped", File: f.ID})
		if err != nil || after.Batch != "" {
			t.Errorf("a stopped one: %+v, %v", after, err)
		}
	}
	nothingToCancel(t, w, f)
}

// Of an import that was stopped it is said how many rows were read, of how many.
func TestHowFarAStoppedImportCame(t *testing.T) {
	each(t, func(t *testing.T, w *kit.Town) {
		desk := take.At(w.App, w.Ann)
		f, err := desk.Send(t.Context(), "x.csv", strings.NewReader(many("H", 4500)))
		must(t, err)
		ctx, stop := context.WithCancel(t.Context())
		go func() { // as soon as anybody is through
			defer stop()
			for p := (app.ImportProgress{}); p.People == 0 && ctx.Err() == nil; time.Sleep(time.Millisecond) {
				p, _ = w.App.ImportProgress(ctx, w.Ann, f.ID) // nothing is lost with an error: it is asked again
			}
		}()
		_, err = desk.Import(ctx, app.BringIn{File: f.ID, Version: f.Revision})
		far, failed := w.App.ImportProgress(t.Context(), w.Ann, f.ID)
		must(t, failed)
		if err == nil || far.UnderWay || far.Rows != 4500 || far.Of != 4500 {
			t.Errorf("%+v of what ended with %v", far, err)
		}
	})
}
