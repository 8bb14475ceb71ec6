package exchange

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A table reads a CSV file and knows which line it is on.
type table struct {
	text   *bufio.Reader
	csv    *csv.Reader // of text
	before int         // lines of the file before the first of csv
	line   int         // of the file, the last that csv has read
	header []string
	size   int64 // of the file, bytes; 0 where nobody knows
}

// mostColumns is far more than any form has.
const mostColumns = 10_000

// A line is one row of cells, trimmed.
type line struct {
	number int // of the file, the header is 1
	cells  []string
	ragged bool // more or fewer cells than the header
}

func openTable(r io.Reader) (*table, error) {
	buffered := bufio.NewReaderSize(r, 1<<12)
	if start, err := buffered.Peek(3); err == nil && string(start) == "\uFEFF" {
		if _, err := buffered.Discard(3); err != nil {
			return nil, fmt.Errorf("skip byte order mark: %w", err)
		}
	}
	if start, _ := buffered.Peek(1 << 12); endsWithCR(start) {
		return nil, headerFault("The lines of this file end with CR alone, as old Macintosh programs wrote them. Save it as “CSV UTF-8”, not as “CSV (Macintosh)”, and send it again.")
	}
	t := &table{text: buffered, size: sizeOf(r)}
	t.from(buffered, 0)
	first, err := t.next()
	if errors.Is(err, io.EOF) {
		return nil, headerFault("The file is empty. Its first line names the columns.")
	}
	if err != nil {
		return nil, err
	}
	if n := len(first.cells); n > mostColumns {
		return nil, headerFault("The first line names %d columns. At most %d are read; leave out those that nobody needs.", n, mostColumns)
	}
	t.header = slices.Clone(first.cells)
	return t, t.checkNames()
}

// sizeOf is how many bytes a file has, 0 for what is no file.
func sizeOf(r io.Reader) int64 {
	f, ok := r.(interface{ Stat() (fs.FileInfo, error) })
	if !ok {
		return 0
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return 0
	}
	return info.Size()
}

// people is how many people the table may well name: one for every hundred
// bytes, and no more than a country's largest service has. Too many cost address
// space and too few a little time.
func (t *table) people() int { return int(min(t.size/100, 1<<20)) }

// endsWithCR tells by the start of a file whether its lines end with CR alone:
// to the CSV reader such a file is a single line.
func endsWithCR(start []byte) bool {
	at := bytes.IndexByte(start, '\r')
	return at >= 0 && at < len(start)-1 && !bytes.ContainsRune(start, '\n')
}

// checkNames faults for columns without a name of their own.
func (t *table) checkNames() error {
	var wrong fault.List
	first := map[string]int{}
	for i, name := range t.header {
		before, again := first[name]
		switch {
		case name == "":
			wrong.Add(headerFault("Column %d has no name. Name it or delete it.", i+1))
		case again:
			wrong.Add(headerFault("Column %d has the name of column %d. Keep one of them.", i+1, before+1))
		default:
			first[name] = i
		}
	}
	return wrong.Err()
}

// from goes on behind so many lines of the file.
func (t *table) from(r io.Reader, before int) {
	t.csv, t.before = csv.NewReader(r), before
	t.csv.FieldsPerRecord = -1 // a row of another length is rejected alone
	t.csv.ReuseRecord = true
}

// next returns the next row that holds anything, io.EOF after the last, and a
// fault when what follows cannot be told apart into cells.
func (t *table) next() (line, error) {
	for {
		cells, err := t.csv.Read()
		if err != nil {
			return line{}, t.unreadable(err)
		}
		number, _ := t.csv.FieldPos(0)
		number += t.before
		last := len(cells) - 1
		t.line, _ = t.csv.FieldPos(last)
		t.line += t.before + strings.Count(cells[last], "\n")
		filled := false
		for i, cell := range cells {
			if !utf8.ValidString(cell) {
				return line{}, fault.New(fault.Invalid, fault.InputUnreadable, "Line %d is not UTF-8 text. Save the file as “CSV UTF-8” and send it again.", number)
			}
			cells[i] = strings.TrimSpace(cell)
			filled = filled || cells[i] != ""
		}
		if filled {
			return line{number: number, cells: cells, ragged: t.header != nil && len(cells) != len(t.header)}, nil
		}
	}
}

// unreadable is io.EOF as it is, the CSV reader's complaint as a fault, and
// anything else (a disk that fails) as an accident.
func (t *table) unreadable(err error) error {
	var parse *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return io.EOF
	case errors.As(err, &parse):
		parse.StartLine += t.before
		parse.Line += t.before
		return fault.New(fault.Invalid, fault.InputUnreadable,
			"The quotation marks on line %d do not match. Put a cell with a quotation mark or a line break between quotation marks, and write each one inside it twice.", parse.StartLine).Because(err)
	}
	return fmt.Errorf("read file: %w", err)
}

// column is where a column stands, -1 where there is none.
func (t *table) column(name string) int { return slices.Index(t.header, name) }

// need faults for every column that is missing. named is false when all are:
// the first line is then no header, and nothing more can be said about it.
func (t *table) need(names []string) (wrong fault.List, named bool) {
	for _, name := range names {
		if t.column(name) < 0 {
			wrong.Add(headerFault("The column %s is missing. Name it in the first line.", name))
		}
	}
	if len(wrong) == len(names) {
		hint := ""
		switch {
		case len(t.header) > 1:
		case strings.Contains(t.header[0], ";"):
			hint = " The cells seem to be separated by semicolons; save the file with commas."
		case strings.Contains(t.header[0], "\t"):
			hint = " The cells seem to be separated by tabs; save the file with commas."
		}
		return fault.List{headerFault("The first line does not name the columns: it needs %s.%s", strings.Join(names, ", "), hint)}, false
	}
	return wrong, true
}

func headerFault(format string, args ...any) *fault.Fault {
	return fault.New(fault.Invalid, fault.FileHeader, format, args...).At("header")
}

// seen is a name out of a file as it can be shown: what cannot be seen in it, as
// escapes.
func seen(name string) string {
	if scheme.Visible(name) {
		return name
	}
	return strings.Trim(strconv.QuoteToGraphic(name), `"`)
}
