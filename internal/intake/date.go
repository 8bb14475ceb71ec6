package intake

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// DateOrder is in which order a date of numbers alone is read.
type DateOrder string

const (
	DayFirst   DateOrder = "day-month-year"
	MonthFirst DateOrder = "month-day-year"
	YearFirst  DateOrder = "year-month-day"
)

// DateOrders lists them, the one of the United Kingdom first.
func DateOrders() []DateOrder { return []DateOrder{DayFirst, MonthFirst, YearFirst} }

// A date is what a cell says of a day.
type date struct {
	on     scheme.Day
	dated  Dating
	short  bool // its year had two digits, and was read as 20YY
	serial bool // it was a spreadsheet's number of a day
}

// A calendar reads the dates of one file.
type calendar struct {
	order DateOrder
	epoch int32
	today scheme.Day
	known map[string]date // those read before, few enough to keep
}

// mostDates bounds what a calendar remembers.
const mostDates = 1 << 14

// read reads a date in any form. Sentences do not repeat the cell.
func (c *calendar) read(text string) (date, *fault.Fault) {
	if d, ok := c.known[text]; ok {
		return d, nil
	}
	d, ok := c.parse(text)
	if year := c.longAgo(text, d.on); year > 0 {
		return date{}, fault.New(fault.Invalid, fault.InputInvalid, "This date is in the year %d, and no score or referral is from before %d: it may be a slip, or a birthday. Look at it, and correct it.", year, earliest)
	}
	if !ok && yearAlone(text) {
		return date{}, fault.New(fault.Invalid, fault.InputInvalid, "This is a year alone, and no date. Write the day, as 2026-03-31, or the month, as 2026-03.")
	}
	if !ok {
		return date{}, fault.New(fault.Invalid, fault.DayImpossible, "There is no such date, read as %s. Correct it, or write it as 2026-03-31.", c.order)
	}
	if d.on.After(c.today) {
		return date{}, fault.New(fault.Invalid, fault.DayFuture, "This date is in the future. Enter the day when the measure was answered.")
	}
	if c.known != nil && len(c.known) < mostDates {
		c.known[strings.Clone(text)] = d
	}
	return d, nil
}

// earliest is the first year of which a score or a referral can be.
const earliest = 1980

// longAgo is the year of a date before the earliest; 0 where it is none. Of the small
// numbers, which are no days where nobody says that they are, those by which
// spreadsheets count from 1900 are.
func (c *calendar) longAgo(text string, on scheme.Day) (year int) {
	if on.IsZero() {
		n := number(text)
		if n <= 0 || n >= firstSerial || yearAlone(text) {
			return 0
		}
		on = counted(n, c.epoch)
	}
	if year = max(on.Year(), scheme.EarliestYear); year < earliest {
		return year
	}
	return 0
}

// yearAlone reports the year of any date that can be meant here.
func yearAlone(text string) bool {
	n := number(text)
	return len(text) == 4 && n >= scheme.EarliestYear && n < 2100
}

func (c *calendar) parse(text string) (date, bool) {
	numbers, month, ok := dateParts(withoutTime(strings.ToLower(text)))
	if !ok {
		return date{}, false
	}
	switch {
	case len(numbers) == 1 && month.is == 0:
		return c.single(text, numbers[0])
	case len(numbers) == 1 && month.at == 0: // Mar-25, March 2025
		return ofMonth(numbers[0], month.is)
	case len(numbers) == 2 && month.is == 0:
		if len(numbers[0]) == 4 {
			return ofMonth(numbers[0], number(numbers[1]))
		}
		if len(numbers[1]) == 4 {
			return ofMonth(numbers[1], number(numbers[0]))
		}
	case len(numbers) == 2:
		if len(numbers[0]) == 4 {
			return ofDay(numbers[0], month.is, number(numbers[1]))
		}
		return ofDay(numbers[1], month.is, number(numbers[0]))
	case len(numbers) == 3 && month.is == 0:
		return c.three(numbers)
	}
	return date{}, false
}

func (c *calendar) three(n []string) (date, bool) {
	day, month, year := n[0], n[1], n[2]
	switch {
	case len(n[0]) == 4 || c.order == YearFirst:
		day, year = n[2], n[0]
	case c.order == MonthFirst:
		day, month = n[1], n[0]
	}
	if len(day) > 2 || len(month) > 2 {
		return date{}, false
	}
	return ofDay(year, number(month), number(day))
}

// Days of spreadsheets: 1 is 1 January 1900 (or 2 January 1904), and 1900 is
// counted as if it had had a 29 February.
const (
	firstSerial = 18_264 // 1 January 1950: smaller numbers are no days of people
	lastSerial  = 80_000
	from1904    = 1462
)

// single reads 20250331 and the number of a day in a spreadsheet.
func (c *calendar) single(text, digits string) (date, bool) {
	if len(digits) == 8 {
		return ofDay(digits[:4], number(digits[4:6]), number(digits[6:]))
	}
	whole, _, _ := strings.Cut(text, ".")
	n := number(whole)
	if whole != digits {
		return date{}, false
	}
	on, ok := serialDay(n, c.epoch)
	return date{on: on, dated: ByDay, serial: true}, ok
}

// serialDay is the day of a number by which a spreadsheet counts from an epoch, where
// it is one of people.
func serialDay(n int, epoch int32) (on scheme.Day, ok bool) {
	first := firstSerial
	if epoch == 1904 {
		first -= from1904
	}
	if n < first || n > first+lastSerial-firstSerial {
		return on, false
	}
	return counted(n, epoch), true
}

// counted is the day of any number, from March 1900 on.
func counted(n int, epoch int32) scheme.Day {
	if epoch == 1904 {
		n += from1904
	}
	return scheme.DayOf(time.Date(1950, time.January, 1, 0, 0, 0, 0, time.UTC)).Plus(n - firstSerial)
}

func ofMonth(year string, month int) (date, bool) {
	d, ok := ofDay(year, month, 1)
	d.dated = ByMonth
	return d, ok
}

func ofDay(year string, month, day int) (date, bool) {
	y := number(year)
	short := len(year) == 2
	if short {
		y += 2000
	} else if len(year) != 4 {
		return date{}, false
	}
	on, err := scheme.ParseDay(fmt.Sprintf("%04d-%02d-%02d", y, month, day))
	return date{on: on, dated: ByDay, short: short}, err == nil
}

func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return -1
	}
	return n
}

// withoutTime cuts the time of day off.
func withoutTime(text string) string {
	at := strings.IndexByte(text, ':')
	if at < 0 {
		return text
	}
	start := at
	for start > 0 && text[start-1] >= '0' && text[start-1] <= '9' {
		start--
	}
	return strings.TrimRight(text[:start], " t,")
}

// monthAt is a month by its name, and how many numbers stood before it.
type monthAt struct{ is, at int }

// dateParts splits a date into its numbers and the month that is named. What
// else stands in it makes it no date.
func dateParts(text string) (numbers []string, month monthAt, ok bool) {
	for text != "" {
		r := rune(text[0])
		n := strings.IndexFunc(text, func(x rune) bool { return kindOf(x) != kindOf(r) })
		if n <= 0 {
			n = len(text)
		}
		part := text[:n]
		text = text[n:]
		switch kindOf(r) {
		case 'd':
			numbers = append(numbers, part)
		case 'a':
			if m := monthNamed(part); m > 0 && month.is == 0 {
				month = monthAt{m, len(numbers)}
			} else if !slightWord(part) {
				return nil, month, false
			}
		default:
			if strings.Trim(part, " ./-,") != "" {
				return nil, month, false
			}
		}
		if len(numbers) > 3 {
			return nil, month, false
		}
	}
	if len(numbers) == 2 && len(numbers[0]) == 5 && month.is == 0 {
		numbers = numbers[:1] // 45000.5: a number of a day, at noon
	}
	return numbers, month, len(numbers) > 0
}

func kindOf(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return 'd'
	case unicode.IsLetter(r):
		return 'a'
	}
	return 's'
}

func monthNamed(word string) int {
	if len(word) < 3 {
		return 0
	}
	if word == "sept" {
		return 9
	}
	for i, name := range [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"} {
		if strings.HasPrefix(name, word) {
			return i + 1
		}
	}
	return 0
}

// slightWord is a weekday, the end of an ordinal, or of.
func slightWord(word string) bool {
	switch word {
	case "st", "nd", "rd", "th", "of":
		return true
	}
	for _, day := range [...]string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"} {
		if len(word) >= 3 && strings.HasPrefix(day, word) {
			return true
		}
	}
	return false
}
