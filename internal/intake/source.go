package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"cairn/internal/fault"
)

// Limits bound what a file may be; 0 is no bound.
type Limits struct {
	Bytes    int64 // of the file
	Unpacked int64 // bytes of a spreadsheet once its parts are unpacked
	Rows     int   // that hold anything, of one sheet
	Columns  int
	Field    int // bytes of one cell
	Sheets   int
	Texts    int // that the cells of a spreadsheet share
	Empty    int // rows that hold nothing, of all sheets
}

// PageLimits are for files that come over the network.
func PageLimits() Limits {
	return Limits{Bytes: 50 << 20, Unpacked: 512 << 20, Rows: 100_000, Columns: 64, Field: 32 << 10, Sheets: 20, Texts: 1_000_000, Empty: 1 << 20}
}

// mostSheets is the most that any file may have.
const mostSheets = 100

// TerminalLimits are for files of whoever runs the machine.
func TerminalLimits() Limits {
	return Limits{Unpacked: 8 << 30, Columns: 1000, Field: 32 << 10, Sheets: mostSheets, Empty: 1 << 20}
}

// A Line is one row of cells, trimmed. Its cells hold until the next is read.
type Line struct {
	Number int // of the file or the sheet, the first is 1
	Cells  []string
	Hidden bool // nobody who opens the file sees it
}

// empty reports whether nothing stands in it.
func (l Line) empty() bool {
	for _, c := range l.Cells {
		if c != "" {
			return false
		}
	}
	return true
}

func (l Line) cell(at int) string {
	if at < 0 || at >= len(l.Cells) {
		return ""
	}
	return l.Cells[at]
}

// A Book is a file of one or more sheets, which can be read again and again.
type Book struct {
	Sheets []string // as they are told, see called; one without a name for a file that has none
	names  []string // of a workbook, as it has them
	Hidden int      // sheets that nobody who opens the file sees, and that are not read
	lines  func(sheet int, fn func(Line) error) error
	limits Limits
	empty  map[int]int // rows that hold nothing, by sheet
	epoch  int32       // 1904 for a spreadsheet that counts its days from there, else 1900
}

// errEnough ends a reading early.
var errEnough = errors.New("enough")

// Each calls fn for every row of a sheet that holds anything. It faults when
// what follows cannot be told apart into rows, and passes on what fn answers.
func (b *Book) Each(sheet int, fn func(Line) error) error {
	rows, empty := 0, b.emptyBeside(sheet)
	err := b.lines(sheet, func(l Line) error {
		if l.empty() {
			b.empty[sheet]++
			if empty++; b.limits.Empty > 0 && empty > b.limits.Empty {
				return tooLarge("The file has more than %d rows that hold nothing. Delete the empty rows and send it again.", b.limits.Empty)
			}
			return nil
		}
		if rows++; b.limits.Rows > 0 && rows > b.limits.Rows+mostHeading {
			return tooLarge("The file has more than %d rows. Split it, or import it at the terminal (cairn import).", b.limits.Rows)
		}
		return fn(l)
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// emptyBeside are the empty rows of the other sheets, as far as they were read; it
// begins to count those of this one.
func (b *Book) emptyBeside(sheet int) (n int) {
	if b.empty == nil {
		b.empty = map[int]int{}
	}
	b.empty[sheet] = 0
	for _, rows := range b.empty {
		n += rows
	}
	return n
}

// Open looks what a file is by how it begins, whatever its name, and refuses
// what cannot be read with what to save it as. r must stay open as long as the
// book is read, and the reading ends with the error of ctx once that has ended.
func Open(ctx context.Context, r io.ReaderAt, size int64, limits Limits) (*Book, error) {
	if size == 0 {
		return nil, fault.New(fault.Invalid, fault.FileKind, "The file is empty.")
	}
	if limits.Bytes > 0 && size > limits.Bytes {
		return nil, tooLarge("The file has %d MB; at most %d MB can be sent. Split it, or import it at the terminal (cairn import).", size>>20, limits.Bytes>>20)
	}
	start := make([]byte, min(size, 64<<10))
	if _, err := r.ReadAt(start, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the start of a file: %w", err)
	}
	kind := func(says string) (*Book, error) { return nil, fault.New(fault.Invalid, fault.FileKind, "%s", says) }
	has := func(magic string) bool { return bytes.HasPrefix(start, []byte(magic)) }
	switch {
	case has("PK\x03\x04"), has("PK\x05\x06"):
		return openWorkbook(ctx, r, size, limits)
	case has("\xd0\xcf\x11\xe0"):
		return kind("This is a file of an old Excel (.xls), or one with a password. Open it, save it as “Excel Workbook (.xlsx)” without a password, or as “CSV UTF-8”, and send that.")
	case has("\xff\xfe"), has("\xfe\xff"), nullsIn(start):
		return kind("This is UTF-16 text, or no text at all. In Excel choose “CSV UTF-8 (comma delimited)”, not “Unicode text”, and send that.")
	case has("%PDF"):
		return kind("This is a PDF. Send the spreadsheet that it was made of, as .xlsx or “CSV UTF-8”.")
	case has("<"), has("\uFEFF<"):
		return kind("This is a web page or XML, not a spreadsheet. Save it as “Excel Workbook (.xlsx)” or “CSV UTF-8” and send that.")
	}
	return openText(ctx, io.NewSectionReader(r, 0, size), start, limits), nil
}

// nullsIn reports bytes that no text in UTF-8 has.
func nullsIn(start []byte) bool { return bytes.IndexByte(start, 0) >= 0 }

func tooLarge(format string, args ...any) *fault.Fault {
	return fault.New(fault.Invalid, fault.InputTooLarge, format, args...)
}

// trim takes away what stands around a cell and cannot be seen.
func trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060'
	})
}

// unmarked takes away the apostrophe that keeps a spreadsheet from taking a text
// for a formula, as our own files of rejects have it.
func unmarked(text string) string {
	if len(text) > 1 && text[0] == '\'' && strings.ContainsAny(text[1:2], "=+-@") {
		return text[1:]
	}
	return text
}
