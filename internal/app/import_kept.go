package app

import (
	"context"
	"fmt"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A KeptScore is a score that is here already, or once was, as a file that is to be
// brought in would say it.
type KeptScore struct {
	Reference string
	Scheme    string // its name
	Measure   measure.Key
	Occasion  scheme.Occasion
	Dated     scheme.Dating
	On        scheme.Day
	Series    measure.Series
	Level     measure.Level // of that series
	Before    bool          // it was corrected, moved or withdrawn since
	Closed    scheme.Day    // when its referral was; no day while that is open
}

// KeptScores calls fn for every score of the organisation, in no order, so that a
// file can be held against what is here before it is brought in; also for what was
// kept before somebody put it right, since a file does not undo that.
func (a *App) KeptScores(ctx context.Context, by Actor, fn func(KeptScore) error) error {
	if err := by.may(ImportScores); err != nil {
		return err
	}
	err := a.store.Read(ctx, by.Org, func(r Reader) error { return r.EachScore(undone, fn) })
	if err != nil {
		return fmt.Errorf("scores that are here: %w", err)
	}
	return nil
}

// ImportBatch is one of the organisation's imports, with what is kept of the file
// where the actor sent it.
func (a *App) ImportBatch(ctx context.Context, by Actor, id string) (of ImportBatch, file ImportFile, err error) {
	if err := by.may(ImportScores); err != nil {
		return ImportBatch{}, ImportFile{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if of, err = r.ImportBatch(id); err != nil {
			return err
		}
		if of.Undone, err = undoneOf(r, of); err != nil {
			return err
		}
		file, err = r.FileOf(of.ID, by.Account)
		return err
	})
	if err != nil {
		return ImportBatch{}, ImportFile{}, fmt.Errorf("import: %w", err)
	}
	return of, file, nil
}

// ImportRowsToMend are the first rows of an import that were not taken.
func (a *App) ImportRowsToMend(ctx context.Context, by Actor, id string, most int) (rows []ImportRow, err error) {
	if err := by.may(ImportScores); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		rows, err = r.ImportRowsBut(id, []string{"accepted", "duplicate"}, most)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("rows to mend: %w", err)
	}
	return rows, nil
}

// FormerReferences are the references that lead to somebody who has another one now,
// since two records were of one person, with the one that they have.
func (a *App) FormerReferences(ctx context.Context, by Actor) (all map[string]string, err error) {
	if err := by.may(ImportScores); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		all, err = r.FormerReferences()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("former references: %w", err)
	}
	return all, nil
}
