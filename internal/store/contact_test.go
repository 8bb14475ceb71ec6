package store_test

import (
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// Contacts come back as they went in, newest first and by referral; one that was
// taken back is in no list, and an old version saves nothing.
func TestContactsComeBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		_, r := w.refer("A", "2026-01-05")
		_, other := w.refer("B", "2026-01-05")
		contact := func(of scheme.Referral, on string) scheme.WorkingContact {
			return scheme.WorkingContact{ID: id[scheme.ContactID](t), Referral: of.ID, On: day(t, on), Way: "phone", Outcome: scheme.NoAnswer, Minutes: "under-15", Revision: 1}
		}
		first, second, third, theirs := contact(r, "2026-02-01"), contact(r, "2026-02-01"), contact(r, "2026-01-09"), contact(other, "2026-02-01")
		w.write(func(tx app.Writer) error {
			for _, c := range []scheme.WorkingContact{first, second, third, theirs} {
				must(t, tx.AddContact(c))
			}
			return nil
		})
		w.read(func(tx app.Reader) error {
			all, err := tx.Contacts(r.ID, other.ID)
			same(t, "contacts", map[scheme.ReferralID][]scheme.WorkingContact{r.ID: {second, first, third}, other.ID: {theirs}}, all)
			return err
		})
		second.Withdrawn = true
		w.write(func(tx app.Writer) error { return tx.SaveContact(second) })
		err := w.store.Write(t.Context(), w.org.ID, func(tx app.Writer) error { return tx.SaveContact(second) })
		refused(t, err, fault.Stale, "after you opened it")
		w.read(func(tx app.Reader) error {
			second.Revision = 2
			got, err := tx.Contact(second.ID)
			must(t, err)
			same(t, "taken back", second, got)
			all, err := tx.Contacts(r.ID)
			same(t, "contacts that count", map[scheme.ReferralID][]scheme.WorkingContact{r.ID: {first, third}}, all)
			return err
		})
		hilltop := settle(t, w.store, "Hilltop")
		err = w.store.Read(t.Context(), hilltop.org.ID, func(tx app.Reader) error { _, err := tx.Contact(first.ID); return err })
		refused(t, err, fault.NotFound, "There is nothing here")
		hilltop.read(func(tx app.Reader) error {
			if all, err := tx.Contacts(r.ID); err != nil || len(all) > 0 {
				t.Errorf("contacts of another organisation: %v, %v", all, err)
			}
			return nil
		})
	})
}
