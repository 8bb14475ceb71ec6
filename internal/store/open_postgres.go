package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"cairn/migrations"
)

func isPostgres(url string) bool {
	return strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
}

// openPostgres opens one pool for gorm and for whatever needs the driver
// itself. The address may set any of pgx's and PostgreSQL's own options.
func (s *Store) openPostgres(ctx context.Context, address string) error {
	pool, err := postgresPool(ctx, address, patience())
	if err != nil {
		return err
	}
	db := stdlib.OpenDBFromPool(pool)
	s.close = func() error {
		err := db.Close()
		pool.Close()
		return err
	}
	// Read committed with locks on people: two copies of a request wait for each
	// other instead of failing.
	s.dialect = dialect{history: migrations.Postgres, isolation: sql.LevelReadCommitted, snapshot: sql.LevelRepeatableRead}
	s.write, err = gorm.Open(postgres.New(postgres.Config{Conn: db}), gormConfig(s.clock))
	if err == nil {
		s.read = s.write
		err = durable(ctx, s.write)
	}
	if err != nil {
		pool.Close()
		return unavailable(err)
	}
	return nil
}

// patience is how long a connection of the product waits (milliseconds): a
// request is answered with “try again” rather than left hanging.
func patience() map[string]string {
	return map[string]string{
		"statement_timeout":                   "30000",
		"lock_timeout":                        "10000",
		"idle_in_transaction_session_timeout": "60000",
	}
}

func postgresPool(ctx context.Context, address string, parameters map[string]string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		// The error may repeat the address, and with it a password.
		return nil, settings("The PostgreSQL address cannot be read. It looks like postgres://user:password@host:5432/database.")
	}
	defaults := map[string]string{"application_name": "cairn", "timezone": "UTC"}
	for _, all := range []map[string]string{parameters, defaults} {
		for name, value := range all {
			if _, set := config.ConnConfig.RuntimeParams[name]; !set {
				config.ConnConfig.RuntimeParams[name] = value
			}
		}
	}
	if _, set := config.ConnConfig.RuntimeParams[checkInterval]; !set {
		config.AfterConnect = watched
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, unavailable(fmt.Errorf("PostgreSQL pool: %w", err))
	}
	return pool, nil
}

// checkInterval is how often a server that is at work looks whether anybody is there
// still to hear what comes of it.
const checkInterval = "client_connection_check_interval"

// watched has the server end what it does for us soon after we are gone. Without it
// a statement that a killed program began goes on to its end with all its locks, and
// the next one to need them waits. It is no parameter of the connection, because
// servers on systems that cannot look (PostgreSQL's manual, “Connections and Authentication”) would refuse
// the connection for it; they refuse this alone, and go on as they did.
func watched(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, "SET "+checkInterval+" = '1s'")
	if refusal := (*pgconn.PgError)(nil); errors.As(err, &refusal) {
		return nil
	}
	return err
}

// durable refuses a server that answers “committed” before the disk does.
func durable(ctx context.Context, db *gorm.DB) error {
	for _, name := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
		var value string
		if err := db.WithContext(ctx).Raw("SELECT current_setting(?)", name).Scan(&value).Error; err != nil {
			return fmt.Errorf("read PostgreSQL setting %s: %w", name, err)
		}
		if value == "off" {
			return settings("PostgreSQL runs with %s=off, so that records could be lost in a power cut. Set it to on, then start again.", name)
		}
	}
	return nil
}
