package scheme

import (
	"fmt"
	"time"

	"cairn/internal/fault"
)

// A Span is a run of days, both ends included.
type Span struct{ First, Last Day }

// Holds reports whether the day lies in the span.
func (s Span) Holds(d Day) bool { return !d.Before(s.First) && !d.After(s.Last) }

// Long is the span as people read it: 1 January 2026 to 31 March 2026.
func (s Span) Long() string { return s.First.Long() + " to " + s.Last.Long() }

// Span is all days of the quarter.
func (q Quarter) Span() Span { return Span{q.First(), q.Last()} }

// Span is all days of the month.
func (m Month) Span() Span { return Span{m.first(), (m + 1).first().Plus(-1)} }

func (m Month) first() Day {
	return DayOf(time.Date(int(m)/12, time.Month(int(m)%12+1), 1, 0, 0, 0, 0, time.UTC))
}

// ParseSpan reads a quarter, "2026-Q1", or a month, "2026-03". It faults with
// period.invalid.
func ParseSpan(text string) (Span, error) {
	if q, err := ParseQuarter(text); err == nil {
		return q.Span(), nil
	}
	var year, month int
	if n, err := fmt.Sscanf(text, "%4d-%2d", &year, &month); err != nil || n != 2 || fmt.Sprintf("%04d-%02d", year, month) != text ||
		month < 1 || month > 12 || year < EarliestYear || year > LatestYear {
		return Span{}, fault.New(fault.Invalid, fault.PeriodInvalid, "“%.20s” is neither a quarter nor a month. Write a quarter as 2026-Q1, a month as 2026-03.", text)
	}
	return Month(year*12 + month - 1).Span(), nil
}
