package store_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// canary is a name that must be found nowhere but in the answer.
const canary = "Zebedee Quillfeather"

// Whoever has the file, or the tables, or a backup of either, has no name.
func TestNamesAreNowhereInTheDatabase(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		w := bundledWorld(t, url)
		p := scheme.Person{ID: id[scheme.PersonID](t), Reference: "reference-that-is-clear", Name: canary, Revision: 1}
		w.write(func(tx app.Writer) error {
			must(t, tx.AddPerson(p))
			return tx.Audit(app.Entry{Actor: w.account, Act: "person.add", Object: string(p.ID), Payload: p})
		})
		w.read(func(tx app.Reader) error {
			got, err := tx.Person(p.ID)
			same(t, "person", p, got)
			return err
		})
		everything := dump(t, w, url)
		for _, word := range append(strings.Fields(canary), strings.ToUpper(canary)) {
			if bytes.Contains(everything, []byte(word)) {
				t.Errorf("“%s” is in the database", word)
			}
		}
		// The control: what is not secret is found, so the search sees the rows.
		if !bytes.Contains(everything, []byte(p.Reference)) {
			t.Error("the search does not even see the reference")
		}
	})
}

// dump is every byte of the SQLite files, or of every row on PostgreSQL.
func dump(t *testing.T, w *world, url string) []byte {
	t.Helper()
	var all bytes.Buffer
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		for _, ending := range []string{"", "-wal", "-shm"} {
			part, err := os.ReadFile(path + ending)
			must(t, err)
			all.Write(part)
		}
		return all.Bytes()
	}
	db := raw(t, url)
	for _, name := range tables(t, db, url) {
		for _, row := range rows(t, db, "SELECT to_jsonb(x), encode(convert_to(x::text, 'UTF8'), 'escape') FROM "+name+" x") {
			all.WriteString(row + "\n")
		}
	}
	// bytea shows as hexadecimal, so the sealed columns are searched as they are.
	for _, query := range []string{"SELECT encode(name, 'escape') FROM person_identity", "SELECT encode(ciphertext, 'escape') FROM audit_payloads"} {
		for _, row := range rows(t, db, query) {
			all.WriteString(row + "\n")
		}
	}
	return all.Bytes()
}

// A sealed value that is moved to another row, or altered, opens nowhere, and a
// person whose key is gone has no name any more.
func TestSealedNamesStayInTheirPlace(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		w := bundledWorld(t, url)
		ann := scheme.Person{ID: id[scheme.PersonID](t), Reference: "A", Name: "Ann"}
		bo := scheme.Person{ID: id[scheme.PersonID](t), Reference: "B", Name: "Bo"}
		w.write(func(tx app.Writer) error {
			must(t, tx.AddPerson(ann))
			return tx.AddPerson(bo)
		})
		db := raw(t, url)
		exec := func(statement string) {
			t.Helper()
			_, err := db.ExecContext(t.Context(), statement)
			must(t, err)
		}
		name := func(p scheme.Person) (string, error) {
			var got scheme.Person
			err := w.store.Read(t.Context(), w.org.ID, func(tx app.Reader) (err error) { got, err = tx.Person(p.ID); return err })
			return got.Name, err
		}
		exec("DELETE FROM person_keys WHERE person_id = '" + string(bo.ID) + "'")
		if got, err := name(bo); got != "" || err != nil {
			t.Errorf("erased: %q, %v", got, err)
		}
		if got, err := name(ann); got != "Ann" || err != nil {
			t.Errorf("untouched: %q, %v", got, err)
		}
		exec("INSERT INTO person_keys (org_id, person_id, wrapped_key) SELECT org_id, '" + string(bo.ID) +
			"', wrapped_key FROM person_keys WHERE person_id = '" + string(ann.ID) + "'")
		exec("UPDATE person_identity SET name = (SELECT name FROM person_identity WHERE person_id = '" + string(ann.ID) +
			"') WHERE person_id = '" + string(bo.ID) + "'")
		if got, err := name(bo); err == nil {
			t.Errorf("one person's name opens in another one's row: %q", got)
		}
	})
}
