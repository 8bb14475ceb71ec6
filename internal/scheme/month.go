package scheme

import (
	"fmt"
	"time"
)

// A Month is a calendar month: year times 12 plus its place in the year, from 0.
type Month int

// Month is the one that the day lies in.
func (d Day) Month() Month { return Month(d.Year()*12 + int(d.time().Month()) - 1) }

func (m Month) String() string { return fmt.Sprintf("%04d-%02d", int(m)/12, int(m)%12+1) }

// Label is the month as it is read, "Mar 2026".
func (m Month) Label() string {
	return time.Date(int(m)/12, time.Month(int(m)%12+1), 1, 0, 0, 0, 0, time.UTC).Format("Jan 2006")
}

// Quarter is the one that the month lies in.
func (m Month) Quarter() Quarter { return Quarter(int(m)/12*4 + int(m)%12/3) }
