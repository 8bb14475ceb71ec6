package app

import (
	"context"
	"slices"

	"cairn/internal/fault"
	"cairn/internal/measure"
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

// Undone is what undoing an import did. What was here before the import stays.
type Undone struct {
	Withdrawn int // assessments, by undoing it
	Before    int // assessments that somebody had withdrawn before that, which stay as they were
	Referrals int // that only it had made, and that are in no list and no figure any more
	Left      int // referrals that it had made too, and that stay: something else is recorded of them
}

// UndoImport withdraws every assessment that an import added and nobody has
// withdrawn since, and says how many. Referrals that it made, and that hold nothing
// else, are in no list and no figure any more, and nor are people of whom there is
// nothing else. Those that somebody has worked with stay.
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
		b.State, b.Reason = ImportUndone, reason
		b.Revision++
		if err := w.SaveImport(b); err != nil {
			return "", err
		}
		return b.ID, a.withdrawBatch(w, by, b.ID, undone+reason)
	})
	if err != nil {
		return ImportBatch{}, err
	}
	out, _, err = a.ImportBatch(ctx, by, in.Batch)
	return out, err
}

// AddedTo is a referral that an import made or added something to.
type AddedTo struct {
	Spell scheme.Spell        // without what is live and the import added
	Added []scheme.Assessment // which is here
}

// TakenBack is how referrals leave the lists that nobody has worked with.
type TakenBack struct {
	On     scheme.Day
	Reason scheme.EndReason
	Undone string // begins the reasons of withdrawals that are no work of anybody's
}

// UndoWriter takes back what an import added, in a number of statements that does not
// grow with it.
type UndoWriter interface {
	// LockAddedBy locks everybody to whom a batch added something.
	LockAddedBy(batch string) error
	// AddedTo returns the next referrals after one that a batch made or added
	// something to.
	AddedTo(batch string, after scheme.ReferralID, most int) ([]AddedTo, error)
	// WithdrawAll is Revise for live assessments that are withdrawn.
	WithdrawAll(all []scheme.Revision) error
	// TakeBack takes those of the referrals out of lists and figures that were made by
	// imports which are undone, that hold nothing live, and that nobody has worked
	// with, and says which of them are out.
	TakeBack(ids []scheme.ReferralID, of TakenBack) (gone map[scheme.ReferralID]bool, err error)
	// SettleAnew makes what follows from the records of those referrals exactly this.
	SettleAnew(ids []scheme.ReferralID, all []Settlement) error
}

// undoneAtOnce is how many referrals of an import are in hand at once.
const undoneAtOnce = 500

// withdrawBatch withdraws what a batch added, and takes back what it made besides. The
// batch is kept as undone already.
func (a *App) withdrawBatch(w Writer, by Actor, batch, reason string) error {
	today, err := a.today(w)
	if err != nil {
		return err
	}
	defs, err := w.Measures()
	if err != nil {
		return err
	}
	read := plansRead{}
	if err := w.LockAddedBy(batch); err != nil {
		return err
	}
	for after := scheme.ReferralID(""); ; {
		some, err := w.AddedTo(batch, after, undoneAtOnce)
		if err != nil || len(some) == 0 {
			return err
		}
		var ids []scheme.ReferralID
		var all []scheme.Revision
		for _, of := range some {
			ids = append(ids, of.Spell.Referral.ID)
			for _, one := range of.Added {
				one.Withdrawn = true
				one.Revision++
				all = append(all, scheme.Revision{Assessment: one, Act: scheme.Withdrawn, Reason: reason, By: by.Account})
			}
		}
		after = ids[len(ids)-1]
		if err := a.keepWithdrawn(w, all); err != nil {
			return err
		}
		gone, err := w.TakeBack(ids, TakenBack{today, scheme.EndMistaken, undone})
		if err != nil {
			return err
		}
		left, err := leftOf(w, some, gone, read, defs)
		if err != nil {
			return err
		}
		if err := w.SettleAnew(ids, left); err != nil {
			return err
		}
	}
}

// leftOf is what follows from what is left of the referrals that a batch added to, but
// for those that are gone.
func leftOf(w Writer, some []AddedTo, gone map[scheme.ReferralID]bool, read plansRead, defs map[measure.Key]measure.Definition) (left []Settlement, err error) {
	for _, of := range some {
		s := of.Spell
		if gone[s.Referral.ID] {
			continue
		}
		plans, err := read.of(w, s.Referral.Scheme)
		if err != nil {
			return nil, err
		}
		if _, err := begin(w, &s, s.Referral.Begun(s.Assessments, slices.Concat(s.Assessments, of.Added), plans)); err != nil {
			return nil, err
		}
		left = append(left, Settlement{s.Referral, s.Pairs(defs), s.Outstanding(defs)})
	}
	return left, nil
}

// undoneOf is what undoing did to an import, and nothing where it is not undone.
func undoneOf(r Reader, of ImportBatch) (u Undone, err error) {
	if of.State != ImportUndone {
		return Undone{}, nil
	}
	if u.Withdrawn, u.Before, err = r.Withdrawn(of.ID, undone); err != nil {
		return Undone{}, err
	}
	u.Referrals, u.Left, err = r.MadeBy(of.ID)
	return u, err
}
