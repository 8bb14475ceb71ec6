package store_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// What is refused has its code, and nothing of the write that held it stays,
// not even what went well before.
func TestRefusalsLeaveNothing(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		w := bundledWorld(t, url)
		ann, r := w.refer("A-1", "2026-01-05")
		must(t, w.record(w.swemwbs(r, "2026-01-05", 1859)))
		db := raw(t, url)
		before := counts(t, db, url)
		for name, c := range refusals(t, w, ann, r) {
			err := w.store.Write(t.Context(), w.org.ID, func(tx app.Writer) error {
				must(t, tx.AddPerson(scheme.Person{ID: id[scheme.PersonID](t), Reference: "B", Name: "Bo"}))
				must(t, tx.Audit(app.Entry{Actor: w.account, Act: "person.add", Object: "B"}))
				return c.try(tx)
			})
			if !fault.Is(err, c.code) {
				t.Errorf("%s: %v, want %s", name, err, c.code)
			}
			if diff := cmp.Diff(before, counts(t, db, url)); diff != "" {
				t.Errorf("%s left something:\n%s", name, diff)
			}
		}
	})
}

type refusal struct {
	code fault.Code
	try  func(app.Writer) error
}

func refusals(t *testing.T, w *world, ann scheme.Person, r scheme.Referral) map[string]refusal {
	t.Helper()
	assessment := func(change func(*scheme.Assessment)) func(app.Writer) error {
		a := w.swemwbs(r, "2026-03-30", 2235)
		change(&a)
		return func(tx app.Writer) error { return tx.AddAssessment(a, w.trace()) }
	}
	shadow := ownMeasure("swemwbs", 1)
	return map[string]refusal{
		"a reference twice": {fault.PersonTaken, func(tx app.Writer) error {
			return tx.AddPerson(scheme.Person{ID: id[scheme.PersonID](t), Reference: ann.Reference, Name: "Bo"})
		}},
		"a scheme's name twice": {fault.SchemeNameTaken, func(tx app.Writer) error {
			return tx.AddScheme(scheme.Scheme{ID: id[scheme.ID](t), Name: w.scheme.Name, Plan: w.plan("2026-01-01", 1), Profile: scheme.ByContact})
		}},
		"an activity's name twice": {fault.ActivityTaken, func(tx app.Writer) error {
			return tx.AddActivity(scheme.Activity{ID: id[scheme.ActivityID](t), Name: w.activity.Name, Category: "arts"})
		}},
		"a plan's version twice": {fault.Stale, func(tx app.Writer) error { return tx.AddPlan(w.scheme.ID, w.plan("2026-01-01", 1)) }},
		"a second open referral": {fault.ReferralOpen, func(tx app.Writer) error {
			again := r
			again.ID = id[scheme.ReferralID](t)
			return tx.AddReferral(again)
		}},
		"a measure twice in a day":   {fault.AssessmentTwice, assessment(func(a *scheme.Assessment) { a.On = day(t, "2026-01-05") })},
		"a measure nobody has":       {fault.MeasureUnknown, assessment(func(a *scheme.Assessment) { a.Measure = "none" })},
		"a version nobody has":       {fault.MeasureUnknown, assessment(func(a *scheme.Assessment) { a.Version = 9 })},
		"a score above the range":    {fault.ScoreRange, assessment(func(a *scheme.Assessment) { a.Scores[0].Level = 3501 })},
		"a score below the range":    {fault.ScoreRange, assessment(func(a *scheme.Assessment) { a.Scores[0].Level = 699 })},
		"somebody else's referral":   {fault.NotFound, assessment(func(a *scheme.Assessment) { a.Person = id[scheme.PersonID](t) })},
		"own measure, bundled key":   {fault.MeasureChanged, func(tx app.Writer) error { return tx.AddMeasure(shadow) }},
		"own measure, other content": {fault.MeasureChanged, func(tx app.Writer) error { return twice(tx, func(d *measure.Definition) { d.Name = "Other" }) }},
		"own measure, other decimals": {fault.MeasureChanged, func(tx app.Writer) error {
			return twice(tx, func(d *measure.Definition) { d.Version, d.Scores[0].Decimals = 2, 1 })
		}},
		"own measure, bundled series": {fault.MeasureChanged, func(tx app.Writer) error {
			d := ownMeasure("steps", 1)
			d.Scores[0].Series = "swemwbs-metric"
			return tx.AddMeasure(d)
		}},
		"pairs of a series nobody has": {fault.MeasureUnknown, func(tx app.Writer) error {
			_, err := tx.Transitions(app.PairQuery{Scheme: w.scheme.ID, Series: "none", Occasion: scheme.FirstLast})
			return err
		}},
	}
}

// twice adds a measure and then the same with a change.
func twice(tx app.Writer, change func(*measure.Definition)) error {
	if err := tx.AddMeasure(ownMeasure("steps", 1)); err != nil {
		return err
	}
	d := ownMeasure("steps", 1)
	change(&d)
	return tx.AddMeasure(d)
}

func TestAccountsAreRefused(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		w := bundledWorld(t, url)
		before := counts(t, raw(t, url), url)
		again := app.Account{ID: id[scheme.AccountID](t), Login: w.org.Name}
		refused(t, w.store.AddAccount(t.Context(), again), fault.LoginTaken, "login")
		again.Login = "bo"
		again.Memberships = []app.Membership{{Org: w.org.ID, Role: app.Manager}, {Org: id[scheme.OrgID](t), Role: app.Manager}}
		refused(t, w.store.AddAccount(t.Context(), again), fault.NotFound, "")
		again.Memberships = []app.Membership{{Org: w.org.ID, Role: "emperor"}}
		if err := w.store.AddAccount(t.Context(), again); err == nil {
			t.Error("a role that nobody knows was kept")
		}
		refused(t, w.store.AddOrganisation(t.Context(), organisation(t, w.org.Name)), fault.InputInvalid, "of that name")
		_, err := w.store.Login(t.Context(), "nobody")
		refused(t, err, fault.NotFound, "")
		same(t, "rows", before, counts(t, raw(t, url), url))
	})
}

// An error of the caller comes back unchanged, and its write is gone.
func TestWriteHandsTheErrorBack(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		w := bundledWorld(t, url)
		before := counts(t, raw(t, url), url)
		mine := errors.New("mine")
		err := w.store.Write(t.Context(), w.org.ID, func(tx app.Writer) error {
			must(t, tx.AddPerson(scheme.Person{ID: id[scheme.PersonID](t), Reference: "A"}))
			return mine
		})
		if err != mine { //nolint:errorlint // unchanged is the promise
			t.Errorf("err = %v", err)
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Error("a panic was swallowed")
				}
			}()
			_ = w.store.Write(t.Context(), w.org.ID, func(tx app.Writer) error {
				must(t, tx.AddPerson(scheme.Person{ID: id[scheme.PersonID](t), Reference: "A"}))
				panic("at the disco")
			})
		}()
		same(t, "rows", before, counts(t, raw(t, url), url))
	})
}

// The database itself refuses what a measure cannot give, whoever writes.
func TestTheDatabaseKeepsTheRange(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		w := bundledWorld(t, url)
		_, r := w.refer("A-1", "2026-01-05")
		must(t, w.record(w.swemwbs(r, "2026-01-05", 1859)))
		db := raw(t, url)
		for _, statement := range []string{
			"UPDATE assessment_scores SET level = 3501",
			"UPDATE assessment_scores SET level = 699",
			"UPDATE assessment_scores SET max_level = 9999, level = 9000", // a range the measure does not have
			"UPDATE scores SET direction = 0",
			"UPDATE outcome_pairs SET base_level = NULL WHERE state = 2",
			"UPDATE outcome_pairs SET later_level = 1 WHERE state = 2",
			"UPDATE assessments SET rater = 'neighbour'",
			"UPDATE referrals SET person_id = scheme_id",
		} {
			if _, err := db.ExecContext(t.Context(), statement); err == nil {
				t.Errorf("the database took: %s", statement)
			}
		}
		if _, err := db.ExecContext(t.Context(), "UPDATE assessment_scores SET level = 3500"); err != nil {
			t.Errorf("the control: %v", err)
		}
	})
}
