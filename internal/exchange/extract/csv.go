package extract

import (
	"bufio"
	"io"
	"strconv"
	"strings"
)

// A csvSheet writes lines by hand: the standard library's writer wants every
// number as a string of its own.
type csvSheet struct {
	to   *bufio.Writer
	line []byte
}

// NewCSV writes UTF-8 as RFC 4180 has it: a header, commas, CR LF, quotation marks
// where they are needed.
func NewCSV(w io.Writer, columns []Column) (Sheet, error) {
	s := &csvSheet{to: bufio.NewWriterSize(w, 64<<10)}
	names := make([]Cell, len(columns))
	for i, c := range columns {
		names[i] = Text(c.Name)
	}
	return s, s.Row(names)
}

func (s *csvSheet) Row(cells []Cell) error {
	s.line = s.line[:0]
	for i, c := range cells {
		if i > 0 {
			s.line = append(s.line, ',')
		}
		if c.filled {
			s.line = c.appendCSV(s.line)
		}
	}
	s.line = append(s.line, '\r', '\n')
	_, err := s.to.Write(s.line)
	return err
}

func (s *csvSheet) Close() error { return s.to.Flush() }

func (c Cell) appendCSV(to []byte) []byte {
	switch c.kind {
	case KindWhole:
		return strconv.AppendInt(to, c.number, 10)
	case KindScore:
		return appendDecimal(to, c.number, int(c.decimals))
	case KindDate:
		return appendDate(to, c.number)
	}
	if plain(c.text) {
		return append(to, c.text...)
	}
	return appendQuoted(to, NoFormula(c.text))
}

// plain reports whether a text is of letters, digits and hyphens alone, as codes
// and pseudonyms are: nothing has to be looked for in it.
func plain(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', 'A' <= c && c <= 'Z', c == '-' && i > 0:
		default:
			return false
		}
	}
	return true
}

// appendQuoted quotes a text that would end its cell, and one with space around
// it, which readers trim.
func appendQuoted(to []byte, text string) []byte {
	if !strings.ContainsAny(text, ",\"\r\n") && strings.TrimSpace(text) == text {
		return append(to, text...)
	}
	to = append(to, '"')
	for i := range len(text) {
		if text[i] == '"' {
			to = append(to, '"')
		}
		to = append(to, text[i])
	}
	return append(to, '"')
}

// appendDecimal writes a level without zeros at its end: 1850 of two decimals is
// 18.5.
func appendDecimal(to []byte, level int64, decimals int) []byte {
	for decimals > 0 && level%10 == 0 {
		level /= 10
		decimals--
	}
	if decimals == 0 {
		return strconv.AppendInt(to, level, 10)
	}
	if level < 0 {
		to, level = append(to, '-'), -level
	}
	first := len(to)
	to = strconv.AppendInt(to, level, 10)
	for len(to)-first <= decimals {
		to = append(to, 0)
		copy(to[first+1:], to[first:])
		to[first] = '0'
	}
	point := len(to) - decimals
	to = append(to, 0)
	copy(to[point+1:], to[point:])
	to[point] = '.'
	return to
}

// appendDate writes the day of that number as YYYY-MM-DD. Years are of 400 years
// that begin in March, as in Howard Hinnant's days_from_civil turned round.
func appendDate(to []byte, n int64) []byte {
	n += 305 // from 1 March of year 0 to 31 December of it
	era := n / 146_097
	day := n - era*146_097
	year := (day - day/1460 + day/36_524 - day/146_096) / 365
	day -= 365*year + year/4 - year/100
	month := (5*day + 2) / 153
	day -= (153*month+2)/5 - 1
	year += era * 400
	if month += 3; month > 12 {
		month, year = month-12, year+1
	}
	return append(to,
		byte('0'+year/1000%10), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10), '-',
		byte('0'+month/10), byte('0'+month%10), '-', byte('0'+day/10), byte('0'+day%10))
}

// NoFormula keeps a spreadsheet from taking a text for a formula: one that begins
// like a formula gets an apostrophe in front. Numbers never pass here.
func NoFormula(text string) string {
	if text != "" && strings.ContainsAny(text[:1], "=+-@\t\r\n\x00") {
		return "'" + text
	}
	if len(text) < 3 || text[0] != '\xef' {
		return text
	}
	for _, wide := range []string{"＝", "＋", "－", "＠"} {
		if strings.HasPrefix(text, wide) {
			return "'" + text
		}
	}
	return text
}

func (s *csvSheet) Drop() { s.to.Reset(io.Discard) }
