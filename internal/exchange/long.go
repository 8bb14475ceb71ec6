package exchange

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"cairn/internal/exchange/extract"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// longColumns are the columns of long.csv, in any order and no others but those of
// Cairn's own exports.
var longColumns = []string{"person_id", "scheme", "measure", "timepoint", "days", "date", "score"}

// ReadLong reads one row for each score. People are enrolled by having a score,
// unless ReadPeople lists them. Faults as Read's.
func ReadLong(r io.Reader, s Settings, today scheme.Day) (*Data, error) {
	t, err := openTable(r)
	if err != nil {
		return nil, err
	}
	d := newData(s, t)
	return d, d.readLong(t, today)
}

func (d *Data) readLong(t *table, today scheme.Day) error {
	d.Form = Long
	wrong, named := t.need(longColumns)
	ours := extract.LongColumns()
	for _, name := range t.header {
		if named && !slices.Contains(longColumns, name) && !slices.Contains(ours, name) {
			wrong.Add(headerFault("Nothing reads the column “%.40s”. Delete it, or correct its name.", seen(name)))
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	ranges, err := d.ranges()
	if err != nil {
		return err
	}
	rows := longRows{d: d, ranges: ranges, today: today, measures: map[string]int{}, times: map[string]int{},
		columns: len(t.header), referral: t.column(referralNo), occasion: t.column("occasion")}
	for i, name := range longColumns {
		rows.at[i] = t.column(name)
	}
	for i, m := range d.Settings.Measures {
		rows.measures[m.Name] = i
	}
	for i, name := range d.Settings.Timepoints {
		rows.times[name] = i
	}
	if err := t.each(d, &rows); err != nil {
		return err
	}
	d.enrolByScores()
	d.settle()
	return nil
}

// ranges are the scores of the settings with the most decimals there are, to
// hold levels against.
func (d *Data) ranges() ([]measure.Score, error) {
	var all []measure.Score
	for _, m := range d.Settings.Measures {
		def, err := d.Settings.Definition(m.Key(), measure.MaxDecimals)
		if err != nil {
			return nil, err
		}
		all = append(all, def.Scores[0])
	}
	return all, nil
}

// longRows reads the rows of one long file.
type longRows struct {
	d        *Data
	ranges   []measure.Score
	today    scheme.Day
	at       [7]int // where each of longColumns stands
	columns  int
	referral int // where it stands, below 0 in a file that Cairn did not export
	occasion int // likewise
	measures map[string]int
	times    map[string]int
}

func (r *longRows) look(l line) {
	d := r.d
	if l.ragged {
		d.reject(Scores, l, "", "", raggedFault(len(l.cells), r.columns))
		return
	}
	cell := func(column int) string { return l.cells[r.at[column]] }
	if r.referral >= 0 && l.cells[r.referral] != "1" || r.occasion >= 0 && cell(3) == "" {
		d.PassedOver++
		return
	}
	person := cell(0)
	ok := d.nameable(Scores, l, person, cell(1))
	say := func(column int, f *fault.Fault) {
		if f != nil {
			d.reject(Scores, l, longColumns[column], person, f)
			ok = false
		}
	}
	m, known := r.measures[cell(2)]
	if !known {
		m = -1
		say(2, fault.New(fault.Invalid, fault.MeasureUnknown, "The settings file has no measure of this name. It has %s.", strings.Join(d.Settings.measureNames(), ", ")))
	}
	time, known := r.times[cell(3)]
	if !known {
		say(3, fault.New(fault.Invalid, fault.OccasionUnknown, "The settings file has no time point of this name. It has %s.", strings.Join(d.Settings.Timepoints, ", ")))
	}
	days, f := readDays(cell(4))
	say(4, f)
	on, f := readDate(cell(5), r.today)
	say(5, f)
	level, f := readScore(cell(6), m, r.ranges)
	say(6, f)
	if !ok {
		return
	}
	d.add(score{
		level: level, who: d.enrol(person, cell(1)), line: int32(l.number), days: days, on: on,
		measure: int16(m), time: int16(time),
	})
}

// enrolByScores lists everybody of whom a score counts.
func (d *Data) enrolByScores() {
	inShares(func(part, of int) {
		for e := range d.enrolled.share(part, of) {
			for i := e.last; i > 0 && !e.isListed(); {
				s := d.scores.at(int(i - 1))
				if s.counts() {
					e.listed = s.line
				}
				i = s.before
			}
		}
	})
}

func (r *longRows) parse(p *parser, cells [][]byte, to *row) bool {
	if r.referral >= 0 && string(cells[r.referral]) != "1" {
		return false
	}
	m, isMeasure := p.measures.find(cells[r.at[2]])
	time, isTime := p.times.find(cells[r.at[3]])
	days, isDays := plainDays(cells[r.at[4]])
	if !isMeasure || !isTime || !isDays {
		return false
	}
	on, isDay := p.day(cells[r.at[5]], r.today)
	level, isLevel := plainLevel(cells[r.at[6]])
	if !isDay || !isLevel || !within(level, &r.ranges[m]) {
		return false
	}
	s := p.score(level, m, time)
	s.days, s.on = days, on
	return p.names(cells[r.at[0]], cells[r.at[1]], to)
}

func (r *longRows) take(t taken) {
	s := t.scores[0]
	s.who, s.line = t.who, t.line
	r.d.add(s)
}

// within is Accept without a sentence for what it refuses.
func within(l measure.Level, s *measure.Score) bool { return l >= s.Min && l <= s.Max }

func raggedFault(cells, columns int) *fault.Fault {
	return fault.New(fault.Invalid, fault.FileRow, "This row has %d cells and the header has %d columns. Check the commas and quotation marks.", cells, columns)
}

func readDays(text string) (int16, *fault.Fault) {
	n, err := strconv.ParseInt(text, 10, 16) // ninety years either way
	if err != nil {
		return 0, fault.New(fault.Invalid, fault.InputInvalid, "Write the days since the first time point as a whole number, such as 84.")
	}
	return int16(n), nil
}

func readDate(text string, today scheme.Day) (scheme.Day, *fault.Fault) {
	on, err := scheme.ParseDay(text)
	switch {
	case text == "":
		return on, fault.New(fault.Invalid, fault.InputInvalid, "The date is empty. Write the day when the measure was answered as year-month-day, such as 2026-03-31.")
	case err != nil:
		return on, fault.New(fault.Invalid, fault.DayImpossible, "There is no such date. Write it as year-month-day, such as 2026-03-31.")
	case on.After(today):
		return on, fault.New(fault.Invalid, fault.DayFuture, "This date is in the future. Enter the day when the measure was answered.")
	}
	return on, nil
}

// readScore reads a score of measure m (below 0: not known) and holds it
// against the measure's range. The sentences do not repeat the cell.
func readScore(text string, m int, ranges []measure.Score) (measure.Level, *fault.Fault) {
	level, err := measure.ParseLevel(text, measure.MaxDecimals)
	switch {
	case fault.Is(err, fault.ScoreDecimals):
		return 0, fault.New(fault.Invalid, fault.ScoreDecimals, "A score has at most %d decimals. Round it as the measure's authors do.", measure.MaxDecimals)
	case fault.Is(err, fault.ScoreRange):
		return 0, fault.New(fault.Invalid, fault.ScoreRange, "This number is too large to be a score.")
	case err != nil:
		return 0, fault.New(fault.Invalid, fault.InputInvalid, "This is not a number. Write the score in digits with a point, such as 18.5; where there is none, leave it out.")
	case m < 0:
		return level, nil
	}
	if all, accident := fault.All(ranges[m].Accept(level)); accident == nil && len(all) > 0 {
		return 0, all[0]
	}
	return level, nil
}
