package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	sqlitelib "modernc.org/sqlite/lib"

	"cairn/internal/fault"
)

const busy = "The database cannot answer at the moment. Nothing was saved; try again in a minute."

// failed turns an error of the database into what the interfaces of app
// promise, and wraps any other with what was being done. A reference to a row
// that is not there, or is another organisation's, looks like a missing row.
func failed(act string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, gorm.ErrRecordNotFound),
		errors.Is(err, gorm.ErrForeignKeyViolated),
		code(err) == "22P02": // an identifier that is none
		return missing().Because(fmt.Errorf("%s: %w", act, err))
	case code(err) == "22003", code(err) == "22021", code(err) == "22P05":
		// Too large for its column, or a character that PostgreSQL has no place for.
		return fault.New(fault.Invalid, fault.InputInvalid, "A value cannot be kept as it is: a number is too large, or a text holds a character that is none.").
			Because(fmt.Errorf("%s: %w", act, err))
	}
	return unavailable(fmt.Errorf("%s: %w", act, err))
}

// missing is the one answer for what is not there and what is somebody else's.
func missing() *fault.Fault {
	return fault.New(fault.Missing, fault.NotFound, "There is nothing here. It may have been removed, or it may belong to another service.")
}

// unavailable makes a fault of an error that says that the database is away,
// slow or full, and hands any other back.
func unavailable(err error) error {
	var known *fault.Fault
	if err == nil || errors.As(err, &known) || !isUnavailable(err) {
		return err
	}
	if code(err) == "53100" || primary(err) == sqlitelib.SQLITE_FULL || fault.IsFull(err) {
		return fault.Full(err)
	}
	return fault.New(fault.Unavailable, fault.Busy, "%s", busy).Because(err)
}

func isUnavailable(err error) bool {
	var dial *pgconn.ConnectError
	if fault.IsFull(err) || errors.As(err, &dial) || errors.Is(err, context.DeadlineExceeded) || isLost(err) {
		return true
	}
	if c := code(err); c != "" {
		// PostgreSQL, appendix A: connection exception, insufficient resources,
		// operator intervention (time-outs are among them), system error; a lock
		// not given in time; a read-only server; a transaction left idle.
		return strings.HasPrefix(c, "08") || strings.HasPrefix(c, "53") || strings.HasPrefix(c, "57") ||
			strings.HasPrefix(c, "58") || c == "55P03" || c == "25006" || c == "25P03" || isRetryable(err)
	}
	switch primary(err) {
	case sqlitelib.SQLITE_BUSY, sqlitelib.SQLITE_LOCKED, sqlitelib.SQLITE_FULL,
		sqlitelib.SQLITE_IOERR, sqlitelib.SQLITE_CANTOPEN, sqlitelib.SQLITE_READONLY:
		return true
	}
	return false
}

// isLost reports whether the connection had died: the server was restarted, or
// a network device forgot it.
func isLost(err error) bool {
	var network net.Error
	return errors.As(err, &network) || pgconn.SafeToRetry(err) || code(err) == "57P01" ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, io.ErrUnexpectedEOF)
}

// isRetryable reports whether the transaction lost against another one and may
// simply be run again.
func isRetryable(err error) bool {
	c := code(err)
	return c == "40001" || c == "40P01"
}

// mayNot reports whether the role lacks the right. Asked what is missing, goose
// makes its own table first, which the application's role may not.
func mayNot(err error) bool { return code(err) == "42501" }

// code is PostgreSQL's code of an error, empty for others.
func code(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}

// primary is SQLite's primary result code of an error, 0 for others.
func primary(err error) int {
	var lite interface {
		error
		Code() int
	}
	if errors.As(err, &lite) {
		return lite.Code() & 0xff
	}
	return 0
}
