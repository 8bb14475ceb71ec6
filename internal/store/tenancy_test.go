package store_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/store"
)

// What belongs to another organisation looks exactly like what is not there,
// and so does what is no identifier at all.
func TestForeignLooksMissing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		hilltop := settle(t, w.store, "Hilltop")
		person, referral := hilltop.refer("H-1", "2026-01-05")
		assessment := hilltop.swemwbs(referral, "2026-01-05", 1859)
		must(t, hilltop.record(assessment))
		p := scheme.Prescription{ID: id[scheme.PrescriptionID](t), Referral: referral.ID, Activity: hilltop.activity.ID}
		hilltop.write(func(tx app.Writer) error { return tx.AddPrescription(p) })

		f := reached{person.ID, referral, assessment, hilltop.scheme, p}
		said := map[string]string{}
		for name, err := range w.reach(f) {
			refused(t, err, fault.NotFound, "There is nothing here")
			said[name] = err.Error()
		}
		for _, other := range []string{id[string](t), "", "1 OR 1=1", strings.ToUpper(string(person.ID))} {
			for name, err := range w.reach(f.as(other)) {
				if name == "page" && other == "" {
					continue // the first page
				}
				if err == nil || err.Error() != said[name] {
					t.Errorf("%s of %q: %v; a foreign one is answered with %v", name, other, err, said[name])
				}
			}
		}
	})
}

// reached is one of everything, of some organisation.
type reached struct {
	person       scheme.PersonID
	referral     scheme.Referral
	assessment   scheme.Assessment
	scheme       scheme.Scheme
	prescription scheme.Prescription
}

// as gives all of them that identifier.
func (f reached) as(id string) reached {
	f.person, f.referral.ID, f.assessment.ID = scheme.PersonID(id), scheme.ReferralID(id), scheme.AssessmentID(id)
	f.scheme.ID, f.prescription.ID = scheme.ID(id), scheme.PrescriptionID(id)
	f.referral.Person, f.referral.Scheme, f.assessment.Referral = f.person, f.scheme.ID, f.referral.ID
	f.prescription.Referral = f.referral.ID
	return f
}

// reach asks for f in every way there is, each in a transaction of its own.
func (w *world) reach(f reached) map[string]error {
	w.t.Helper()
	today := day(w.t, "2026-11-22")
	query := app.PairQuery{Scheme: f.scheme.ID, Series: "swemwbs-metric", Occasion: scheme.FirstLast, Today: today}
	said := map[string]error{}
	for name, ask := range map[string]func(app.Writer) error{
		"person":      func(tx app.Writer) error { _, err := tx.Person(f.person); return err },
		"lock":        func(tx app.Writer) error { return tx.LockPeople(f.person) },
		"lock of":     func(tx app.Writer) error { return tx.LockPeopleOf(f.referral.ID) },
		"hold":        func(tx app.Writer) error { return tx.HoldSchemes(f.scheme.ID) },
		"lock scheme": func(tx app.Writer) error { return tx.LockScheme(f.scheme.ID) },
		"plans":       func(tx app.Writer) error { _, err := tx.Plans(f.scheme.ID); return err },
		"versions":    func(tx app.Writer) error { _, err := tx.Revisions(f.assessment.ID); return err },
		"merge": func(tx app.Writer) error {
			return tx.MergePeople(scheme.Union{Keep: id[scheme.PersonID](w.t), Lose: f.person})
		},
		"scheme":      func(tx app.Writer) error { _, err := tx.Scheme(f.scheme.ID, today); return err },
		"spell":       func(tx app.Writer) error { _, err := tx.Spell(f.referral.ID); return err },
		"assessment":  func(tx app.Writer) error { _, err := tx.Assessment(f.assessment.ID); return err },
		"pairs":       func(tx app.Writer) error { _, err := tx.PairsOf(f.referral.ID); return err },
		"transitions": func(tx app.Writer) error { _, err := tx.Transitions(query); return err },
		"each pair":   func(tx app.Writer) error { return tx.EachPair(query, func(scheme.Pair) error { return nil }) },
		"save":        func(tx app.Writer) error { return tx.SaveReferral(f.referral) },
		"care":        func(tx app.Writer) error { _, err := tx.Care(f.person); return err },
		"permissions": func(tx app.Writer) error { _, err := tx.Permissions(f.person); return err },
		"permit": func(tx app.Writer) error {
			return tx.AddPermission(f.person, w.said("care", "told", "2026-01-06"))
		},
		"save care": func(tx app.Writer) error { return tx.SaveCare(f.person, scheme.Care{Safe: "x", Revision: 1}) },
		"add care":  func(tx app.Writer) error { return tx.SaveCare(f.person, scheme.Care{}) },
		"change person": func(tx app.Writer) error {
			return tx.SavePerson(scheme.Person{ID: f.person, Reference: "canary", Name: "canary", Revision: 1})
		},
		"refer": func(tx app.Writer) error {
			r := f.referral
			r.ID = id[scheme.ReferralID](w.t)
			return tx.AddReferral(r)
		},
		"involve": func(tx app.Writer) error {
			return tx.AddInvolvement(f.referral.ID, scheme.Involvement{Level: "led", On: today})
		},
		"prescribe": func(tx app.Writer) error {
			p := f.prescription
			p.ID = id[scheme.PrescriptionID](w.t)
			return tx.AddPrescription(p)
		},
		"prescription": func(tx app.Writer) error { return tx.SavePrescription(f.prescription) },
		"plan":         func(tx app.Writer) error { return tx.AddPlan(f.scheme.ID, w.plan("2026-01-01", 7)) },
		"save pairs": func(tx app.Writer) error {
			return tx.SavePairs(f.referral.ID, []scheme.Pair{{Referral: f.referral.ID, Scheme: w.scheme.ID, Series: "swemwbs-metric", Occasion: scheme.FirstLast, State: scheme.Enrolled, Closes: today, Traits: scheme.Traits{OT: "none"}}})
		},
		"assess": func(tx app.Writer) error {
			a := f.assessment
			a.ID = id[scheme.AssessmentID](w.t)
			a.On = today
			return tx.AddAssessment(a, w.trace())
		},
	} {
		said[name] = w.store.Write(w.t.Context(), w.org.ID, ask)
	}
	return said
}

// What is no identifier does not even reach the database, where it would end
// the transaction.
func TestNonsenseDoesNotEndTheTransaction(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.write(func(tx app.Writer) error {
			_, err := tx.Person("nonsense")
			refused(t, err, fault.NotFound, "There is nothing here")
			_, err = tx.Spell("nonsense")
			refused(t, err, fault.NotFound, "There is nothing here")
			_, err = tx.Organisation()
			return err
		})
	})
}

// The database is told whose transaction it is, for its own second check.
func TestPostgresKnowsTheOrganisation(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		if !w.manyWriters() {
			return // SQLite has no second check
		}
		for _, ask := range []func(*store.Store, *testing.T, scheme.OrgID) (string, error){store.SettingInWrite, store.SettingInRead} {
			got, err := ask(w.store, t, w.org.ID)
			if got != string(w.org.ID) || err != nil {
				t.Errorf("the setting is %q, %v", got, err)
			}
		}
	})
}

// Nothing of one organisation is in the lists of another.
func TestListsHoldNothingForeign(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		hilltop := settle(t, w.store, "Hilltop")
		_, r := hilltop.refer("H-1", "2026-01-05")
		must(t, hilltop.record(hilltop.swemwbs(r, "2026-01-05", 1859)))
		today := day(t, "2026-11-22")
		w.read(func(tx app.Reader) error {
			people, err := tx.People(app.Page{Limit: 9})
			must(t, err)
			referrals, err := tx.Referrals(app.ReferralFilter{}, app.Page{Limit: 9})
			must(t, err)
			schemes, err := tx.Schemes(today)
			must(t, err)
			activities, err := tx.Activities()
			must(t, err)
			if len(people)+len(referrals) > 0 || len(schemes) != 1 || len(activities) != 1 {
				t.Errorf("people %v, referrals %v, schemes %v, activities %v", people, referrals, schemes, activities)
			}
			// Both schemes have the number 1: the organisation must tell them apart.
			table, err := tx.Transitions(app.PairQuery{Scheme: w.scheme.ID, Series: "swemwbs-metric", Occasion: scheme.FixedTime(84), Today: today})
			must(t, err)
			if table.Flow.Referred != 0 {
				t.Errorf("transitions of another organisation: %+v", table)
			}
			return tx.Spells(func(s scheme.Spell) error { t.Errorf("spell %+v", s); return nil })
		})
	})
}

func TestAnOrganisationNobodyHas(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		for _, org := range []scheme.OrgID{"", "x", id[scheme.OrgID](t)} {
			err := w.store.Read(t.Context(), org, func(tx app.Reader) error { _, err := tx.Organisation(); return err })
			refused(t, err, fault.NotFound, "There is nothing here")
		}
	})
}

// The plain handle of a transaction is used only where the table belongs to
// nobody: everywhere else a query starts at from, at, visible or add, which
// narrow it.
func TestEveryQueryIsNarrowed(t *testing.T) {
	t.Parallel()
	allowed := map[string]int{
		"tx.go":            3, // from, visible, add
		"organisation.go":  1, // the organisation's own row
		"scheme.go":        1, // the same, locked
		"measure.go":       2, // bundled measures; the one door for adding any
		"measure_words.go": 1, // waits for a lock, reads nothing
		"lock.go":          1, // an account, which is no organisation's
		"many.go":          2, // adds rows that add has stamped
		"pair_query.go":    3, // reading a row that came from a narrowed query; a time-out and settings of plans, which read nothing
		"import_undo.go":   1, // adds up what a narrowed query locked
		"recount.go":       3, // counts and plans anew, reads nothing
		"audit.go":         1, // the same
		"merge.go":         1, // puts a check off, reads nothing
		"release.go":       1, // the organisation's own row, locked
	}
	plain := regexp.MustCompile(`\b(s|t|sc)\.db\b`)
	files, err := filepath.Glob("*.go")
	must(t, err)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		must(t, err)
		if found := len(plain.FindAllString(string(text), -1)); found != allowed[name] {
			t.Errorf("%s uses the plain handle %d times, %d are accounted for", name, found, allowed[name])
		}
	}
}
