package intake

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"cairn/internal/fault"
)

// openText is a book of one sheet without a name.
func openText(ctx context.Context, all *io.SectionReader, start []byte, limits Limits) *Book {
	skip := int64(0)
	if bytes.HasPrefix(start, []byte("\uFEFF")) {
		skip, start = 3, start[3:]
	}
	comma := separator(start)
	read := func(_ int, fn func(Line) error) error {
		t := &text{in: bufio.NewReaderSize(heeding{ctx, io.NewSectionReader(all, skip, all.Size()-skip)}, 64<<10), comma: comma, limits: limits, line: 1}
		for {
			l, err := t.next()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			if err := fn(l); err != nil {
				return err
			}
		}
	}
	return &Book{Sheets: []string{""}, lines: read, limits: limits, epoch: 1900}
}

// separators are what may stand between cells, the likeliest first.
const separators = ",;\t|"

// separator is the one by which the most rows at the start of a file have as
// many cells as each other.
func separator(start []byte) byte {
	best, most := byte(','), 0
	for i := range len(separators) {
		t := &text{in: bufio.NewReader(bytes.NewReader(start)), comma: separators[i], line: 1}
		widths := map[int]int{}
		for n := 0; n < 50; n++ {
			l, err := t.next()
			if err != nil {
				break
			}
			widths[len(l.Cells)]++
		}
		for width, rows := range widths {
			if worth := rows * (width - 1); worth > most {
				best, most = separators[i], worth
			}
		}
	}
	return best
}

// text reads separated values. It is our own, and not encoding/csv, because a
// cell without an end must be refused before it fills the memory, a quotation
// mark inside a plain cell is not a mistake, and lines may end with CR alone.
type text struct {
	in     *bufio.Reader
	comma  byte
	limits Limits
	line   int // the next one to be read
	ended  bool

	buf   []byte
	ends  []int
	cells []string
}

// next returns the next record, io.EOF after the last.
func (t *text) next() (Line, error) {
	if t.ended {
		return Line{}, io.EOF
	}
	at := t.line
	t.buf, t.ends = t.buf[:0], t.ends[:0]
	for {
		more, err := t.cell(at)
		if err != nil {
			return Line{}, err
		}
		t.ends = append(t.ends, len(t.buf))
		if n := t.limits.Columns; n > 0 && len(t.ends) > n {
			return Line{}, tooLarge("Line %d has more than %d columns. Leave out those that nobody needs.", at, n)
		}
		if !more {
			break
		}
	}
	return t.record(at)
}

func (t *text) record(at int) (Line, error) {
	all := string(t.buf)
	if !utf8.ValidString(all) {
		return Line{}, fault.New(fault.Invalid, fault.InputUnreadable, "Line %d is not UTF-8 text; it looks like Windows-1252, as older programs save it. Open the file in a spreadsheet program, save it as “CSV UTF-8 (comma delimited)”, and send it again.", at)
	}
	t.cells = t.cells[:0]
	from := 0
	for _, to := range t.ends {
		t.cells = append(t.cells, unmarked(trim(all[from:to])))
		from = to
	}
	return Line{Number: at, Cells: t.cells}, nil
}

// cell appends one cell to the buffer and reports whether another follows in
// the same record.
func (t *text) cell(at int) (more bool, err error) {
	start := len(t.buf)
	for {
		c, err := t.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			t.ended = true
			return false, nil
		case err != nil:
			return false, fmt.Errorf("read a file: %w", err)
		case c == t.comma:
			return true, nil
		case c == '\n', c == '\r':
			return false, t.newline(c)
		case c == '"' && len(t.buf) == start:
			if err := t.quoted(at, start); err != nil {
				return false, err
			}
		case c == 0:
			return false, fault.New(fault.Invalid, fault.InputUnreadable, "Line %d holds bytes that are no text. Save the file as “CSV UTF-8” and send it again.", at)
		default:
			t.buf = append(t.buf, c)
		}
		if err := t.fits(at, start); err != nil {
			return false, err
		}
	}
}

// quoted appends what stands between quotation marks, the first of which is
// read.
func (t *text) quoted(at, start int) error {
	for {
		c, err := t.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return fault.New(fault.Invalid, fault.InputUnreadable, "The file ends inside a quotation that begins on line %d: it was saved only half, or a quotation mark is missing. Save it again.", at)
		case err != nil:
			return fmt.Errorf("read a file: %w", err)
		case c == '"':
			if next, err := t.in.Peek(1); err != nil || next[0] != '"' {
				return nil //nolint:nilerr // the end of the file is met by whoever reads on
			}
			if _, err := t.in.Discard(1); err != nil {
				return fmt.Errorf("read a file: %w", err)
			}
		case c == '\n':
			t.line++
		}
		t.buf = append(t.buf, c)
		if err := t.fits(at, start); err != nil {
			return err
		}
	}
}

func (t *text) fits(at, start int) error {
	if n := t.limits.Field; n > 0 && len(t.buf)-start > n {
		return tooLarge("A cell on line %d holds more than %d kB: a quotation mark may be missing, or it is no cell of scores. Shorten it or take the column out.", at, n>>10)
	}
	return nil
}

// newline ends a line; CR LF is one.
func (t *text) newline(c byte) error {
	t.line++
	next, err := t.in.Peek(1)
	if errors.Is(err, io.EOF) {
		t.ended = true
		return nil
	}
	if c == '\r' && err == nil && next[0] == '\n' {
		if _, err := t.in.Discard(1); err != nil {
			return fmt.Errorf("read a file: %w", err)
		}
		if _, err := t.in.Peek(1); errors.Is(err, io.EOF) {
			t.ended = true
		}
	}
	return nil
}
