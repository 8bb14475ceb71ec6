package store_test

import (
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
)

// Words whose licence has ended are in no row of the database, nor in what the
// audit kept; the audit is whole, and another server of the same database, which
// had read them, shows them no more.
func TestErasedWordsAreGone(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		w := bundledWorld(t, url)
		other := open(t, config(url))
		plain := w.defs["who5"]
		words := measure.Words{Of: "who5", Licence: measure.Confirmation{Reference: "W-1", By: "Ann", On: "2026-01-01"}, Intro: "Lent intro", Items: map[string]string{}}
		for _, it := range plain.Items {
			words.Items[it.Key] = "Lent " + it.Key
		}
		made, err := plain.Supply(words)
		if err != nil {
			t.Fatal(err)
		}
		made.Version = plain.Version + 1
		write := func(fn func(tx app.Writer) error) {
			t.Helper()
			if err := w.store.Write(t.Context(), w.org.ID, fn); err != nil {
				t.Fatal(err)
			}
		}
		write(func(tx app.Writer) error {
			if err := tx.SupplyWords(made); err != nil {
				return err
			}
			return tx.Audit(app.Entry{Actor: w.account, Act: "measure.words", Object: "who5", Payload: words})
		})
		write(func(tx app.Writer) error {
			return tx.Audit(app.Entry{Actor: w.account, Act: "measure.add", Object: "own", Payload: "stays"})
		})
		asked := func() (d measure.Definition) {
			t.Helper()
			err := other.Read(t.Context(), w.org.ID, func(r app.Reader) (err error) {
				d, err = r.Definition("who5", made.Version)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		if asked().Items[0].Text != "Lent item-1" {
			t.Fatal("the words never came")
		}
		for range 2 { // the second time finds nothing
			write(func(tx app.Writer) error { return tx.EraseWords("who5") })
			if d := asked(); d.Intro+d.Items[0].Text != "" || d.Licence.Confirmed == nil || *d.Licence.Confirmed != words.Licence {
				t.Errorf("the other server shows “%s” under %+v", d.Items[0].Text, d.Licence.Confirmed)
			}
		}
		db := raw(t, url)
		kept := strings.Join(rows(t, db, "SELECT definition FROM measure_versions WHERE measure_key = 'who5'"), "")
		if strings.Contains(kept, "Lent") || !strings.Contains(kept, "W-1") {
			t.Errorf("kept: %s", kept)
		}
		if n := rows(t, db, "SELECT COUNT(*) FROM audit_payloads")[0]; n != "1" {
			t.Errorf("%s payloads are left of two", n)
		}
		if n, altered, err := w.store.VerifyAudit(t.Context(), w.org.ID); err != nil || n != 2 || len(altered) > 0 {
			t.Errorf("%d rows, altered %v, %v", n, altered, err)
		}
	})
}
