package app

import (
	"context"
	"maps"
	"slices"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// ImportUndo is why an import is undone.
type ImportUndo struct {
	Key    string `json:"-"`
	Batch  string `json:"batch"`
	Reason string `json:"reason"`
}

// undone begins the reason of every withdrawal that undoes an import; a file
// that is brought in again does not take these for what people withdrew.
const undone = "Import undone: "

// Undone is what undoing an import did, in assessments. What was here before the
// import stays, and so do people and referrals.
type Undone struct {
	Withdrawn int // by undoing it
	Before    int // withdrawn by somebody before that, which stays as it was
}

// UndoImport withdraws every assessment that an import added and nobody has
// withdrawn since, and says how many. People and referrals stay: somebody may have
// worked with them.
func (a *App) UndoImport(ctx context.Context, by Actor, in ImportUndo) (out ImportBatch, err error) {
	if err := by.may(ImportScores); err != nil {
		return ImportBatch{}, err
	}
	_, err = a.create(ctx, writing{by, "import.undo", in.Key, in}, func(w Writer) (string, error) {
		b, err := w.ImportBatch(in.Batch)
		if err != nil {
			return "", err
		}
		if b.State != ImportPublished {
			return "", fault.New(fault.Conflict, fault.ImportState, "This import is %s, so there is nothing to undo.", b.State)
		}
		var wrong fault.List
		reason := reasoned(&wrong, "reason", in.Reason)
		if err := wrong.Err(); err != nil {
			return "", err
		}
		if err := a.withdrawBatch(w, by, b.ID, undone+reason); err != nil {
			return "", err
		}
		b.State, b.Reason = ImportUndone, reason
		b.Revision++
		return b.ID, w.SaveImport(b)
	})
	if err != nil {
		return ImportBatch{}, err
	}
	out, _, err = a.ImportBatch(ctx, by, in.Batch)
	return out, err
}

func (a *App) withdrawBatch(w Writer, by Actor, batch, reason string) error {
	added, err := w.AddedBy(batch)
	if err != nil {
		return err
	}
	referrals := slices.Sorted(maps.Keys(added))
	for some := range slices.Chunk(referrals, loadBatch) {
		if err := w.LockPeopleOf(some...); err != nil {
			return err
		}
	}
	for _, id := range referrals {
		for _, one := range added[id] {
			now, err := w.Assessment(one)
			if err != nil {
				return err
			}
			now.Withdrawn = true
			now.Revision++
			if err := a.keepVersion(w, scheme.Revision{Assessment: now, Act: scheme.Withdrawn, Reason: reason, By: by.Account}); err != nil {
				return err
			}
		}
		if err := a.repair(w, id); err != nil {
			return err
		}
	}
	return nil
}

// undoneOf is what undoing did to an import, and nothing where it is not undone.
func undoneOf(r Reader, of ImportBatch) (u Undone, err error) {
	if of.State != ImportUndone {
		return Undone{}, nil
	}
	u.Withdrawn, u.Before, err = r.Withdrawn(of.ID, undone)
	return u, err
}
