package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"strconv"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// wired streams pairs as PostgreSQL sends them, in the transaction of this read:
// database/sql makes an object of nearly each cell.
//
// The connection is held for some rows at a time and not while fn runs: what
// database/sql does when a request is cancelled has its turn in between, and a fn
// that panics leaves nothing locked.
func (s *scope) wired(query *gorm.DB, scan *pairScan, fn func(*scannedPair) error) (err error) {
	asked := query.Session(&gorm.Session{DryRun: true}).Find(&[]map[string]any{})
	if asked.Error != nil {
		return failed("ask for pairs", asked.Error)
	}
	ctx, stop := context.WithCancel(asked.Statement.Context)
	defer stop()
	w := wire{scan: scan, some: make([]scannedPair, 64)}
	if err := s.driver(func(c *pgx.Conn) error { return w.ask(ctx, c, asked.Statement) }); err != nil {
		return failed("read pairs", err)
	}
	defer func() {
		if !w.whole {
			stop() // else all rows that are left would be waited for
		}
		if closed := s.driver(w.close); err == nil {
			err = failed("read pairs", closed)
		}
	}()
	for !w.whole {
		if err := s.driver(w.next); err != nil {
			return failed("read pairs", err)
		}
		for i := range w.some[:w.n] {
			if err := fn(&w.some[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// A wire is the answer to one query as it comes in.
type wire struct {
	rows  pgx.Rows
	row   wireRow
	scan  *pairScan
	some  []scannedPair
	n     int  // of some that were read
	whole bool // no row is left
}

func (w *wire) ask(ctx context.Context, c *pgx.Conn, asked *gorm.Statement) (err error) {
	w.rows, err = c.Query(ctx, asked.SQL.String(), asked.Vars...)
	if err == nil {
		w.row.columns = w.rows.FieldDescriptions()
	}
	return err
}

func (w *wire) next(*pgx.Conn) error {
	for w.n = 0; w.n < len(w.some); w.n++ {
		if w.whole = !w.rows.Next(); w.whole {
			return w.rows.Err()
		}
		w.row.cells, w.row.next = w.rows.RawValues(), 0
		if err := w.scan.pair(&w.row, &w.some[w.n]); err != nil {
			return err
		}
	}
	return nil
}

func (w *wire) close(*pgx.Conn) error {
	w.rows.Close()
	return w.rows.Err()
}

// driver runs fn on the connection of this read while nobody else uses it.
func (s *scope) driver(fn func(*pgx.Conn) error) (err error) {
	held := s.conn.Raw(func(of any) error {
		c, ours := of.(*stdlib.Conn)
		if !ours {
			return fmt.Errorf("a connection of PostgreSQL is %T", of)
		}
		// Not returned: for some errors database/sql would close the connection,
		// and wait for the transaction that is waiting for it.
		err = fn(c.Conn())
		return nil
	})
	if err == nil {
		err = held
	}
	return err
}

// A wireRow is a row as PostgreSQL sends it: in binary, or as text where the
// address of the database asks for a protocol that has no other.
type wireRow struct {
	columns []pgconn.FieldDescription
	cells   [][]byte
	next    int
	err     error
	ids     [2]id // of the rows before: people and referrals come several times in a row
}

// An id is an identifier in both forms.
type id struct {
	wire [16]byte
	text string
}

// cell is the next one of the row, and whether it is in binary.
func (r *wireRow) cell() (cell []byte, inBinary bool) {
	r.next++
	return r.cells[r.next-1], r.columns[r.next-1].Format == pgx.BinaryFormatCode
}

func (r *wireRow) text() string {
	cell, inBinary := r.cell()
	if !inBinary || r.columns[r.next-1].DataTypeOID != pgtype.UUIDOID {
		return string(cell)
	}
	if len(cell) != 16 {
		r.strange(cell)
		return ""
	}
	last := &r.ids[(r.next-1)%len(r.ids)]
	if last.text == "" || [16]byte(cell) != last.wire {
		last.wire, last.text = [16]byte(cell), uuid.UUID(cell).String()
	}
	return last.text
}

func (r *wireRow) number() int {
	cell, inBinary := r.cell()
	if !inBinary {
		n, err := strconv.Atoi(string(cell))
		if err != nil {
			r.strange(cell)
		}
		return n
	}
	switch len(cell) {
	case 2:
		return int(int16(binary.BigEndian.Uint16(cell)))
	case 4:
		return int(int32(binary.BigEndian.Uint32(cell)))
	case 8:
		return int(int64(binary.BigEndian.Uint64(cell)))
	}
	r.strange(cell)
	return 0
}

func (r *wireRow) level() (level measure.Level, measured bool) {
	if r.cells[r.next] == nil {
		r.next++
		return 0, false
	}
	return measure.Level(r.number()), true
}

// day is counted from 1 January 2000 in binary.
func (r *wireRow) day() (d scheme.Day) {
	cell, inBinary := r.cell()
	switch {
	case cell == nil:
	case !inBinary:
		if err := d.Scan(cell); err != nil {
			r.strange(cell)
		}
	case len(cell) == 4:
		const first = 730_120
		d = scheme.Day{}.Plus(first + int(int32(binary.BigEndian.Uint32(cell))))
	default:
		r.strange(cell)
	}
	return d
}

func (r *wireRow) wrong() error { return r.err }

func (r *wireRow) strange(cell []byte) {
	if r.err == nil {
		r.err = fmt.Errorf("column %d of a pair: unexpected %d bytes", r.next, len(cell))
	}
}
