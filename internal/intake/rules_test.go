package intake_test

import (
	"testing"

	"cairn/internal/intake"
	"cairn/internal/scheme"
)

// Every rule of docs/import.md about a row, in one file.
func TestRules(t *testing.T) {
	d := read(t, "\uFEFFClient ID,Client Name,Service,Assessment date,Stage,SWEMWBS raw,Comments\r\n"+
		"G-01,Ann Ames,Riverside,05/01/2026,Pre,21,\r\n"+ // 2
		"G-01,Ann Ames,Riverside,30/03/2026,Post,27,went well\r\n"+ // 3
		"  G-02 ,Bo Bell, riverside ,2026-01-06,pre,19,\r\n"+ // 4: spaces and case
		"G-02,Bo Bell,Riverside,46112,post,N/A,\r\n"+ // 5
		"G-02,Bo Bell,Riverside,46111,post,22,\r\n"+ // 6: a number of a day
		"G-03,Cy Cole,Riverside,7/1/26,Baseline,24,\r\n"+ // 7: two digits
		"G-03,Cy Cole,Riverside,31/02/2026,Post,24,\r\n"+ // 8
		"G-03,Cy Cole,Riverside,01/04/2027,Post,24,\r\n"+ // 9: the future
		"G-04,Dee,Rivreside,08/01/2026,Pre,20,\r\n"+ // 10
		"G-05,Ed,Hilltop,08/01/2026,Pre,99,\r\n"+ // 11
		"G-05,Ed,Hilltop,09/01/2026,Pre,about 20,\r\n"+ // 12
		"G-06,Fay,Hilltop,08/01/2026,Pre,20,\r\n"+ // 13
		"G-06,Fay,Hilltop,08/01/2026,Pre,20,\r\n"+ // 14
		"G-07,Gil,Hilltop,08/01/2026,Pre,20,\r\n"+ // 15
		"G-07,Gil,Hilltop,8 January 2026,Pre,25,\r\n"+ // 16
		"999 000 0018,Hal,Hilltop,08/01/2026,Pre,20,\r\n"+ // 17
		",Ida,Hilltop,08/01/2026,Pre,20,\r\n"+ // 18
		"Ñandú-Ω,Jo,Hilltop,08/01/2026,Pre,20,\r\n"+ // 19
		",,,,,,\r\n"+
		"G-08,Kit,Hilltop,March 2026,Post,=6*7,\r\n"+ // 21
		"G-08,Kit,Hilltop,Mar-26,Post,30,\r\n"+ // 22
		"G-09,Lu,Hilltop,,Post,30,\r\n"+ // 23
		"G-10,Mo,,08/01/2026,Post,30,\r\n"+ // 24
		"1.2E+10,Ned,Hilltop,08/01/2026,Post,30,\r\n"+ // 25
		"Total,,,,,30,\r\n"+ // 26
		"02/10/1995,Oz,Hilltop,08/01/2026,Pre,20,\r\n"+ // 27
		"PQ 12/03/1950,Pat,Hilltop,08/01/2026,Pre,20,\r\n"+ // 28
		"AB 12 34 56 C,Quin,Hilltop,08/01/2026,Pre,20,\r\n", known(t, "Riverside", "Hilltop"))
	d.wants(t, `
2 accepted
3 accepted
4 accepted
5 rejected The row has no score.
6 accepted
7 accepted
8 rejected There is no such date
9 rejected in the future
10 review Did they mean “Riverside”?
11 rejected runs from 7 to 35
12 rejected This is not a number
13 accepted
14 duplicate what line 13 said
15 conflict a later row says something else
16 conflict line 15 says something else
17 rejected looks like an NHS number
18 rejected of nobody
19 accepted
21 rejected This is a formula
22 accepted
23 rejected no date
24 review names no scheme
25 rejected rounded this reference
26 rejected a line of totals
27 rejected looks like a date of birth
28 rejected looks like a date of birth
29 rejected looks like a National Insurance number`)
	for _, line := range []int{27, 28, 29} {
		if kept := d.at(line).Kept; len(kept) == 0 || kept[0] != "" {
			t.Errorf("line %d of the rejects: %q", line, kept)
		}
	}
	s := d.summary
	if s.Rows != 27 || s.Scores != 8 || s.People != 6 || s.Pairs != 2 || s.ShortYears != 2 || s.Serials != 1 || s.Months != 1 || s.Blanks != 1 {
		t.Errorf("%+v", s)
	}
	if got := d.at(6).Scores[0].On; got != day("2026-03-30") {
		t.Errorf("the number of a day is read as %s", got)
	}
	if one := d.at(22).Scores[0]; one.Dated != intake.ByMonth || one.On != day("2026-03-01") {
		t.Errorf("%+v", one)
	}
	if one := d.at(7).Scores[0]; one.On != day("2026-01-07") || one.Occasion != scheme.Baseline || one.Scheme != "Riverside" {
		t.Errorf("%+v", one)
	}
}
