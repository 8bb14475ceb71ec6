package exchange

import (
	"slices"

	"cairn/internal/fault"
)

// A grouping is one column that people are compared by.
type grouping struct {
	by string
	at int     // in the file that says it
	of []int32 // by enrolment: the group in Data.names, 1 more than its number; 0 for none
}

const (
	noGroup  = -1 // a blank cell
	byScheme = "scheme"
)

// groupBy finds the columns that people are compared by, and faults for each
// that is not there. The scheme is a column, and kept already.
func (d *Data) groupBy(t *table, scores ...string) (wrong fault.List) {
	for _, c := range d.Settings.Compare {
		at := t.column(c.By)
		switch {
		case at < 0:
			wrong.Add(headerFault("The column %.60s is missing: the settings file compares by it.", c.By))
		case c.By == "person_id" || slices.Contains(scores, c.By):
			wrong.Add(headerFault("The settings file compares by %.60s, which is no column of groups.", c.By))
		case c.By != byScheme && d.grouping(c.By) == nil:
			d.grouped = append(d.grouped, grouping{by: c.By, at: at})
		}
	}
	return wrong
}

// grouping is the column of that name, nil where it is not kept.
func (d *Data) grouping(by string) *grouping {
	i := slices.IndexFunc(d.grouped, func(g grouping) bool { return g.by == by })
	if i < 0 {
		return nil
	}
	return &d.grouped[i]
}

// groupsOf reads what a row says in the columns that people are compared by.
func (d *Data) groupsOf(in Input, l line, person string) (groups []int32, ok bool) {
	ok = true
	for _, g := range d.grouped {
		n := int32(noGroup)
		if text := l.cells[g.at]; text != "" {
			if f := acceptName(text, aGroup, mostWord); f != nil {
				d.reject(in, l, g.by, person, f)
				ok = false
			} else {
				n = d.names.of(text)
			}
		}
		groups = append(groups, n)
	}
	return groups, ok
}

// list enrols somebody in their groups. A second row may say what the first
// left blank, or say the same again; one that says otherwise is refused.
func (d *Data) list(in Input, t taken) bool {
	e := d.enrolled.at(int(t.who))
	ok := true
	for i, g := range d.grouped {
		if said := g.group(int(t.who)); said != noGroup && t.groups[i] != noGroup && said != t.groups[i] {
			d.reject(in, line{number: int(t.line)}, g.by, d.enrolled.person(int(t.who)), fault.New(fault.Invalid, fault.InputInvalid,
				"Line %d has this person in another group of the same scheme. This row does not count. Keep the right one.", e.listed))
			ok = false
		}
	}
	if !ok {
		return false
	}
	if !e.isListed() {
		e.listed = t.line
	}
	for i := range d.grouped {
		if t.groups[i] != noGroup {
			d.grouped[i].put(t.who, t.groups[i])
		}
	}
	return true
}

// group is the group of an enrolment, noGroup where nothing was said.
func (g *grouping) group(who int) int32 {
	if who >= len(g.of) {
		return noGroup
	}
	return g.of[who] - 1
}

func (g *grouping) put(who, group int32) {
	for int(who) >= len(g.of) {
		g.of = append(g.of, 0)
	}
	g.of[who] = group + 1
}
