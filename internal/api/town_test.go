package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

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

const password = "kettle orbit lantern"

// A town is one installation, whole: two provider organisations and one that
// commissions, every role, the pages and the API on one server, a real
// database below.
type town struct {
	t       *testing.T
	url     string // of the database
	store   *store.Store
	app     *app.App
	server  *server.Server
	stack   http.Handler
	log     *lines
	tokens  map[string]string       // by login
	cookies map[string]*http.Cookie // by login
	garden  scheme.Scheme           // Riverside's; bo works there
	choir   scheme.Scheme           // Riverside's; bo does not
	walk    scheme.Scheme           // Hilltop's
	plot    scheme.Activity         // Riverside's
}

// lines is a log that tests can read while it is written.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// each builds a town on either database.
func each(t *testing.T, fn func(t *testing.T, w *town)) {
	t.Helper()
	template := testkit.Template{Mark: fingerprint(t), Migrate: func(ctx context.Context, url string) error {
		return store.Migrate(ctx, store.Config{URL: url})
	}}
	template.Each(t, func(t *testing.T, url string) { fn(t, found(t, url)) })
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

func found(t *testing.T, url string) *town {
	t.Helper()
	clock := func() time.Time { return noon }
	s, err := store.Open(t.Context(), store.Config{URL: url, Key: bytes.Repeat([]byte{1}, 32), Clock: clock})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	w := &town{t: t, url: url, store: s, log: &lines{}, tokens: map[string]string{}, cookies: map[string]*http.Cookie{}}
	passwords := account.NewPasswords(account.Cost{Memory: 1 << 10, Iterations: 1, AtOnce: 4, Waiting: 200})
	w.app = app.New(s, passwords, app.Config{Now: clock})
	w.server = server.New(server.Config{
		App: w.app, Sessions: s.Sessions(), Ready: s.Ping, Now: clock,
		Log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	pages, err := site.New(w.app, w.server, nil)
	must(t, err)
	must(t, pages.Routes())
	must(t, api.Register(w.server, w.app))
	w.stack = w.server.Handler()
	w.settle()
	return w
}

// settle founds the organisations and gives everybody a token.
func (w *town) settle() {
	w.t.Helper()
	ctx := w.t.Context()
	must(w.t, w.app.Prepare(ctx))
	orgs := map[string]scheme.Organisation{}
	for name, kind := range map[string]scheme.OrganisationKind{"Riverside": scheme.Provider, "Hilltop": scheme.Provider, "Board": scheme.Commissioner} {
		made, err := w.app.AddOrganisation(ctx, scheme.Organisation{Name: name, TimeZone: "Europe/London", Kind: kind})
		must(w.t, err)
		orgs[name] = made
	}
	ann := w.join(app.NewUser{Login: "ann", Org: orgs["Riverside"].ID, Role: app.Manager, AllSchemes: true})
	cy := w.join(app.NewUser{Login: "cy", Org: orgs["Hilltop"].ID, Role: app.Manager, AllSchemes: true})
	w.garden, w.choir, w.walk = w.open(ann, "Garden"), w.open(ann, "Choir"), w.open(cy, "Walk")
	var err error
	w.plot, err = w.app.AddActivity(ctx, ann, app.NewActivity{Name: "Allotment", Category: "gardening"})
	must(w.t, err)
	w.join(app.NewUser{Login: "bo", Org: orgs["Riverside"].ID, Role: app.Practitioner, Schemes: []scheme.ID{w.garden.ID}})
	w.join(app.NewUser{Login: "di", Org: orgs["Riverside"].ID, Role: app.Administrator, AllSchemes: true})
	w.join(app.NewUser{Login: "ed", Org: orgs["Riverside"].ID, Role: app.Researcher, AllSchemes: true})
	w.join(app.NewUser{Login: "fi", Org: orgs["Board"].ID, Role: app.Commissioner, AllSchemes: true})
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
		Name: name, Measures: []measure.Key{"swemwbs", "ons4"}, Weeks: 12, StartedOn: "2024-01-01",
	})
	must(w.t, err)
	return s
}

// A request to the API; the zero parts are left out.
type request struct {
	as     string // login whose token is sent; empty for nobody
	method string // GET unless there is a body
	path   string // after /api/v1
	body   any    // a string goes out as it is, anything else as JSON
	key    string // Idempotency-Key
	header map[string]string
}

// An answer is what came back.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   string
}

func (w *town) do(r request) answer {
	w.t.Helper()
	made := r.made(w.t, w.tokens)
	got := httptest.NewRecorder()
	w.stack.ServeHTTP(got, made)
	a := answer{w.t, got.Code, got.Header(), got.Body.String()}
	w.matchesDocument(made, a)
	return a
}

func (r request) made(t *testing.T, tokens map[string]string) *http.Request {
	t.Helper()
	var body string
	switch b := r.body.(type) {
	case nil:
	case string:
		body = b
	default:
		raw, err := json.Marshal(b)
		must(t, err)
		body = string(raw)
	}
	if r.method == "" {
		r.method = http.MethodGet
		if r.body != nil {
			r.method = http.MethodPost
		}
	}
	made := httptest.NewRequestWithContext(t.Context(), r.method, "/api/v1"+r.path, strings.NewReader(body))
	if r.body != nil {
		made.Header.Set("Content-Type", "application/json")
	}
	if r.as != "" {
		made.Header.Set("Authorization", "Bearer "+tokens[r.as])
	}
	if r.key != "" {
		made.Header.Set("Idempotency-Key", r.key)
	}
	for k, v := range r.header {
		made.Header.Set(k, v)
	}
	return made
}

// is demands a status.
func (a answer) is(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
	return a
}

// m is a JSON object of a test.
type m = map[string]any

// json reads the body as an object, numbers as they were written.
func (a answer) json() m {
	a.t.Helper()
	var v m
	dec := json.NewDecoder(strings.NewReader(a.body))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		a.t.Fatalf("not a JSON object: %v: %s", err, a.body)
	}
	return v
}

func (a answer) id() string {
	a.t.Helper()
	id, _ := a.json()["id"].(string)
	if id == "" {
		a.t.Fatalf("no id in %s", a.body)
	}
	return id
}

// A problem is read from an answer; it is no error of the test's.
type problem server.Problem

// problem reads a problem and checks what every one of them has.
func (a answer) problem() problem {
	a.t.Helper()
	if got := a.header.Get("Content-Type"); got != "application/problem+json" {
		a.t.Fatalf("a refusal with content type %q: %d %s", got, a.status, a.body)
	}
	var p problem
	dec := json.NewDecoder(strings.NewReader(a.body))
	dec.DisallowUnknownFields()
	must(a.t, dec.Decode(&p))
	if p.Status != a.status || !strings.HasPrefix(p.Type, "/problems/") || p.Title == "" || p.Detail == "" {
		a.t.Errorf("an incomplete problem: %s", a.body)
	}
	if p.Instance != "urn:uuid:"+a.header.Get("X-Request-Id") {
		a.t.Errorf("instance %q does not name the request", p.Instance)
	}
	return p
}

// person registers somebody and returns their identifier.
func (w *town) person(as, reference string) string {
	w.t.Helper()
	return w.do(request{as: as, path: "/people", body: m{"reference": reference}}).is(201).id()
}

// referral refers a new person, received and accepted on that day.
func (w *town) referral(as string, to scheme.Scheme, reference, on string) string {
	w.t.Helper()
	return w.do(request{as: as, path: "/referrals", body: m{
		"person": w.person(as, reference), "scheme": string(to.ID), "source": "self", "received_on": on, "accepted_on": on,
	}}).is(201).id()
}

// onSQLite is a town for what no database can change.
func onSQLite(t *testing.T) *town {
	t.Helper()
	return found(t, "sqlite:"+migrated(t))
}

// migrated is the path of an empty database.
func migrated(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cairn.db")
	must(t, store.Migrate(t.Context(), store.Config{URL: "sqlite:" + path}))
	return path
}
