// Package testkit is what tests share: a database of one's own, on both
// databases the product runs on.
//
// It knows how to make databases and nothing of what is in them. It promises
// that no test meets another one's rows, and that nothing is skipped because a
// server is missing.
package testkit

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/gofrs/flock"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver named pgx
	"github.com/peterldowns/pgtestdb"
	_ "modernc.org/sqlite" // the driver named sqlite

	"cairn/migrations"
)

// serverVariable names the PostgreSQL server where tests may make databases.
const serverVariable = "CAIRN_TEST_POSTGRES"

// Each runs fn twice in parallel, on a migrated SQLite database and on a
// migrated PostgreSQL database that no other test uses. The address is as
// store.Config takes it.
func Each(t *testing.T, fn func(t *testing.T, url string)) {
	t.Helper()
	each(t, fn, applied)
}

// EachEmpty is Each without the schema.
func EachEmpty(t *testing.T, fn func(t *testing.T, url string)) {
	t.Helper()
	each(t, fn, nothing)
}

func each(t *testing.T, fn func(t *testing.T, url string), s schema) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		fn(t, "sqlite:"+sqliteFile(t, s))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		fn(t, postgresDatabase(t, s))
	})
}

// A schema is what a database holds before the test: nothing, or all steps.
type schema string

const (
	nothing schema = "nothing"
	applied schema = "applied"
)

func sqliteFile(t *testing.T, s schema) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cairn.db")
	if s == applied {
		if err := copyTemplate(path); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// copyTemplate copies a migrated file, which the first test of any process
// makes for all of the same history.
func copyTemplate(to string) error {
	mark, err := migrations.Fingerprint(migrations.SQLite)
	if err != nil {
		return err
	}
	template := filepath.Join(os.TempDir(), "cairn-test-"+mark+".db")
	lock := flock.New(template + ".lock")
	if err := lock.Lock(); err != nil {
		return fmt.Errorf("wait for the template: %w", err)
	}
	defer lock.Unlock()
	if _, err := os.Stat(template); err != nil {
		if err := makeTemplate(template); err != nil {
			return err
		}
	}
	from, err := os.Open(template)
	if err != nil {
		return fmt.Errorf("open the template: %w", err)
	}
	defer from.Close()
	copied, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("copy the template: %w", err)
	}
	if _, err = io.Copy(copied, from); err != nil {
		copied.Close()
		return fmt.Errorf("copy the template: %w", err)
	}
	return copied.Close()
}

func makeTemplate(path string) error {
	making := path + ".making"
	if err := os.RemoveAll(making); err != nil {
		return fmt.Errorf("clear the template: %w", err)
	}
	db, err := sql.Open("sqlite", "file:"+making+"?_pragma=foreign_keys(1)")
	if err != nil {
		return fmt.Errorf("make the template: %w", err)
	}
	db.SetMaxOpenConns(1)
	err = up(context.Background(), db, migrations.SQLite)
	if closed := db.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(making, path)
}

func up(ctx context.Context, db *sql.DB, dialect migrations.Dialect) error {
	runner, err := migrations.On(db, dialect, unlocked{})
	if err != nil {
		return err
	}
	return runner.Up(ctx)
}

// unlocked is no lock: the caller holds one.
type unlocked struct{}

func (unlocked) Lock(context.Context, *sql.DB) error   { return nil }
func (unlocked) Unlock(context.Context, *sql.DB) error { return nil }

func postgresDatabase(t *testing.T, s schema) string {
	t.Helper()
	server := os.Getenv(serverVariable)
	if server == "" {
		t.Fatalf("%s is not set: this test needs a PostgreSQL server. Run “make test”, which finds or starts one; "+
			"or set it to postgres://user@host:port/postgres?sslmode=disable.", serverVariable)
	}
	at, err := url.Parse(server)
	if err != nil {
		t.Fatalf("%s cannot be read as an address", serverVariable)
	}
	password, _ := at.User.Password()
	made := pgtestdb.Custom(t, pgtestdb.Config{
		DriverName: "pgx", Host: at.Hostname(), Port: at.Port(), User: at.User.Username(), Password: password,
		Database: filepath.Base(at.Path), Options: at.RawQuery, ForceTerminateConnections: true,
	}, template{s})
	return made.URL()
}

// A template tells pgtestdb what to clone.
type template struct{ schema schema }

func (s template) Hash() (string, error) {
	mark, err := migrations.Fingerprint(migrations.Postgres)
	return string(s.schema) + mark, err
}

func (s template) Migrate(ctx context.Context, db *sql.DB, _ pgtestdb.Config) error {
	if s.schema == nothing {
		return nil
	}
	return up(ctx, db, migrations.Postgres)
}
