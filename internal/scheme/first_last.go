package scheme

import (
	"cmp"
	"slices"
	"strings"

	"cairn/internal/measure"
)

// timed is a point with what tells when it was taken.
type timed struct {
	Point
	dated    Dating
	occasion Occasion
}

// A clock is one way to tell when a score was taken: no earlier than from and no
// later than to. tells is false of a score that it says nothing of.
type clock func(timed) (from, to int, tells bool)

// byDay tells of days and, as far as it goes, of months.
func byDay(t timed) (from, to int, tells bool) {
	of := Span{t.On, t.On}
	if t.dated == ToTheMonth {
		of = t.On.Month().Span()
	}
	return of.First.DaysSince(Day{}), of.Last.DaysSince(Day{}), t.dated != ByOrder
}

// byMonth tells scores of one month apart of which nothing else is known, as far as
// it is known why they were taken.
func byMonth(t timed) (from, to int, tells bool) {
	at := int(t.On.Month())*ordersOfMonth + t.occasion.Order()
	return at, at, t.dated == ToTheMonth && t.occasion != Unstated
}

const ordersOfMonth = 100_000 // more than any Order

// byOrder tells of scores without any day.
func byOrder(t timed) (from, to int, tells bool) {
	return t.occasion.Order(), t.occasion.Order(), t.dated == ByOrder
}

// firstAndLast are the first of bases, and the last of points where that is known to
// be later. The clocks are never mixed: nothing says whether a score without any day
// came before a day, and a day that was made up for it is none.
func firstAndLast(bases, points []timed) (first, last *Point) {
	for _, tell := range []clock{byDay, byMonth, byOrder} {
		earliest, latest := tell.of(bases), tell.of(points)
		if len(earliest) == 0 {
			continue
		}
		base := slices.MinFunc(earliest, func(a, b timed) int { return cmp.Or(tell.to(a)-tell.to(b), a.against(b)) })
		later := slices.MaxFunc(latest, func(a, b timed) int { return cmp.Or(tell.from(a)-tell.from(b), a.against(b)) })
		if tell.from(later) > tell.to(base) {
			return &base.Point, &later.Point
		}
		if first == nil {
			first = &base.Point
		}
	}
	return first, nil
}

func (tell clock) of(points []timed) []timed {
	return slices.DeleteFunc(slices.Clone(points), func(t timed) bool { _, _, tells := tell(t); return !tells })
}

func (tell clock) from(t timed) int { from, _, _ := tell(t); return from }
func (tell clock) to(t timed) int   { _, to, _ := tell(t); return to }

// against puts two scores of one time in an order that is always the same.
func (t timed) against(other timed) int {
	return cmp.Or(t.occasion.Order()-other.occasion.Order(), strings.Compare(string(t.Assessment), string(other.Assessment)))
}

// timed are the spell's scores of one series by one rater, in the order of the days
// that are kept. Only those by the rater whom the measure is meant for ever pair.
func (s Spell) timed(key measure.Key, series measure.Series, by measure.Rater) (all []timed) {
	for _, a := range s.Assessments {
		if a.Measure != key || a.Rater != by {
			continue
		}
		for _, sc := range a.Scores {
			if sc.Series == series {
				p := Point{Assessment: a.ID, On: a.On, Level: sc.Level, Channel: a.Channel, Helper: a.Helper}
				all = append(all, timed{p, a.Dated, a.Occasion})
			}
		}
	}
	slices.SortFunc(all, func(a, b timed) int {
		return cmp.Or(a.On.DaysSince(b.On), strings.Compare(string(a.Assessment), string(b.Assessment)))
	})
	return all
}

// points are the same, one after the other as they are drawn and listed.
func (s Spell) points(key measure.Key, series measure.Series, by measure.Rater) (points []Point) {
	for _, t := range inTurn(s.timed(key, series, by)) {
		points = append(points, t.Point)
	}
	return points
}

// inTurn gives scores without a day days to stand on, each its own: those of one
// month within it, and those without any day where they are kept, in the order of
// their occasions. Files come in any order, and several on one day.
func inTurn(all []timed) []timed {
	slices.SortFunc(all, timed.against)
	inMonth, undated, kept := map[Month]int{}, []*timed{}, []Day{}
	for i := range all {
		switch t := &all[i]; t.dated {
		case ToTheMonth:
			m := t.On.Month()
			t.On = m.Span().First.Plus(inMonth[m])
			inMonth[m]++
		case ByOrder:
			undated, kept = append(undated, t), append(kept, t.On)
		}
	}
	slices.SortFunc(kept, Day.DaysSince)
	for i := len(undated) - 1; i >= 0; i-- {
		undated[i].On = kept[i]
		if i+1 < len(undated) && !kept[i].Before(undated[i+1].On) {
			undated[i].On = undated[i+1].On.Plus(-1)
		}
	}
	slices.SortStableFunc(all, func(a, b timed) int { return a.On.DaysSince(b.On) })
	return all
}

// firm are the points of which the day is known: a window is a matter of days.
func (s Spell) firm(key measure.Key, series measure.Series, by measure.Rater) (points []Point) {
	for _, t := range s.timed(key, series, by) {
		if t.dated == ToTheDay {
			points = append(points, t.Point)
		}
	}
	return points
}
