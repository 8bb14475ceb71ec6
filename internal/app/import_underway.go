package app

import (
	"context"
	"fmt"
	"sync"

	"cairn/internal/fault"
)

// ImportProgress is how far the import of a file has come.
type ImportProgress struct {
	UnderWay bool // in this program; else it is as it was stopped, or another program's
	Rows     int  // read and put by
	Of       int  // rows of the file; 0 where that is not known
	People   int  // brought in, though nobody sees them before all are
	OfPeople int
}

// underway are the imports that this program is at, by file.
type underway struct {
	mu  sync.Mutex
	all map[string]*ImportWatch
}

// An ImportWatch knows how far one import is, and ends it when somebody cancels it.
type ImportWatch struct {
	of     *underway
	file   string
	cancel context.CancelFunc
	ended  chan struct{} // is closed with the watch

	mu        sync.Mutex
	is        ImportProgress
	cancelled bool
	through   bool // it is in, and cannot be cancelled any more
}

// WatchImport begins to watch over the import of a file until it is ended. Where one
// of the same file is under way in this program, it waits until that has ended. The
// context ends when somebody cancels the import; it faults with import.state when the
// one that it waited for was cancelled meanwhile. Who asks after that was cancelled
// asks for it anew.
func (a *App) WatchImport(ctx context.Context, file string) (context.Context, *ImportWatch, error) {
	w := &ImportWatch{of: a.imports, file: file, ended: make(chan struct{}), is: ImportProgress{UnderWay: true}}
	watched, cancel := context.WithCancel(ctx)
	w.cancel = cancel
	for {
		before := w.begin()
		if before == nil {
			return watched, w, nil
		}
		anew := before.wasCancelled() != nil
		select {
		case <-before.ended:
		case <-ctx.Done():
			cancel()
			return nil, nil, fmt.Errorf("wait for an import: %w", ctx.Err())
		}
		if err := before.wasCancelled(); err != nil && !anew {
			cancel()
			return nil, nil, err
		}
	}
}

// begin has the import be the one that is under way, unless there is another.
func (w *ImportWatch) begin() (before *ImportWatch) {
	w.of.mu.Lock()
	defer w.of.mu.Unlock()
	if before := w.of.all[w.file]; before != nil {
		return before
	}
	w.of.all[w.file] = w
	return nil
}

// End forgets the import, however it ended.
func (w *ImportWatch) End() {
	w.cancel()
	w.of.mu.Lock()
	defer w.of.mu.Unlock()
	if w.of.all[w.file] == w {
		delete(w.of.all, w.file)
		close(w.ended)
	}
}

// Note keeps how far the import is.
func (w *ImportWatch) Note(change func(*ImportProgress)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change(&w.is)
}

// Ended is what to say instead of an error of an import that was cancelled. What is
// in was not: it was quicker.
func (w *ImportWatch) Ended(err error) error {
	if err == nil {
		w.Note(func(*ImportProgress) { w.cancelled, w.through = false, true })
		return nil
	}
	if cancelled := w.wasCancelled(); cancelled != nil {
		return cancelled.Because(err)
	}
	return err
}

// wasCancelled is what to say of an import that was cancelled; nil of another.
func (w *ImportWatch) wasCancelled() *fault.Fault {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.cancelled {
		return nil
	}
	return fault.New(fault.Conflict, fault.ImportState, "The import was cancelled, and nothing was brought in. The file is still here.")
}

func (u *underway) of(file string) *ImportWatch {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.all[file]
}

// CountedRows keeps how many rows a file of the actor's own has, for whoever asks how
// far its import came before it stopped.
func (a *App) CountedRows(ctx context.Context, by Actor, file string, rows int) error {
	if err := by.may(ImportScores); err != nil {
		return err
	}
	err := a.store.Write(ctx, by.Org, func(w Writer) error {
		f, err := ownFile(w, by, file)
		if err != nil || f.Rows == rows {
			return err
		}
		return w.HasRows(f.ID, rows)
	})
	if err != nil {
		return fmt.Errorf("rows of a file: %w", err)
	}
	return nil
}

// ImportProgress is how far a file of the actor's own has come.
func (a *App) ImportProgress(ctx context.Context, by Actor, file string) (p ImportProgress, err error) {
	if err := by.may(ImportScores); err != nil {
		return p, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		f, err := ownFile(r, by, file)
		if err != nil || f.Batch == "" {
			return err
		}
		b, err := r.ImportBatch(f.Batch)
		if err == nil && b.State != ImportStaging {
			err = notStaging(b)
		}
		p.Rows, p.Of = b.Staged, f.Rows
		return err
	})
	if err != nil {
		return ImportProgress{}, fmt.Errorf("how far an import is: %w", err)
	}
	if w := a.imports.of(file); w != nil {
		w.Note(func(is *ImportProgress) { p = *is })
	}
	return p, nil
}

// ImportCancel says which import is cancelled.
type ImportCancel struct {
	Key  string `json:"-"`
	File string `json:"file"`
}

// CancelImport ends the import of a file of the actor's own, if it is under way,
// and forgets what was put by of it. The file stays. It faults with import.state
// where no import is under way or was stopped; what is published already is not
// cancelled but undone.
func (a *App) CancelImport(ctx context.Context, by Actor, in ImportCancel) (out ImportFile, err error) {
	if _, err := a.ImportFile(ctx, by, in.File); err != nil { // the right, and whose it is
		return ImportFile{}, err
	}
	wr := writing{by, "import.cancel", in.Key, in}
	before, err := a.made(ctx, wr)
	if err != nil {
		return ImportFile{}, err
	}
	w := a.imports.of(in.File)
	if w != nil && before == "" { // a request that was sent before meant another import
		w.Note(func(*ImportProgress) { w.cancelled = !w.through })
		w.cancel()
	}
	_, err = a.create(ctx, wr, func(tx Writer) (string, error) {
		f, err := ownFile(tx, by, in.File)
		if err != nil {
			return "", err
		}
		if w == nil && f.Batch == "" {
			return "", fault.New(fault.Conflict, fault.ImportState, "No import of this file is under way or was stopped, so there is nothing to cancel. The file is still here.")
		}
		return f.ID, forgetStaged(tx, f)
	})
	if err != nil {
		return ImportFile{}, err
	}
	return a.ImportFile(ctx, by, in.File)
}

// forgetStaged forgets what was put by of a file. It faults where that is
// published.
func forgetStaged(w Writer, f ImportFile) error {
	if f.Batch == "" {
		return nil
	}
	b, err := staging(w, f.Batch)
	if err != nil {
		return err
	}
	return expire(w, b)
}

func expire(w Writer, b ImportBatch) error {
	if err := w.DropStaged(b.ID); err != nil {
		return err
	}
	b.State, b.Revision = ImportExpired, b.Revision+1
	return w.SaveImport(b)
}

// ForgetImport forgets what the actor has put by of a file and not published.
func (a *App) ForgetImport(ctx context.Context, by Actor, batch string) error {
	if err := by.may(ImportScores); err != nil {
		return err
	}
	err := a.store.Write(ctx, by.Org, func(w Writer) error {
		b, err := staging(w, batch)
		if err == nil && b.By != by.Account {
			err = notThere()
		}
		if err != nil {
			return err
		}
		if err := expire(w, b); err != nil {
			return err
		}
		return w.Audit(importEntry(by, "import.cancel", b))
	})
	if err != nil {
		return fmt.Errorf("forget an import: %w", err)
	}
	return nil
}
