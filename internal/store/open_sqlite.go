package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"github.com/libtnb/sqlite"
	"gorm.io/gorm"

	"cairn/migrations"
)

const sqliteScheme = "sqlite:"

// sqliteBoth is what both pools say to SQLite. The driver's time options make
// TIMESTAMP columns come back as instants in UTC.
const sqliteBoth = "_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=trusted_schema(0)" +
	"&_timezone=UTC&_time_format=sqlite&_texttotime=1&_inttotime=1&_dqs=0"

// sqliteWriter adds durability: with WAL and synchronous=FULL a commit that
// returned survives a power cut. Transactions take the write lock at once, so
// that none fails half way for having read first.
//
// A statement that adds many rows notes each page before it changes it, to undo
// itself, and a long transaction has many pages in hand: with SQLite's own 2 MB an
// import wrote notes and pages to files over and over again. The notes are of no use
// after a power cut, and stay in memory.
const sqliteWriter = sqliteBoth + "&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-8000)&_pragma=temp_store(MEMORY)&_txlock=immediate"

// sqliteReader cannot write at all.
const sqliteReader = sqliteBoth + "&_pragma=query_only(1)"

// openSQLite opens one connection that writes and several that read: SQLite has
// one writer, and a queue in this process is fairer than its busy timer.
func (s *Store) openSQLite(path string) error {
	file, err := prepareFile(path)
	if err != nil {
		return err
	}
	write, err := sqlitePool(file, sqliteWriter, 1)
	if err != nil {
		return err
	}
	read, err := sqlitePool(file, sqliteReader, max(4, runtime.NumCPU()))
	if err != nil {
		return errors.Join(err, write.Close())
	}
	s.close = func() error { return errors.Join(read.Close(), write.Close()) }
	s.dialect = dialect{history: migrations.SQLite, isolation: sql.LevelDefault}
	if s.write, err = gorm.Open(sqlite.New(sqlite.Config{Conn: write}), gormConfig(s.clock)); err == nil {
		s.read, err = gorm.Open(sqlite.New(sqlite.Config{Conn: read}), gormConfig(s.clock))
	}
	if err != nil {
		return errors.Join(unavailable(fmt.Errorf("open %s: %w", path, err)), s.close())
	}
	return nil
}

func sqlitePool(file, options string, most int) (*sql.DB, error) {
	pool, err := sql.Open(sqlite.DriverName, file+"?"+options)
	if err != nil {
		return nil, fmt.Errorf("open database file: %w", err)
	}
	pool.SetMaxOpenConns(most)
	pool.SetMaxIdleConns(most)
	return pool, nil
}

// prepareFile makes sure that the file is there and is nobody else's to read,
// and returns its URI. SQLite gives its journals the mode of the file.
func prepareFile(path string) (uri string, err error) {
	if path == "" || strings.HasPrefix(path, ":") {
		return "", settings("Name the file of the database, as in sqlite:/var/lib/cairn/cairn.db.")
	}
	whole, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("database file %s: %w", path, err)
	}
	if err := os.MkdirAll(filepath.Dir(whole), 0o700); err != nil {
		return "", settings("The folder of the database cannot be made: %v.", err)
	}
	f, err := os.OpenFile(whole, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the operator names the file
	if err != nil {
		return "", settings("The database file cannot be opened: %v.", err)
	}
	if err := f.Close(); err != nil {
		return "", fmt.Errorf("database file %s: %w", path, err)
	}
	slashed := filepath.ToSlash(whole)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // a Windows drive
	}
	return (&url.URL{Scheme: "file", Path: slashed}).String(), nil
}

// lockMigrating is the lock SQLite lacks: a file beside the database, held from
// before the first connection, since turning to write-ahead logging does not
// wait for others.
func lockMigrating(ctx context.Context, path string) (unlock func() error, err error) {
	const between = 100 * time.Millisecond
	held := flock.New(path+".migrating", flock.SetPermissions(0o600))
	if _, err := held.TryLockContext(ctx, between); err != nil {
		return nil, fmt.Errorf("wait for whoever is migrating: %w", err)
	}
	return held.Unlock, nil
}
