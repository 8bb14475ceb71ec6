package store_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/store"
	"cairn/internal/testkit"
	"cairn/migrations"
)

// noon is when everything in these tests happens.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func masterKey() []byte { return bytes.Repeat([]byte{7}, 32) }

func config(url string) store.Config {
	return store.Config{URL: url, Key: masterKey(), Clock: func() time.Time { return noon }}
}

func open(t *testing.T, c store.Config) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func id[T ~string](t testing.TB) T {
	t.Helper()
	made, err := uuid.NewV7()
	if err != nil {
		t.Fatal(err)
	}
	return T(made.String())
}

func day(t *testing.T, text string) scheme.Day {
	t.Helper()
	d, err := scheme.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A world is one organisation that has set itself up: a scheme, an activity, a
// practitioner and the bundled measures.
type world struct {
	t          *testing.T
	url        string
	store      *store.Store
	org        scheme.Organisation
	account    scheme.AccountID
	scheme     scheme.Scheme
	activity   scheme.Activity
	activities []scheme.Activity // by name, activity among them
	defs       map[measure.Key]measure.Definition
}

// migrated is a database with the schema and nothing in it.
func migrated(t *testing.T) testkit.Template {
	t.Helper()
	mark := ""
	for _, h := range []migrations.History{migrations.SQLite, migrations.Postgres} {
		part, err := h.Fingerprint()
		if err != nil {
			t.Fatal(err)
		}
		mark += part
	}
	return testkit.Template{Mark: mark, Migrate: func(ctx context.Context, url string) error {
		return store.Migrate(ctx, store.Config{URL: url})
	}}
}

// each runs fn in a world of its own on either database.
func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	migrated(t).Each(t, func(t *testing.T, url string) { fn(t, bundledWorld(t, url)) })
}

// bundledWorld is a world in that database.
func bundledWorld(t *testing.T, url string) *world {
	t.Helper()
	s := open(t, config(url))
	defs, err := measure.Catalogue()
	must(t, err)
	must(t, s.RegisterMeasures(t.Context(), defs))
	w := settle(t, s, "Riverside")
	w.url = url
	return w
}

// settle sets up one organisation of that name, with a scheme called so too.
func settle(t *testing.T, s *store.Store, name string) *world {
	t.Helper()
	w := &world{
		t: t, store: s,
		org:     scheme.Organisation{ID: id[scheme.OrgID](t), Name: name, TimeZone: "Europe/London", Kind: scheme.Provider},
		account: id[scheme.AccountID](t),
		activity: scheme.Activity{
			ID: id[scheme.ActivityID](t), Name: "Allotment", Category: "gardening", Provider: "Greenfingers", Revision: 1,
		},
	}
	w.scheme = scheme.Scheme{ID: id[scheme.ID](t), Name: name, Plan: w.plan("2024-01-01", 1), Profile: scheme.ByContact, Revision: 1}
	must(t, s.AddOrganisation(t.Context(), w.org))
	w.write(func(tx app.Writer) error {
		if err := tx.AddScheme(w.scheme); err != nil {
			return err
		}
		return tx.AddActivity(w.activity)
	})
	w.read(func(tx app.Reader) (err error) { w.activities, err = tx.Activities(); return err })
	must(t, s.AddAccount(t.Context(), app.Account{
		ID: w.account, Login: name, PasswordHash: "not a hash",
		Memberships: []app.Membership{{Org: w.org.ID, Role: app.Practitioner, Schemes: []scheme.ID{w.scheme.ID}}},
	}))
	w.read(func(tx app.Reader) (err error) { w.defs, err = tx.Measures(); return err })
	return w
}

func (w *world) plan(from string, version int) scheme.Plan {
	p := scheme.Plan{
		ID: id[scheme.PlanID](w.t), Version: version, EffectiveFrom: day(w.t, from),
		Primary: "swemwbs-metric", Headline: scheme.FixedTime(84),
	}
	p.Items = append(scheme.Standard("swemwbs", 12), scheme.Standard("ons4", 12)...)
	return p
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) write(fn func(app.Writer) error) {
	w.t.Helper()
	must(w.t, w.store.Write(context.Background(), w.org.ID, fn))
}

func (w *world) read(fn func(app.Reader) error) {
	w.t.Helper()
	must(w.t, w.store.Read(context.Background(), w.org.ID, fn))
}

// refer adds a person of that reference and refers them to the scheme.
func (w *world) refer(reference, received string) (scheme.Person, scheme.Referral) {
	w.t.Helper()
	p := scheme.Person{ID: id[scheme.PersonID](w.t), Reference: reference, BirthYear: 1950, Sex: "female", Revision: 1}
	r := scheme.Referral{
		ID: id[scheme.ReferralID](w.t), Person: p.ID, Scheme: w.scheme.ID, Plan: w.scheme.Plan.ID,
		Source: "self", ReceivedOn: day(w.t, received), Ordinal: 1, Revision: 1,
	}
	w.write(func(tx app.Writer) error {
		if err := tx.AddPerson(p); err != nil {
			return err
		}
		return tx.AddReferral(r)
	})
	return p, r
}

// swemwbs is a converted score entered for a referral.
func (w *world) swemwbs(r scheme.Referral, on string, level measure.Level) scheme.Assessment {
	return scheme.Assessment{
		ID: id[scheme.AssessmentID](w.t), Person: r.Person, Referral: r.ID, Measure: "swemwbs", Version: 3,
		On: day(w.t, on), Occasion: scheme.Baseline, Rater: measure.Self, Channel: "phone", Helper: "nobody",
		Scores: []measure.Scored{{Series: "swemwbs-metric", Level: level}}, Revision: 1,
	}
}

func (w *world) trace() app.Trace { return app.Trace{By: w.account, Source: "page"} }

// record adds an assessment and pairs anew, as app does.
func (w *world) record(a scheme.Assessment) error {
	return w.store.Write(context.Background(), w.org.ID, func(tx app.Writer) error {
		if err := tx.LockPeople(a.Person); err != nil {
			return err
		}
		if err := tx.AddAssessment(a, w.trace()); err != nil {
			return err
		}
		spell, err := tx.Spell(a.Referral)
		if err != nil {
			return err
		}
		return tx.SavePairs(a.Referral, spell.Pairs(w.defs))
	})
}
