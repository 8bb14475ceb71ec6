package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// Sixty-four copies of one request make one person, and all are answered alike.
func TestCopiesOfARequestMakeOneRecord(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		w := bundledWorld(t, url)
		once := app.Once{Key: "k", Account: w.account, Act: "person.add", Body: []byte(`{"reference":"A"}`)}
		const copies = 64
		var wait sync.WaitGroup
		objects, errs := make([]string, copies), make([]error, copies)
		for i := range copies {
			wait.Go(func() { objects[i], errs[i] = w.addOnce(once, fmt.Sprint("A-", i)) })
		}
		wait.Wait()
		for i := range copies {
			if errs[i] != nil || objects[i] != objects[0] || objects[i] == "" {
				t.Fatalf("copy %d: %q, %v; the first said %q", i, objects[i], errs[i], objects[0])
			}
		}
		if n := rows(t, raw(t, url), "SELECT COUNT(*) FROM people")[0]; n != "1" {
			t.Errorf("%s people", n)
		}
	})
}

// addOnce adds a person as app does: claim, do, settle.
func (w *world) addOnce(once app.Once, reference string) (object string, err error) {
	p := scheme.Person{ID: id[scheme.PersonID](w.t), Reference: reference}
	err = w.store.Write(w.t.Context(), w.org.ID, func(tx app.Writer) error {
		object, err = tx.Claim(once)
		if err != nil || object != "" {
			return err
		}
		if err := tx.AddPerson(p); err != nil {
			return err
		}
		object = string(p.ID)
		return tx.Settle(once, object)
	})
	return object, err
}

func TestClaims(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		now := noon
		c := config(url)
		c.Clock = func() time.Time { return now }
		w := settle(t, open(t, c), "Riverside")
		once := app.Once{Key: "k", Account: w.account, Act: "person.add", Body: []byte("1")}
		first, err := w.addOnce(once, "A")
		must(t, err)

		made := func(want string) {
			t.Helper()
			w.read(func(tx app.Reader) error {
				if got, err := tx.Made(once); got != want || err != nil {
					t.Errorf("it made %q, %v; want %q", got, err, want)
				}
				return nil
			})
		}
		now = now.Add(7*24*time.Hour - time.Second)
		made(first)
		if again, err := w.addOnce(once, "B"); again != first || err != nil {
			t.Errorf("the repeat: %q, %v; the first made %q", again, err, first)
		}
		for name, other := range map[string]app.Once{
			"body":           {Key: "k", Account: w.account, Act: "person.add", Body: []byte("2")},
			"act":            {Key: "k", Account: w.account, Act: "person.ad", Body: []byte("d1")},
			"shifted border": {Key: "k", Account: w.account, Act: "person.add1", Body: nil},
		} {
			_, err := w.addOnce(other, "C")
			refused(t, err, fault.KeyReused, "other content")
			w.read(func(tx app.Reader) error {
				if got, err := tx.Made(other); got != "" || !fault.Is(err, fault.KeyReused) {
					t.Errorf("another %s: %q, %v", name, got, err)
				}
				return nil
			})
		}
		hilltop := settle(t, w.store, "Hilltop")
		for _, w := range []*world{hilltop, {t: t, store: w.store, org: w.org, account: hilltop.account}} {
			apart := once
			apart.Account = w.account
			if made, err := w.addOnce(apart, "D"); made == first || err != nil {
				t.Errorf("another one's key: %q, %v", made, err)
			}
		}
		now = now.Add(time.Second)
		made("")
		if anew, err := w.addOnce(once, "E"); anew == first || err != nil {
			t.Errorf("after a week: %q, %v", anew, err)
		}
		// A failed first leaves the key free.
		once.Key = "other"
		if _, err := w.addOnce(once, "E"); !fault.Is(err, fault.PersonTaken) {
			t.Errorf("err = %v", err)
		}
		if made, err := w.addOnce(once, "F"); made == "" || err != nil {
			t.Errorf("after a failure: %q, %v", made, err)
		}
		if !strings.Contains(strings.Join(rows(t, raw(t, url), "SELECT key FROM idempotency"), " "), "other") {
			t.Error("the control: keys are not where they are looked for")
		}
		now = now.Add(8 * 24 * time.Hour)
		must(t, w.store.ForgetExpired(t.Context()))
		if left := rows(t, raw(t, url), "SELECT key FROM idempotency"); len(left) > 0 {
			t.Errorf("kept after a week: %v", left)
		}
	})
}

// An altered row or payload is found, whichever column it is.
func TestAuditNoticesAlterations(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		w := bundledWorld(t, url)
		w.write(func(tx app.Writer) error {
			must(t, tx.Audit(app.Entry{Actor: w.account, Act: "person.add", Object: "a", RequestID: "r", Payload: map[string]int{"n": 1}}))
			return tx.Audit(app.Entry{Act: "start", Object: "b", Payload: "why"})
		})
		verify := func(want int) {
			t.Helper()
			n, altered, err := w.store.VerifyAudit(t.Context(), w.org.ID)
			if n != 2 || len(altered) != want || err != nil {
				t.Errorf("%d rows, altered %v, %v; want %d altered", n, altered, err, want)
			}
		}
		verify(0)
		db := raw(t, url)
		for _, statement := range []string{"UPDATE audit SET act = 'nothing'", "DELETE FROM audit", "DELETE FROM audit WHERE act = 'start'"} {
			if _, err := db.ExecContext(t.Context(), statement); err == nil {
				t.Errorf("the database took: %s", statement)
			}
		}
		if !isSQLite(url) {
			if _, err := db.ExecContext(t.Context(), "TRUNCATE audit CASCADE"); err == nil {
				t.Error("the database emptied the audit")
			}
		}
		drop := []string{"DROP TRIGGER audit_never_changes"}
		if !isSQLite(url) {
			drop = []string{"DROP TRIGGER audit_never_changes ON audit"}
		}
		exec(t, url, drop...)
		for column, value := range map[string]string{
			"at": "'2026-11-22 12:00:01'", "actor": "NULL", "act": "'x'", "object": "'x'", "request_id": "'x'", "payload_digest": "row_mac",
		} {
			exec(t, url, "CREATE TABLE kept AS SELECT * FROM audit",
				"UPDATE audit SET "+column+" = "+value+" WHERE act = 'person.add'")
			verify(1)
			exec(t, url, "UPDATE audit SET "+column+" = (SELECT "+column+" FROM kept WHERE kept.id = audit.id)", "DROP TABLE kept")
			verify(0)
		}
		exec(t, url, "UPDATE audit_payloads SET ciphertext = (SELECT row_mac FROM audit WHERE act = 'start')")
		verify(2)
		exec(t, url, "DELETE FROM audit_payloads") // an erasure, which the digests outlive
		verify(0)
	})
}

func exec(t *testing.T, url string, statements ...string) {
	t.Helper()
	db := raw(t, url)
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}
