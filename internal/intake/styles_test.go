package intake_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cairn/internal/intake"
)

// styled is a workbook of cells that another program wrote: each row has a score on
// a day that is stored as a number and shown by a format.
func styled(t *testing.T, epoch1904 *bool, number float64, formats ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: epoch1904}))
	must(t, f.SetSheetRow("Sheet1", "A1", &[]any{"ID", "Date", "PHQ-9"}))
	for i, format := range formats {
		must(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+2), &[]any{fmt.Sprintf("G-%d", i), number, 9}))
		style := &excelize.Style{CustomNumFmt: &format}
		var id int
		if _, err := fmt.Sscanf(format, "builtin %d", &id); err == nil {
			style = &excelize.Style{NumFmt: id}
		}
		s, err := f.NewStyle(style)
		must(t, err)
		at := fmt.Sprintf("B%d", i+2)
		must(t, f.SetCellStyle("Sheet1", at, at, s))
	}
	var out bytes.Buffer
	_, err := f.WriteTo(&out)
	must(t, err)
	return out.Bytes()
}

// A cell that shows a month and no day is a month, whatever number is behind it: who
// typed “03/2026” has not said which day.
func TestMonthsOfCells(t *testing.T) {
	months := []string{"builtin 17", "mmm-yy", "mmmm yyyy", "mm/yyyy", `[$-809]mmmm\ yyyy;@`, `mmm\-yyyy`, "yyyy-mm", `[Red]"d:" mmm yy`, `yyyy"年"m"月"`, "MMMM YYYY", "mmmm", "[$-en-GB]mmm-yy;General"}
	days := []string{"builtin 0", "builtin 14", "builtin 15", "builtin 16", "builtin 22", "dd-mmm", "d mmmm", "yyyy-mm-dd", "[$-F800]dddd, mmmm dd, yyyy", "mmm yy h:mm", "[h]:mm", "mm:ss", "General", "0.00E+00", `"month "0`, `0\m`, "@"}
	years := []string{"yyyy", "yy", `"year "yyyy;@`}
	k := known(t, "Riverside")
	later := true
	for name, of := range map[string]struct {
		epoch  *bool
		number float64
	}{"1900": {nil, 46098}, "1904": {&later, 46098 - 1462}, "at noon": {nil, 46098.5}} {
		d := readBook(t, open(t, styled(t, of.epoch, of.number, append(append(months, days...), years...)...)), k, nil)
		for i := range d.verdicts {
			v := d.verdicts[i]
			switch {
			case i >= len(months)+len(days):
				if v.Outcome != intake.Rejected || !strings.Contains(v.Reason, "a year alone") {
					t.Errorf("%s: %s: %+v", name, years[i-len(months)-len(days)], v)
				}
			case len(v.Scores) != 1:
				t.Errorf("%s: line %d: %+v", name, v.Line, v)
			case i < len(months):
				if one := v.Scores[0]; one.Dated != intake.ByMonth || one.On != day("2026-03-01") {
					t.Errorf("%s: %s: %s by %s", name, months[i], one.On, one.Dated)
				}
			default:
				if one := v.Scores[0]; one.Dated != intake.ByDay || one.On != day("2026-03-17") {
					t.Errorf("%s: %s: %s by %s", name, days[i-len(months)], one.On, one.Dated)
				}
			}
		}
		if s := d.summary; s.Months != len(months) || s.Serials != len(days) {
			t.Errorf("%s: %d months and %d spreadsheet days, want %d and %d", name, s.Months, s.Serials, len(months), len(days))
		}
	}
}

// What such a cell is told as among the rows to be corrected is a month too, and a
// day that is counted from 1904 is told as the day: there nothing says how it counts.
func TestDaysOfRejects(t *testing.T) {
	later := true
	k := known(t, "Riverside")
	out := func(m intake.Mapping) intake.Mapping { return m }
	d := readBook(t, open(t, rejected(styled(t, nil, 46098, "mmm-yy", "yyyy-mm-dd"))), k, out)
	if got := d.verdicts[0].Kept[1] + " " + d.verdicts[1].Kept[1]; got != "2026-03 46098" {
		t.Error(got)
	}
	d = readBook(t, open(t, rejected(styled(t, &later, 44636, "mmm-yy", "yyyy-mm-dd"))), k, out)
	if got := d.verdicts[0].Kept[1] + " " + d.verdicts[1].Kept[1]; got != "2026-03 2026-03-17" {
		t.Error(got)
	}
}

// rejected makes every score of a workbook impossible.
func rejected(raw []byte) []byte {
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		panic(err)
	}
	for _, at := range []string{"C2", "C3"} {
		if err := f.SetCellValue("Sheet1", at, 99); err != nil {
			panic(err)
		}
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		panic(err)
	}
	return out.Bytes()
}

// cellsOf is a workbook of which we write every part: what another writer would not.
func cellsOf(t *testing.T, styles, rows string) *intake.Book {
	t.Helper()
	return open(t, zipped(t, map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="/xl/our-styles.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData><row><c t="inlineStr"><is><t>ID</t></is></c><c t="inlineStr"><is><t>Date</t></is></c><c t="inlineStr"><is><t>PHQ-9</t></is></c></row>` + rows + `</sheetData></worksheet>`,
		"xl/our-styles.xml":          styles,
	}))
}

// Days that are stored as text of the standard go by their format too; a cell without
// a style has the first; formats of other lists, and styles that are not there, are
// no month's.
func TestStylesOfCells(t *testing.T) {
	row := func(id int, cell string) string {
		return fmt.Sprintf(`<row><c t="inlineStr"><is><t>G-%d</t></is></c>%s<c><v>9</v></c></row>`, id, cell)
	}
	rows := row(1, `<c t="d" s="1"><v>2026-03-17</v></c>`) + row(2, `<c t="d" s="1"><v>2026-03-17T00:00:00</v></c>`) + row(3, `<c t="d" s="2"><v>2026-03-17</v></c>`) +
		row(4, `<c><v>46098</v></c>`) + row(5, `<c s="9"><v>46098</v></c>`) + row(6, `<c s="-1"><v>46098</v></c>`) + row(7, `<c s="3"><v>46098</v></c>`) +
		row(8, `<c t="str" s="1"><f>TEXT(X1,"d/m/y")</f><v>17/3/26</v></c>`) + row(9, `<c s="1"><f>TODAY()</f><v>46098</v></c>`)
	styles := `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="mmm yyyy"/></numFmts><cellStyleXfs><xf numFmtId="17"/></cellStyleXfs>
		<cellXfs><xf numFmtId="200"/><xf numFmtId="17"/><xf numFmtId="14"/><xf numFmtId="201"/></cellXfs><dxfs><dxf><numFmt numFmtId="201" formatCode="mmm yyyy"/></dxf></dxfs></styleSheet>`
	d := readBook(t, cellsOf(t, styles, rows), known(t, "Riverside"), nil)
	got := ""
	for _, v := range d.verdicts {
		for _, s := range v.Scores {
			got += fmt.Sprintf("%s %s\n", s.On, s.Dated)
		}
	}
	want := "2026-03-01 month\n2026-03-01 month\n2026-03-17 day\n2026-03-01 month\n2026-03-17 day\n2026-03-17 day\n2026-03-17 day\n2026-03-17 day\n2026-03-01 month\n"
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Scores stay numbers, however their cells are shown.
func TestScoresInCellsOfMonths(t *testing.T) {
	styles := `<styleSheet><cellXfs><xf numFmtId="17"/></cellXfs></styleSheet>`
	d := readBook(t, cellsOf(t, styles, `<row><c t="inlineStr"><is><t>G-1</t></is></c><c t="inlineStr"><is><t>5/1/2026</t></is></c><c><v>9</v></c></row>`), known(t, "Riverside"), nil)
	d.wants(t, "2 accepted")
	if s := d.at(2).Scores[0]; s.Level != 9 || s.On != day("2026-01-05") {
		t.Errorf("%+v", s)
	}
}
