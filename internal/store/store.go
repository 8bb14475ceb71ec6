// Package store keeps everything, on SQLite for one service or on PostgreSQL
// for many.
//
// It knows tables, keys, transactions and encryption; it knows no rule about
// scores or pairs, and decides nothing about who may see what, except that no
// query of one organisation reaches another. It promises that what it reports
// as written is on the disk, that a write which fails leaves nothing behind,
// and that both databases answer alike.
package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"cairn/internal/app"
	"cairn/internal/fault"
)

// Config says which database, with which key.
type Config struct {
	URL   string           // "sqlite:PATH" or "postgres://..."
	Key   []byte           // the master key, 32 bytes, kept outside the database
	Clock func() time.Time // what time it is
}

// A Store is one open database. It satisfies app.Store.
type Store struct {
	write   *gorm.DB
	read    *gorm.DB
	dialect dialect
	keys    masterKeys
	clock   func() time.Time
	close   func() error

	// Both hold only what never changes once it is there.
	orgKeys     sync.Map // organisation id -> sealer
	definitions sync.Map // measureVersionRow.cached -> measure.Definition
}

var _ app.Store = (*Store)(nil)

// Open opens a database that is migrated. It faults with settings.invalid,
// naming what to do, when the database is not, when it is set up to lose
// writes, and when the key is another one's.
func Open(ctx context.Context, c Config) (*Store, error) {
	keys, err := newMasterKeys(c.Key)
	if err != nil {
		return nil, err
	}
	s := &Store{keys: keys, clock: c.Clock}
	switch {
	case strings.HasPrefix(c.URL, sqliteScheme):
		err = s.openSQLite(strings.TrimPrefix(c.URL, sqliteScheme))
	case isPostgres(c.URL):
		err = s.openPostgres(ctx, c.URL)
	default:
		err = unknownAddress()
	}
	if err != nil {
		return nil, err
	}
	if err := s.fit(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// fit refuses a database that this binary or this key cannot work with.
func (s *Store) fit(ctx context.Context) error {
	db, err := s.write.DB()
	if err != nil {
		return fmt.Errorf("database pool: %w", err)
	}
	provider, err := history(db, s.dialect.history)
	if err != nil {
		return err
	}
	pending, err := provider.HasPending(ctx)
	if mayNot(err) {
		return settings("The database holds nothing of Cairn's yet, or its role may not look. Run “cairn migrate up” with the role that owns it (CAIRN_MIGRATE_URL), then start again.")
	}
	if err != nil {
		return unavailable(fmt.Errorf("look for missing migrations: %w", err))
	}
	if pending {
		return settings("The database is not up to date. Run “cairn migrate up”, then start again.")
	}
	return s.tryKey(ctx)
}

// Close ends every connection.
func (s *Store) Close() error { return s.close() }

// Ping faults with unavailable unless the database answers.
func (s *Store) Ping(ctx context.Context) error {
	var one int
	if err := s.read.WithContext(ctx).Raw("SELECT 1").Scan(&one).Error; err != nil {
		return fault.New(fault.Unavailable, fault.Busy, "%s", busy).Because(err)
	}
	return nil
}

// now is the instant as both databases keep it.
func (s *Store) now() time.Time { return instant(s.clock()) }

// instant is t as both databases keep it: UTC, in microseconds.
func instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// gormConfig says nothing to the log, because statements hold personal data,
// and opens no transaction of its own.
func gormConfig(clock func() time.Time) *gorm.Config {
	return &gorm.Config{
		Logger:                 logger.Discard,
		TranslateError:         true,
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		NowFunc:                func() time.Time { return instant(clock()) },
	}
}

func unknownAddress() error {
	return settings("The database address begins with “sqlite:” and a path, or with “postgres://”.")
}

func settings(format string, args ...any) error {
	return fault.New(fault.Invalid, fault.SettingsInvalid, format, args...)
}
