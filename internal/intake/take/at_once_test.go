package take_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/intake/take"
	kit "cairn/internal/testkit/town"
)

// atOnce does something several times at the same moment, and returns what came of
// each.
func atOnce[T any](times int, do func(n int) (T, error)) ([]T, []error) {
	all, failed := make([]T, times), make([]error, times)
	var done sync.WaitGroup
	for n := range times {
		done.Go(func() { all[n], failed[n] = do(n) })
	}
	done.Wait()
	return all, failed
}

// together ends a file only when all the others have come to their end too.
type together struct {
	text io.Reader
	all  *sync.WaitGroup
	came sync.Once
}

func (r *together) Read(to []byte) (int, error) {
	n, err := r.text.Read(to)
	if errors.Is(err, io.EOF) {
		r.came.Do(r.all.Done)
		r.all.Wait()
	}
	return n, err
}

// The same file sent several times at the same moment is one file to every sender,
// and one that is refused is refused to each for the same reason.
func TestTheSameFileAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *kit.Town) {
		ctx, desk := t.Context(), take.At(w.App, w.Ann)
		const senders = 4
		send := func(text string) ([]take.File, []error) {
			var all sync.WaitGroup
			all.Add(senders)
			return atOnce(senders, func(n int) (take.File, error) {
				return desk.Send(ctx, fmt.Sprint(n, ".csv"), &together{text: strings.NewReader(text), all: &all})
			})
		}
		for round := range 3 {
			files, failed := send(sheet(firstRows()[round:]...))
			must(t, errors.Join(failed...))
			for _, f := range files {
				if f.ID != files[0].ID || f.Revision != files[0].Revision || f.Mapping.Fingerprint == "" {
					t.Errorf("one sender has %s of version %d, another %s of version %d", files[0].ID, files[0].Revision, f.ID, f.Revision)
				}
			}
			if waits, err := w.App.ImportFiles(ctx, w.Ann); err != nil || len(waits) != round+1 {
				t.Errorf("%d files wait in round %d: %v", len(waits), round, err)
			}
		}
		for _, text := range []string{"PK\x03\x04 cut short", "a,b\n1,2\n"} {
			_, failed := send(text)
			for _, err := range failed {
				all, accident := fault.All(err)
				first, _ := fault.All(failed[0])
				if accident != nil || len(all) != 1 || all[0].Detail != first[0].Detail {
					t.Errorf("one sender is told “%v”, another “%v”", failed[0], err)
				}
			}
		}
		if got := w.Cells("SELECT (SELECT COUNT(*) FROM import_files), (SELECT COUNT(DISTINCT file_id) FROM import_parts)"); fmt.Sprint(got) != "[3 3]" {
			t.Errorf("%v files, and files of which there are parts, are kept", got)
		}
	})
}

// many is a file of so many people.
func many(prefix string, people int) string {
	text := strings.Builder{}
	text.WriteString("Client ID,Scheme,Date,Stage,SWEMWBS raw\n")
	for n := range people {
		fmt.Fprintf(&text, "%s-%d,Garden,05/01/2026,pre,20\n", prefix, n)
	}
	return text.String()
}

// The same import asked for twice at the same moment is one import to both.
func TestTheSameImportAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *kit.Town) {
		ctx, desk := t.Context(), take.At(w.App, w.Ann)
		f, err := desk.Send(ctx, "x.csv", strings.NewReader(many("O", 2500)))
		must(t, err)
		done, failed := atOnce(3, func(int) (app.ImportBatch, error) {
			return desk.Import(ctx, app.BringIn{File: f.ID, Version: f.Revision})
		})
		must(t, errors.Join(failed...))
		for _, one := range done {
			if one.ID != done[0].ID || one.State != app.ImportPublished || one.Added != 2500 {
				t.Errorf("%+v, %+v", done[0], one)
			}
		}
		if got := w.Cells("SELECT COUNT(*) FROM assessments WHERE batch <> ''"); got[0] != "2500" {
			t.Errorf("%s scores are in", got[0])
		}

		// A colleague's copy of the file by the same mapping is the same import, and
		// nobody is told that something is wrong with it.
		dee := take.At(w.App, w.Join(app.NewUser{Login: "dee", Org: w.Ann.Org, Role: app.Manager, AllSchemes: true}))
		text := many("P", 2500)
		desks := []take.Desk{desk, dee}
		files, failed := atOnce(2, func(n int) (take.File, error) { return desks[n].Send(ctx, "y.csv", strings.NewReader(text)) })
		must(t, errors.Join(failed...))
		in := func(n int) (app.ImportBatch, error) {
			return desks[n].Import(ctx, app.BringIn{File: files[n].ID, Version: files[n].Revision})
		}
		_, failed = atOnce(2, in)
		for _, err := range failed {
			if err != nil && (!fault.Is(err, fault.ImportState) || !strings.Contains(err.Error(), "being brought in")) {
				t.Errorf("%v", err)
			}
		}
		for n := range desks {
			if again, err := in(n); err != nil || again.Added != 2500 || again.State != app.ImportPublished {
				t.Errorf("sent again: %+v, %v", again, err)
			}
		}
		if got := w.Cells("SELECT COUNT(*) FROM assessments WHERE batch <> ''"); got[0] != "5000" {
			t.Errorf("%s scores are in", got[0])
		}
	})
}

// Who waits for an import that is cancelled does not bring it in; who waits for one
// that broke off goes on with it, and so does who asks once more after a cancellation.
func TestWaitingForAnImport(t *testing.T) {
	each(t, func(t *testing.T, w *kit.Town) {
		ctx, desk := t.Context(), take.At(w.App, w.Ann)
		f, err := desk.Send(ctx, "x.csv", strings.NewReader(many("W", 3)))
		must(t, err)
		in := func() (app.ImportBatch, error) {
			return desk.Import(ctx, app.BringIn{File: f.ID, Version: f.Revision})
		}
		for _, cancelled := range []bool{true, false} {
			_, watch, err := w.App.WatchImport(ctx, f.ID)
			must(t, err)
			cancel := func() {
				if cancelled {
					if _, err := w.App.CancelImport(ctx, w.Ann, app.ImportCancel{File: f.ID}); err != nil {
						t.Error(err)
					}
				}
			}
			time.AfterFunc(50*time.Millisecond, func() { cancel(); watch.End() })
			if out, err := in(); cancelled != fault.Is(err, fault.ImportState) || cancelled != (err != nil) || cancelled == (out.Added == 3) {
				t.Errorf("cancelled %t: %+v, %v", cancelled, out, err)
			}
		}
		_, watch, err := w.App.WatchImport(ctx, f.ID)
		must(t, err)
		defer watch.End()
		short, stop := context.WithTimeout(ctx, 50*time.Millisecond)
		defer stop()
		if _, err := desk.Import(short, app.BringIn{File: f.ID, Version: f.Revision}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("who does not wait any more is told %v", err)
		}
	})
}

// A cancellation is of the import that it meant: not of one that went through before
// it, nor of a later one when its request is sent once more.
func TestWhatACancellationMeans(t *testing.T) {
	each(t, func(t *testing.T, w *kit.Town) {
		ctx, desk := t.Context(), take.At(w.App, w.Ann)
		f, err := desk.Send(ctx, "x.csv", strings.NewReader(many("C", 3)))
		must(t, err)
		cancel := func() error {
			_, err := w.App.CancelImport(ctx, w.Ann, app.ImportCancel{Key: "cancel", File: f.ID})
			return err
		}
		_, watch, err := w.App.WatchImport(ctx, f.ID)
		must(t, err)
		must(t, cancel())
		asked := make(chan error)
		go func() { // the first is still ending
			later, next, err := w.App.WatchImport(ctx, f.ID)
			if err == nil {
				err = errors.Join(cancel(), later.Err()) // a copy of the request
				next.End()
			}
			asked <- err
		}()
		time.Sleep(50 * time.Millisecond)
		watch.End()
		if err := <-asked; err != nil {
			t.Errorf("asked for after it was cancelled: %v", err)
		}

		_, watch, err = w.App.WatchImport(ctx, f.ID)
		must(t, err)
		must(t, watch.Ended(nil))
		_, err = w.App.CancelImport(ctx, w.Ann, app.ImportCancel{File: f.ID}) // behind its end
		must(t, err)
		if err := watch.Ended(context.Canceled); fault.Is(err, fault.ImportState) {
			t.Errorf("what went through was cancelled: %v", err)
		}
		watch.End()

		_, watch, err = w.App.WatchImport(ctx, f.ID)
		must(t, err)
		time.AfterFunc(50*time.Millisecond, func() {
			_, err := w.App.CancelImport(ctx, w.Ann, app.ImportCancel{File: f.ID}) // at the very end
			if err := errors.Join(err, watch.Ended(nil)); err != nil {
				t.Error(err)
			}
			watch.End()
		})
		if out, err := desk.Import(ctx, app.BringIn{File: f.ID, Version: f.Revision}); err != nil || out.Added != 3 {
			t.Errorf("waited for one that went through although it was cancelled: %+v, %v", out, err)
		}
	})
}
