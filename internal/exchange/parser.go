package exchange

import (
	"bytes"
	"unicode/utf8"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A form is how the rows of one kind of file are read: look says all that is
// wrong with a row, whatever it holds; parse takes the rows that hold nothing
// wrong, which are nearly all, without making a single string. Of a row that it
// refuses nothing is lost, since look reads it. Of a row that it takes, take
// keeps what look would have kept.
type form interface {
	look(l line)
	parse(p *parser, cells [][]byte) (row, bool) // by several parsers at once
	take(r taken)
}

// taken is a row that parse took.
type taken struct {
	who    int32 // in Data.enrolled
	line   int32
	scores []score
	groups []int32 // in Data.names; below 0 for a blank cell
}

// A parser finds the rows of blocks, one block after another.
type parser struct {
	form    form
	columns int // of the header
	number  int // among the parsers of a stream
	hash    func(person []byte) uint32
	block   *block
	cells   [][]byte
	words   index
	days    map[int64]scheme.Day // by the digits of their text
}

// parse finds the rows of a block.
func (p *parser) parse(b *block) {
	b.lines, b.rows, b.odd, b.scores, b.groups = 0, b.rows[:0], b.odd[:0], b.scores[:0], b.groups[:0]
	b.plain = utf8.Valid(b.text)
	p.block = b
	for rest := b.text; b.plain && len(rest) > 0; b.lines++ {
		var filled bool
		rest, filled, b.plain = p.cut(rest)
		if filled {
			p.row()
		}
	}
	b.by, b.words = p.number, p.words.names
}

// row adds the row that was cut last.
func (p *parser) row() {
	b := p.block
	scores, groups := len(b.scores), len(b.groups)
	ragged := len(p.cells) != p.columns
	if !ragged {
		if r, ok := p.form.parse(p, p.cells); ok {
			r.line, r.scores = int32(b.lines), int32(len(b.scores)-scores)
			b.rows = append(b.rows, r)
			return
		}
		b.scores, b.groups = b.scores[:scores], b.groups[:groups]
	}
	l := line{number: b.lines, ragged: ragged}
	for _, cell := range p.cells {
		l.cells = append(l.cells, string(cell))
	}
	b.odd = append(b.odd, l)
	b.rows = append(b.rows, row{scheme: isOdd})
}

// cut takes the first line of text apart and returns the text behind it. Lines
// are plain when commas alone tell their cells apart, or quotation marks around
// a cell that holds none and no line break.
func (p *parser) cut(text []byte) (rest []byte, filled, plain bool) {
	p.cells = p.cells[:0]
	for {
		var cell []byte
		n := 0
		if len(text) > 0 && text[0] == '"' {
			n = 1 + bytes.IndexByte(text[1:], '"')
			if n == 0 || bytes.IndexByte(text[1:n], '\n') >= 0 {
				return nil, false, false
			}
			cell = text[1:n]
			n++
			if n < len(text) && text[n] == '\r' && (n+1 == len(text) || text[n+1] == '\n') {
				n++
			}
			if n < len(text) && text[n] != ',' && text[n] != '\n' {
				return nil, false, false
			}
		} else {
			n = cellEnd(text)
			if n < len(text) && text[n] == '"' {
				return nil, false, false
			}
			cell = text[:n]
		}
		cell = trim(cell)
		filled = filled || len(cell) > 0
		p.cells = append(p.cells, cell)
		if n == len(text) {
			return nil, filled, true
		}
		if text[n] == '\n' {
			return text[n+1:], filled, true
		}
		text = text[n+1:]
	}
}

// cellEnd is where the first comma, line break or quotation mark stands.
func cellEnd(text []byte) int {
	for i, c := range text {
		if c <= ',' && (c == ',' || c == '\n' || c == '"') {
			return i
		}
	}
	return len(text)
}

func trim(cell []byte) []byte {
	if n := len(cell); n > 0 && isInk(cell[0]) && isInk(cell[n-1]) {
		return cell
	}
	return bytes.TrimSpace(cell)
}

// isInk is of bytes that are certainly no white space.
func isInk(c byte) bool { return c > ' ' && c < utf8.RuneSelf }

// names are the person and the scheme of a row.
func (p *parser) names(person, scheme []byte) (row, bool) {
	if len(person) == 0 || len(person) > mostPerson {
		return row{}, false
	}
	for _, c := range person {
		if c < ' ' || c == 0x7f {
			return row{}, false
		}
	}
	n, ok := p.word(scheme, aScheme)
	return row{person: person, hash: p.hash(person), scheme: n}, ok
}

// groupsOf adds what a row says in the columns that people are compared by.
func (p *parser) groupsOf(cells [][]byte, columns []grouping) bool {
	for _, g := range columns {
		n := int32(noGroup)
		if cell := cells[g.at]; len(cell) > 0 {
			var ok bool
			if n, ok = p.word(cell, aGroup); !ok {
				return false
			}
		}
		p.block.groups = append(p.block.groups, n)
	}
	return true
}

// word is the number of a scheme or a group.
func (p *parser) word(text []byte, what string) (int32, bool) {
	if n, ok := p.words.number[string(text)]; ok {
		return n, true
	}
	if acceptName(string(text), what, mostWord) != nil {
		return 0, false
	}
	return p.words.of(string(text)), true
}

// day reads a date up to today.
func (p *parser) day(text []byte, today scheme.Day) (scheme.Day, bool) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return scheme.Day{}, false
	}
	year, isYear := digits(text[:4])
	month, isMonth := digits(text[5:7])
	day, isDay := digits(text[8:])
	if !isYear || !isMonth || !isDay {
		return scheme.Day{}, false
	}
	key := (year*100+month)*100 + day
	on, known := p.days[key]
	if !known {
		var f *fault.Fault
		if on, f = readDate(string(text), today); f != nil {
			return on, false
		}
		p.days[key] = on
	}
	return on, true
}

// digits reads a few digits as a number.
func digits(text []byte) (n int64, ok bool) {
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int64(c-'0')
	}
	return n, len(text) > 0
}

// signed takes a minus sign off.
func signed(text []byte) (sign int64, rest []byte) {
	if len(text) > 0 && text[0] == '-' {
		return -1, text[1:]
	}
	return 1, text
}

// plainDays reads days as readDays does, up to 9999.
func plainDays(text []byte) (int16, bool) {
	sign, text := signed(text)
	n, ok := digits(text)
	return int16(sign * n), ok && len(text) <= 4
}

// plainLevel reads a score as measure.ParseLevel does with MaxDecimals, when it
// is written in the plainest way: 18, -3 or 18.59.
func plainLevel(text []byte) (measure.Level, bool) {
	sign, text := signed(text)
	point := bytes.IndexByte(text, '.')
	if point < 0 {
		n, ok := digits(text)
		return measure.Level(sign * n * unit), ok && len(text) <= 9
	}
	whole, isWhole := digits(text[:point])
	parts, isPart := digits(text[point+1:])
	decimals := len(text) - point - 1
	if !isWhole || !isPart || point > 9 || decimals > measure.MaxDecimals {
		return 0, false
	}
	for ; decimals < measure.MaxDecimals; decimals++ {
		parts *= 10
	}
	return measure.Level(sign * (whole*unit + parts)), true
}

// unit is one score point in levels of MaxDecimals.
const unit = 10_000
