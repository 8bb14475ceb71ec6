package intake

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"

	"cairn/internal/fault"
)

// lines reads one sheet row by row.
func (w *workbook) lines(sheet int, fn func(Line) error) error {
	f, err := w.parts[w.sheets[sheet]].Open()
	if err != nil {
		return damaged(err)
	}
	defer f.Close() //nolint:errcheck // only read
	s := &sheetReader{book: w, dec: xml.NewDecoder(w.guarded(f))}
	for {
		token, err := s.dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "row" {
			continue
		}
		s.row++
		if n, err := strconv.Atoi(attribute(start, "r")); err == nil {
			s.row = n
		}
		if err := s.readRow(); err != nil {
			return err
		}
		if err := fn(Line{Number: s.row, Cells: s.cells, Hidden: isTrue(attribute(start, "hidden"))}); err != nil {
			return err
		}
	}
}

// A sheetReader reads the rows of one sheet.
type sheetReader struct {
	book  *workbook
	dec   *xml.Decoder
	row   int
	cells []string
}

// readRow reads the cells of a row up to its end. Cells that are empty are not
// in the file: each says in which column it stands.
func (s *sheetReader) readRow() error {
	s.cells = s.cells[:0]
	for cells := 0; ; {
		token, err := s.dec.Token()
		if err != nil {
			return damaged(err)
		}
		switch x := token.(type) {
		case xml.EndElement:
			if x.Name.Local == "row" {
				return nil
			}
		case xml.StartElement:
			if x.Name.Local != "c" {
				continue
			}
			if cells++; cells > mostColumnsEver {
				return tooLarge("Row %d has more than %d cells, which no spreadsheet program writes. Open the file in one, save it again, and send that.", s.row, mostColumnsEver)
			}
			at := columnOf(attribute(x, "r"))
			if at < 0 {
				at = len(s.cells)
			}
			if n := s.book.limits.Columns; n > 0 && at >= n {
				said, err := s.readCell(x)
				if err != nil {
					return err
				}
				if trim(said) != "" {
					return tooLarge("Row %d has more than %d columns. Leave out those that nobody needs.", s.row, n)
				}
				continue
			}
			for len(s.cells) <= at {
				s.cells = append(s.cells, "")
			}
			if s.cells[at], err = s.readCell(x); err != nil {
				return err
			}
			s.cells[at] = unmarked(trim(s.cells[at]))
		}
	}
}

// readCell reads a cell up to its end. What a formula came to is read as it was
// last worked out; a formula that was never worked out is its own text, and so
// no number.
func (s *sheetReader) readCell(start xml.StartElement) (string, error) {
	kind, as := attribute(start, "t"), s.book.shows(attribute(start, "s"))
	var value, formula string
	for {
		token, err := s.dec.Token()
		if err != nil {
			return "", damaged(err)
		}
		switch x := token.(type) {
		case xml.EndElement:
			if x.Name.Local != "c" {
				continue
			}
			if value == "" && formula != "" {
				return "=" + formula, nil
			}
			if kind == "" || kind == "n" || kind == "d" {
				if text, ok := s.book.asShown(value, as); ok {
					return text, nil
				}
			}
			return s.shown(kind, value)
		case xml.StartElement:
			switch x.Name.Local {
			case "v":
				value, err = s.plain()
			case "f":
				formula, err = s.plain()
			case "is":
				value, err = textOf(s.dec, s.book.limits.Field)
			}
			if err != nil {
				return "", err
			}
		}
	}
}

// plain reads the text of a leaf up to its end.
func (s *sheetReader) plain() (string, error) {
	var said []byte
	for {
		token, err := s.dec.Token()
		if err != nil {
			return "", damaged(err)
		}
		switch x := token.(type) {
		case xml.CharData:
			said = append(said, x...)
		case xml.EndElement:
			return string(said), nil
		}
		if n := s.book.limits.Field; n > 0 && len(said) > n {
			return "", tooLarge("A cell of row %d holds more than %d kB. Shorten it or take the column out.", s.row, n>>10)
		}
	}
}

// shown is the value as a person reads it, dates as the number of their day; see
// asShown for those that are less than a day.
func (s *sheetReader) shown(kind, value string) (string, error) {
	switch kind {
	case "s":
		i, err := strconv.Atoi(value)
		if err != nil || i < 0 || i >= len(s.book.shared) {
			return "", fault.New(fault.Invalid, fault.FileKind, "Row %d of the spreadsheet is damaged: it refers to a text that is not there. Open it in a spreadsheet program, save it again, and send that.", s.row)
		}
		return s.book.shared[i], nil
	case "b":
		return map[string]string{"1": "yes", "0": "no"}[value], nil
	case "", "n":
		return shortest(value), nil
	}
	return value, nil // inlineStr, str, e (an error of the spreadsheet), d
}

// shortest writes a stored number as the spreadsheet shows it: 15 digits, so
// that 18.590000000000003 is 18.59.
func shortest(value string) string {
	v, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) || math.Abs(v) >= 1e15 {
		return value
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		return value
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// isTrue reads a yes of the format.
func isTrue(value string) bool { return value == "1" || value == "true" }

func attribute(of xml.StartElement, name string) string {
	for _, a := range of.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// mostColumnsEver is of the format: XFD.
const mostColumnsEver = 16384

// columnOf is the column of a cell's name, "C7" is 2; -1 where there is none.
func columnOf(name string) int {
	n := 0
	for _, r := range name {
		if r < 'A' || r > 'Z' {
			break
		}
		if n = n*26 + int(r-'A') + 1; n > mostColumnsEver {
			return -1
		}
	}
	return n - 1
}

// ColumnName is the column as spreadsheets call it: 0 is A, 27 is AB.
func ColumnName(at int) string {
	name := ""
	for at++; at > 0; at = (at - 1) / 26 {
		name = string(rune('A'+(at-1)%26)) + name
	}
	return name
}
