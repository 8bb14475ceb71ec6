package extract

import (
	"slices"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Wide lays referrals out with a row for each. Columns of scores are named
// measure.timepoint, which is what cairn evidence reads; what belongs to a score
// has its name behind a word of its own.
type Wide struct {
	x     scheme.Extract
	slots []slot
	row   []Cell
}

// A slot is one score at one time point.
type slot struct {
	score measure.Score
	of    measure.Definition
	at    scheme.Occasion
	first int // its first cell in the row
}

const (
	slotCells = 6
	wideHead  = 3
)

// NewWide lays out what x is of.
func NewWide(x scheme.Extract) *Wide {
	w := &Wide{x: x}
	first := wideHead + len(course()) + 5 + len(traits())
	for _, sc := range x.Scores {
		for _, o := range x.Times() {
			w.slots = append(w.slots, slot{sc, x.Of(sc.Series), o, first})
			first += slotCells
		}
	}
	return w
}

// Columns are what Row fills, in order.
func (w *Wide) Columns() []Column {
	columns := append(who(w.x), course()...)
	columns = append(columns,
		Column{Name: "received_on", Kind: KindDate, About: "The day the referral was received; empty where it is not known."},
		Column{Name: "received_dated", About: "The referral. How well the day it was received is known. Empty: it is the day.", Values: receipts()},
		Column{Name: "received_month", About: "The referral. The month it was received, as 2026-03, where no more is known."},
		Column{Name: "ended_on", Kind: KindDate, About: "The day the referral ended."},
		Column{Name: "end_reason", About: "How it ended.", Values: scheme.EndReasons()},
	)
	columns = append(columns, traits()...)
	for _, s := range w.slots {
		name := string(s.score.Series) + "." + string(s.at)
		of := s.score.Name + ", " + s.at.Label() + ": "
		columns = append(columns,
			score(name, of+"the score that figures take for this time point.", s.score, s.of),
			Column{Name: "date." + name, Kind: KindDate, About: of + "the day it was answered."},
			prefixed(Column{Name: "." + name, About: "how it was taken.", Values: scheme.Channels()}, "channel", of),
			prefixed(Column{Name: "." + name, About: "who helped.", Values: scheme.Helpers()}, "helper", of),
			prefixed(Column{Name: "." + name, About: "why it was not taken.", Values: scheme.NotDoneReasons()}, "missing_reason", of),
			prefixed(Column{Name: "." + name, Kind: KindWhole, Unit: "times", About: "how often it was tried and not done."}, "attempts", of),
		)
	}
	return columns
}

// Row lays one referral out; it is good until the next.
func (w *Wide) Row(s scheme.Subject) []Cell {
	r := s.Spell.Referral
	w.row = append(w.row[:0], Text(s.Scheme), Text(s.Key), Whole(r.Ordinal))
	w.row = append(append(putCourse(w.row, s.Spell), putReceipt(r)...), Date(r.EndedOn), Text(r.EndReason))
	w.row = putTraits(w.row, s.Spell.Traits())
	w.row = slices.Grow(w.row, slotCells*len(w.slots))[:len(w.row)+slotCells*len(w.slots)]
	if len(w.slots) > 0 {
		clear(w.row[w.slots[0].first:])
	}
	missed := s.Spell.NotTaken()
	for _, at := range w.slots {
		cells := w.row[at.first : at.first+slotCells]
		if p := at.point(s.Pairs); p != nil {
			cells[0], cells[1], cells[2], cells[3] = Score(p.Level, at.score.Decimals), Date(p.On), Text(p.Channel), Text(p.Helper)
			continue
		}
		for _, n := range missed {
			if n.Last.Measure == at.of.Key && n.Last.Occasion == at.at {
				cells[4], cells[5] = Text(n.Last.Reason), Whole(n.Tries)
			}
		}
	}
	return w.row
}

// point is the score that figures take there, nil for none. The first score of
// somebody who rates problems of their own is the one beside the first follow-up.
func (s slot) point(pairs []scheme.Pair) *scheme.Point {
	for _, p := range pairs {
		switch {
		case p.Series != s.score.Series:
		case s.at == scheme.Baseline && p.Base != nil:
			return p.Base
		case p.Occasion == s.at:
			return p.Later
		}
	}
	return nil
}
