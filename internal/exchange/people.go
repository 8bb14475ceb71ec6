package exchange

import (
	"errors"
	"io"

	"cairn/internal/fault"
)

// peopleColumns are what every file that lists people needs.
var peopleColumns = []string{"person_id", "scheme"}

// ReadPeople reads who is enrolled, for a long file: person_id, scheme, and
// columns that group people. Scores of people who are not listed become
// rejects. Faults as Read's, and input.invalid for a wide file, which lists
// everybody itself.
func (d *Data) ReadPeople(r io.Reader) error {
	if d.Form != Long {
		return fault.New(fault.Invalid, fault.InputInvalid, "A file with one row for each person lists everybody itself. Leave the people file out.")
	}
	t, err := openTable(r)
	if err != nil {
		return err
	}
	wrong, named := t.need(peopleColumns)
	if named {
		wrong = append(wrong, d.groups(t)...)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	for i := range d.enrolled {
		d.enrolled[i].listed = false
	}
	person, scheme := t.column("person_id"), t.column("scheme")
	for {
		l, err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if l.ragged {
			d.reject(People, l, "", "", raggedFault(len(l.cells), len(t.header)))
			continue
		}
		if d.names(People, l, l.cells[person], l.cells[scheme]) {
			d.enrolled[d.enrol(l.cells[person], l.cells[scheme])].listed = true
		}
	}
	d.dropUnlisted()
	return nil
}

// dropUnlisted turns scores of people who are not enrolled into rejects.
func (d *Data) dropUnlisted() {
	for i, s := range d.scores {
		who := d.enrolled[s.who]
		if !s.counts() || who.listed {
			continue
		}
		d.scores[i].refused = true
		d.reject(Scores, line{number: int(s.line)}, "person_id", who.person, fault.New(fault.Invalid, fault.InputInvalid,
			"The people file does not list this person in this scheme. Add them there, or correct the reference or the scheme."))
	}
	d.settle()
}

// groups faults for each column that people are to be compared by and that is
// not there.
func (d *Data) groups(t *table) (wrong fault.List) {
	for _, c := range d.Settings.Compare {
		if t.column(c.By) < 0 {
			wrong.Add(headerFault("The column %.60s is missing: the settings file compares by it.", c.By))
		}
	}
	return wrong
}
