package store_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// Sixteen writers about one person and sixteen about sixteen others all get
// through, and every stored pair is what pairing makes of the records.
func TestWritersDoNotLoseEachOther(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		const writers, days = 16, 3
		_, shared := w.refer("shared", "2026-01-05")
		var wait sync.WaitGroup
		errs := make([]error, 2*writers)
		for i := range writers {
			_, own := w.refer(fmt.Sprint("own-", i), "2026-01-05")
			for k, r := range []scheme.Referral{shared, own} {
				wait.Go(func() {
					for n := range days {
						on := r.ReceivedOn.Plus(n*writers + i)
						if err := w.record(w.swemwbs(r, on.String(), 1859)); err != nil {
							errs[2*i+k] = err
						}
					}
				})
			}
		}
		wait.Wait()
		for _, err := range errs {
			must(t, err)
		}
		assessments := 0
		w.read(func(tx app.Reader) error {
			return tx.Spells(func(s scheme.Spell) error {
				assessments += len(s.Assessments)
				stored, err := tx.PairsOf(s.Referral.ID)
				if !app.SamePairs(stored, s.Pairs(w.defs)) {
					t.Errorf("stored pairs of %s: %s", s.Person.Reference, cmp.Diff(s.Pairs(w.defs), stored, cmp.AllowUnexported(scheme.Day{})))
				}
				return err
			})
		})
		if assessments != 2*writers*days {
			t.Errorf("%d assessments were kept of %d", assessments, 2*writers*days)
		}
	})
}

// Two writers that lock two people in opposite order would wait for each other
// for ever: one is run again, and both get through.
func TestOppositeLocksGetThrough(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ann, _ := w.refer("A", "2026-01-05")
		bo, _ := w.refer("B", "2026-01-05")
		var together sync.WaitGroup
		together.Add(2)
		met := make(chan struct{})
		go func() { together.Wait(); close(met) }()
		var wait sync.WaitGroup
		runs, errs := make([]int, 2), make([]error, 2)
		for i, order := range [][]scheme.PersonID{{ann.ID, bo.ID}, {bo.ID, ann.ID}} {
			wait.Go(func() {
				errs[i] = w.store.Write(t.Context(), w.org.ID, func(tx app.Writer) error {
					runs[i]++
					if err := tx.LockPeople(order[0]); err != nil {
						return err
					}
					if w.manyWriters() && runs[i] == 1 {
						together.Done()
						<-met // both hold one lock now
					}
					return tx.LockPeople(order[1])
				})
			})
		}
		wait.Wait()
		must(t, errs[0])
		must(t, errs[1])
		if w.manyWriters() && runs[0]+runs[1] < 3 {
			t.Errorf("runs = %v: nobody was run again, so the locks did not meet", runs)
		}
	})
}

// manyWriters is false on SQLite, where the first writer keeps the others out.
func (w *world) manyWriters() bool { return !isSQLite(w.url) }

// A reader sees one moment, whatever is written meanwhile.
func TestReadIsASnapshot(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.refer("A", "2026-01-05")
		w.read(func(tx app.Reader) error {
			before, err := tx.People(app.Page{Limit: 9})
			must(t, err)
			w.refer("B", "2026-01-05")
			after, err := tx.People(app.Page{Limit: 9})
			same(t, "people", before, after)
			return err
		})
	})
}
