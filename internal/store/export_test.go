package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// MostTuples is how many rows a statement of SQLite adds.
const MostTuples = mostTuples

// WriterPragma reads a setting of the connection that writes, for a test.
func WriterPragma(s *Store, name string) (value string, err error) {
	err = s.write.Raw("PRAGMA " + name).Scan(&value).Error
	return value, err
}

// Fill makes the disk full for SQLite, as far as it knows.
func Fill(s *Store) error {
	return s.write.Exec("PRAGMA max_page_count = 1").Error // it takes the pages in use, at least
}

// SettingInWrite and SettingInRead are the organisation that PostgreSQL was
// told of.
func SettingInWrite(s *Store, t *testing.T, org scheme.OrgID) (value string, err error) {
	err = s.Write(t.Context(), org, func(tx app.Writer) error { return setting(tx.(*scope), &value) })
	return value, err
}

func SettingInRead(s *Store, t *testing.T, org scheme.OrgID) (value string, err error) {
	err = s.Read(t.Context(), org, func(tx app.Reader) error { return setting(tx.(*scope), &value) })
	return value, err
}

func setting(s *scope, value *string) error {
	return s.db.Raw("SELECT current_setting('app.organisation')").Scan(value).Error
}

// MigrateBackTo takes the schema back to that version.
func MigrateBackTo(ctx context.Context, c Config, version int64) error {
	return migrating(ctx, c, func(p *goose.Provider) error {
		_, err := p.DownTo(ctx, version)
		return err
	})
}

// AddUnlessPositive adds many rows by a conflict clause that has a value in it.
func AddUnlessPositive(tx app.Writer, batch string) error {
	rows := make([]*importRowRow, manyRows)
	for i := range rows {
		rows[i] = &importRowRow{BatchID: batch, Position: i}
	}
	_, err := add(tx.(*scope).tenant, rows, clause.OnConflict{DoNothing: true, Where: clause.Where{Exprs: []clause.Expression{clause.Gt{Column: "position", Value: 0}}}})
	return err
}

// Vanish asks PostgreSQL for something and is gone once it is at work, as a program
// is that was killed.
func Vanish(ctx context.Context, s *Store, statement string, atWork func()) error {
	db, err := s.write.DB()
	if err != nil {
		return err
	}
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	return c.Raw(func(of any) error {
		wire := of.(*stdlib.Conn).Conn().PgConn()
		wire.Frontend().SendQuery(&pgproto3.Query{String: statement})
		if err := wire.Frontend().Flush(); err != nil {
			return err
		}
		atWork()
		return errors.Join(wire.Conn().Close(), driver.ErrBadConn)
	})
}

// Listen keeps every statement from now on, with its values in it.
func Listen(s *Store) (statements func() []string) {
	l := &listener{Interface: logger.Discard}
	s.read.Logger, s.write.Logger = l, l
	return func() []string {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.said
	}
}

type listener struct {
	logger.Interface
	mu   sync.Mutex
	said []string
}

func (l *listener) Trace(_ context.Context, _ time.Time, statement func() (string, int64), _ error) {
	sql, _ := statement()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.said = append(l.said, sql)
}
