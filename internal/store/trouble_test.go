package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	sqlitelib "modernc.org/sqlite/lib"

	"cairn/internal/fault"
)

type liteError int

func (e liteError) Error() string { return fmt.Sprint("SQLite ", int(e)) }
func (e liteError) Code() int     { return int(e) }

// What the database's errors mean to somebody who waits for an answer; nothing
// of their text reaches them.
func TestErrorsOfTheDatabase(t *testing.T) {
	t.Parallel()
	pg := func(code string) error { return &pgconn.PgError{Code: code, Message: "secret"} }
	for _, c := range []struct {
		err  error
		want fault.Code // empty: an accident
	}{
		{pg("40001"), fault.Busy}, {pg("40P01"), fault.Busy}, {pg("08006"), fault.Busy}, {pg("53100"), fault.NoRoom},
		{pg("53300"), fault.Busy}, {pg("57014"), fault.Busy}, {pg("57P01"), fault.Busy}, {pg("55P03"), fault.Busy},
		{pg("58030"), fault.Busy}, {pg("25006"), fault.Busy}, {pg("25P03"), fault.Busy},
		{pg("22003"), fault.InputInvalid}, {pg("22021"), fault.InputInvalid}, {pg("22P02"), fault.NotFound},
		{pg("42601"), ""}, {pg("23514"), ""}, {pg("42501"), ""},
		{liteError(sqlitelib.SQLITE_BUSY), fault.Busy}, {liteError(sqlitelib.SQLITE_BUSY_SNAPSHOT), fault.Busy},
		{liteError(sqlitelib.SQLITE_FULL), fault.NoRoom}, {liteError(sqlitelib.SQLITE_IOERR_WRITE), fault.Busy},
		{liteError(sqlitelib.SQLITE_CANTOPEN), fault.Busy}, {liteError(sqlitelib.SQLITE_ERROR), ""},
		{liteError(sqlitelib.SQLITE_CORRUPT), ""},
		{syscall.ENOSPC, fault.NoRoom}, {context.DeadlineExceeded, fault.Busy}, {context.Canceled, ""}, {io.ErrUnexpectedEOF, fault.Busy},
		{gorm.ErrRecordNotFound, fault.NotFound}, {gorm.ErrForeignKeyViolated, fault.NotFound},
		{gorm.ErrDuplicatedKey, ""}, {errors.New("any other"), ""},
	} {
		err := failed("act", fmt.Errorf("wrapped: %w", c.err))
		var f *fault.Fault
		isFault := errors.As(err, &f)
		switch {
		case !errors.Is(err, c.err):
			t.Errorf("%v: the cause is lost: %v", c.err, err)
		case isFault != (c.want != "") || isFault && f.Code != c.want:
			t.Errorf("%v became %v, want %q", c.err, err, c.want)
		case isFault && f.Kind == 0:
			t.Errorf("%v has no kind", c.err)
		}
	}
	if failed("act", nil) != nil || unavailable(nil) != nil {
		t.Error("no error became one")
	}
}
