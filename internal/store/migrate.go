package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	sqlitelib "modernc.org/sqlite/lib"

	"cairn/internal/fault"
	"cairn/migrations"
)

// An Applied is one step of the schema's history.
type Applied struct {
	Version int64
	Name    string    // of its file
	At      time.Time // zero for a step that is not applied yet
}

// Migrate brings the database's schema up to date, each step whole or not at
// all. Of two processes at once one waits for the other. It needs no key.
func Migrate(ctx context.Context, c Config) error {
	return migrating(ctx, c, func(p *goose.Provider) error {
		_, err := p.Up(ctx)
		return err
	})
}

// Unmigrate takes the whole schema back, and with it every row.
func Unmigrate(ctx context.Context, c Config) error {
	return migrating(ctx, c, func(p *goose.Provider) error {
		_, err := p.DownTo(ctx, 0)
		return err
	})
}

// MigrationStatus returns every step, oldest first, with when it was applied.
func MigrationStatus(ctx context.Context, c Config) (steps []Applied, err error) {
	err = migrating(ctx, c, func(p *goose.Provider) error {
		found, err := p.Status(ctx)
		for _, s := range found {
			step := Applied{Version: s.Source.Version, Name: s.Source.Path}
			if s.State == goose.StateApplied {
				step.At = s.AppliedAt.UTC()
			}
			steps = append(steps, step)
		}
		return err
	})
	return steps, err
}

// migrating opens the database without the limits that requests have: a step
// may take long.
func migrating(ctx context.Context, c Config, act func(*goose.Provider) error) error {
	var (
		db *sql.DB
		of migrations.History
	)
	switch path, isSQLite := strings.CutPrefix(c.URL, sqliteScheme); {
	case isSQLite:
		file, err := prepareFile(path)
		if err != nil {
			return err
		}
		unlock, err := lockMigrating(ctx, path)
		if err != nil {
			return err
		}
		defer unlock() //nolint:errcheck // the end of the process unlocks too
		if db, err = sqlitePool(file, sqliteWriter, 1); err != nil {
			return err
		}
		of = migrations.SQLite
	case isPostgres(c.URL):
		pool, err := postgresPool(ctx, c.URL, nil)
		if err != nil {
			return err
		}
		defer pool.Close()
		db, of = stdlib.OpenDBFromPool(pool), migrations.Postgres
	default:
		return unknownAddress()
	}
	provider, err := history(db, of)
	if err == nil {
		if err = act(provider); primary(err) == sqlitelib.SQLITE_NOTADB {
			err = fault.New(fault.Invalid, fault.SettingsInvalid, "That file is not a database. Name another one, or a path where there is none yet.").Because(err)
		} else if err != nil {
			err = unavailable(fmt.Errorf("migrate: %w", err))
		}
	}
	return errors.Join(err, db.Close())
}

// history prepares goose. PostgreSQL brings a lock for whoever migrates; on
// SQLite the caller holds lockMigrating.
func history(db *sql.DB, of migrations.History) (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	options := []goose.ProviderOption{
		// Unless told otherwise goose speaks to the standard output.
		goose.WithSlog(slog.New(slog.DiscardHandler)), goose.WithDisableGlobalRegistry(true),
	}
	if of == migrations.Postgres {
		dialect = goose.DialectPostgres
		// Seconds between tries, and how many: five minutes in all.
		sessions, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
		if err != nil {
			return nil, fmt.Errorf("lock for migrations: %w", err)
		}
		options = append(options, goose.WithSessionLocker(sessions))
	}
	p, err := goose.NewProvider(dialect, db, of, options...)
	if err != nil {
		return nil, fmt.Errorf("migrations for %s: %w", of, err)
	}
	return p, nil
}
