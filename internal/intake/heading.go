package intake

import (
	"fmt"
	"slices"
	"strings"

	"cairn/internal/measure"
)

// mostHeading is how many rows are looked at for headings: above them stand the
// names of services and who filled the sheet in.
const mostHeading = 15

// A heading is the row or the two rows that name the columns of a sheet.
type heading struct {
	first, last int // lines; the same for one row
	names       []string
	means       []meaning
	worth       int
}

// joint stands between the two rows of a heading.
const joint = " / "

// headingOf finds the headings of a sheet; worth is 0 where there are none.
func (v *vocabulary) headingOf(b *Book, sheet int) (heading, error) {
	var rows []Line
	err := b.Each(sheet, func(l Line) error {
		rows = append(rows, Line{Number: l.Number, Cells: slices.Clone(l.Cells)})
		if len(rows) == mostHeading {
			return errEnough
		}
		return nil
	})
	if err != nil {
		return heading{}, err
	}
	var best heading
	for i, row := range rows {
		one := v.headed(heading{first: row.Number, last: row.Number, names: row.Cells})
		if one.worth > best.worth {
			best = one
		}
		if i == 0 || rows[i-1].Number != row.Number-1 || filled(rows[i-1].Cells) < 2 || looksLikeData(rows[i-1].Cells)+looksLikeData(row.Cells) > 0 {
			continue
		}
		if two := v.headed(heading{first: rows[i-1].Number, last: row.Number, names: joined(rows[i-1].Cells, row.Cells)}); two.worth > best.worth {
			best = two
		}
	}
	return best, nil
}

// joined writes what stands above columns in front of what stands on them: a
// cell of the upper row holds for those to its right until the next one.
func joined(above, names []string) []string {
	all := make([]string, max(len(above), len(names)))
	over := ""
	for i := range all {
		if c := (Line{Cells: above}).cell(i); c != "" {
			over = c
		}
		name := (Line{Cells: names}).cell(i)
		switch {
		case name == "" && (Line{Cells: above}).cell(i) == "":
		case over == "" || name == "":
			all[i] = over + name
		default:
			all[i] = over + joint + name
		}
	}
	return all
}

func filled(cells []string) (n int) {
	for _, c := range cells {
		if c != "" {
			n++
		}
	}
	return n
}

// looksLikeData counts cells that no heading has: numbers and dates.
func looksLikeData(cells []string) (n int) {
	c := calendar{order: DayFirst}
	for _, text := range cells {
		_, isDate := c.parse(text)
		if _, isNumber := measure.DecimalsOf(text); isDate || isNumber || strings.HasPrefix(text, "=") {
			n++
		}
	}
	return n
}

// headed says what the names mean and how much of it there is.
func (v *vocabulary) headed(h heading) heading {
	for len(h.names) > 0 && h.names[len(h.names)-1] == "" {
		h.names = h.names[:len(h.names)-1]
	}
	referenced := false
	for _, name := range h.names {
		m := v.means(name)
		h.means = append(h.means, m)
		switch m.takes {
		case TakesReference:
			if !referenced {
				h.worth += 4
			}
			referenced = true
		case TakesScore, TakesAnswer:
			h.worth += 3
		case TakesNothing:
			if m.why == whyOther || m.why == whyDerived || m.why == whyTold {
				h.worth += 3
			}
		case TakesIdentity, TakesWords, TakesDone:
			h.worth++
		default:
			h.worth += 2
		}
		if m.occasion != "" {
			h.worth++
		}
	}
	h.worth -= 3 * looksLikeData(h.names)
	if h.worth < 5 || filled(h.names) < 2 {
		h.worth = 0
	}
	return h
}

// sameHeading reports a row that says the headings again, as copied sheets do.
func sameHeading(l Line, h []string) bool {
	same := 0
	for i, name := range h {
		_, lower, two := strings.Cut(name, joint)
		c := l.cell(i)
		if c != "" && (strings.EqualFold(c, name) || two && strings.EqualFold(c, lower)) {
			same++
		}
	}
	return same >= 2 && same*2 >= filled(l.Cells)
}

// whyNone says of some columns, none of which will do, why they are not read.
func whyNone(columns []Column) (says string) {
	const most = 4
	said := 0
	for _, c := range columns {
		if c.Heading == "" || c.Takes.Read() || c.Why == whyUnknown || said == most {
			continue
		}
		if said++; said == 1 {
			says = " Not read:"
		}
		says += fmt.Sprintf(" “%s”, since %s;", shown(c.Heading), c.Why)
	}
	if says != "" {
		says = strings.TrimSuffix(says, ";") + "."
	}
	return says
}
