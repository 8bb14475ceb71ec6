package intake

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
)

// showing is how much of a day a cell shows whose value is the number of one.
type showing uint8

const (
	itsDay   showing = iota // or no part of a date at all: the value is as it is
	itsMonth                // and no day
	itsYear                 // alone
)

// monthFormat is the number of the built-in format mmm-yy. All other built-in ones
// show a day, a time, or no date (ECMA-376, part 1, 18.8.30).
const monthFormat = 17

// mostStyles is more than a spreadsheet program takes. The style of a cell that is
// beyond them shows the day.
const mostStyles = 1 << 16

// readStyles learns how much of a day the cells of each style show, so that it is
// looked up by number alone for each cell.
func (w *workbook) readStyles(part string) error {
	in := w.parts[part]
	if in == nil {
		return nil
	}
	if in.UncompressedSize64 > mostShared {
		return tooLarge("The spreadsheet holds more than %d MB of formats. Save the sheet that holds the scores as “CSV UTF-8” and send that.", mostShared>>20)
	}
	f, err := in.Open()
	if err != nil {
		return damaged(err)
	}
	defer f.Close() //nolint:errcheck // only read
	formats, list := map[string]showing{strconv.Itoa(monthFormat): itsMonth}, ""
	var styles []string // the format of each
	dec := xml.NewDecoder(w.guarded(f))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return damaged(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch name := start.Name.Local; {
		case name == "numFmts", name == "cellStyleXfs", name == "cellXfs", name == "dxfs":
			list = name
		case name == "numFmt" && list == "numFmts" && len(formats) < mostStyles:
			formats[attribute(start, "numFmtId")] = shownBy(attribute(start, "formatCode"))
		case name == "xf" && list == "cellXfs" && len(styles) < mostStyles:
			styles = append(styles, attribute(start, "numFmtId"))
		}
	}
	for _, format := range styles {
		w.styles = append(w.styles, formats[format])
	}
	return nil
}

// shownBy is how much of a day a format shows. Its first section is for what is more
// than nothing, as days are. A month is one without its year as well: the number has
// it, and what nobody saw is the day. Where a time is shown, m may be minutes, and
// whoever entered a time entered its day.
func shownBy(format string) showing {
	letters := shownLetters(strings.ToLower(format))
	switch {
	case strings.HasPrefix(letters, "general") || strings.ContainsAny(letters, "dhs"):
		return itsDay
	case strings.Contains(letters, "m"):
		return itsMonth
	case strings.Contains(letters, "y"):
		return itsYear
	}
	return itsDay
}

// shownLetters are those of the first section of a format that stand for something:
// without texts, colours, languages, and what is shown as it is. A time that runs on
// is written in brackets.
func shownLetters(format string) string {
	var said strings.Builder
	for i := 0; i < len(format); i++ {
		end := byte(0)
		switch c := format[i]; c {
		case ';':
			return said.String()
		case '\\', '_', '*':
			i++
		case '"':
			end = '"'
		case '[':
			end = ']'
		default:
			said.WriteByte(c)
		}
		if end == 0 {
			continue
		}
		within, _, _ := strings.Cut(format[i+1:], string(end))
		i += len(within) + 1
		if end == ']' && strings.Trim(within, "hms") == "" {
			said.WriteString("h")
		}
	}
	return said.String()
}

// shows is how much of a day the cells of a style show. One that names no style has
// the first.
func (w *workbook) shows(style string) showing {
	if len(w.styles) == 0 {
		return itsDay
	}
	n := 0
	if style != "" {
		var err error
		if n, err = strconv.Atoi(style); err != nil {
			return itsDay
		}
	}
	if n < 0 || n >= len(w.styles) {
		return itsDay
	}
	return w.styles[n]
}

// asShown is the month or the year that is all that a cell shows of its number, or of
// its day in the form of the standard; not of a number that is no day.
func (w *workbook) asShown(value string, as showing) (text string, ok bool) {
	length := len("2026-03")
	switch as {
	case itsDay:
		return "", false
	case itsYear:
		length = len("2026")
	}
	if len(value) >= len("2026-03-31") && value[4] == '-' {
		return value[:length], true
	}
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || math.Abs(n) > lastSerial {
		return "", false
	}
	on, ok := serialDay(int(math.Floor(n)), w.epoch)
	if !ok {
		return "", false
	}
	return on.String()[:length], true
}
