package app_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/store"
	"cairn/internal/testkit"
	"cairn/migrations"
)

// noon is when these tests happen: 22 November 2026.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// plain keeps passwords as they are: hashing is account's and is tested there.
type plain struct{}

func (plain) Hash(password string) (string, error) { return "plain:" + password, nil }
func (plain) Matches(password, hash string) (bool, error) {
	return hash == "plain:"+password, nil
}

// A town is one installation with two provider organisations: Riverside, with
// two schemes, and Hilltop, with one.
type town struct {
	t       *testing.T
	app     *app.App
	store   *store.Store
	ann     app.Actor // manager at Riverside
	bo      app.Actor // practitioner of Riverside's Garden only
	cy      app.Actor // manager at Hilltop
	garden  scheme.Scheme
	choir   scheme.Scheme
	walk    scheme.Scheme // Hilltop's
	planted scheme.Activity
}

// each builds a town on either database.
func each(t *testing.T, fn func(t *testing.T, w *town)) {
	t.Helper()
	wilderness(t, func(t *testing.T, w *town) {
		w.found()
		fn(t, w)
	})
}

// wilderness is an installation before anybody set it up.
func wilderness(t *testing.T, fn func(t *testing.T, w *town)) {
	t.Helper()
	template := testkit.Template{Mark: fingerprint(t), Migrate: func(ctx context.Context, url string) error {
		return store.Migrate(ctx, store.Config{URL: url})
	}}
	template.Each(t, func(t *testing.T, url string) {
		clock := func() time.Time { return noon }
		s, err := store.Open(t.Context(), store.Config{URL: url, Key: bytes.Repeat([]byte{1}, 32), Clock: clock})
		must(t, err)
		t.Cleanup(func() { must(t, s.Close()) })
		fn(t, &town{t: t, store: s, app: app.New(s, plain{}, app.Config{Now: clock, SetUpCode: "open sesame"})})
	})
}

func fingerprint(t *testing.T) (mark string) {
	t.Helper()
	for _, h := range []migrations.History{migrations.SQLite, migrations.Postgres} {
		part, err := h.Fingerprint()
		must(t, err)
		mark += part
	}
	return mark
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *town) found() {
	w.t.Helper()
	ctx := w.t.Context()
	must(w.t, w.app.Prepare(ctx))
	riverside, err := w.app.AddOrganisation(ctx, scheme.Organisation{Name: "Riverside", TimeZone: "Europe/London", Kind: scheme.Provider})
	must(w.t, err)
	hilltop, err := w.app.AddOrganisation(ctx, scheme.Organisation{Name: "Hilltop", TimeZone: "Pacific/Auckland", Kind: scheme.Provider})
	must(w.t, err)
	w.ann = w.join(app.NewUser{Login: "ann", Org: riverside.ID, Role: app.Manager, AllSchemes: true})
	w.cy = w.join(app.NewUser{Login: "cy", Org: hilltop.ID, Role: app.Manager, AllSchemes: true})
	w.garden, w.choir, w.walk = w.open(w.ann, "Garden"), w.open(w.ann, "Choir"), w.open(w.cy, "Walk")
	w.planted, err = w.app.AddActivity(ctx, w.ann, app.NewActivity{Name: "Allotment", Category: "gardening"})
	must(w.t, err)
	w.bo = w.join(app.NewUser{Login: "bo", Org: riverside.ID, Role: app.Practitioner, Schemes: []scheme.ID{w.garden.ID}})
}

func (w *town) join(u app.NewUser) app.Actor {
	w.t.Helper()
	u.Password = "three unrelated words"
	acc, err := w.app.AddUser(w.t.Context(), u)
	must(w.t, err)
	actor, err := w.app.Actor(w.t.Context(), acc.ID, u.Org)
	must(w.t, err)
	actor.Source = "page"
	return actor
}

func (w *town) open(by app.Actor, name string) scheme.Scheme {
	w.t.Helper()
	s, err := w.app.AddScheme(w.t.Context(), by, app.NewScheme{
		Name: name, Measures: []measure.Key{"swemwbs", "ons4"}, Weeks: 12, StartedOn: "2024-01-01",
	})
	must(w.t, err)
	return s
}

// refer registers a person who was received and accepted on that day.
func (w *town) refer(by app.Actor, to scheme.Scheme, reference, on string) app.ReferralView {
	w.t.Helper()
	v, err := w.app.Register(w.t.Context(), by, registration(to, reference, on))
	must(w.t, err)
	return v
}

func registration(to scheme.Scheme, reference, on string) app.NewRegistration {
	return app.NewRegistration{
		Person:   app.NewPerson{Reference: reference, Name: "Canary " + reference, BirthYear: 1950},
		Referral: app.NewReferral{Scheme: to.ID, Source: "self", ReceivedOn: on, AcceptedOn: on},
	}
}

// raw is a SWEMWBS raw total recorded in person, for an occasion that stands
// outside the plan: pairs are made by the day.
func raw(v app.ReferralView, on string, score int) app.NewAssessment {
	return app.NewAssessment{
		Referral: v.Referral.ID, Measure: "swemwbs", On: on, Occasion: scheme.Later,
		Channel: "in-person", Helper: "nobody", Series: "swemwbs-raw", Score: fmt.Sprint(score),
	}
}

// paired is how many people the scheme's headline figure pairs.
func (w *town) paired(by app.Actor, s scheme.Scheme) int {
	w.t.Helper()
	v, err := w.app.Evidence(w.t.Context(), by, app.EvidenceAsk{Scheme: s.ID})
	must(w.t, err)
	return v.Finding.Counts.Paired
}
