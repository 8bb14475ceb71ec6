package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/gofrs/flock"
	"github.com/jackc/pgx/v5/stdlib"

	"cairn/migrations"
)

// Applied is one step of the schema's history.
type Applied = migrations.Applied

// Migrate brings the database's schema up to date. Of two processes at once
// one waits for the other. It needs no key.
func Migrate(ctx context.Context, c Config) error {
	return migrating(ctx, c, func(r *migrations.Runner) error { return r.Up(ctx) })
}

// Unmigrate takes the whole schema back, and with it every row.
func Unmigrate(ctx context.Context, c Config) error {
	return migrating(ctx, c, func(r *migrations.Runner) error { return r.Down(ctx) })
}

// MigrationStatus returns every step, oldest first, with when it was applied.
func MigrationStatus(ctx context.Context, c Config) (steps []Applied, err error) {
	err = migrating(ctx, c, func(r *migrations.Runner) error {
		steps, err = r.Status(ctx)
		return err
	})
	return steps, err
}

// migrating opens the database without the limits that requests have: a step
// may take long.
func migrating(ctx context.Context, c Config, act func(*migrations.Runner) error) error {
	var (
		db   *sql.DB
		path string
		kind migrations.Dialect
	)
	switch {
	case strings.HasPrefix(c.URL, sqliteScheme):
		path = strings.TrimPrefix(c.URL, sqliteScheme)
		file, err := prepareFile(path)
		if err != nil {
			return err
		}
		if db, err = sqlitePool(file, sqliteWriter, 1); err != nil {
			return err
		}
		kind = migrations.SQLite
	case isPostgres(c.URL):
		pool, err := postgresPool(ctx, c.URL, nil)
		if err != nil {
			return err
		}
		defer pool.Close()
		db, kind = stdlib.OpenDBFromPool(pool), migrations.Postgres
	default:
		return settings("The database address begins with “sqlite:” and a path, or with “postgres://”.")
	}
	runner, err := migrations.On(db, kind, fileLock{flock.New(path+".migrating", flock.SetPermissions(0o600))})
	if err == nil {
		err = unavailable(act(runner))
	}
	return errors.Join(err, db.Close())
}
