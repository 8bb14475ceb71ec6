package exchange

import (
	"io"
	"maps"
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
)

// A wideColumn holds the scores of one measure at one time point.
type wideColumn struct {
	at            int // in the row
	measure, time int16
}

// ReadWide reads one row for each person: person_id, scheme, columns named
// measure.timepoint, and any others, which group people. A blank cell is a
// score that is missing; somebody without any score is enrolled all the same.
// Two rows of one person in one scheme are taken together: they may complete
// each other, and where they contradict each other neither score counts.
// Faults as Read's.
func ReadWide(r io.Reader, s Settings) (*Data, error) {
	t, err := openTable(r)
	if err != nil {
		return nil, err
	}
	d := newData(s, t)
	return d, d.readWide(t)
}

func (d *Data) readWide(t *table) error {
	d.Form = Wide
	columns, wrong := d.wideColumns(t)
	if err := wrong.Err(); err != nil {
		return err
	}
	ranges, err := d.ranges()
	if err != nil {
		return err
	}
	rows := wideRows{
		d: d, header: t.header, columns: columns, ranges: ranges,
		person: t.column("person_id"), scheme: t.column("scheme"), referral: t.column(referralNo),
	}
	if err := t.each(d, &rows); err != nil {
		return err
	}
	d.settle()
	return nil
}

// wideRows reads the rows of one wide file.
type wideRows struct {
	d              *Data
	header         []string
	columns        []wideColumn
	ranges         []measure.Score
	person, scheme int // where they stand
	referral       int // likewise, below 0 in a file that Cairn did not export
}

// referralNo is a column of Cairn's exports. Figures count first referrals.
const referralNo = "referral_no"

func (r *wideRows) look(l line) {
	d := r.d
	if l.ragged {
		d.reject(Scores, l, "", "", raggedFault(len(l.cells), len(r.header)))
		return
	}
	if r.referral >= 0 && l.cells[r.referral] != "1" {
		d.PassedOver++
		return
	}
	person, in := l.cells[r.person], l.cells[r.scheme]
	ok := d.nameable(Scores, l, person, in)
	groups, grouped := d.groupsOf(Scores, l, person)
	if !ok || !grouped {
		return
	}
	who := d.enrol(person, in)
	if !d.list(Scores, taken{who: who, line: int32(l.number), groups: groups}) {
		return
	}
	for _, c := range r.columns {
		text := l.cells[c.at]
		if text == "" {
			continue
		}
		level, f := readScore(text, int(c.measure), r.ranges)
		if f != nil {
			d.reject(Scores, l, r.header[c.at], person, f)
			continue
		}
		d.add(score{level: level, who: who, line: int32(l.number), measure: c.measure, time: c.time})
	}
}

func (r *wideRows) parse(p *parser, cells [][]byte, to *row) bool {
	if r.referral >= 0 && string(cells[r.referral]) != "1" {
		return false
	}
	for _, c := range r.columns {
		cell := cells[c.at]
		if len(cell) == 0 {
			continue
		}
		level, ok := plainLevel(cell)
		if !ok || !within(level, &r.ranges[c.measure]) {
			return false
		}
		p.score(level, int32(c.measure), int32(c.time))
	}
	if !p.groupsOf(cells) {
		return false
	}
	return p.names(cells[r.person], cells[r.scheme], to)
}

func (r *wideRows) take(t taken) {
	if !r.d.list(Scores, t) {
		return
	}
	for _, s := range t.scores {
		s.who, s.line = t.who, t.line
		r.d.add(s)
	}
}

// wideColumns finds the columns of scores. A measure needs its first time
// point and one more; a column that begins like a score and names no time
// point is a misspelling that would lose everybody's scores.
func (d *Data) wideColumns(t *table) ([]wideColumn, fault.List) {
	wrong, named := t.need(peopleColumns)
	if !named {
		return nil, wrong
	}
	var columns []wideColumn
	claimed := map[string]wideColumn{}
	for m, settings := range d.Settings.Measures {
		later := 0
		for i, point := range d.Settings.Timepoints {
			name := settings.Name + "." + point
			c := wideColumn{at: t.column(name), measure: int16(m), time: int16(i)}
			by, again := claimed[name]
			claimed[name] = c
			switch {
			case again && c.at >= 0:
				wrong.Add(headerFault("The column %s fits both the %s and the %s. Rename one of them in the settings file and in the header.", name, d.slotName(by), d.slotName(c)))
				later += min(i, 1)
			case c.at >= 0:
				columns = append(columns, c)
				later += min(i, 1)
			case i == 0:
				wrong.Add(headerFault("The column %s is missing. Name it in the first line.", name))
			}
		}
		if later == 0 {
			wrong.Add(headerFault("No column holds a later score of %s, such as %s.%s.", settings.Name, settings.Name, d.Settings.Timepoints[1]))
		}
	}
	for _, name := range t.header {
		for _, m := range d.Settings.Measures {
			if _, known := claimed[name]; !known && strings.HasPrefix(name, m.Name+".") {
				wrong.Add(headerFault("The column %.60s looks like a score, and the settings file has no such time point. It has %s.", seen(name), strings.Join(d.Settings.Timepoints, ", ")))
			}
		}
	}
	return columns, append(wrong, d.groupBy(t, slices.Collect(maps.Keys(claimed))...)...)
}

// slotName names a measure at a time point in a sentence.
func (d *Data) slotName(c wideColumn) string {
	return "measure " + d.Settings.Measures[c.measure].Name + " at " + d.Settings.Timepoints[c.time]
}
