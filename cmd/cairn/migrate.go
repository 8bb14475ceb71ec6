package main

import (
	"context"
	"fmt"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/store"
)

// migrateCommand looks after the schema.
type migrateCommand struct {
	Up     migrateUpCommand     `cmd:"" help:"Apply every step that is missing."`
	Status migrateStatusCommand `cmd:"" help:"List the steps and when each was applied."`
}

// migrateFlags name the database as somebody who may change its tables.
type migrateFlags struct {
	DatabaseURL string `name:"database-url" help:"sqlite:PATH or postgres://... (default: a SQLite file in your own data directory)." placeholder:"URL" env:"CAIRN_DATABASE_URL"`
	MigrateURL  string `name:"migrate-url" help:"The same PostgreSQL database, as the role that owns its tables." placeholder:"URL" env:"CAIRN_MIGRATE_URL"`
}

func (f migrateFlags) where(t *terminal, all *commands) (store.Config, error) {
	s, err := all.settings(t)
	if err != nil {
		return store.Config{}, err
	}
	url := s.or(setMigrate, f.MigrateURL, "")
	if url == "" {
		url = s.database(f.DatabaseURL)
	} else if !isPostgres(url) {
		s.bad(setMigrate, "This is not the address of a PostgreSQL database. It looks like postgres://user:password@host:5432/name.")
	}
	return store.Config{URL: url, Clock: t.now}, s.wrong.Err()
}

type migrateUpCommand struct{ migrateFlags }

func (migrateUpCommand) Help() string {
	return `“cairn serve” does this by itself for SQLite and never for PostgreSQL. Make a backup first.

  CAIRN_MIGRATE_URL=postgres://cairn_owner@db/cairn cairn migrate up`
}

func (c *migrateUpCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	where, err := c.where(t, all)
	if err != nil {
		return err
	}
	if err := store.Migrate(ctx, where); err != nil {
		return err
	}
	steps, err := store.MigrationStatus(ctx, where)
	if err != nil {
		return err
	}
	t.say("The database is up to date: %s.\n", count(len(steps), "step", "steps"))
	return nil
}

type migrateStatusCommand struct{ migrateFlags }

func (migrateStatusCommand) Help() string {
	return "It ends with status 1 when a step is missing."
}

func (c *migrateStatusCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	where, err := c.where(t, all)
	if err != nil {
		return err
	}
	if path, ok := strings.CutPrefix(where.URL, sqliteScheme); ok && !exists(path) {
		return fault.New(fault.Missing, fault.NotFound, "There is no database at %s yet.", path).At("--" + setDatabase)
	}
	steps, err := store.MigrationStatus(ctx, where)
	if err != nil {
		return err
	}
	pending := 0
	for _, s := range steps {
		at := "not applied"
		if s.At.IsZero() {
			pending++
		} else {
			at = s.At.UTC().Format("2006-01-02 15:04:05 UTC")
		}
		if _, err := fmt.Fprintf(t.out, "%04d  %-32s  %s\n", s.Version, s.Name, at); err != nil {
			return err
		}
	}
	if pending > 0 {
		t.say("%s not applied. “cairn migrate up” applies them.\n", count(pending, "step is", "steps are"))
		return ended(lookAt)
	}
	return nil
}
