package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// What to mind of a person comes back, one revision on each time, and nobody
// overwrites what they have not read.
func TestCareComesBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ann, _ := w.refer("A-1", "2026-01-05")
		bo, _ := w.refer("A-2", "2026-01-05")
		want := scheme.Care{
			Ways: []scheme.Asking{"phone", scheme.WithInterpreter}, Language: "Urdu", DoNotContact: true, SaidBy: "family",
			SaidOn: day(t, "2026-03-01"), Reason: "moved\nin with “her” son", Safe: "before noon",
		}
		w.write(func(tx app.Writer) error {
			none, err := tx.Care(ann.ID)
			must(t, err)
			same(t, "nothing said", scheme.Care{}, none)
			return tx.SaveCare(ann.ID, want)
		})
		want.Revision = 1
		w.write(func(tx app.Writer) error {
			got, err := tx.Care(ann.ID)
			must(t, err)
			same(t, "care", want, got)
			all, err := tx.Cares([]scheme.PersonID{ann.ID, bo.ID})
			must(t, err)
			same(t, "of many", map[scheme.PersonID]scheme.Care{ann.ID: want}, all)
			first := want
			first.Revision = 0
			refused(t, tx.SaveCare(ann.ID, first), fault.Stale, "changed after you opened it")
			return tx.SaveCare(ann.ID, scheme.Care{Revision: 1})
		})
		w.read(func(tx app.Reader) error {
			got, err := tx.Care(ann.ID)
			same(t, "taken back", scheme.Care{Revision: 2}, got)
			return err
		})
		err := w.store.Write(t.Context(), w.org.ID, func(tx app.Writer) error { return tx.SaveCare(ann.ID, want) })
		refused(t, err, fault.Stale, "changed after you opened it")
	})
}

// None of the words can be read in the file, and without the person's key they
// are gone for good.
func TestCareIsSealed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ann, _ := w.refer("A-1", "2026-01-05")
		w.write(func(tx app.Writer) error {
			return tx.SaveCare(ann.ID, scheme.Care{Language: "canaryish", DoNotContact: true, SaidBy: "person", Reason: "canary reason", Safe: "canary safe"})
		})
		db := raw(t, w.url)
		var sealed []byte
		must(t, db.QueryRowContext(t.Context(), "SELECT words FROM person_care").Scan(&sealed))
		if len(sealed) == 0 || strings.Contains(string(sealed), "canary") {
			t.Errorf("the words are kept as %q", sealed)
		}
		if path, lite := strings.CutPrefix(w.url, "sqlite:"); lite {
			files, err := filepath.Glob(path + "*")
			must(t, err)
			for _, name := range files {
				text, err := os.ReadFile(name)
				must(t, err)
				if strings.Contains(string(text), "canary") {
					t.Errorf("%s holds the words", filepath.Base(name))
				}
			}
		}
		_, err := db.ExecContext(t.Context(), "DELETE FROM person_keys")
		must(t, err)
		w.read(func(tx app.Reader) error {
			got, err := tx.Care(ann.ID)
			same(t, "erased", scheme.Care{DoNotContact: true, SaidBy: "person", Revision: 1}, got)
			return err
		})
	})
}

// Of two records of one person, nobody is in touch where either says so, all
// words stay, and what was said of each purpose is one history.
func TestCareOfTwoBecomesOne(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ann, _ := w.refer("A-1", "2026-01-05")
		twin, _ := w.refer("A-2", "2026-01-05")
		w.write(func(tx app.Writer) error {
			must(t, tx.SaveCare(ann.ID, scheme.Care{Ways: []scheme.Asking{"email"}, Safe: "after six"}))
			must(t, tx.SaveCare(twin.ID, scheme.Care{Ways: []scheme.Asking{"phone"}, DoNotContact: true, SaidBy: "person", SaidOn: day(t, "2026-02-01"), Reason: "ill", Safe: "not on Fridays"}))
			must(t, tx.AddPermission(ann.ID, w.said("evaluation", "told", "2026-01-10")))
			must(t, tx.AddPermission(twin.ID, w.said("evaluation", "objected", "2026-01-20")))
			return tx.UniteCare(ann.ID, twin.ID)
		})
		w.read(func(tx app.Reader) error {
			got, err := tx.Care(ann.ID)
			must(t, err)
			same(t, "of both", scheme.Care{
				Ways: []scheme.Asking{"phone", "email"}, DoNotContact: true, SaidBy: "person", SaidOn: day(t, "2026-02-01"),
				Reason: "ill", Safe: "after six; not on Fridays", Revision: 2,
			}, got)
			said, err := tx.Permissions(ann.ID)
			if len(said) != 2 || !said.LeavesOut(scheme.ForEvaluation) {
				t.Errorf("said: %+v", said)
			}
			return err
		})
	})
}

func (w *world) said(purpose scheme.Purpose, state scheme.PermissionState, on string) scheme.Permission {
	p := scheme.Permission{ID: id[string](w.t), Purpose: purpose, State: state, On: day(w.t, on), By: w.account}
	if purpose != scheme.NationalOptOut {
		p.Basis = "public-task"
	}
	return p
}

// An export asks once who is left out; only a no, or the national opt-out, does
// that, and only in that scheme of that organisation.
func TestLeftOut(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		hilltop := settle(t, w.store, "Hilltop")
		people, refs := map[string]scheme.Person{}, map[string]scheme.Referral{}
		for _, name := range []string{"told", "objected", "changed mind", "opted out", "silent"} {
			people[name], refs[name] = w.refer(name, "2026-01-05")
		}
		w.write(func(tx app.Writer) error {
			for _, s := range []struct {
				who string
				p   scheme.Permission
			}{
				{"told", w.said("evaluation", "told", "2026-01-06")},
				{"objected", w.said("evaluation", "objected", "2026-01-06")},
				{"changed mind", w.said("evaluation", "told", "2026-02-06")},
				{"changed mind", w.said("evaluation", "objected", "2026-01-06")}, // entered later, said earlier
				{"opted out", w.said(scheme.NationalOptOut, "objected", "2026-01-06")},
				{"silent", w.said("research", "objected", "2026-01-06")},
			} {
				must(t, tx.AddPermission(people[s.who].ID, s.p))
			}
			return nil
		})
		w.read(func(tx app.Reader) error {
			got, err := tx.LeftOut(w.scheme.ID, scheme.ForEvaluation)
			same(t, "left out", map[scheme.ReferralID]bool{refs["objected"].ID: true, refs["opted out"].ID: true}, got)
			return err
		})
		hilltop.read(func(tx app.Reader) error {
			got, err := tx.LeftOut(w.scheme.ID, scheme.ForEvaluation)
			same(t, "asked by another organisation", map[scheme.ReferralID]bool{}, got)
			return err
		})
	})
}

// A person's own facts are changed as a whole; a name can come, change and go.
func TestPersonIsChanged(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ann, _ := w.refer("A-1", "2026-01-05")
		bo, _ := w.refer("A-2", "2026-01-05")
		for i, name := range []string{"", "Ann", "Ann Ärmel", ""} {
			ann.Name, ann.Reference, ann.BirthYear, ann.Deprivation = name, "B-"+name, 1960+i, i
			w.write(func(tx app.Writer) error { return tx.SavePerson(ann) })
			ann.Revision++
			w.read(func(tx app.Reader) error {
				got, err := tx.Person(ann.ID)
				same(t, "changed to "+name, ann, got)
				return err
			})
		}
		taken := ann
		taken.Reference = bo.Reference
		old := ann
		old.Revision--
		err := w.store.Write(t.Context(), w.org.ID, func(tx app.Writer) error {
			refused(t, tx.SavePerson(taken), fault.PersonTaken, "Somebody has that reference already")
			return tx.SavePerson(old)
		})
		refused(t, err, fault.Stale, "changed after you opened it")
	})
}
