package exchange

import (
	"errors"
	"io"
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
// Faults as Read's.
func ReadWide(r io.Reader, s Settings) (*Data, error) {
	t, err := openTable(r)
	if err != nil {
		return nil, err
	}
	d := newData(s)
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
	person, scheme := t.column("person_id"), t.column("scheme")
	taken := map[slot]int32{}
	for {
		l, err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if l.ragged {
			d.reject(Scores, l, "", "", raggedFault(len(l.cells), len(t.header)))
			continue
		}
		if !d.names(Scores, l, l.cells[person], l.cells[scheme]) {
			continue
		}
		who := d.enrol(l.cells[person], l.cells[scheme])
		d.enrolled[who].listed = true
		for _, c := range columns {
			d.wideCell(taken, l, c, wideScore{who: who, name: t.header[c.at], ranges: ranges})
		}
	}
	d.settle()
	return nil
}

// wideScore is whose cell is read, and against what.
type wideScore struct {
	who    int32
	name   string // of the column
	ranges []measure.Score
}

func (d *Data) wideCell(taken map[slot]int32, l line, c wideColumn, w wideScore) {
	text := l.cells[c.at]
	if text == "" {
		return
	}
	level, f := readScore(text, int(c.measure), w.ranges)
	if f != nil {
		d.reject(Scores, l, w.name, d.enrolled[w.who].person, f)
		return
	}
	d.add(taken, score{
		level: level, who: w.who, line: int32(l.number), days: int32(d.Settings.Days[c.time]),
		measure: c.measure, time: c.time,
	})
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
	score := map[string]bool{}
	for m, settings := range d.Settings.Measures {
		later := 0
		for i, point := range d.Settings.Timepoints {
			name := settings.Name + "." + point
			score[name] = true
			at := t.column(name)
			switch {
			case at >= 0:
				columns = append(columns, wideColumn{at: at, measure: int16(m), time: int16(i)})
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
			if strings.HasPrefix(name, m.Name+".") && !score[name] {
				wrong.Add(headerFault("The column %.60s looks like a score, and the settings file has no such time point. It has %s.", name, strings.Join(d.Settings.Timepoints, ", ")))
			}
		}
	}
	return columns, append(wrong, d.groups(t)...)
}
