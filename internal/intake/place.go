package intake

import (
	"errors"
	"slices"
	"strings"

	"cairn/internal/fault"
)

// A placed sheet is a sheet of a file with where the mapping's columns stand
// in it.
type placed struct {
	book  int // sheet of the book
	name  string
	of    Sheet
	at    []int // where each read column of the mapping stands
	reads []Column
	last  int      // line of the heading
	names []string // of the file
}

// place finds the mapping's sheets in a book. It faults unless all of them are
// there; of a file without sheets, which has one, unless one is.
func (m Mapping) place(b *Book) ([]placed, error) {
	var all []placed
	taken := map[int]bool{}
	for _, s := range m.Sheets {
		for i := range b.Sheets {
			if taken[i] || !b.isCalled(i, s) {
				continue
			}
			p, err := s.placeIn(b, i)
			if err != nil {
				return nil, err
			}
			if p.at != nil {
				taken[i] = true
				all = append(all, p)
				break
			}
		}
	}
	single := len(b.Sheets) == 1 && b.Sheets[0] == ""
	if m.Changed() || len(all) == 0 || len(all) < len(m.Sheets) && !single {
		return nil, fault.New(fault.Invalid, fault.MappingOther, "This mapping is of another file: the headings that it reads are not all in this one. Read this file without a mapping, and a new one is made.").At("mapping")
	}
	slices.SortFunc(all, func(a, b placed) int { return a.book - b.book })
	return all, nil
}

// placeIn looks for the row that has every heading that is read; at is nil where
// there is none.
func (s Sheet) placeIn(b *Book, sheet int) (placed, error) {
	p := placed{book: sheet, name: b.Sheets[sheet], of: s}
	for _, c := range s.Columns {
		if c.Takes.Read() {
			p.reads = append(p.reads, c)
		}
	}
	var above Line
	rows := 0
	err := b.Each(sheet, func(l Line) error {
		if rows++; rows > mostHeading {
			return errEnough
		}
		p.last = l.Number
		if p.at = places(p.reads, l.Cells); p.at != nil {
			p.names = slices.Clone(l.Cells)
			return errEnough
		}
		if above.Number == l.Number-1 {
			names := joined(above.Cells, l.Cells)
			if p.at = places(p.reads, names); p.at != nil {
				p.names = names
				return errEnough
			}
		}
		above = Line{Number: l.Number, Cells: slices.Clone(l.Cells)}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return p, err
}

// places says where each column stands; nil unless all of them do. Of headings
// that are there twice the first is the first.
func places(columns []Column, names []string) []int {
	if len(columns) == 0 {
		return nil
	}
	used := make([]bool, len(names))
	var at []int
	for _, c := range columns {
		i := -1
		for n, name := range names {
			if !used[n] && folded(name) == folded(c.Heading) && strings.TrimSpace(name) != "" {
				i = n
				break
			}
		}
		if i < 0 {
			return nil
		}
		used[i] = true
		at = append(at, i)
	}
	return at
}
