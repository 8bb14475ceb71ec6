package store

import (
	"fmt"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A pairScan reads rows of extractPairColumns into one pair again and again: a
// million rows make no garbage but their identifiers. The cells are taken as the
// driver has them, since database/sql writes a number out and reads it again where
// it is to be an int.
type pairScan struct {
	numbers *numbers
	into    []any

	cells                                                               [25]any
	dated                                                               [2]*string // of pairs whose days may not be known
	next                                                                int        // cell
	err                                                                 error
	p                                                                   scheme.Pair
	base, later                                                         scheme.Point
	occasions                                                           map[int]scheme.Occasion
	ages, sexes, ethnicities, sources, categories, groups, ways, helped []scheme.Term
}

func newPairScan(n *numbers) *pairScan {
	s := &pairScan{
		numbers: n, occasions: map[int]scheme.Occasion{},
		ages: scheme.AgeBands(), sexes: scheme.Sexes(), ethnicities: scheme.Ethnicities(), sources: scheme.Sources(),
		categories: scheme.Categories(), groups: scheme.OTGroups(), ways: scheme.Channels(), helped: scheme.Helpers(),
	}
	for i := range s.cells {
		s.into = append(s.into, &s.cells[i])
	}
	return s
}

// withDating also reads how well the days are known.
func (s *pairScan) withDating() { s.into = append(s.into, &s.dated[0], &s.dated[1]) }

// pair is what was read last.
func (s *pairScan) pair() (scheme.PersonID, *scheme.Pair, error) {
	var d decoder
	s.next, s.err = 0, nil
	person := scheme.PersonID(s.text())
	s.p = scheme.Pair{
		Referral: scheme.ReferralID(s.text()), Scheme: s.numbers.schemeOf[s.number()],
		Series: s.numbers.seriesOf[s.number()], Occasion: s.occasion(&d), Ordinal: s.number(),
		State: at(&d, states(), s.number()-1), Stage: scheme.Stage(s.number()), Exit: at(&d, exits(), s.number()),
		Closes: s.day(),
	}
	base, based := s.level()
	later, followed := s.level()
	baseOn, laterOn := s.day(), s.day()
	if taken := [2]int{s.number(), s.number()}; based {
		s.base = s.point(&d, base, baseOn, taken)
		s.base.Dated = scheme.Dating(deref(s.dated[0]))
		s.p.Base = &s.base
	}
	if taken := [2]int{s.number(), s.number()}; followed {
		s.later = s.point(&d, later, laterOn, taken)
		s.later.Dated = scheme.Dating(deref(s.dated[1]))
		s.p.Later = &s.later
	}
	s.p.Traits = scheme.Traits{
		Age: d.term(s.ages, s.number()), Sex: scheme.Sex(d.term(s.sexes, s.number())),
		Ethnicity: scheme.Ethnicity(d.term(s.ethnicities, s.number())), Deprivation: s.number(),
		Source: scheme.Source(d.term(s.sources, s.number())), Category: s.category(&d), OT: scheme.OTLevel(d.term(s.groups, s.number())),
	}
	if s.err == nil {
		s.err = d.err
	}
	return person, &s.p, s.err
}

func (s *pairScan) occasion(d *decoder) scheme.Occasion {
	code := s.number()
	occasion, known := s.occasions[code]
	if !known {
		occasion = d.occasion(code)
		s.occasions[code] = occasion
	}
	return occasion
}

func (s *pairScan) category(d *decoder) scheme.Category {
	code := s.number()
	if code == several {
		return scheme.Several
	}
	return scheme.Category(d.term(s.categories, code))
}

func (s *pairScan) point(d *decoder, level measure.Level, on scheme.Day, taken [2]int) scheme.Point {
	return scheme.Point{Level: level, On: on, Channel: scheme.Channel(d.term(s.ways, taken[0])), Helper: scheme.Helper(d.term(s.helped, taken[1]))}
}

// cell is the next one of the row.
func (s *pairScan) cell() any {
	s.next++
	return s.cells[s.next-1]
}

func (s *pairScan) text() string {
	switch v := s.cell().(type) {
	case string:
		return v
	case []byte:
		return string(v)
	default:
		s.strange(v)
		return ""
	}
}

func (s *pairScan) number() int {
	v := s.cell()
	n, ok := v.(int64)
	if !ok {
		s.strange(v)
	}
	return int(n)
}

// level is none where nobody was measured.
func (s *pairScan) level() (level measure.Level, measured bool) {
	if s.cells[s.next] == nil {
		s.next++
		return 0, false
	}
	return measure.Level(s.number()), true
}

func (s *pairScan) day() (d scheme.Day) {
	if err := d.Scan(s.cell()); err != nil {
		s.strange(err)
	}
	return d
}

func (s *pairScan) strange(v any) {
	if s.err == nil {
		s.err = fmt.Errorf("column %d of a pair: unexpected %T", s.next, v)
	}
}
