package exchange

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf8"

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
	parse(p *parser, cells [][]byte, r *row) bool // by several parsers at once
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
	form            form
	columns         int   // of the header
	groups          []int // where the columns stand that people are compared by
	number          int   // among the parsers of a stream
	block           *block
	hash            func(person []byte) uint32
	cells           [][]byte
	words           *memo                                    // schemes and groups
	measures, times *memo                                    // of the settings
	days            [scheme.LatestYear + 1]*[1232]scheme.Day // by year, and by month x 100 + day
}

// parse finds the rows of a block.
func (p *parser) parse(b *block) {
	b.lines, b.rows, b.odd, b.scores, b.groups = 0, b.rows[:0], b.odd[:0], b.scores[:0], b.groups[:0]
	b.plain = utf8.Valid(b.text)
	p.block = b
	for at := 0; b.plain && at < len(b.text); b.lines++ {
		var filled bool
		at, filled, b.plain = p.cut(b.text, at)
		if filled {
			p.row()
		}
	}
	b.by, b.words = p.number, p.words.far.names
}

// row adds the row that was cut last. It is written where it stays, field by
// field: copies of structs were a tenth of the time.
func (p *parser) row() {
	b := p.block
	scores, groups := len(b.scores), len(b.groups)
	b.rows = append(b.rows, row{})
	r := &b.rows[len(b.rows)-1]
	r.line = int32(b.lines)
	ragged := len(p.cells) != p.columns
	if !ragged && p.form.parse(p, p.cells, r) {
		r.scores = int32(len(b.scores) - scores)
		return
	}
	r.scheme = isOdd
	b.scores, b.groups = b.scores[:scores], b.groups[:groups]
	l := line{number: b.lines, ragged: ragged}
	for _, cell := range p.cells {
		l.cells = append(l.cells, string(cell))
	}
	b.odd = append(b.odd, l)
}

// score adds a score to the row.
func (p *parser) score(level measure.Level, measure, time int32) *score {
	b := p.block
	b.scores = append(b.scores, score{})
	s := &b.scores[len(b.scores)-1]
	s.level, s.measure, s.time = level, int16(measure), int16(time)
	return s
}

// cut takes the line apart that begins at a byte of the text, and says where the
// next one begins. Lines are plain when commas alone tell their cells apart, or
// quotation marks around a cell that holds none and no line break.
func (p *parser) cut(text []byte, at int) (next int, filled, plain bool) {
	p.cells = p.cells[:0]
	for {
		cell, end := cellAt(text, at)
		if end < len(text) && text[end] == '"' {
			if cell, end = quotedAt(text, at); end < 0 {
				return 0, false, false
			}
		}
		if n := len(cell); n > 0 && !(isInk(cell[0]) && isInk(cell[n-1])) {
			cell = bytes.TrimSpace(cell)
		}
		filled = filled || len(cell) > 0
		p.cells = append(p.cells, cell)
		if end == len(text) || text[end] == '\n' {
			return min(end+1, len(text)), filled, true
		}
		at = end + 1
	}
}

// cellAt is what stands before the next comma, line break or quotation mark, and
// where that is. It looks at eight bytes at a time for those below 0x2d, which
// all three are: of bytes that are not, none borrows when 0x2d is taken off.
func cellAt(text []byte, at int) (cell []byte, end int) {
	const each = 0x01_01_01_01_01_01_01_01
	for end = at; end+8 <= len(text); {
		w := binary.LittleEndian.Uint64(text[end:])
		low := (w - 0x2d*each) & ^w & (0x80 * each)
		if low == 0 {
			end += 8
			continue
		}
		end += bits.TrailingZeros64(low) / 8
		if c := text[end]; c == ',' || c == '\n' || c == '"' {
			return text[at:end], end
		}
		end++
	}
	for end < len(text) && text[end] != ',' && text[end] != '\n' && text[end] != '"' {
		end++
	}
	return text[at:end], end
}

// quotedAt is the cell between two quotation marks and where the comma or the
// line break behind it is; below 0 when the cell is not plain.
func quotedAt(text []byte, at int) (cell []byte, end int) {
	if text[at] != '"' {
		return nil, -1
	}
	n := bytes.IndexByte(text[at+1:], '"')
	if n < 0 {
		return nil, -1
	}
	cell, end = text[at+1:at+1+n], at+n+2
	if rest := text[end:]; len(rest) > 0 && rest[0] == '\r' && (len(rest) == 1 || rest[1] == '\n') {
		end++
	}
	if bytes.IndexByte(cell, '\n') >= 0 || end < len(text) && text[end] != ',' && text[end] != '\n' {
		return nil, -1
	}
	return cell, end
}

// isInk is of bytes that are certainly no white space.
func isInk(c byte) bool { return c > ' ' && c < utf8.RuneSelf }

// names are the person and the scheme of a row.
func (p *parser) names(person, scheme []byte, r *row) bool {
	if len(person) == 0 || len(person) > mostPerson {
		return false
	}
	for _, c := range person {
		if c < ' ' || c >= 0x7f {
			if acceptName(string(person), "", mostPerson) != nil {
				return false
			}
			break
		}
	}
	n, ok := p.word(scheme, aScheme)
	r.person, r.hash, r.scheme = person, p.hash(person), n
	return ok
}

// groupsOf adds what a row says in the columns that people are compared by.
func (p *parser) groupsOf(cells [][]byte) bool {
	for _, at := range p.groups {
		n := int32(noGroup)
		if cell := cells[at]; len(cell) > 0 {
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
	if n, ok := p.words.find(text); ok {
		return n, true
	}
	if acceptName(string(text), what, mostWord) != nil {
		return 0, false
	}
	return p.words.far.of(string(text)), true
}
