package exchange

import (
	"io"

	"cairn/internal/fault"
)

// peopleColumns are what every file that lists people needs.
var peopleColumns = []string{"person_id", "scheme"}

// ReadPeople reads who is enrolled, for a long file: person_id, scheme, and
// columns that group people. Scores of people who are not listed become
// rejects. Faults as Read's, each with “people” before its place, and
// input.invalid for a wide file, which lists everybody itself.
func (d *Data) ReadPeople(r io.Reader) error {
	if d.Form != Long {
		return fault.New(fault.Invalid, fault.InputInvalid, "A file with one row for each person lists everybody itself. Leave the people file out.")
	}
	err := d.readPeople(r)
	all, accident := fault.All(err)
	if accident != nil {
		return accident
	}
	for i, f := range all {
		all[i] = f.At(ofPeople(f.Field))
	}
	return all.Err()
}

// ofPeople is a place in the people file, told apart from one in the scores.
func ofPeople(place string) string {
	if place == "" {
		place = "file"
	}
	return "people " + place
}

func (d *Data) readPeople(r io.Reader) error {
	t, err := openTable(r)
	if err != nil {
		return err
	}
	wrong, named := t.need(peopleColumns)
	if named {
		wrong = append(wrong, d.groupBy(t)...)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	for _, e := range d.enrolled.all {
		e.listed = 0
	}
	rows := peopleRows{d: d, columns: len(t.header), person: t.column("person_id"), scheme: t.column("scheme")}
	if err := t.each(d, &rows); err != nil {
		return err
	}
	d.dropUnlisted()
	return nil
}

// peopleRows reads the rows of one people file.
type peopleRows struct {
	d              *Data
	columns        int
	person, scheme int // where they stand
}

func (r *peopleRows) look(l line) {
	if l.ragged {
		r.d.reject(People, l, "", "", raggedFault(len(l.cells), r.columns))
		return
	}
	person, in := l.cells[r.person], l.cells[r.scheme]
	ok := r.d.nameable(People, l, person, in)
	groups, grouped := r.d.groupsOf(People, l, person)
	if ok && grouped {
		r.d.list(People, taken{who: r.d.enrol(person, in), line: int32(l.number), groups: groups})
	}
}

func (r *peopleRows) parse(p *parser, cells [][]byte, to *row) bool {
	if !p.groupsOf(cells) {
		return false
	}
	return p.names(cells[r.person], cells[r.scheme], to)
}

func (r *peopleRows) take(t taken) { r.d.list(People, t) }

// dropUnlisted turns scores of people who are not enrolled into rejects.
func (d *Data) dropUnlisted() {
	for _, s := range d.scores.all {
		if !s.counts() || d.enrolled.at(int(s.who)).isListed() {
			continue
		}
		s.refused = true
		d.reject(Scores, line{number: int(s.line)}, "person_id", d.enrolled.person(int(s.who)), fault.New(fault.Invalid, fault.InputInvalid,
			"The people file does not list this person in this scheme. Add them there, or correct the reference or the scheme."))
	}
	d.settle()
}
