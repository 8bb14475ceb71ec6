// Package exchange reads scores from files and writes pairs and findings to
// them.
//
// It knows nothing of databases, of HTTP or of the terminal's flags. It
// promises that every row of a file, and in a wide file every score, is either
// in the data or in the rejects with its line and what to do about it, that a
// file as a whole is refused only when its rows cannot be told apart, and that
// no reason repeats the content of a cell.
package exchange

import (
	"io"
	"iter"
	"slices"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Form is how a file lays out its scores.
type Form string

const (
	Long  Form = "long"  // one row for each score
	Wide  Form = "wide"  // one row for each person
	Pairs Form = "pairs" // one row for each first score and follow-up, as Cairn exports them
)

// Data is what one file of scores holds, kept small: text is kept once, scores
// are integers.
type Data struct {
	Form     Form
	Settings Settings
	Rejects  []Reject // by line; rows, and scores of a wide file, that are not in the data
	Repeats  int      // rows, in a wide file scores, that say again what an earlier row said

	// Backward is how many pairs of a long file have a later score that is dated
	// on the day of the baseline or before it. They are in the figures: a time
	// point is taken by its name. BackwardAt has the lines of the later scores,
	// the first ten of them.
	Backward   int
	BackwardAt []int

	// PassedOver is how many rows of a file that Cairn exported are none of the
	// figures': later referrals of the same people, scores and tries that figures
	// take for no time point, and pairs whose window was still open.
	PassedOver int

	names    index // of schemes and groups
	enrolled enrolments
	grouped  []grouping
	scores   pile[score]
	pairs    []pairing // of a file of pairs, which has no scores
	extents  []extent  // of each measure
}

// A Row is one accepted score.
type Row struct {
	Line      int // of the file, the header is 1
	Person    string
	Scheme    string
	Measure   measure.Key
	Timepoint string
	Days      int        // after the first time point, as the file says; the settings' in a wide file
	On        scheme.Day // no day in a wide file
	Level     measure.Level
	Score     string // the same as text, "18.5"
}

// An Enrolment is one person in one scheme.
type Enrolment struct {
	Person string
	Scheme string
}

// Read takes long.csv, wide.csv or pairs.csv, told apart by their header. Faults are of
// the whole file: file.header names every column that is missing or unknown,
// input.unreadable the line that is not UTF-8 or not CSV. What is wrong with
// single rows is in Data.Rejects.
func Read(r io.Reader, s Settings, today scheme.Day) (*Data, error) {
	t, err := openTable(r)
	if err != nil {
		return nil, err
	}
	d := newData(s, t)
	switch {
	case slices.Contains(t.header, inFigures):
		return d, d.readPairs(t)
	case slices.Contains(t.header, "timepoint") && slices.Contains(t.header, "score"):
		return d, d.readLong(t, today)
	}
	return d, d.readWide(t)
}

// Rows returns the accepted scores in the order of the file.
func (d *Data) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for _, s := range d.scores.all {
			if s.counts() && !yield(d.row(s)) {
				return
			}
		}
	}
}

func (d *Data) row(s *score) Row {
	m, who := int(s.measure), int(s.who)
	x := d.extents[m]
	level := x.coarsen(s.level)
	r := Row{
		Line: int(s.line), Person: d.enrolled.person(who), Scheme: d.names.names[d.enrolled.at(who).scheme],
		Measure: d.Settings.Measures[m].Key(), Timepoint: d.Settings.Timepoints[s.time],
		Days: int(s.days), On: s.on, Level: level, Score: level.Text(x.decimals),
	}
	if d.Form == Wide {
		r.Days = d.Settings.Days[s.time]
	}
	return r
}

// holds reports whether there is any score that counts.
func (d *Data) holds() bool {
	if slices.ContainsFunc(d.pairs, func(p pairing) bool { return p.began || p.renewed }) {
		return true
	}
	for range d.Rows() {
		return true
	}
	return false
}

// Len is how many scores Rows returns.
func (d *Data) Len() int {
	n := 0
	for _, s := range d.scores.all {
		if s.counts() {
			n++
		}
	}
	return n
}

// Usable reports whether there is anything to work out: a score that counts, or
// else people without one in a file that nothing is wrong with.
func (d *Data) Usable() bool {
	for range d.Enrolled() {
		return d.holds() || len(d.Rejects) == 0
	}
	return false
}

// Enrolled returns everybody in every scheme, in the order of the file.
func (d *Data) Enrolled() iter.Seq[Enrolment] {
	return func(yield func(Enrolment) bool) {
		for i, e := range d.enrolled.all {
			if e.isListed() && !yield(Enrolment{Person: d.enrolled.person(i), Scheme: d.names.names[e.scheme]}) {
				return
			}
		}
	}
}

// Schemes returns the schemes of everybody enrolled, by name.
func (d *Data) Schemes() []string {
	seen := make([]bool, len(d.names.names))
	for _, e := range d.enrolled.all {
		seen[e.scheme] = seen[e.scheme] || e.isListed()
	}
	var names []string
	for i, name := range d.names.names {
		if seen[i] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Definitions returns the settings' measures, in order, each with as many
// decimals as its accepted scores have.
func (d *Data) Definitions() ([]measure.Definition, error) {
	var defs []measure.Definition
	var wrong fault.List
	for i, m := range d.Settings.Measures {
		def, err := d.Settings.Definition(m.Key(), d.extents[i].decimals)
		if accident := wrong.Note("measures", err); accident != nil {
			return nil, accident
		}
		defs = append(defs, def)
	}
	return defs, wrong.Err()
}
