package scheme

import (
	"database/sql/driver"
	"fmt"
	"time"

	"cairn/internal/fault"
)

// A Day is a calendar day without a clock or a zone. The zero Day is no day:
// something that has not happened. Days compare with ==.
type Day struct{ n int32 } // days since 31 December of year 0, so that 1 January 1 is 1

const (
	isoDay     = "2006-01-02"
	dayZero    = 719_162 // 1 January 1970 is day 719163
	secondsDay = 86_400
)

// Years outside these are slips of the keyboard.
const (
	EarliestYear = 1900
	LatestYear   = 2200
)

// DayOf is the calendar day of t in its own zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day{int32(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/secondsDay + dayZero + 1)}
}

// ParseDay reads YYYY-MM-DD. It faults with day.impossible for anything else,
// 30 February and years out of reach included.
func ParseDay(text string) (Day, error) {
	t, err := time.Parse(isoDay, text)
	if err != nil {
		return Day{}, fault.New(fault.Invalid, fault.DayImpossible, "“%.20s” is not a date. Write one that exists as year-month-day, such as 2026-03-31.", text)
	}
	if t.Year() < EarliestYear || t.Year() > LatestYear {
		return Day{}, fault.New(fault.Invalid, fault.DayImpossible, "The year of %s is out of reach: enter one from %d to %d.", text, EarliestYear, LatestYear)
	}
	return DayOf(t), nil
}

func (d Day) time() time.Time {
	return time.Unix((int64(d.n)-dayZero-1)*secondsDay, 0).UTC()
}

func (d Day) IsZero() bool        { return d.n == 0 }
func (d Day) Before(e Day) bool   { return d.n < e.n }
func (d Day) After(e Day) bool    { return d.n > e.n }
func (d Day) Plus(days int) Day   { return Day{d.n + int32(days)} }
func (d Day) DaysSince(e Day) int { return int(d.n - e.n) }
func (d Day) Year() int           { return d.time().Year() }

// String is YYYY-MM-DD, empty for no day.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return d.time().Format(isoDay)
}

// Long is the day as people read it: 3 March 2026.
func (d Day) Long() string {
	if d.IsZero() {
		return ""
	}
	return d.time().Format("2 January 2006")
}

// Quarter is the calendar quarter that holds d; no day lies in none.
func (d Day) Quarter() Quarter {
	if d.IsZero() {
		return 0
	}
	t := d.time()
	return Quarter(t.Year()*4 + (int(t.Month())-1)/3)
}

func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

func (d *Day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Day{}
		return nil
	}
	got, err := ParseDay(string(text))
	if err != nil {
		return err
	}
	*d = got
	return nil
}

// Value writes the day into a DATE column as text, which neither database can
// shift by a zone; no day is NULL.
func (d Day) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads what either driver makes of a DATE column.
func (d *Day) Scan(from any) error {
	switch v := from.(type) {
	case nil:
		*d = Day{}
		return nil
	case time.Time:
		*d = DayOf(v)
		return nil
	case string:
		return d.UnmarshalText([]byte(v[:min(len(v), len(isoDay))]))
	case []byte:
		return d.UnmarshalText(v[:min(len(v), len(isoDay))])
	}
	return fmt.Errorf("a day cannot be read from %T", from)
}

// A Quarter is a calendar quarter as year x 4 + 0 to 3, so that quarters are
// ordered and adjacent ones differ by 1.
type Quarter int

// ParseQuarter reads "2026-Q1". It faults with period.invalid.
func ParseQuarter(text string) (Quarter, error) {
	var year, q int
	if n, err := fmt.Sscanf(text, "%4d-Q%1d", &year, &q); err != nil || n != 2 || len(text) != 7 || q < 1 || q > 4 || year < EarliestYear || year > LatestYear {
		return 0, fault.New(fault.Invalid, fault.PeriodInvalid, "“%.20s” is not a quarter. Write it as 2026-Q1.", text)
	}
	return Quarter(year*4 + q - 1), nil
}

// String is "2026-Q1".
func (q Quarter) String() string { return fmt.Sprintf("%04d-Q%d", int(q)/4, int(q)%4+1) }

// First and Last are the quarter's own first and last day.
func (q Quarter) First() Day {
	return DayOf(time.Date(int(q)/4, time.Month(int(q)%4*3+1), 1, 0, 0, 0, 0, time.UTC))
}
func (q Quarter) Last() Day { return (q + 1).First().Plus(-1) }

// A Period is a run of quarters, both ends included; a zero end is open.
type Period struct{ From, To Quarter }

// Meets reports whether a quarter may lie in both.
func (p Period) Meets(o Period) bool {
	return (p.To == 0 || o.From <= p.To) && (o.To == 0 || p.From <= o.To)
}

// Holds reports whether q lies in the period. What lies in no quarter is in the
// whole time alone.
func (p Period) Holds(q Quarter) bool {
	return p == Period{} || q != 0 && (p.From == 0 || q >= p.From) && (p.To == 0 || q <= p.To)
}
