package app

import (
	"context"
	"fmt"

	"cairn/internal/fault"
)

// MostImportFiles is how many files of one sender wait at a time.
const MostImportFiles = 20

// ImportFiles are those that the actor has sent and not finished with, the newest
// first.
func (a *App) ImportFiles(ctx context.Context, by Actor) (all []ImportFile, err error) {
	if err := by.may(ImportScores); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		all, err = r.ImportFiles(by.Account)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("files on their way in: %w", err)
	}
	return all, nil
}

// roomToWait faults where no more files of the actor may wait.
func roomToWait(r Reader, by Actor) error {
	there, err := r.ImportFiles(by.Account)
	if err != nil || len(there) < MostImportFiles {
		return err
	}
	return fault.New(fault.Conflict, fault.ImportWaiting, "%d files of yours wait to be brought in, and no more may. Bring one in first, or remove it: they are under Imports.", len(there)).At("file")
}
