package server_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"cairn/internal/account"
	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
	"cairn/internal/store"
	"cairn/internal/testkit"
	"cairn/migrations"
)

// noon is when these tests begin: 30 June 2026.
var noon = time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)

const password = "kettle orbit lantern"

// A town is a server on a real database with one account, ann, and a few routes
// that stand for pages and operations.
type town struct {
	t      *testing.T
	url    string // of the database
	server *server.Server
	stack  http.Handler
	ann    app.Account
	token  string
	log    *lines

	mu  sync.Mutex
	now time.Time
}

func (w *town) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *town) wait(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
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

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// each builds a town on either database.
func each(t *testing.T, fn func(t *testing.T, w *town)) {
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
	template.Each(t, func(t *testing.T, url string) { fn(t, found(t, url, server.Config{})) })
}

// onSQLite is a town for what no database can change, told some things.
func onSQLite(t *testing.T, told server.Config) *town {
	t.Helper()
	url := "sqlite:" + filepath.Join(t.TempDir(), "cairn.db")
	must(t, store.Migrate(t.Context(), store.Config{URL: url}))
	return found(t, url, told)
}

func found(t *testing.T, url string, told server.Config) *town {
	t.Helper()
	w := &town{t: t, url: url, now: noon, log: &lines{}}
	s, err := store.Open(t.Context(), store.Config{URL: url, Key: bytes.Repeat([]byte{1}, 32), Clock: w.clock})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	passwords := account.NewPasswords(account.Cost{Memory: 1 << 10, Iterations: 1, AtOnce: 4, Waiting: 200})
	told.App = app.New(s, passwords, app.Config{Now: w.clock})
	told.Sessions, told.Now = s.Sessions(), w.clock
	if told.Ready == nil {
		told.Ready = s.Ping
	}
	told.Log = slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.server = server.New(told)
	w.routes(told.App)
	w.stack = w.server.Handler()

	ctx := t.Context()
	org, err := told.App.AddOrganisation(ctx, scheme.Organisation{Name: "Riverside", TimeZone: "Europe/London", Kind: scheme.Provider})
	must(t, err)
	w.ann, err = told.App.AddUser(ctx, app.NewUser{Login: "ann", Password: password, Org: org.ID, Role: app.Manager, AllSchemes: true})
	must(t, err)
	w.token, err = told.App.AddToken(ctx, w.ann, "test", 1)
	must(t, err)
	return w
}

// routes are one of each sort.
func (w *town) routes(a *app.App) {
	open := server.Policy{Right: server.Public, Why: "a test"}
	s := w.server
	who := func(c *gin.Context) error {
		by := server.ActorOf(c.Request.Context())
		c.String(http.StatusOK, "%s", by.Login+" from "+by.Source+" as "+by.RequestID)
		return nil
	}
	s.Route(http.MethodGet, "/who", server.Policy{Right: server.SignedIn, Why: "a test"}, who)
	s.Route(http.MethodGet, "/api/v1/who", server.Policy{Right: app.SeePeople}, who)
	s.Route(http.MethodGet, "/front", open, who)
	s.Route(http.MethodPost, "/sign-in", open, func(c *gin.Context) error {
		if err := c.Request.ParseForm(); err != nil {
			return err
		}
		acc, err := a.SignIn(c.Request.Context(), c.PostForm("login"), c.PostForm("password"))
		if err != nil {
			return err
		}
		return s.SignIn(c.Request.Context(), acc, acc.Memberships[0].Org)
	})
	s.Route(http.MethodPost, "/sign-out", open, func(c *gin.Context) error { return s.SignOut(c.Request.Context()) })
	s.Route(http.MethodGet, "/broken/:id", open, func(*gin.Context) error { panic("secret-of-the-house") })
	s.Route(http.MethodPost, "/echo", open, func(c *gin.Context) error {
		body, err := io.ReadAll(c.Request.Body)
		if err != nil {
			return err
		}
		c.Data(http.StatusOK, "text/plain", body)
		return nil
	})
}

// A call is one request; header is name, value, name, value.
func (w *town) call(method, path, body string, header ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	r := httptest.NewRequestWithContext(w.t.Context(), method, path, strings.NewReader(body))
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	got := httptest.NewRecorder()
	w.stack.ServeHTTP(got, r)
	return got
}

func (w *town) get(path string, header ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	return w.call(http.MethodGet, path, "", header...)
}

const form = "application/x-www-form-urlencoded"

// signIn sends ann's password and returns the Cookie header that follows.
func (w *town) signIn(header ...string) (*http.Cookie, string) {
	w.t.Helper()
	body := url.Values{"login": {"ann"}, "password": {password}}.Encode()
	got := w.call(http.MethodPost, "/sign-in", body, append(header, "Content-Type", form)...)
	all := got.Result().Cookies()
	if got.Code != http.StatusOK || len(all) != 1 {
		w.t.Fatalf("sign in: %d %s %v", got.Code, got.Body, all)
	}
	return all[0], all[0].Name + "=" + all[0].Value
}
