package store_test

import (
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// How somebody can be reached and their NHS number come back for one person and
// in no list, and whoever reads the database as it lies there finds neither.
func TestIdentityIsSealed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ann := scheme.Person{
			ID: id[scheme.PersonID](t), Reference: "A-1", Revision: 1, NHSNumber: "9990000018",
			Contact: scheme.Contact{Phone: "07700 900123", Email: "ann@quillfeather.example", Address: []string{"1 Weathervane Row", "Riverside"}},
		}
		bo := scheme.Person{ID: id[scheme.PersonID](t), Reference: "B-1", Revision: 1}
		w.write(func(tx app.Writer) error {
			must(t, tx.AddPerson(ann))
			return tx.AddPerson(bo)
		})
		w.read(func(tx app.Reader) error {
			got, err := tx.Person(ann.ID)
			must(t, err)
			same(t, "person", ann, got)
			got, err = tx.PersonByNumber("9990000018")
			must(t, err)
			same(t, "person by number", ann, got)
			if _, err = tx.PersonByNumber("9434765919"); !fault.Is(err, fault.NotFound) {
				t.Errorf("nobody's number: %v", err)
			}
			all, err := tx.People(app.Page{Limit: 10})
			bare := ann
			bare.Contact, bare.NHSNumber = scheme.Contact{}, ""
			same(t, "list", []scheme.Person{bare, bo}, all)
			return err
		})
		db := raw(t, w.url)
		for _, name := range tables(t, db, w.url) {
			for _, row := range rows(t, db, "SELECT * FROM "+name) {
				for _, canary := range []string{"9990000018", "900123", "quillfeather", "Weathervane"} {
					if strings.Contains(row, canary) {
						t.Errorf("%s holds %q in clear", name, canary)
					}
				}
			}
		}
	})
}

// Nobody is registered twice under one NHS number, in one organisation; another
// one has its own people, and its own index.
func TestNumbersAreOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		add := func(org scheme.OrgID, reference string) error {
			p := scheme.Person{ID: id[scheme.PersonID](t), Reference: reference, NHSNumber: "9990000018"}
			return w.store.Write(t.Context(), org, func(tx app.Writer) error { return tx.AddPerson(p) })
		}
		must(t, add(w.org.ID, "A-1"))
		refused(t, add(w.org.ID, "A-2"), fault.PersonTaken, "NHS number")
		hill := scheme.Organisation{ID: id[scheme.OrgID](t), Name: "Hilltop", TimeZone: "Europe/London", Kind: scheme.Provider}
		must(t, w.store.AddOrganisation(t.Context(), hill))
		must(t, w.store.Read(t.Context(), hill.ID, func(tx app.Reader) error {
			if _, err := tx.PersonByNumber("9990000018"); !fault.Is(err, fault.NotFound) {
				t.Errorf("Riverside's number is found at Hilltop: %v", err)
			}
			return nil
		}))
		must(t, add(hill.ID, "A-1"))
		if kept := rows(t, raw(t, w.url), "SELECT DISTINCT nhs_index FROM person_identity"); len(kept) != 2 {
			t.Errorf("two organisations share an index: %d", len(kept))
		}
	})
}
