// Package town is the installation that the tests of app, server, api and site
// share: Riverside and Hilltop, their schemes, and Ann, Bo, Cy and the others
// who sign in, on a database of its own. It is for tests and nothing else.
//
// It knows the app and everything below, and no page, no address of the API and
// no browser: how a room is visited is that room's own. It promises that nothing
// is there but what it founded, that time stands still until a test waits, and
// that rows are counted and read past the store.
package town

import (
	"bytes"
	"context"
	"database/sql"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"cairn/internal/account"
	"cairn/internal/app"
	"cairn/internal/exchange/datapackage"
	"cairn/internal/exchange/recheck"
	"cairn/internal/scheme"
	"cairn/internal/server"
	"cairn/internal/store"
	"cairn/internal/testkit"
	"cairn/migrations"
)

const (
	Password  = "kettle orbit lantern" // everybody's
	SetUpCode = "stone on stone"
)

// Noon is when tests begin: 30 June 2026.
func Noon() time.Time { return time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC) }

// A Town is one installation. Who and what is named in it is there once it is
// settled.
type Town struct {
	T      *testing.T
	URL    string // of the database
	Store  *store.Store
	App    *app.App
	Log    *Log
	Tokens map[string]string // for the API, by login

	Ann    app.Actor       // manager at Riverside
	Bo     app.Actor       // practitioner of Riverside's Garden only
	Cy     app.Actor       // manager at Hilltop
	Garden scheme.Scheme   // Riverside's
	Choir  scheme.Scheme   // Riverside's; Bo does not work there
	Walk   scheme.Scheme   // Hilltop's
	Plot   scheme.Activity // Riverside's

	mu  sync.Mutex
	now time.Time

	looking sync.Once
	looked  *sql.DB
}

// Each builds a town that nobody has set up, on either database.
func Each(t *testing.T, fn func(t *testing.T, w *Town)) {
	t.Helper()
	mark := ""
	for _, h := range []migrations.History{migrations.SQLite, migrations.Postgres} {
		part, err := h.Fingerprint()
		must(t, err)
		mark += part
	}
	template := testkit.Template{Mark: mark, Migrate: migrate}
	template.Each(t, func(t *testing.T, url string) { fn(t, found(t, url)) })
}

// OnSQLite is a town that nobody has set up, for what no database can change.
func OnSQLite(t *testing.T) *Town {
	t.Helper()
	url := "sqlite:" + filepath.Join(t.TempDir(), "cairn.db")
	must(t, migrate(t.Context(), url))
	return found(t, url)
}

func migrate(ctx context.Context, url string) error {
	return store.Migrate(ctx, store.Config{URL: url})
}

func found(t *testing.T, url string) *Town {
	t.Helper()
	w := &Town{T: t, URL: url, Log: &Log{}, Tokens: map[string]string{}, now: Noon()}
	var err error
	w.Store, err = store.Open(t.Context(), store.Config{URL: url, Key: bytes.Repeat([]byte{1}, 32), Clock: w.Clock})
	must(t, err)
	t.Cleanup(func() { must(t, w.Store.Close()) })
	w.App = app.New(w.Store, Passwords(), app.Config{Now: w.Clock, SetUpCode: SetUpCode, Research: Research()})
	return w
}

// Research is what makes files for research and what checks them.
func Research() app.Research {
	return app.Research{
		Pack: func(x scheme.Extract, rows scheme.ExtractRows) (app.Package, scheme.Sent, error) {
			file, sent, err := datapackage.Pack(x, rows)
			if err != nil {
				return nil, scheme.Sent{}, err
			}
			return file, sent, nil
		},
		Check: func(file app.Package, fewest int, schemes []string, before ...map[string]string) (now map[string]string, broken []string) {
			return recheck.Check(file, fewest, schemes, before...)
		},
	}
}

// Passwords hashes with so little work that nobody waits for it.
func Passwords() *account.Passwords {
	return account.NewPasswords(account.Cost{Memory: 1 << 10, Iterations: 1, AtOnce: 4, Waiting: 200})
}

// Server is a server of the town, without a route of any room. What was told of
// its surroundings stays.
func (w *Town) Server(told server.Config) *server.Server {
	told.App, told.Sessions, told.Now = w.App, w.Store.Sessions(), w.Clock
	if told.Ready == nil {
		told.Ready = w.Store.Ping
	}
	told.Log = slog.New(slog.NewTextHandler(w.Log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	return server.New(told)
}

// Clock is the time in the town.
func (w *Town) Clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// Wait lets time pass.
func (w *Town) Wait(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// A Log can be read while it is written.
type Log struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *Log) String() string {
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
