package exchange_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sebdah/goldie/v2"

	"cairn/internal/exchange"
	"cairn/internal/fault"
	"cairn/internal/measure"
)

const header = "person_id,scheme,measure,timepoint,days,date,score\n"

// wellbeing is a closed scale from 7 to 35 and an open one, at three times.
func wellbeing(t testing.TB) exchange.Settings {
	t.Helper()
	s, err := exchange.ReadSettings(strings.NewReader(`{"name": "made up", "source": "made up for a test",
		"timepoints": ["pre", "post", "later"], "days": [0, 84, 182],
		"measures": [{"name": "swb", "higher_is_better": true, "min": 7, "max": 35}, {"name": "steps", "higher_is_better": true}]}`))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func long(t *testing.T, rows string) *exchange.Data {
	t.Helper()
	d, err := exchange.ReadLong(strings.NewReader(header+rows), wellbeing(t), today(t))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// lines are the accepted scores as text.
func lines(d *exchange.Data) []string {
	var all []string
	for r := range d.Rows() {
		all = append(all, fmt.Sprintf("%d %s %s %s %s %d %s %s", r.Line, r.Person, r.Scheme, r.Measure, r.Timepoint, r.Days, r.On, r.Score))
	}
	return all
}

func TestReadLong(t *testing.T) {
	d := long(t, "Ann,Riverside,swb,pre,0,2026-01-05,18\nAnn,Riverside,swb,post,80,2026-03-26,22\nBo,Hilltop,steps,pre,0,2026-02-01,5400.5\n")
	want := []string{
		"2 Ann Riverside swb pre 0 2026-01-05 18",
		"3 Ann Riverside swb post 80 2026-03-26 22",
		"4 Bo Hilltop steps pre 0 2026-02-01 5400.5",
	}
	if got := lines(d); !slices.Equal(got, want) || d.Len() != 3 || len(d.Rejects) != 0 {
		t.Errorf("%q, %d rows, rejects %v; want %q", got, d.Len(), d.Rejects, want)
	}
	if got := d.Schemes(); !slices.Equal(got, []string{"Hilltop", "Riverside"}) {
		t.Errorf("schemes %q", got)
	}
	defs, err := d.Definitions()
	if err != nil {
		t.Fatal(err)
	}
	if defs[0].Scores[0].Decimals != 0 || defs[1].Scores[0].Decimals != 1 {
		t.Errorf("decimals %d and %d, want 0 and 1", defs[0].Scores[0].Decimals, defs[1].Scores[0].Decimals)
	}
	for r := range d.Rows() {
		if r.Measure == "steps" && r.Level != 54005 {
			t.Errorf("level of 5400.5 is %d, want 54005", r.Level)
		}
	}
}

// Files as spreadsheets save them: a byte order mark, CRLF, quotes, columns in
// another order, spaces, rows of commas at the end.
func TestReadLong_AsSpreadsheetsSaveIt(t *testing.T) {
	text := "\uFEFFscore,date,\"scheme\",person_id,timepoint,measure,days\r\n" +
		"18.0, 2026-01-05 ,\"Riverside, east\",Ann,pre,swb,0\r\n,,,,,,\r\n\r\n22,2026-03-26,\"Riverside, east\",Ann,post,swb,80\r\n"
	d, err := exchange.Read(strings.NewReader(text), wellbeing(t), today(t))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"2 Ann Riverside, east swb pre 0 2026-01-05 18", "5 Ann Riverside, east swb post 80 2026-03-26 22"}
	if got := lines(d); !slices.Equal(got, want) || len(d.Rejects) > 0 {
		t.Errorf("%q, rejects %v; want %q", got, d.Rejects, want)
	}
}

func TestReadLong_BadRows(t *testing.T) {
	const good = "Cy,Riverside,swb,pre,0,2026-01-05,20\n"
	for _, c := range []struct {
		name, row string
		column    string
		code      fault.Code
	}{
		{"text in the score", "Ann,Riverside,swb,pre,0,2026-01-05,low", "score", fault.InputInvalid},
		{"R's NA", "Ann,Riverside,swb,pre,0,2026-01-05,NA", "score", fault.InputInvalid},
		{"an empty score", "Ann,Riverside,swb,pre,0,2026-01-05,", "score", fault.InputInvalid},
		{"a decimal comma", `Ann,Riverside,swb,pre,0,2026-01-05,"18,5"`, "score", fault.InputInvalid},
		{"five decimals", "Ann,Riverside,swb,pre,0,2026-01-05,18.12345", "score", fault.ScoreDecimals},
		{"below the scale", "Ann,Riverside,swb,pre,0,2026-01-05,6", "score", fault.ScoreRange},
		{"above the scale", "Ann,Riverside,swb,pre,0,2026-01-05,35.5", "score", fault.ScoreRange},
		{"too large for any scale", "Ann,Riverside,steps,pre,0,2026-01-05,99999999999999999999", "score", fault.ScoreRange},
		{"an unknown measure", "Ann,Riverside,SWB,pre,0,2026-01-05,18", "measure", fault.MeasureUnknown},
		{"an unknown time point", "Ann,Riverside,swb,mid,0,2026-01-05,18", "timepoint", fault.OccasionUnknown},
		{"an empty date", "Ann,Riverside,swb,pre,0,,18", "date", fault.InputInvalid},
		{"an impossible date", "Ann,Riverside,swb,pre,0,2026-02-30,18", "date", fault.DayImpossible},
		{"a date the other way round", "Ann,Riverside,swb,pre,0,05/01/2026,18", "date", fault.DayImpossible},
		{"a future date", "Ann,Riverside,swb,pre,0,2026-07-01,18", "date", fault.DayFuture},
		{"days that are no number", "Ann,Riverside,swb,pre,day 1,2026-01-05,18", "days", fault.InputInvalid},
		{"no person", ",Riverside,swb,pre,0,2026-01-05,18", "person_id", fault.InputInvalid},
		{"no scheme", "Ann,,swb,pre,0,2026-01-05,18", "scheme", fault.InputInvalid},
		{"a reference as long as a letter", strings.Repeat("x", 65) + ",Riverside,swb,pre,0,2026-01-05,18", "person_id", fault.InputInvalid},
		{"a line break in a name", "Ann,\"River\nside\",swb,pre,0,2026-01-05,18", "scheme", fault.InputInvalid},
		{"a cell too few", "Ann,Riverside,swb,pre,0,2026-01-05", "", fault.FileRow},
		{"a cell too many", "Ann,Riverside,swb,pre,0,2026-01-05,18,", "", fault.FileRow},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := long(t, good+c.row+"\n")
			if d.Len() != 1 || len(d.Rejects) != 1 {
				t.Fatalf("%d rows kept, rejects %v; want one of each", d.Len(), d.Rejects)
			}
			r := d.Rejects[0]
			if r.Input != exchange.Scores || r.Line != 3 || r.Column != c.column || r.Why.Code != c.code || r.Why.Detail == "" {
				t.Errorf("line %d, column %q, %v; want line 3, column %q, %s", r.Line, r.Column, r.Why, c.column, c.code)
			}
			f := r.Fault()
			if f.Code != fault.FileRow || !strings.HasPrefix(f.Field, "line 3") || !errors.Is(f, r.Why) {
				t.Errorf("as a fault: %v at %q", f, f.Field)
			}
			if cells := strings.Split(c.row, ","); strings.Contains(f.Detail, cells[len(cells)-1]) && cells[len(cells)-1] != "" {
				t.Errorf("the reason repeats the cell: %s", f.Detail)
			}
			if d.Schemes()[0] != "Riverside" || len(d.Schemes()) != 1 {
				t.Errorf("schemes %q: a rejected row enrolled somebody", d.Schemes())
			}
		})
	}
}

// Two things wrong with one row are told at once, and it is one row.
func TestReadLong_EveryProblemOfARow(t *testing.T) {
	d := long(t, "Ann,Riverside,swb,mid,0,2026-13-05,99\n")
	var columns []string
	for _, r := range d.Rejects {
		columns = append(columns, r.Column)
	}
	if !slices.Equal(columns, []string{"timepoint", "date", "score"}) || exchange.RejectedRows(d.Rejects) != 1 {
		t.Errorf("columns %q, %d rows", columns, exchange.RejectedRows(d.Rejects))
	}
}

func TestReadLong_SaidTwice(t *testing.T) {
	const first = "Ann,Riverside,swb,pre,0,2026-01-05,18\n"
	for _, c := range []struct {
		name, rows    string
		kept, repeats int
		rejected      []int // lines
	}{
		{"the same row again", first + first + first, 1, 2, nil},
		{"the same score written otherwise", first + "Ann,Riverside,swb,pre,0,2026-01-05,18.00\n", 1, 1, nil},
		{"another score", first + "Ann,Riverside,swb,pre,0,2026-01-05,19\n", 0, 0, []int{2, 3}},
		{"another score, then the first again", first + "Ann,Riverside,swb,pre,0,2026-01-05,19\n" + first, 0, 0, []int{2, 3, 4}},
		{"the same score on another day", first + "Ann,Riverside,swb,pre,0,2026-01-06,18\n", 0, 0, []int{2, 3}},
		{"in another scheme", first + "Ann,Hilltop,swb,pre,0,2026-01-05,19\n", 2, 0, nil},
		{"at another time", first + "Ann,Riverside,swb,post,84,2026-04-05,19\n", 2, 0, nil},
		{"of another measure", first + "Ann,Riverside,steps,pre,0,2026-01-05,19\n", 2, 0, nil},
		{"of another person", first + "Bo,Riverside,swb,pre,0,2026-01-05,19\n", 2, 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := long(t, c.rows)
			var rejected []int
			for _, r := range d.Rejects {
				rejected = append(rejected, r.Line)
				if r.Why.Code != fault.AssessmentTwice || r.Person != "Ann" {
					t.Errorf("line %d: %v about %q", r.Line, r.Why, r.Person)
				}
			}
			if d.Len() != c.kept || d.Repeats != c.repeats || !slices.Equal(rejected, c.rejected) {
				t.Errorf("%d kept, %d repeats, lines %v rejected; want %d, %d, %v", d.Len(), d.Repeats, rejected, c.kept, c.repeats, c.rejected)
			}
		})
	}
}

// A score that does not count does not make the measure finer either.
func TestReadLong_RejectedScoresHaveNoDecimals(t *testing.T) {
	d := long(t, "Ann,Riverside,swb,pre,0,2026-01-05,18.25\nAnn,Riverside,swb,pre,0,2026-01-05,18.5\nBo,Riverside,swb,pre,0,2026-01-05,20\n")
	defs, err := d.Definitions()
	if err != nil {
		t.Fatal(err)
	}
	if n := defs[0].Scores[0].Decimals; n != 0 {
		t.Errorf("%d decimals, want none", n)
	}
	for r := range d.Rows() {
		if r.Level != measure.Level(20) {
			t.Errorf("level %d, want 20", r.Level)
		}
	}
}

func TestRead_WholeFileRefused(t *testing.T) {
	for _, c := range []struct {
		name, text string
		code       fault.Code
		says       []string // one for each fault
	}{
		{"empty", "", fault.FileHeader, []string{"The file is empty"}},
		{"a column missing and one unknown", "person_id,scheme,measure,timepoint,day,date,score\n", fault.FileHeader,
			[]string{"The column days is missing", "Nothing reads the column “day”"}},
		{"a column twice", "person_id,scheme,measure,timepoint,days,date,score,score\n", fault.FileHeader, []string{"Column 8 has the name of column 7"}},
		{"a column without a name", "person_id,scheme,measure,timepoint,days,date,score,\n", fault.FileHeader, []string{"Column 8 has no name"}},
		{"no header", "Ann,Riverside,swb,pre,0,2026-01-05,18\n", fault.FileHeader, []string{"The first line does not name the columns: it needs person_id, scheme."}},
		{"semicolons", "person_id;scheme;measure;timepoint;days;date;score\n", fault.FileHeader, []string{"separated by semicolons"}},
		{"tabs", "person_id\tscheme\tmeasure\ttimepoint\tdays\tdate\tscore\n", fault.FileHeader, []string{"separated by tabs"}},
		{"lines that end with CR alone", strings.ReplaceAll(header+"Ann,Riverside,swb,pre,0,2026-01-05,18\nBo,Riverside,swb,pre,0,2026-01-05,18\n", "\n", "\r"), fault.FileHeader, []string{"end with CR alone"}},
		{"CR alone, and quotation marks", strings.ReplaceAll(strings.ReplaceAll(header, ",", `","`), "\n", "\"\r\"Ann\""), fault.FileHeader, []string{"end with CR alone"}},
		{"a million columns", strings.Repeat("a,", 1_000_000) + "a\n", fault.FileHeader, []string{"names 1000001 columns. At most 10000"}},
		{"Latin-1", header + "Ann,Riverside,swb,pre,0,2026-01-05,18\nZo\xeb,Riverside,swb,pre,0,2026-01-05,18\n", fault.InputUnreadable, []string{"Line 3 is not UTF-8"}},
		{"UTF-16", "\xff\xfep\x00e\x00r\x00", fault.InputUnreadable, []string{"Line 1 is not UTF-8"}},
		{"a quotation mark that never ends", header + "Ann,Riverside,swb,pre,0,2026-01-05,18\nBo,\"Riverside,swb,pre\n", fault.InputUnreadable, []string{"The quotation marks on line 3"}},
		{"a quotation mark within a cell", header + "Ann,River\"side,swb,pre,0,2026-01-05,18\n", fault.InputUnreadable, []string{"The quotation marks on line 2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := exchange.Read(strings.NewReader(c.text), wellbeing(t), today(t))
			all, accident := fault.All(err)
			if accident != nil || len(all) != len(c.says) {
				t.Fatalf("accident %v, faults %v; want %q", accident, all, c.says)
			}
			for i, f := range all {
				if f.Code != c.code || !strings.Contains(f.Detail, c.says[i]) {
					t.Errorf("%v, want %s: %s", f, c.code, c.says[i])
				}
			}
		})
	}
}

// failing is a disk that gives way in the middle of a file.
type failing struct{ *strings.Reader }

func (f failing) Read(p []byte) (int, error) {
	if n, err := f.Reader.Read(p); err == nil {
		return n, nil
	}
	return 0, errors.New("the disk is gone")
}

func TestReadLong_DiskThatFails(t *testing.T) {
	_, err := exchange.ReadLong(failing{strings.NewReader(header + "Ann,Riverside,swb,pre,0,2026-01-05,18\n")}, wellbeing(t), today(t))
	if _, accident := fault.All(err); accident == nil {
		t.Errorf("%v; want an accident: half a file must not look like a file", err)
	}
}

// The rejects file finds the row again and holds nobody's score and no NHS
// number (this one is made up to pass the check).
func TestWriteRejects(t *testing.T) {
	d := long(t, "Ann,Riverside,swb,pre,0,2026-01-05,36.25\nBo,Riverside,swb,pre,0,2026-01-05,17.5\nBo,Riverside,swb,pre,0,2026-01-05,19.75\n"+
		"=cmd,Riverside,swb,pre,0,2026-01-05,unwell\n999 000 0018,Riverside,swb,pre,0,2026-01-05,18.123456\n")
	if err := d.ReadPeople(strings.NewReader("person_id,scheme\nAnn,Riverside\n,Riverside\n")); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := exchange.WriteRejects(&out, d.Rejects); err != nil {
		t.Fatal(err)
	}
	goldie.New(t).Assert(t, "rejects", out.Bytes())
	for _, secret := range []string{"36.25", "17.5", "19.75", "unwell", "18.123456", "999 000", "\n=", ",="} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("the rejects hold %q", secret)
		}
	}
}
