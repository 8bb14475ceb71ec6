// Package migrations is the history of the schema and applies it.
//
// It knows SQL and nothing of what the tables mean to the product. It promises
// that both databases end with the same tables, columns and keys (a test
// compares them), that a step is applied whole or not at all, and that two
// processes which migrate at once apply each step once.
package migrations

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed *.sql sqlite/*.sql postgres/*.sql
var files embed.FS

// A Dialect is one of the databases, named as its folder.
type Dialect string

const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// An Applied is one step of the history.
type Applied struct {
	Version int64
	Name    string    // of its file
	At      time.Time // zero for a step that is not applied yet
}

// A Runner applies the history to one database.
type Runner struct{ goose *goose.Provider }

// On prepares the history for db. SQLite has no lock that outlives a
// transaction, so there the caller brings one; PostgreSQL brings its own.
func On(db *sql.DB, dialect Dialect, locker lock.Locker) (*Runner, error) {
	// goose says what it does on the standard output unless told otherwise.
	options := []goose.ProviderOption{goose.WithSlog(slog.New(slog.DiscardHandler)), goose.WithDisableGlobalRegistry(true)}
	var p *goose.Provider
	var err error
	switch dialect {
	case SQLite:
		p, err = goose.NewProvider(goose.DialectSQLite3, db, history(SQLite), append(options, goose.WithLocker(locker))...)
	case Postgres:
		var sessions lock.SessionLocker
		// Seconds between tries, and how many: five minutes in all.
		if sessions, err = lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)); err != nil {
			return nil, fmt.Errorf("lock for migrations: %w", err)
		}
		p, err = goose.NewProvider(goose.DialectPostgres, db, history(Postgres), append(options, goose.WithSessionLocker(sessions))...)
	default:
		return nil, fmt.Errorf("no migrations for %q", dialect)
	}
	if err != nil {
		return nil, fmt.Errorf("migrations for %s: %w", dialect, err)
	}
	return &Runner{p}, nil
}

// Up applies every step that is missing.
func (r *Runner) Up(ctx context.Context) error {
	if _, err := r.goose.Up(ctx); err != nil {
		return fmt.Errorf("migrate up: %w", err)
	}
	return nil
}

// Down takes every step back, and with it every row.
func (r *Runner) Down(ctx context.Context) error {
	if _, err := r.goose.DownTo(ctx, 0); err != nil {
		return fmt.Errorf("migrate down: %w", err)
	}
	return nil
}

// Status returns every step, oldest first.
func (r *Runner) Status(ctx context.Context) ([]Applied, error) {
	steps, err := r.goose.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("migration status: %w", err)
	}
	all := make([]Applied, len(steps))
	for i, s := range steps {
		all[i] = Applied{Version: s.Source.Version, Name: s.Source.Path}
		if s.State == goose.StateApplied {
			all[i].At = s.AppliedAt.UTC()
		}
	}
	return all, nil
}

// Pending reports whether a step is missing. It does not wait for somebody who
// is migrating, and writes nothing but an empty history where there is none.
func (r *Runner) Pending(ctx context.Context) (bool, error) {
	pending, err := r.goose.HasPending(ctx)
	if err != nil {
		return false, fmt.Errorf("look for missing migrations: %w", err)
	}
	return pending, nil
}

// Fingerprint changes with every change to the history of a dialect; it can be
// part of a file name.
func Fingerprint(dialect Dialect) (string, error) {
	h := history(dialect)
	names, err := fs.Glob(h, "*.sql")
	if err != nil {
		return "", fmt.Errorf("list migrations: %w", err)
	}
	sum := sha256.New()
	for _, name := range names {
		raw, err := fs.ReadFile(h, name)
		if err != nil {
			return "", fmt.Errorf("read migration: %w", err)
		}
		fmt.Fprintf(sum, "%s %d\n%s", name, len(raw), raw)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8]), nil
}

// A history is the portable files with those of one dialect among them.
type history Dialect

func (h history) Open(name string) (fs.File, error) {
	f, err := files.Open(string(h) + "/" + name)
	if errors.Is(err, fs.ErrNotExist) {
		return files.Open(name)
	}
	return f, err
}

func (h history) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	var all []fs.DirEntry
	for _, dir := range []string{".", string(h)} {
		found, err := files.ReadDir(dir)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	all = slices.DeleteFunc(all, fs.DirEntry.IsDir)
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return all, nil
}
