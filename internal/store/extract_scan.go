package store

import (
	"fmt"

	"gorm.io/gorm"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A pairScan makes pairs of rows of extractPairColumns. They are read into the same
// few places again and again: a million rows make no garbage but their identifiers.
type pairScan struct {
	numbers *numbers
	dating  bool       // how well the days are known is read too
	none    scheme.Day // noWindow

	occasions                                                           map[int]scheme.Occasion
	ages, sexes, ethnicities, sources, categories, groups, ways, helped []scheme.Term
}

// A scannedPair is one pair, its person and where its points are.
type scannedPair struct {
	person      scheme.PersonID
	p           scheme.Pair
	base, later scheme.Point
}

// A pairCells hands the cells of a row out, one after the other.
type pairCells interface {
	text() string
	number() int
	level() (level measure.Level, measured bool) // none where nobody was measured
	day() scheme.Day
	// wrong is the first cell that was not what it was asked for as.
	wrong() error
}

func newPairScan(n *numbers) *pairScan {
	return &pairScan{
		numbers: n, none: noWindow(), occasions: map[int]scheme.Occasion{},
		ages: scheme.AgeBands(), sexes: scheme.Sexes(), ethnicities: scheme.Ethnicities(), sources: scheme.Sources(),
		categories: scheme.Categories(), groups: scheme.OTGroups(), ways: scheme.Channels(), helped: scheme.Helpers(),
	}
}

// pair reads one row.
func (s *pairScan) pair(from pairCells, to *scannedPair) error {
	var d decoder
	to.person = scheme.PersonID(from.text())
	to.p = scheme.Pair{
		Referral: scheme.ReferralID(from.text()), Scheme: s.numbers.schemeOf[from.number()],
		Series: s.numbers.seriesOf[from.number()], Occasion: s.occasion(&d, from.number()), Ordinal: from.number(),
		State: at(&d, states(), from.number()-1), Stage: scheme.Stage(from.number()), Exit: at(&d, exits(), from.number()),
		Closes: from.day(),
	}
	if to.p.Closes == s.none {
		to.p.Closes = scheme.Day{}
	}
	base, based := from.level()
	later, followed := from.level()
	baseOn, laterOn := from.day(), from.day()
	to.base = s.point(&d, base, baseOn, [2]int{from.number(), from.number()})
	to.later = s.point(&d, later, laterOn, [2]int{from.number(), from.number()})
	if based {
		to.p.Base = &to.base
	}
	if followed {
		to.p.Later = &to.later
	}
	to.p.Traits = scheme.Traits{
		Age: d.term(s.ages, from.number()), Sex: scheme.Sex(d.term(s.sexes, from.number())),
		Ethnicity: scheme.Ethnicity(d.term(s.ethnicities, from.number())), Deprivation: from.number(),
		Source: scheme.Source(d.term(s.sources, from.number())), Category: s.category(&d, from.number()), OT: scheme.OTLevel(d.term(s.groups, from.number())),
	}
	if s.dating {
		to.base.Dated, to.later.Dated = scheme.Dating(from.text()), scheme.Dating(from.text())
	}
	if err := from.wrong(); err != nil {
		return err
	}
	return d.err
}

func (s *pairScan) occasion(d *decoder, code int) scheme.Occasion {
	occasion, known := s.occasions[code]
	if !known {
		occasion = d.occasion(code)
		s.occasions[code] = occasion
	}
	return occasion
}

func (s *pairScan) category(d *decoder, code int) scheme.Category {
	if code == several {
		return scheme.Several
	}
	return scheme.Category(d.term(s.categories, code))
}

func (s *pairScan) point(d *decoder, level measure.Level, on scheme.Day, taken [2]int) scheme.Point {
	return scheme.Point{Level: level, On: on, Channel: scheme.Channel(d.term(s.ways, taken[0])), Helper: scheme.Helper(d.term(s.helped, taken[1]))}
}

// A scannedRow is a row as database/sql has it. The cells are taken as the driver
// gives them, since database/sql writes a number out and reads it again where it is
// to be an int.
type scannedRow struct {
	cells []any
	next  int
	err   error
}

// cell is the next one of the row.
func (r *scannedRow) cell() any {
	r.next++
	return r.cells[r.next-1]
}

func (r *scannedRow) text() string {
	switch v := r.cell().(type) {
	case nil:
		return ""
	case string:
		return v
	case []byte:
		return string(v)
	default:
		r.strange(v)
		return ""
	}
}

func (r *scannedRow) number() int {
	v := r.cell()
	n, ok := v.(int64)
	if !ok {
		r.strange(v)
	}
	return int(n)
}

func (r *scannedRow) level() (level measure.Level, measured bool) {
	if r.cells[r.next] == nil {
		r.next++
		return 0, false
	}
	return measure.Level(r.number()), true
}

func (r *scannedRow) day() (d scheme.Day) {
	if err := d.Scan(r.cell()); err != nil {
		r.strange(err)
	}
	return d
}

func (r *scannedRow) wrong() error { return r.err }

func (r *scannedRow) strange(v any) {
	if r.err == nil {
		r.err = fmt.Errorf("column %d of a pair: unexpected %T", r.next, v)
	}
}

// scanned streams pairs by database/sql.
func scanned(query *gorm.DB, scan *pairScan, fn func(*scannedPair) error) (err error) {
	rows, err := query.Rows()
	if err != nil {
		return failed("read pairs", err)
	}
	defer func() {
		if closed := rows.Close(); err == nil {
			err = failed("read pairs", closed)
		}
	}()
	columns, err := rows.Columns()
	if err != nil {
		return failed("read pairs", err)
	}
	row := &scannedRow{cells: make([]any, len(columns))}
	into := make([]any, len(columns))
	for i := range into {
		into[i] = &row.cells[i]
	}
	var one scannedPair
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return failed("read a pair", err)
		}
		row.next = 0
		if err := scan.pair(row, &one); err != nil {
			return err
		}
		if err := fn(&one); err != nil {
			return err
		}
	}
	return failed("read pairs", rows.Err())
}
