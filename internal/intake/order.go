package intake

import (
	"fmt"
	"strings"
)

// turns are how many dates of numbers alone can be read in one order only.
type turns struct {
	all        int // dates of three numbers that do not begin with a year
	dayFirst   int // of which the second cannot be a month
	monthFirst int // of which the first cannot be
}

// note takes one cell into account.
func (t *turns) note(text string) {
	n, month, ok := dateParts(withoutTime(strings.ToLower(text)))
	if !ok || len(n) != 3 || month.is != 0 || len(n[0]) == 4 {
		return
	}
	_, dayFirst := ofDay(n[2], number(n[1]), number(n[0]))
	_, monthFirst := ofDay(n[2], number(n[0]), number(n[1]))
	switch {
	case !dayFirst && !monthFirst:
		return
	case !monthFirst:
		t.dayFirst++
	case !dayFirst:
		t.monthFirst++
	}
	t.all++
}

// What turns the dates of a file round: several dates that are possible only month
// first, so many of all that slips of the keyboard do not explain them, and hardly
// any that speaks for the day first.
const (
	leastTurned   = 3
	turnedOfAll   = 10 // one in so many
	turnedAgainst = 20 // to one
)

// order is day first, as in the United Kingdom, unless the dates leave no doubt.
func (t turns) order() DateOrder {
	if t.monthFirst >= leastTurned && t.monthFirst*turnedOfAll >= t.all && t.monthFirst >= t.dayFirst*turnedAgainst {
		return MonthFirst
	}
	return DayFirst
}

// instead is the order of a file that another was read like before: the same, unless
// a date speaks against it.
func (t turns) instead(before DateOrder) DateOrder {
	against := map[DateOrder]int{DayFirst: t.monthFirst, MonthFirst: t.dayFirst}[before]
	if against == 0 {
		return before
	}
	return t.order()
}

// says is what the dates say to an order, empty where that is what anybody here
// would expect.
func (t turns) says(of DateOrder) string {
	if t.monthFirst == 0 && (of == DayFirst || t.dayFirst == 0) {
		return ""
	}
	return fmt.Sprintf("of the dates that are numbers alone, %d can only be read month first, and %d only day first", t.monthFirst, t.dayFirst)
}

// turns are those of all columns of dates.
func (g *guesser) turns() (all turns) {
	for _, s := range g.sheets {
		for i, c := range s.columns {
			if c.Takes == TakesDate || c.Takes == TakesReferred {
				all.all += s.cells[i].turns.all
				all.dayFirst += s.cells[i].turns.dayFirst
				all.monthFirst += s.cells[i].turns.monthFirst
			}
		}
	}
	return all
}

// swapped reports a text that is no date and would be one with day and month the
// other way round. An order that begins with the year has no other way.
func (c *calendar) swapped(text string) bool {
	other := map[DateOrder]DateOrder{DayFirst: MonthFirst, MonthFirst: DayFirst}[c.order]
	if other == "" {
		return false
	}
	_, ok := (&calendar{order: other, epoch: c.epoch}).parse(text)
	return ok
}

// otherwise reports a text that is a date in any order.
func (c *calendar) otherwise(text string) bool {
	for _, order := range DateOrders() {
		if _, ok := (&calendar{order: order, epoch: c.epoch}).parse(text); ok {
			return true
		}
	}
	return false
}
