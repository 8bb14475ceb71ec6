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
	"strings"
	"testing"

	"github.com/gofrs/flock"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver named pgx
	"github.com/peterldowns/pgtestdb"
)

// serverVariable names the PostgreSQL server where tests may make databases.
const serverVariable = "CAIRN_TEST_POSTGRES"

// A Template is what a database holds before a test. It is made once on each
// database and then copied.
type Template struct {
	Mark    string // part of file names; another one for every other content
	Migrate func(ctx context.Context, url string) error
}

// Each runs fn twice in parallel, as the subtests sqlite and postgres, on an
// empty database of its own. The address is as store.Config takes it.
func Each(t *testing.T, fn func(t *testing.T, url string)) {
	t.Helper()
	none := Template{Mark: "empty", Migrate: func(context.Context, string) error { return nil }}
	none.Each(t, fn)
}

// Each is the function Each on copies of the template.
func (m Template) Each(t *testing.T, fn func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "cairn.db")
		if err := m.copyFile(path); err != nil {
			t.Fatal(err)
		}
		fn(t, "sqlite:"+path)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		fn(t, m.clone(t))
	})
}

// copyFile copies the template's file. The first test of any process makes it
// for all.
func (m Template) copyFile(to string) error {
	folder := filepath.Join(os.TempDir(), fmt.Sprintf("cairn-test-%d", os.Getuid()))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("folder of templates: %w", err)
	}
	template := filepath.Join(folder, m.Mark+".db")
	lock := flock.New(template + ".lock")
	if err := lock.Lock(); err != nil {
		return fmt.Errorf("wait for the template: %w", err)
	}
	defer lock.Unlock()
	if _, err := os.Stat(template); err != nil {
		making := template + ".making"
		if err := os.RemoveAll(making); err != nil {
			return fmt.Errorf("clear the template: %w", err)
		}
		if err := os.WriteFile(making, nil, 0o600); err != nil {
			return fmt.Errorf("make the template: %w", err)
		}
		if err := m.Migrate(context.Background(), "sqlite:"+making); err != nil {
			return err
		}
		if err := os.Rename(making, template); err != nil {
			return fmt.Errorf("keep the template: %w", err)
		}
	}
	return copyFile(template, to)
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("open the template: %w", err)
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("copy the template: %w", err)
	}
	_, err = io.Copy(target, source)
	if closed := target.Close(); err == nil {
		err = closed
	}
	return err
}

// clone makes a PostgreSQL database for the test, and drops it afterwards
// unless the test failed.
func (m Template) clone(t *testing.T) string {
	t.Helper()
	server := os.Getenv(serverVariable)
	if server == "" {
		t.Fatalf("%s is not set, and this test needs a PostgreSQL server. Run “make test”, which finds or starts one; "+
			"or set it to postgres://user@host:port/postgres?sslmode=disable.", serverVariable)
	}
	at, err := url.Parse(server)
	if err != nil {
		t.Fatalf("%s cannot be read as an address", serverVariable)
	}
	password, _ := at.User.Password()
	made := pgtestdb.Custom(t, pgtestdb.Config{
		DriverName: "pgx", Host: at.Hostname(), Port: at.Port(), User: at.User.Username(), Password: password,
		Database: strings.TrimPrefix(at.Path, "/"), Options: at.RawQuery, ForceTerminateConnections: true,
	}, migrator{m})
	return made.URL()
}

// A migrator is a template as pgtestdb asks for it.
type migrator struct{ template Template }

func (m migrator) Hash() (string, error) { return m.template.Mark, nil }

func (m migrator) Migrate(ctx context.Context, _ *sql.DB, at pgtestdb.Config) error {
	return m.template.Migrate(ctx, at.URL())
}
