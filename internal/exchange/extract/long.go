package extract

import (
	"slices"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Long lays referrals out with a row for each score, and one for each measure
// that was due and was not taken.
type Long struct {
	x    scheme.Extract
	defs map[measure.Key]measure.Definition
	row  []Cell
}

// NewLong lays out what x is of.
func NewLong(x scheme.Extract) *Long {
	l := &Long{x: x, defs: map[measure.Key]measure.Definition{}}
	for _, d := range x.Measures {
		l.defs[d.Key] = d
	}
	return l
}

// LongColumns are the names of the columns that an export in the long form has
// besides those that cairn evidence needs.
func LongColumns() (names []string) {
	for _, c := range NewLong(scheme.Extract{}).Columns() {
		names = append(names, c.Name)
	}
	return names
}

// Columns are what Each fills, in order.
func (l *Long) Columns() []Column {
	var all []measure.Score
	var instruments []scheme.Term
	for _, d := range l.x.Measures {
		for _, sc := range d.Scores {
			if l.x.Chosen.Holds(sc.Series) {
				all = append(all, sc)
			}
		}
		instruments = append(instruments, scheme.Term{Value: string(d.Key), Label: d.Name})
	}
	columns := append(who(l.x),
		Column{Name: "measure", About: "Which score: numbers of one name can be compared with each other. Empty where nothing was taken.", Values: series(all)},
		Column{Name: "timepoint", About: "The time point of the plan for which figures take this score; empty where they take it for none.", Values: occasions(l.x.Times())},
		Column{Name: "days", Kind: KindWhole, Unit: "days", About: "From the start of the referral to the day it was answered; below 0 before the start. Empty where one of the two days is not known."},
		Column{Name: "date", Kind: KindDate, About: "The day it was answered; where it was not taken, the day of the last try. Empty where the day is not known."},
		Column{Name: "score", Kind: KindScore, Unit: "score points", About: "The score as recorded; empty where nothing was taken.", Decimals: decimals(all)},
		Column{Name: "instrument", About: "The measure that gives the score.", Values: instruments, Always: true},
		Column{Name: "score_kind", About: "What sort of number it is.", Values: kinds()},
		Column{Name: "measure_version", Kind: KindWhole, About: "Version of the measure, and of its scoring, that the score was made by."},
		Column{Name: "occasion", About: "Why it was taken, as recorded.", Values: occasions(append([]scheme.Occasion{scheme.Waiting, scheme.Baseline, scheme.End, scheme.Later, scheme.Unstated}, l.x.FollowUps...)), Always: true},
		Column{Name: "rater", About: "Whose answer it is.", Values: raters()},
		channels(), helpers(),
		Column{Name: "language", About: "The language it was taken in, where that is recorded.", Values: scheme.Languages()},
		reasons(), attempts(),
	)
	columns = append(columns, dated("", "")...)
	columns = append(columns, course()...)
	return append(columns, traits()...)
}

func decimals(all []measure.Score) (most int) {
	for _, sc := range all {
		most = max(most, sc.Decimals)
	}
	return most
}

func kinds() []scheme.Term {
	return []scheme.Term{
		{Value: string(measure.KindItem), Label: "One item's answer"}, {Value: string(measure.KindRaw), Label: "Raw: made of the answers"},
		{Value: string(measure.KindMetric), Label: "Converted from a raw score by a published table"}, {Value: string(measure.KindTotal), Label: "A total whose making is not known here"},
	}
}

// Each puts the rows of one referral; a row is good until the next.
func (l *Long) Each(s scheme.Subject, put func([]Cell) error) error {
	start := s.Spell.Start()
	since := func(on scheme.Day) Cell {
		if start.IsZero() {
			return Cell{}
		}
		return Whole(on.DaysSince(start))
	}
	tail := putTraits(putCourse(nil, s.Spell), s.Spell.Traits())
	first := []Cell{Text(s.Scheme), Text(s.Key), Whole(s.Spell.Referral.Ordinal)}
	for _, a := range s.Spell.Assessments {
		def, taken := l.defs[a.Measure]
		if !taken {
			continue
		}
		date, how, month := putDay(a.On, a.Dated)
		days := Cell{}
		if a.Dated == scheme.ToTheDay {
			days = since(a.On)
		}
		for _, scored := range a.Scores {
			sc, known := def.Score(scored.Series)
			if !known || !l.x.Chosen.Holds(scored.Series) {
				continue // not asked for, or of an earlier version, which gave another score
			}
			point := l.timepoint(s.Pairs, a, scored.Series)
			if l.x.Chosen.Occasion != "" && point == (Cell{}) {
				continue // it is of no time point that was asked for
			}
			l.row = append(append(l.row[:0], first...),
				Text(scored.Series), point, days, date,
				Score(scored.Level, sc.Decimals), Text(a.Measure), Text(sc.Kind), Whole(a.Version), Text(a.Occasion),
				Text(a.Rater), Text(a.Channel), Text(a.Helper), Text(a.Language), Cell{}, Cell{}, how, month)
			if err := put(append(l.row, tail...)); err != nil {
				return err
			}
		}
	}
	for _, n := range s.Spell.NotTaken() {
		_, asked := l.defs[n.Last.Measure]
		if asked && l.x.Chosen.Occasion != "" {
			asked = slices.Contains(l.x.Times(), n.Last.Occasion)
		}
		if !asked || l.isTaken(s.Spell, n.Last) {
			continue
		}
		l.row = append(append(l.row[:0], first...),
			Cell{}, Cell{}, since(n.Last.On), Date(n.Last.On), Cell{}, Text(n.Last.Measure), Cell{}, Cell{}, Text(n.Last.Occasion),
			Cell{}, Cell{}, Cell{}, Cell{}, Text(n.Last.Reason), Whole(n.Tries), Cell{}, Cell{})
		if err := put(append(l.row, tail...)); err != nil {
			return err
		}
	}
	return nil
}

// timepoint is where the figures take a score.
func (l *Long) timepoint(pairs []scheme.Pair, a scheme.Assessment, of measure.Series) Cell {
	for _, p := range pairs {
		switch {
		case p.Series != of || !slices.Contains(l.x.FollowUps, p.Occasion):
		case p.Base != nil && p.Base.Assessment == a.ID:
			return Text(scheme.Baseline)
		case p.Later != nil && p.Later.Assessment == a.ID:
			return Text(p.Occasion)
		}
	}
	return Cell{}
}

// isTaken reports whether what was not done at first was recorded after all.
func (l *Long) isTaken(s scheme.Spell, n scheme.NotDone) bool {
	return slices.ContainsFunc(s.Assessments, func(a scheme.Assessment) bool {
		return a.Measure == n.Measure && a.Occasion == n.Occasion
	})
}
