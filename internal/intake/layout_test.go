package intake_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cairn/internal/fault"
	"cairn/internal/intake"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// workbook writes sheets with another program's writer than the reader's.
func workbook(t testing.TB, sheets map[string][][]any, order ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, name := range order {
		if i == 0 {
			must(t, f.SetSheetName("Sheet1", name))
		} else {
			_, err := f.NewSheet(name)
			must(t, err)
		}
		for n, cells := range sheets[name] {
			at, err := excelize.CoordinatesToCellName(1, n+1)
			must(t, err)
			must(t, f.SetSheetRow(name, at, &cells))
		}
	}
	var out bytes.Buffer
	_, err := f.WriteTo(&out)
	must(t, err)
	return out.Bytes()
}

// A wide workbook with a title, headings of two rows, several sheets, formulas
// and numbers of days is understood by itself.
func TestWorkbook(t *testing.T) {
	raw := workbook(t, map[string][][]any{
		"Notes": {{"Filled in by the team"}, {"Please do not share"}},
		"Riverside": {
			{"Riverside returns"}, {},
			{nil, nil, "Baseline", nil, nil, "3 months", nil, nil},
			{"Client ref", "Surname", "Date", "SWEMWBS (metric)", "UCLA", "Date", "SWEMWBS (metric)", "UCLA"},
			{"R-1", "Ames", 46027, 21.54, 7, 46112, 23.21, 5},
			{"R-2", "Bell", 46028, 18.590000000000003, "", "12/04/2026", "n/a", 6},
			{"R-3", "Cole", 46028, 18.6, 8, nil, nil, nil},
		},
	}, "Notes", "Riverside")
	k := known(t)
	k.Scheme = "Riverside"
	d := readBook(t, open(t, raw), k, nil)
	if len(d.mapping.Sheets) != 1 || d.mapping.Sheets[0].Columns[1].Takes != intake.TakesIdentity || d.mapping.Sheets[0].Columns[6].Series != "swemwbs-metric" {
		t.Fatalf("%+v", d.mapping.Sheets)
	}
	d.wants(t, "5 accepted\n6 accepted\n7 rejected No set of answers")
	if got := d.at(5).Scores; len(got) != 4 || got[2].Occasion != scheme.FixedTime(91) && got[1].Occasion != scheme.FixedTime(91) || got[0].On != day("2026-01-05") {
		t.Errorf("%+v", got)
	}
	if got := d.at(7).Scores; len(got) != 1 || got[0].Measure != "ucla3" || !strings.Contains(d.at(7).Reason, "1 of the row's scores was taken") {
		t.Errorf("%+v: %s", got, d.at(7).Reason)
	}
	for _, v := range d.verdicts {
		if strings.Contains(v.Reason, "Cole") || strings.Contains(strings.Join(v.Kept, " "), "Cole") {
			t.Errorf("a name got out: %+v", v)
		}
	}
}

// What the formula came to is read as it was last worked out; one that never
// was is text, and an error is an error.
func TestFormulas(t *testing.T) {
	f := excelize.NewFile()
	for at, value := range map[string]any{"A1": "ID", "B1": "Date", "C1": "PHQ-9", "A2": "G-1", "B2": "2026-01-05", "A3": "G-2", "B3": "2026-01-05", "C3": "#DIV/0!", "A4": "G-3", "B4": "2026-01-05"} {
		must(t, f.SetCellValue("Sheet1", at, value))
	}
	must(t, f.SetCellFormula("Sheet1", "C2", "SUM(D2:L2)"))
	must(t, f.SetCellFormula("Sheet1", "C4", "6+6"))
	must(t, f.SetCellValue("Sheet1", "D4", 12))
	for at, value := range map[string]any{"A5": "G-4", "B5": "2026-01-05", "C5": 12} { // and what it came to
		must(t, f.SetCellValue("Sheet1", at, value))
	}
	must(t, f.SetCellFormula("Sheet1", "C5", "SUM(D5:L5)"))
	var out bytes.Buffer
	_, err := f.WriteTo(&out)
	must(t, err)
	k := known(t)
	k.Scheme = "Riverside"
	d := readBook(t, open(t, out.Bytes()), k, func(m intake.Mapping) intake.Mapping { return m })
	d.wants(t, "2 rejected formula\n3 rejected error of the spreadsheet\n4 rejected formula\n5 accepted")
}

// Before and after without dates are kept as such; one question with seven
// answers a row becomes one score.
func TestWithoutDates(t *testing.T) {
	k := known(t)
	k.Scheme = "Riverside"
	d := read(t, "Participant,Wellbeing: WEMWBS pre,Wellbeing: WEMWBS post\nG-1,40,52\nG-2,38,44\nG-3,61,60\nG-4,,45\n", k)
	d.wants(t, "2 accepted\n3 accepted\n4 accepted\n5 accepted")
	if q := d.mapping.Questions; len(q) != 1 || q[0].Answer != "wemwbs" || len(q[0].Choices) != 3 {
		t.Errorf("14 items are in no doubt: %+v", q)
	}
	if s := d.summary; s.Pairs != 3 || s.Undated != 7 || s.Scores != 7 {
		t.Errorf("%+v", s)
	}
	if one := d.at(2).Scores[0]; one.Dated != intake.ByOrder || !one.On.IsZero() || one.Occasion != scheme.Baseline {
		t.Errorf("%+v", one)
	}

	d = read(t, "ID;Date;SWEMWBS Q1;SWEMWBS Q2;SWEMWBS Q3;SWEMWBS Q4;SWEMWBS Q5;SWEMWBS Q6;SWEMWBS Q7\nG-1;5.1.2026;3;3;3;4;3;3;3\nG-2;5.1.2026;3;3;;4;3;3;3\nG-3;5.1.2026;3;3;9;4;3;3;3\n", k)
	d.wants(t, "2 accepted\n3 rejected Answer every question\n4 rejected takes 1 to 5")
	if one := d.at(2).Scores[0]; one.Measure != "swemwbs" || len(one.Answers) != 7 || one.Answers["item-4"] != 4 {
		t.Errorf("%+v", one)
	}
}

// What no file says of itself is asked, and until it is answered nothing of it
// is taken.
func TestAsked(t *testing.T) {
	k := known(t)
	k.Scheme = "Riverside"
	text := "ID,Date,WEMWBS\nG-1,2026-01-05,20\nG-2,2026-01-05,25\nG-3,2026-01-05,30\nG-4,2026-01-05,28\n"
	d := read(t, text, k)
	d.wants(t, "2 review nobody said which score\n3 review\n4 review\n5 review")
	if open := d.mapping.Open(); len(open) != 1 || open[0].Key != "swemwbs-or-wemwbs" {
		t.Fatalf("%+v", open)
	}
	answered := readBook(t, open(t, []byte(text)), k, func(m intake.Mapping) intake.Mapping {
		if _, ok := m.Answer("swemwbs-or-wemwbs", "phq9"); ok {
			t.Error("an answer that is no choice was taken")
		}
		m, ok := m.Answer("swemwbs-or-wemwbs", "swemwbs-raw")
		if !ok {
			t.Error("an answer was refused")
		}
		return m
	})
	answered.wants(t, "2 accepted\n3 accepted\n4 accepted\n5 accepted")
	if one := answered.at(2).Scores[0]; one.Measure != "swemwbs" || one.Series != "swemwbs-raw" || one.Level != 20 {
		t.Errorf("%+v", one)
	}
	for numbers, want := range map[string]string{
		"21.54 18.59 25.03 23.21": "swemwbs-metric", "20 25 30 28": "swemwbs-raw", "7 35 7 35": "",
	} {
		text := "ID,Date,SWEMWBS\n"
		for i, n := range strings.Fields(numbers) {
			text += "G-" + string(rune('1'+i)) + ",2026-01-05," + n + "\n"
		}
		if q := read(t, text, k).mapping.Questions; len(q) != 1 || q[0].Answer != want {
			t.Errorf("%s: %+v", numbers, q)
		}
	}
}

// One row for each score, with the measure in a column of its own.
func TestLongWithNames(t *testing.T) {
	d := read(t, "case no,project,tool,timepoint,completed on,score\n"+
		"G-1,Riverside,PHQ9,T1,2026-01-05,12\n"+
		"G-1,Riverside,GAD-7,T1,2026-01-05,10\n"+
		"G-1,Riverside,Life satisfaction,T1,2026-01-05,4\n"+
		"G-1,Riverside,ONS4 happiness,T1,2026-01-05,5\n"+
		"G-1,Riverside,Smile scale,T1,2026-01-05,5\n"+
		"G-1,Riverside,phq 9,T2,2026-04-05,7\n"+
		"G-1,Riverside,PHQ9,sometime,2026-04-06,7\n", known(t))
	d.wants(t, "2 accepted\n3 accepted\n4 accepted\n5 accepted\n6 review measure is not known\n7 accepted\n8 review occasion is not known")
	if one := d.at(4).Scores[0]; one.Measure != "ons4" || one.Answers["satisfaction"] != 4 {
		t.Errorf("%+v", one)
	}
	if one := d.at(7).Scores[0]; one.Occasion != scheme.Later || one.Measure != measure.Key("phq9") {
		t.Errorf("%+v", one)
	}
}

// Rows that somebody leaves out stay out when the file is read again, also where
// a guess would know better.
func TestLeftOutStaysOut(t *testing.T) {
	k := known(t, "Riverside")
	b := open(t, []byte("case no,project,tool,timepoint,date,score\n"+
		"G-1,Riverside,PHQ9,T1,2026-01-05,12\nG-2,,GAD-7,T1,2026-01-05,10\nG-3,Riverside,SWEMWBS,T1,2026-01-05,20\nG-4,Riverside,SWEMWBS,T1,2026-01-05,25\nG-5,Riverside,SWEMWBS,T2,2026-04-05,30\n"))
	for what, c := range map[string]struct {
		leave func(m *intake.Mapping)
		wants string
	}{
		"nothing":      {func(*intake.Mapping) {}, "2 accepted\n3 accepted\n4 accepted\n5 accepted\n6 accepted"},
		"no scheme":    {func(m *intake.Mapping) { m.Scheme = "" }, "2 accepted\n3 review\n4 accepted\n5 accepted\n6 accepted"},
		"a scheme":     {func(m *intake.Mapping) { m.Schemes[0].Means = "" }, "2 review\n3 accepted\n4 review\n5 review\n6 review"},
		"an occasion":  {func(m *intake.Mapping) { m.Occasions[1].Means = "" }, "2 accepted\n3 accepted\n4 accepted\n5 accepted\n6 review occasion is not known"},
		"a measure":    {func(m *intake.Mapping) { m.Measures[0] = intake.NamedScore{Says: m.Measures[0].Says} }, "2 accepted\n3 review measure is not known\n4 accepted\n5 accepted\n6 accepted"},
		"what depends": {func(m *intake.Mapping) { m.Measures[2] = intake.NamedScore{Says: m.Measures[2].Says} }, "2 accepted\n3 accepted\n4 review measure is not known\n5 review\n6 review"},
		"a question":   {func(m *intake.Mapping) { *m, _ = m.Answer("swemwbs", "") }, "2 accepted\n3 accepted\n4 review nobody said which score\n5 review\n6 review"},
	} {
		t.Run(what, func(t *testing.T) {
			readBook(t, b, k, func(m intake.Mapping) intake.Mapping {
				c.leave(&m)
				m, err := intake.Again(b, m, k)
				must(t, err)
				return m
			}).wants(t, c.wants)
		})
	}
}

// A mapping is a file, of one kind of file; the rejects, mended, come in by the
// same one.
func TestMappingAndRejects(t *testing.T) {
	k := known(t, "Riverside")
	text := "Notes,ID,Service,Date,PHQ-9\nhush,G-1,Riverside,2026-01-05,12\nhush,-2,Riverside,2026-01-05,70\nhush,G-3,Riverside,2026-01-05,=1\n"
	b := open(t, []byte(text))
	m, err := intake.Guess(b, k)
	must(t, err)
	var file bytes.Buffer
	must(t, m.Write(&file))
	kept := file.String()
	again, err := intake.ReadMapping(&file)
	must(t, err)
	one, err := m.Digest()
	must(t, err)
	if other, err := again.Digest(); err != nil || other != one {
		t.Errorf("%s, %v after a round trip", other, err)
	}
	r, err := intake.Read(b, again, k)
	must(t, err)
	var out, report bytes.Buffer
	rejects, err := r.NewRejects(&out, "")
	must(t, err)
	lines, err := intake.NewReport(&report)
	must(t, err)
	_, err = r.Walk(func(v intake.Verdict) error {
		must(t, lines.Add(v))
		return rejects.Add(v)
	})
	must(t, err)
	must(t, rejects.Flush())
	must(t, lines.Flush())
	want := "ID,Service,Date,PHQ-9,cairn_line,cairn_outcome,cairn_reason\n-2,Riverside,2026-01-05,70,3,rejected,PHQ-9: PHQ-9 runs from 0 to 27. Check what you typed.\n"
	if !strings.HasPrefix(out.String(), want) || !strings.Contains(out.String(), "'=1") || strings.Contains(out.String()+report.String(), "hush") {
		t.Errorf("%s", out.String())
	}
	if !strings.HasPrefix(report.String(), "line,outcome,reason,sheet,scores\n2,accepted,,,1\n3,rejected,") {
		t.Errorf("%s", report.String())
	}
	mended := open(t, []byte(strings.ReplaceAll(out.String(), ",70,", ",7,")))
	second, err := intake.Read(mended, again, k)
	must(t, err)
	sum, err := second.Walk(func(intake.Verdict) error { return nil })
	if err != nil || sum.Outcomes[intake.Accepted] != 1 || sum.Outcomes[intake.Rejected] != 1 {
		t.Errorf("%+v, %v", sum, err)
	}

	_, err = intake.Read(open(t, []byte("ID,Date,GAD-7\nG-1,2026-01-05,12\n")), again, k)
	refused(t, err, fault.MappingOther, "another file")
	for what, c := range map[string][2]string{
		"a key":       {`"dates"`, `"date_order"`},
		"an order":    {`"day-month-year"`, `"as you like"`},
		"a form":      {`"cairn_mapping": 1`, `"cairn_mapping": 2`},
		"a measure":   {`"measure": "phq9"`, `"measure": "phq8"`},
		"what it is":  {`"takes": "reference"`, `"takes": "refer"`},
		"the end":     {`]`, `] ]`},
		"a heading":   {`"heading": "PHQ-9"`, `"heading": "PHQ-8"`},
		"two persons": {`"takes": "scheme"`, `"takes": "reference"`},
	} {
		changed, err := intake.ReadMapping(strings.NewReader(strings.Replace(kept, c[0], c[1], 1)))
		if err == nil {
			_, err = intake.Read(b, changed, k)
		}
		if !fault.Is(err, fault.MappingInvalid) && !fault.Is(err, fault.MappingOther) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
