package intake_test

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cairn/internal/intake"
)

// Whether anything was answered, and which activity it was about.
// What an export writes below its rows is of nobody, and nobody has to review it. One
// cell between the rows may be somebody's.
func TestFooters(t *testing.T) {
	text := "Client ID,Date,SWEMWBS raw,Comments\n" +
		"G-01,05/01/2026,21,\n" + // 2
		"G-02,,,\n" + // 3: between
		"G-03,05/01/2026,99,\n" + // 4: no score of the scale, and a score all the same
		"\n" +
		"Total number of clients: 60,,,\n" + // 6
		",,,Confidential Information - Do Not Distribute\n" + // 7
		",,,\n" +
		",,30,\n" + // 9: a cell of scores
		"G-04,06/01/2026,,\n" // 10: two cells
	of := read(t, text, known(t, "Riverside", "Hilltop"))
	of.wants(t, `
2 review names no scheme
3 review names no scheme
4 rejected runs from 7 to 35
6 rejected looks like a line that stands below the rows
7 rejected looks like a line that stands below the rows
9 rejected of nobody
10 review names no scheme`)
	if said := of.at(6).Reason; strings.Contains(said, "scheme") || strings.Contains(said, "60") {
		t.Error(said)
	}
	one := read(t, text, known(t, "Riverside"))
	one.wants(t, `
2 accepted
3 rejected no score
4 rejected runs from 7 to 35
6 rejected looks like a line that stands below the rows
7 rejected looks like a line that stands below the rows
9 rejected of nobody
10 rejected The row has no score.`)
}

func TestDoneAndActivities(t *testing.T) {
	k := known(t, "Riverside")
	k.Activities = []string{"Community choir", "Allotment"}
	d := read(t, "ID,Activity,Date,Completed?,PHQ-9\n"+
		"G-1,community choir,2026-01-05,Y,9\n"+
		"G-2,Alotment,2026-01-05,yes,9\n"+
		"G-3,n/a,2026-01-05,No,9\n"+
		"G-4,Allotment,2026-01-05,No,\n"+
		"G-5,Allotment,2026-01-05,perhaps,9\n", k)
	d.wants(t, `
2 accepted
3 review Did they mean “Allotment”?
4 rejected nothing was answered, and has a score
5 rejected no score
6 rejected neither yes nor no`)
	if got := d.at(2).Scores[0].Activity; got != "Community choir" {
		t.Errorf("the activity is %q", got)
	}
	none := read(t, "ID,Activity,Date,PHQ-9\nG-1,Choir,2026-01-05,9\n", known(t, "Riverside"))
	if c := none.mapping.Sheets[0].Columns[1]; c.Takes != intake.TakesNothing || none.at(2).Outcome != intake.Accepted {
		t.Errorf("%+v, %+v", c, none.at(2))
	}
}

// Dates are read in the order that is said, and a referral without any score is a
// referral.
func TestDateOrders(t *testing.T) {
	k := known(t, "Riverside")
	d := readBook(t, open(t, []byte("ID,Referral date,Date,PHQ-9\nG-1,01/02/2026,01/15/2026,9\nG-2,01/02/2026,02/28/2026,9\nG-3,03/04/2026,15/03/2026,9\nG-4,03/04/2026,,\n")), k, func(m intake.Mapping) intake.Mapping {
		m.Dates = intake.MonthFirst
		return m
	})
	d.wants(t, "2 accepted\n3 accepted\n4 rejected read as month-day-year\n5 accepted")
	if one := d.at(2).Scores[0]; one.On != day("2026-01-15") || one.Referred != day("2026-01-02") {
		t.Errorf("%+v", one)
	}
	if one := d.at(5).Scores[0]; one.Measure != "" || one.On != day("2026-03-04") {
		t.Errorf("a referral without a score: %+v", one)
	}
	if d.summary.Scores != 2 {
		t.Errorf("%+v", d.summary)
	}

	f := excelize.NewFile()
	yes := true
	must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
	for at, value := range map[string]any{"A1": "ID", "B1": "Date", "C1": "PHQ-9", "A2": "G-1", "B2": 44561, "C2": 9} {
		must(t, f.SetCellValue("Sheet1", at, value))
	}
	out, err := f.WriteToBuffer()
	must(t, err)
	later := readBook(t, open(t, out.Bytes()), k, nil)
	if one := later.at(2); len(one.Scores) != 1 || one.Scores[0].On != day("2026-01-01") {
		t.Errorf("days counted from 1904: %+v", one)
	}
}

// A date of a row that holds before and after is the day of neither, and a month
// has room for both.
func TestDatesOfWholeRows(t *testing.T) {
	d := read(t, "Ref,Month,PHQ-9 pre,PHQ-9 post\nS-1,Jan 2026,12,7\nS-2,02/2026,11,9\n", known(t, "Riverside"))
	d.wants(t, "2 accepted\n3 accepted")
	if s := d.summary; s.Pairs != 2 || s.Undated != 4 {
		t.Errorf("%+v", s)
	}
	d = read(t, "Ref,Month,Stage,PHQ-9\nS-1,Jan 2026,pre,12\nS-1,01/2026,post,7\nS-1,Jan-26,post,8\nS-2,Jan-26,pre,8\n", known(t, "Riverside"))
	d.wants(t, "2 accepted\n3 conflict\n4 conflict\n5 accepted")
	d = read(t, "Ref,Month,Stage,PHQ-9\nS-1,Jan 2026,pre,12\nS-1,01/2026,post,7\nS-2,Jan 2026,pre,8\nS-2,2026-01-20,post,7\nS-4,Jan 2026,pre,8\nS-4,2026-01-20,post,7\nS-3,Jan 2026,pre,8\nS-3,2026-02-20,post,7\n", known(t, "Riverside"))
	if s := d.summary; s.Pairs != 2 || s.Scores != 8 {
		t.Errorf("of two of one month the occasion tells, of a month and its day nothing: %+v", s)
	}
	d = read(t, "Ref,PHQ-9 pre,PHQ-9 post,PHQ-9 6 weeks date,PHQ-9 6 weeks,PHQ-9 12 weeks date,PHQ-9 12 weeks\nS-1,12,7,2026-02-01,6,2026-05-01,5\n", known(t, "Riverside"))
	if s := d.summary; s.Pairs != 1 || s.Undated != 2 {
		t.Errorf("one score makes one pair: %+v", s)
	}
}

// The same score in two sheets is one, and the raw score says what the converted
// one beside it says.
func TestSheetsThatRepeatAndScoresTwice(t *testing.T) {
	rows := [][]any{{"ID", "Date", "SWEMWBS raw", "SWEMWBS metric"}, {"G-1", "2026-01-05", 20, 18.59}, {"G-2", "2026-01-05", 21, 19.25}}
	other := [][]any{{"ID", "Date", "SWEMWBS raw", "SWEMWBS metric"}, {"G-1", "2026-01-05", 20, 18.59}, {"G-2", "2026-01-05", 25, 22.35}}
	d := readBook(t, open(t, workbook(t, map[string][][]any{"North": rows, "South": other}, "North", "South")), known(t, "Riverside"), nil)
	var said []string
	for _, v := range d.verdicts {
		said = append(said, v.Sheet+" "+string(v.Outcome))
	}
	if got := strings.Join(said, ", "); got != "sheet 1 accepted, sheet 1 conflict, sheet 2 duplicate, sheet 2 conflict" {
		t.Errorf("%s", got)
	}
	if !strings.Contains(d.verdicts[3].Reason, "line 3 in sheet 1 says") {
		t.Errorf("%s", d.verdicts[3].Reason)
	}
	if c := d.mapping.Sheets[0].Columns[3]; c.Takes != intake.TakesNothing || !strings.Contains(c.Why, "converted") {
		t.Errorf("%+v", c)
	}
}
