package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/intake"
)

// dated is a file with a row for each date, all of one person's own.
func dated(dates ...string) string {
	text := "Client ID,Date,Scheme,SWEMWBS raw\n"
	for i, d := range dates {
		text += fmt.Sprintf("U-%d,%s,Riverside,18\n", i, d)
	}
	return text
}

func times(n int, date string) (all []string) {
	for range n {
		all = append(all, date)
	}
	return all
}

// A date that does not exist day first is rejected and told of; a file is turned
// round where its dates leave no doubt, and never by a slip.
func TestOrderOfDates(t *testing.T) {
	for what, c := range map[string]struct {
		dates    []string
		order    intake.DateOrder
		rejected int
	}{
		"one slip":              {append(times(40, "02/06/2025"), "04/13/2025"), intake.DayFirst, 1},
		"some slips of many":    {append(times(40, "02/06/2025"), "04/13/2025", "04/14/2025", "04/15/2025"), intake.DayFirst, 3},
		"two dates":             {[]string{"04/13/2025", "04/14/2025"}, intake.DayFirst, 2},
		"month first":           {append(times(5, "02/06/2025"), "04/13/2025", "04/14/2025", "04/15/2025"), intake.MonthFirst, 0},
		"month first, one slip": {append(times(20, "04/13/2025"), "13/04/2025"), intake.MonthFirst, 1},
		"both":                  {append(times(19, "04/13/2025"), "13/04/2025"), intake.DayFirst, 19},
		"day first":             {append(times(5, "02/06/2025"), "13/04/2025"), intake.DayFirst, 0},
		"nothing decides":       {times(5, "02/06/2025"), intake.DayFirst, 0},
		"years and names first": {[]string{"2025-04-13", "13 April 2025", "45760"}, intake.DayFirst, 0},
	} {
		d := read(t, dated(c.dates...), known(t, "Riverside"))
		if d.mapping.Dates != c.order || d.summary.Outcomes[intake.Rejected] != c.rejected || d.summary.OtherOrder != c.rejected {
			t.Errorf("%s: read as %s with %+v", what, d.mapping.Dates, d.summary)
		}
		if expected := c.order == intake.DayFirst && c.rejected == 0; expected != (d.mapping.DatesBecause == "") {
			t.Errorf("%s: %q", what, d.mapping.DatesBecause)
		}
	}
}

// The order of a file that was read before holds for the next one of its kind, unless
// a date speaks against it: then it is said.
func TestOrderIsNotInherited(t *testing.T) {
	k := known(t, "Riverside")
	last, err := intake.Guess(open(t, []byte(dated("04/13/2025", "04/14/2025", "04/15/2025"))), k)
	must(t, err)
	for what, c := range map[string]struct {
		before intake.DateOrder
		dates  []string
		order  intake.DateOrder
		says   string
	}{
		"nothing decides":      {intake.MonthFirst, []string{"01/02/2026", "05/03/2026"}, intake.MonthFirst, ""},
		"the same":             {intake.MonthFirst, []string{"01/02/2026", "05/13/2026"}, intake.MonthFirst, "1 can only be read month first, and 0 only day first"},
		"the other":            {intake.MonthFirst, []string{"01/02/2026", "05/03/2026", "25/03/2026", "28/03/2026", "29/03/2026"}, intake.DayFirst, "a file like this was read as month-day-year, but of the dates that are numbers alone, 0 can only be read month first, and 3 only day first"},
		"a slip":               {intake.DayFirst, append(times(20, "01/02/2026"), "05/13/2026"), intake.DayFirst, "1 can only be read month first"},
		"the other, month":     {intake.DayFirst, []string{"01/13/2026", "02/14/2026", "02/15/2026"}, intake.MonthFirst, "a file like this was read as day-month-year, but"},
		"said to be otherwise": {intake.YearFirst, []string{"25/03/2026"}, intake.YearFirst, ""},
	} {
		last.Dates = c.before
		b := open(t, []byte(dated(c.dates...)))
		m, like, err := intake.Like(b, last, k)
		if err != nil || !like || m.Dates != c.order || !strings.Contains(m.DatesBecause, c.says) || c.says == "" && strings.Contains(m.DatesBecause, "a file like this") {
			t.Errorf("%s: %v, %v: %s: %q", what, like, err, m.Dates, m.DatesBecause)
		}
		m.Dates = intake.MonthFirst // what somebody says holds
		if m, err = intake.Again(b, m, k); err != nil || m.Dates != intake.MonthFirst || strings.Contains(m.DatesBecause, "a file like this") {
			t.Errorf("%s, said to be month first: %s, %v", what, m.Dates, err)
		}
	}
}

// What a remembered mapping takes for something that is not here any more is looked
// for anew: no scheme of that name is made.
func TestWhatIsNotHereAnyMore(t *testing.T) {
	k := known(t, "Riverside", "Hilltop")
	k.Activities = []string{"Choir"}
	text := "ID,Service,Activity,Date,Stage,PHQ-9\nG-1,riverside,choir,2026-01-05,pre,9\nG-2,hilltop,choir,2026-01-05,post,9\n"
	last, err := intake.Guess(open(t, []byte(text)), k)
	must(t, err)
	last.Scheme, last.Occasions[0].Means = "Riverside", "banana"
	now := known(t, "Hilltop", "The Riverside")
	now.Activities = []string{"The choir"}
	m, like, err := intake.Like(open(t, []byte(text)), last, now)
	if err != nil || !like || m.Scheme != "" || m.Schemes[0].Means != "Hilltop" || m.Schemes[1].Means != "" || m.Activities[0].Means != "" || m.Occasions[0].Means != "later" {
		t.Errorf("%v, %v: %+v", like, err, m)
	}
	_, err = intake.Read(open(t, []byte(text)), m, now)
	must(t, err)
}
