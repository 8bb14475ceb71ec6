package store_test

import (
	"errors"
	"fmt"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// What is asked after many people were added sees them, though they may still be
// on their way; and where they cannot be added, the transaction keeps nothing and
// says why, whatever the program has taken for done.
func TestWhatIsWrittenBehindCountsAtOnceOrNotAtAll(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		crowd := func(letter string) (all []scheme.Person, references []string) {
			for n := range 20 {
				p := scheme.Person{ID: id[scheme.PersonID](t), Reference: fmt.Sprintf("%s-%02d", letter, n)}
				all, references = append(all, p), append(references, p.Reference)
			}
			return all, references
		}
		there, names := crowd("A")
		w.write(func(tx app.Writer) error {
			must(t, tx.AddPeople(there))
			if known, err := tx.PeopleKnown(names); err != nil || len(known) != len(there) {
				t.Errorf("%d people are seen, %v", len(known), err)
			}
			return nil
		})

		come, names := crowd("B")
		come[19].Reference = there[0].Reference
		tries := 0
		err := w.store.Write(t.Context(), w.org.ID, func(tx app.Writer) error {
			tries++
			return errors.Join(tx.AddPeople(come), tx.AddPeople(nil))
		})
		refused(t, err, fault.Busy, "try again")
		if tries < 2 {
			t.Error("it was not begun again for somebody who came meanwhile")
		}

		var strangers []app.Newcomer
		lost, _ := crowd("C")
		for _, p := range lost {
			r := scheme.Referral{ID: id[scheme.ReferralID](t), Person: p.ID, Scheme: w.scheme.ID, Plan: w.scheme.Plan.ID, Source: "self", ReceivedOn: day(t, "2026-01-05"), Ordinal: 1}
			strangers = append(strangers, app.Newcomer{Spell: scheme.Spell{Referral: r}})
		}
		again, _ := crowd("D")
		err = w.store.Write(t.Context(), w.org.ID, func(tx app.Writer) error {
			must(t, tx.AddNewcomers(strangers, w.trace())) // of people who are not there
			_ = tx.AddPeople(again)                        // is not tried any more
			return nil
		})
		refused(t, err, fault.NotFound, "There is nothing here")

		_, last := crowd("D")
		w.write(func(tx app.Writer) error {
			known, err := tx.PeopleKnown(append(names, last...))
			if err != nil || len(known) != 0 {
				t.Errorf("%d people were kept, %v", len(known), err)
			}
			return err
		})
	})
}
