package intake_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A day from a century ago is a slip or a birthday: it is rejected with its year, as
// a number of a spreadsheet too, and also where it is the day of the referral.
func TestDatesOfLongAgo(t *testing.T) {
	k := known(t, "Riverside")
	d := read(t, "ID,Stage,Date,PHQ-9\n"+
		"G-1,pre,05/01/1926,10\nG-1,post,01/04/2026,5\nG-2,pre,05/01/0026,10\nG-3,pre,1900-01-05,10\nG-4,pre,31/12/1979,10\nG-5,pre,01/01/1980,10\n"+
		"G-6,pre,March 1926,10\nG-7,pre,9502,10\nG-8,pre,29220,10\nG-9,pre,29221,10\nG-10,pre,2026,10\nG-11,pre,13/13/2026,10\nG-12,pre,04/13/2026,10\nG-13,pre,1,10\n", k)
	d.wants(t, `
2 rejected in the year 1926, and no score or referral is from before 1980
3 accepted
4 rejected There is no such date
5 rejected in the year 1900
6 rejected in the year 1979
7 accepted
8 rejected in the year 1926
9 rejected in the year 1926
10 rejected in the year 1979
11 accepted
12 rejected a year alone
13 rejected There is no such date
14 rejected There is no such date
15 rejected in the year 1900`)
	if s := d.summary; s.OtherOrder != 1 || s.Serials != 1 {
		t.Errorf("%d dates would be some the other way round, want the one of April; %d spreadsheet days, want 1", s.OtherOrder, s.Serials)
	}
	d = read(t, "ID,Referral date,Date,PHQ-9\nG-1,05/01/1926,05/01/2026,10\n", k)
	d.wants(t, "2 rejected Referral date: This date is in the year 1926")

	f := excelize.NewFile()
	later := true
	must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &later}))
	for i, cells := range [][]any{{"ID", "Date", "PHQ-9"}, {"G-1", 8040, 9}, {"G-2", 27758, 9}, {"G-3", 27759, 9}} {
		must(t, f.SetSheetRow("Sheet1", "A"+string(rune('1'+i)), &cells))
	}
	var out bytes.Buffer
	_, err := f.WriteTo(&out)
	must(t, err)
	readBook(t, open(t, out.Bytes()), k, nil).wants(t, "2 rejected the year 1926\n3 rejected the year 1979\n4 accepted")
}
