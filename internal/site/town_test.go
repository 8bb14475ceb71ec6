package site_test

import (
	"bytes"
	"context"
	"database/sql"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named pgx

	"cairn/internal/account"
	"cairn/internal/api"
	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
	"cairn/internal/site"
	"cairn/internal/store"
	"cairn/internal/testkit"
	"cairn/migrations"
)

// noon is when these tests happen: 30 June 2026.
var noon = time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)

const (
	password  = "kettle orbit lantern"
	setUpCode = "stone on stone"
)

// A town is one installation, whole: the pages and the API on one server, a
// real database below.
type town struct {
	t      *testing.T
	url    string // of the database
	app    *app.App
	stack  http.Handler
	tokens map[string]string // for the API, by login
	ann    app.Actor         // Riverside's manager
	cy     app.Actor         // Hilltop's manager
	garden scheme.Scheme     // Riverside's; bo works there
	choir  scheme.Scheme     // Riverside's; bo does not
	walk   scheme.Scheme     // Hilltop's
	plot   scheme.Activity   // Riverside's
}

// each settles a town on either database.
func each(t *testing.T, fn func(t *testing.T, w *town)) {
	t.Helper()
	eachEmpty(t, func(t *testing.T, w *town) {
		w.settle()
		fn(t, w)
	})
}

// eachEmpty is a town where nobody has been set up.
func eachEmpty(t *testing.T, fn func(t *testing.T, w *town)) {
	t.Helper()
	mark := ""
	for _, h := range []migrations.History{migrations.SQLite, migrations.Postgres} {
		part, err := h.Fingerprint()
		must(t, err)
		mark += part
	}
	template := testkit.Template{Mark: mark, Migrate: func(ctx context.Context, url string) error {
		return store.Migrate(ctx, store.Config{URL: url})
	}}
	template.Each(t, func(t *testing.T, url string) { fn(t, found(t, url, nil)) })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func found(t *testing.T, url string, demo []site.DemoLogin) *town {
	t.Helper()
	clock := func() time.Time { return noon }
	s, err := store.Open(t.Context(), store.Config{URL: url, Key: bytes.Repeat([]byte{1}, 32), Clock: clock})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	w := &town{t: t, url: url, tokens: map[string]string{}}
	passwords := account.NewPasswords(account.Cost{Memory: 1 << 10, Iterations: 1, AtOnce: 4, Waiting: 200})
	w.app = app.New(s, passwords, app.Config{Now: clock, SetUpCode: setUpCode})
	must(t, w.app.Prepare(t.Context()))
	stack := server.New(server.Config{
		App: w.app, Sessions: s.Sessions(), Ready: s.Ping, Now: clock, Demo: len(demo) > 0,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	pages, err := site.New(w.app, stack, demo)
	must(t, err)
	must(t, pages.Routes())
	must(t, api.Register(stack, w.app))
	w.stack = stack.Handler()
	return w
}

// settle founds the organisations and the people who sign in.
func (w *town) settle() {
	w.t.Helper()
	orgs := map[string]scheme.OrgID{}
	for name, kind := range map[string]scheme.OrganisationKind{"Riverside": scheme.Provider, "Hilltop": scheme.Provider, "Board": scheme.Commissioner} {
		made, err := w.app.AddOrganisation(w.t.Context(), scheme.Organisation{Name: name, TimeZone: "Europe/London", Kind: kind})
		must(w.t, err)
		orgs[name] = made.ID
	}
	w.ann = w.join(app.NewUser{Login: "ann", Org: orgs["Riverside"], Role: app.Manager, AllSchemes: true})
	w.cy = w.join(app.NewUser{Login: "cy", Org: orgs["Hilltop"], Role: app.Manager, AllSchemes: true})
	w.garden, w.choir, w.walk = w.open(w.ann, "Garden"), w.open(w.ann, "Choir"), w.open(w.cy, "Walk")
	var err error
	w.plot, err = w.app.AddActivity(w.t.Context(), w.ann, app.NewActivity{Name: "Allotment", Category: "gardening"})
	must(w.t, err)
	w.join(app.NewUser{Login: "bo", Org: orgs["Riverside"], Role: app.Practitioner, Schemes: []scheme.ID{w.garden.ID}})
	w.join(app.NewUser{Login: "di", Org: orgs["Riverside"], Role: app.Administrator, AllSchemes: true})
	w.join(app.NewUser{Login: "ed", Org: orgs["Riverside"], Role: app.Researcher, AllSchemes: true})
	w.join(app.NewUser{Login: "fi", Org: orgs["Board"], Role: app.Commissioner, AllSchemes: true})
}

func (w *town) join(u app.NewUser) app.Actor {
	w.t.Helper()
	u.Password = password
	acc, err := w.app.AddUser(w.t.Context(), u)
	must(w.t, err)
	w.tokens[u.Login], err = w.app.AddToken(w.t.Context(), acc, "test", 30)
	must(w.t, err)
	actor, err := w.app.Actor(w.t.Context(), acc.ID, u.Org)
	must(w.t, err)
	return actor
}

func (w *town) open(by app.Actor, name string) scheme.Scheme {
	w.t.Helper()
	s, err := w.app.AddScheme(w.t.Context(), by, app.NewScheme{
		Name: name, Measures: []measure.Key{"ons4", "swemwbs"}, Weeks: 12, StartedOn: "2024-01-01",
	})
	must(w.t, err)
	return s
}

// referral registers somebody who started on 12 January 2026: due again in a
// window that closed in May.
func (w *town) referral(reference string) scheme.ReferralID {
	w.t.Helper()
	made, err := w.app.Register(w.t.Context(), w.ann, app.NewRegistration{
		Person:   app.NewPerson{Reference: reference},
		Referral: app.NewReferral{Scheme: w.garden.ID, ReceivedOn: "2026-01-05", AcceptedOn: "2026-01-05"},
	})
	must(w.t, err)
	_, err = w.app.AddPrescription(w.t.Context(), w.ann, app.NewPrescription{
		Referral: made.Referral.ID, Activity: w.plot.ID, OfferedOn: "2026-01-05", FirstAttendedOn: "2026-01-12",
	})
	must(w.t, err)
	return made.Referral.ID
}

// received is a referral on which nothing has happened yet.
func (w *town) received(by app.Actor, in scheme.Scheme, reference string) scheme.ReferralID {
	w.t.Helper()
	made, err := w.app.Register(w.t.Context(), by, app.NewRegistration{
		Person:   app.NewPerson{Reference: reference},
		Referral: app.NewReferral{Scheme: in.ID, ReceivedOn: "2026-01-05"},
	})
	must(w.t, err)
	return made.Referral.ID
}

// rows is how many rows every table has, counted past the store.
func (w *town) rows() string {
	w.t.Helper()
	driver, source := "pgx", w.url
	tables := `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT IN ('goose_db_version', 'sessions') ORDER BY 1`
	if path, ok := strings.CutPrefix(w.url, "sqlite:"); ok {
		driver, source = "sqlite", "file:"+path+"?_pragma=busy_timeout(5000)"
		tables = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT IN ('goose_db_version', 'sessions') ORDER BY 1`
	}
	db, err := sql.Open(driver, source)
	must(w.t, err)
	defer db.Close()
	var all strings.Builder
	for _, name := range texts(w.t, db, tables) {
		all.WriteString(name + " " + texts(w.t, db, "SELECT COUNT(*) FROM "+name)[0] + "\n")
	}
	return all.String()
}

// texts is the first column of a query.
func texts(t *testing.T, db *sql.DB, query string) (all []string) {
	t.Helper()
	found, err := db.QueryContext(t.Context(), query)
	must(t, err)
	defer found.Close()
	for found.Next() {
		var text string
		must(t, found.Scan(&text))
		all = append(all, text)
	}
	must(t, found.Err())
	return all
}
