package app

import (
	"context"
	"fmt"
	"maps"
	"time"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// ImportState is how far a file has come.
type ImportState string

const (
	ImportStaging   ImportState = "staging" // its rows are being read, or wait to be published
	ImportPublished ImportState = "published"
	ImportUndone    ImportState = "undone"
	ImportExpired   ImportState = "expired" // never published, and forgotten when it was cancelled or after seven days
)

// An ImportBatch is one file with one mapping.
type ImportBatch struct {
	ID          string         `json:"id"`
	Source      string         `json:"-"` // what the file is called, which may be after a person
	FileSHA     string         `json:"file_sha"`
	MappingSHA  string         `json:"mapping_sha"`
	Mapping     string         `json:"-"`
	File        string         `json:"-"` // to BeginImport: the file that it is read from, where that is kept here
	State       ImportState    `json:"state"`
	Staged      int            `json:"staged"`   // rows
	Outcomes    map[string]int `json:"outcomes"` // rows
	People      int            `json:"people"`   // new here
	Added       int            `json:"added"`    // assessments
	Already     int            `json:"already"`
	Reason      string         `json:"reason"`
	By          AccountID      `json:"-"`
	BegunAt     time.Time      `json:"begun_at"`
	PublishedAt time.Time      `json:"published_at"`
	Revision    int            `json:"revision"`
	Undone      Undone         `json:"-"` // where one import that is undone was asked for
}

// An ImportRow is one row of the file.
type ImportRow struct {
	Position  int // among all rows of the file, from 0
	Sheet     string
	Line      int
	Outcome   string
	Reason    string
	Reference string        // empty where no score was taken
	Scores    []StagedScore // likewise
}

// A StagedScore is one score or some answers on their way in. Of somebody who
// was referred and not measured it has no measure.
type StagedScore struct {
	Scheme   string          `json:"scheme"` // its name
	Activity string          `json:"activity,omitempty"`
	Measure  measure.Key     `json:"measure,omitempty"`
	Series   measure.Series  `json:"series,omitempty"` // of a score that was typed in
	Text     string          `json:"text,omitempty"`
	Answers  map[string]int  `json:"answers,omitempty"`
	Occasion scheme.Occasion `json:"occasion,omitempty"`
	On       scheme.Day      `json:"on"` // no day where only the order is known
	Order    int             `json:"order,omitempty"`
	Dated    scheme.Dating   `json:"dated,omitempty"`
	Referred scheme.Day      `json:"referred"`

	ReferredDated scheme.Dating `json:"referred_dated,omitempty"` // to the day or the month
}

// BeginImport begins the import of a file, or goes on with one that was stopped:
// Staged says how many rows are there. One that is published already is answered
// with what became of it.
func (a *App) BeginImport(ctx context.Context, by Actor, in ImportBatch) (out ImportBatch, err error) {
	if err := by.may(ImportScores); err != nil {
		return ImportBatch{}, err
	}
	err = a.store.Write(ctx, by.Org, func(w Writer) error {
		if err := w.ExpireImports(); err != nil {
			return err
		}
		there, err := w.ImportOf(in.FileSHA, in.MappingSHA)
		if err != nil {
			return err
		}
		if out = there; there.ID != "" {
			return stagedFrom(w, by, in.File, there.ID)
		}
		out = ImportBatch{
			Source: in.Source, FileSHA: in.FileSHA, MappingSHA: in.MappingSHA, Mapping: in.Mapping, State: ImportStaging,
			Outcomes: map[string]int{}, By: by.Account, BegunAt: a.now(), Revision: 1,
		}
		if out.ID, err = newID[string](); err != nil {
			return err
		}
		err = w.AddImport(out)
		if fault.Is(err, fault.Stale) {
			return fmt.Errorf("somebody begins the same import: %w", ErrAgain)
		}
		if err != nil {
			return err
		}
		if err := stagedFrom(w, by, in.File, out.ID); err != nil {
			return err
		}
		return w.Audit(importEntry(by, "import.begin", out))
	})
	if err != nil {
		return ImportBatch{}, fmt.Errorf("begin an import: %w", err)
	}
	return out, nil
}

// stagedFrom notes which import a file of the actor's own is read into.
func stagedFrom(w Writer, by Actor, file, batch string) error {
	if file == "" {
		return nil
	}
	f, err := ownFile(w, by, file)
	if err != nil || f.Batch == batch {
		return err
	}
	return w.StagedAs(f.ID, batch)
}

// importEntry is the audit of one act on a batch: how much, and nothing of whom.
func importEntry(by Actor, act string, b ImportBatch) Entry {
	return Entry{Actor: by.Account, Act: act, Object: b.ID, RequestID: by.RequestID, Payload: b}
}

// StageImport keeps the next rows of a file. Rows that are there already are
// passed over, so that a copy sent twice adds nothing.
func (a *App) StageImport(ctx context.Context, by Actor, id string, rows []ImportRow) (out ImportBatch, err error) {
	if err := by.may(ImportScores); err != nil {
		return ImportBatch{}, err
	}
	err = a.store.Write(ctx, by.Org, func(w Writer) error {
		if out, err = staging(w, id); err != nil {
			return err
		}
		rows := rows
		for len(rows) > 0 && rows[0].Position < out.Staged {
			rows = rows[1:]
		}
		if len(rows) == 0 {
			return nil
		}
		if rows[0].Position != out.Staged {
			return fault.New(fault.Conflict, fault.ImportState, "Rows are missing before row %d. Begin again; what is there stays.", rows[0].Position)
		}
		if err := w.StageRows(id, rows); err != nil {
			return err
		}
		out.Outcomes = maps.Clone(out.Outcomes)
		for _, r := range rows {
			out.Outcomes[r.Outcome]++
		}
		out.Staged += len(rows)
		out.Revision++
		return w.SaveImport(out)
	})
	if err != nil {
		return ImportBatch{}, fmt.Errorf("stage rows: %w", err)
	}
	return out, nil
}

// staging is a batch that nothing has settled yet.
func staging(r Reader, id string) (ImportBatch, error) {
	b, err := r.ImportBatch(id)
	if err == nil && b.State != ImportStaging {
		err = notStaging(b)
	}
	return b, err
}

func notStaging(b ImportBatch) error {
	return fault.New(fault.Conflict, fault.ImportState, "This import is %s, so nothing can be added to it or cancelled of it any more.", b.State)
}

// ImportBatches are the organisation's imports, the newest first.
func (a *App) ImportBatches(ctx context.Context, by Actor, page Page) (all []ImportBatch, err error) {
	if err := by.may(ImportScores); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		all, err = r.ImportBatches(page.bounded())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("imports: %w", err)
	}
	return all, nil
}

// ImportRowsAsk is which rows of an import are asked for.
type ImportRowsAsk struct {
	Batch   string
	From    int    // the position of the first
	Outcome string // empty: any
	Most    int    // 0: as many as are given at once
}

// RowsAtOnce is how many rows of an import are given at most.
const RowsAtOnce = 1000

// ImportRows says what became of the rows of an import.
func (a *App) ImportRows(ctx context.Context, by Actor, ask ImportRowsAsk) (of ImportBatch, rows []ImportRow, err error) {
	if err := by.may(ImportScores); err != nil {
		return ImportBatch{}, nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if of, err = r.ImportBatch(ask.Batch); err != nil {
			return err
		}
		if ask.Most <= 0 || ask.Most > RowsAtOnce {
			ask.Most = RowsAtOnce
		}
		rows, err = r.ImportRows(ask)
		return err
	})
	if err != nil {
		return ImportBatch{}, nil, fmt.Errorf("rows of an import: %w", err)
	}
	return of, rows, nil
}
