package exchange

import (
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// pairColumns are those of pairs.csv that are read; the others group people or say
// more of the same.
var pairColumns = []string{"person_id", "scheme", "measure", "timepoint", "baseline", "later", inFigures}

// inFigures is the column that makes a file one of Cairn's pairs.
const inFigures = "in_figures"

// A pairing is one person's two scores of a measure at a later time point. Either
// may be missing.
type pairing struct {
	who            int32
	line           int32
	measure, time  int16
	first, second  measure.Level // score x 10^4
	began, renewed bool          // whether there is such a score
}

// readPairs reads pairs.csv of an export. Who is in figures, and which score is
// whose first one, is as the file says: rows that figures of its day do not count
// are passed over, so that somebody may be in the figures of one time point and not
// yet in those of the next.
func (d *Data) readPairs(t *table) error {
	d.Form = Pairs
	wrong, named := t.need(pairColumns)
	if named {
		wrong = append(wrong, d.groupBy(t, pairColumns[2:]...)...)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	ranges, err := d.ranges()
	if err != nil {
		return err
	}
	rows := pairRows{
		d: d, ranges: ranges, columns: len(t.header), seen: map[pairing]int32{},
		referral: t.column(referralNo), exit: t.column("exit"), closes: t.column("closes_on"),
	}
	for i, name := range pairColumns {
		rows.at[i] = t.column(name)
	}
	for {
		l, err := t.next()
		if err != nil {
			if err := ended(err); err != nil {
				return err
			}
			break
		}
		rows.look(l)
	}
	d.extents = d.noExtents()
	for _, p := range d.pairs {
		x := &d.extents[p.measure]
		if p.began {
			x.reach(&score{level: p.first})
		}
		if p.renewed {
			x.reach(&score{level: p.second, time: p.time})
		}
	}
	slices.SortStableFunc(d.Rejects, byPlace)
	return nil
}

// pairRows reads the rows of one file of pairs.
type pairRows struct {
	d       *Data
	ranges  []measure.Score
	at      [7]int // where each of pairColumns stands
	columns int
	seen    map[pairing]int32 // lines, by who, measure and time

	referral, exit, closes int // where they stand, below 0 in a file for research that lacks them
}

// left reports whether a row that is in no figure is of somebody who died or moved
// away before a window that has closed: they are among those referred.
func (r *pairRows) left(l line) bool {
	if r.referral < 0 || r.exit < 0 || r.closes < 0 || l.cells[r.referral] != "1" || l.cells[r.exit] == "" {
		return false
	}
	if l.cells[r.closes] == "" { // no day is known of them, and no window waits for one
		return true
	}
	closes, err := scheme.ParseDay(l.cells[r.closes])
	return err == nil && closes.Before(r.d.Settings.ExportedOn)
}

func (r *pairRows) look(l line) {
	d := r.d
	if l.ragged {
		d.reject(Scores, l, "", "", raggedFault(len(l.cells), r.columns))
		return
	}
	cell := func(column int) string { return l.cells[r.at[column]] }
	gone := cell(6) != "yes"
	if gone && !r.left(l) {
		d.PassedOver++
		return
	}
	person := cell(0)
	ok := d.nameable(Scores, l, person, cell(1))
	say := func(column int, f *fault.Fault) {
		if f != nil {
			d.reject(Scores, l, pairColumns[column], person, f)
			ok = false
		}
	}
	m := slices.IndexFunc(d.Settings.Measures, func(m MeasureSettings) bool { return m.Name == cell(2) })
	if m < 0 {
		say(2, fault.New(fault.Invalid, fault.MeasureUnknown, "The settings file has no measure of this name. It has %s.", strings.Join(d.Settings.measureNames(), ", ")))
	}
	time := slices.Index(d.Settings.Timepoints, cell(3))
	if time < 1 {
		say(3, fault.New(fault.Invalid, fault.OccasionUnknown, "The settings file has no later time point of this name. It has %s.", strings.Join(d.Settings.Timepoints[1:], ", ")))
	}
	p := pairing{line: int32(l.number), measure: int16(m), time: int16(time)}
	var f *fault.Fault
	if p.began = !gone && cell(4) != ""; p.began {
		p.first, f = readScore(cell(4), m, r.ranges)
		say(4, f)
	}
	if p.renewed = !gone && cell(5) != ""; p.renewed {
		p.second, f = readScore(cell(5), m, r.ranges)
		say(5, f)
	}
	groups, grouped := d.groupsOf(Scores, l, person)
	if !ok || !grouped {
		return
	}
	p.who = d.enrol(person, cell(1))
	of := pairing{who: p.who, measure: p.measure, time: p.time}
	if before, again := r.seen[of]; again {
		d.reject(Scores, l, "", person, fault.New(fault.Invalid, fault.AssessmentTwice,
			"Line %d has this person's pair of one measure, time point and scheme already. This row does not count. Keep the right one.", before))
		return
	}
	if r.seen[of] = p.line; d.list(Scores, taken{who: p.who, line: p.line, groups: groups}) {
		d.pairs = append(d.pairs, p)
	}
}

// pairSpan is what one measure from the first time point to a later one is made of:
// its steps, and of all parts those people whose pair is in figures.
func (d *Data) pairSpan(m, later int, schemes parts, groups map[string]parts) (steps, parts, map[string]parts) {
	x := d.extents[m]
	s := steps{of: make([][]int64, len(d.Settings.Timepoints)), lowest: x.coarsen(x.lowest), most: 1 + int64(x.coarsen(x.highest-x.lowest))}
	first, second, in := make([]int64, d.enrolled.n), make([]int64, d.enrolled.n), make([]bool, d.enrolled.n)
	s.of[0], s.of[later] = first, second
	for _, p := range d.pairs {
		if int(p.measure) != m || int(p.time) != later {
			continue
		}
		in[p.who] = true
		if p.began {
			first[p.who] = 1 + int64(x.coarsen(p.first-x.lowest))
		}
		if p.renewed {
			second[p.who] = 1 + int64(x.coarsen(p.second-x.lowest))
		}
	}
	some := map[string]parts{}
	for by, of := range groups {
		some[by] = of.among(in)
	}
	return s, schemes.among(in), some
}

// among are the same parts without those who are not in.
func (p parts) among(in []bool) parts {
	of := slices.Clone(p.of)
	for i := range of {
		if !in[i] {
			of[i] = 0
		}
	}
	return parts{of: of, names: p.names}
}
