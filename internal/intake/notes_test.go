package intake_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cairn/internal/fault"
	"cairn/internal/intake"
	"cairn/internal/scheme"
)

// Somebody of whom two records were made one is one person, however the file calls
// them: what contradicts itself counts as little as of anybody, and what is here is
// here.
func TestFormerReferences(t *testing.T) {
	k := known(t, "Riverside")
	k.Former = map[string]string{"S-2": "S-1"}
	k.Kept = func(fn func(intake.Kept) error) error {
		return fn(intake.Kept{Reference: "S-1", Scheme: "Riverside", Measure: "phq9", Occasion: scheme.Later, On: day("2026-04-04"), Series: "phq9", Level: 9, Dated: intake.ByDay})
	}
	d := read(t, "ID,Date,Stage,PHQ-9\nS-1,2026-05-05,review,20\nS-2,2026-05-05,review,22\nS-2,2026-04-04,review,9\nS-3,2026-05-05,review,22\n", k)
	d.wants(t, "2 conflict\n3 conflict line 2 says something else\n4 here\n5 accepted")
	if got := d.verdicts[2].Scores[0].Reference; got != "S-1" {
		t.Errorf("it is of %s", got)
	}
	if got := d.at(3).Kept; len(got) == 0 || got[0] != "S-2" {
		t.Errorf("what is to be corrected is as the file has it: %q", got)
	}
}

// Hidden sheets are not read, hidden rows are, and both are told of.
func TestHidden(t *testing.T) {
	rows := [][]any{{"ID", "Date", "PHQ-9"}, {"G-1", "2026-01-05", 9}, {"G-2", "2026-01-05", 9}}
	f, err := excelize.OpenReader(bytes.NewReader(workbook(t, map[string][][]any{"Scores": rows, "Old copy": rows, "Older": rows}, "Scores", "Old copy", "Older")))
	must(t, err)
	must(t, f.SetSheetVisible("Old copy", false))
	must(t, f.SetSheetVisible("Older", false, true))
	must(t, f.SetRowVisible("Scores", 3, false))
	saved := func() *intake.Book {
		out, err := f.WriteToBuffer()
		must(t, err)
		return open(t, out.Bytes())
	}
	d := readBook(t, saved(), known(t, "Riverside"), nil)
	d.wants(t, "2 accepted\n3 accepted")
	if s := d.summary; s.HiddenSheets != 2 || s.HiddenRows != 1 || len(d.mapping.Sheets) != 1 {
		t.Errorf("%+v of %+v", s, d.mapping.Sheets)
	}
	must(t, f.SetSheetName("Scores", "Notes"))
	must(t, f.SetCellValue("Notes", "A1", "Name"))
	_, err = intake.Guess(saved(), known(t, "Riverside"))
	refused(t, err, fault.FileHeader, "Sheets that are hidden are not read")
	all := workbook(t, map[string][][]any{"Scores": rows}, "Scores")
	none := hiding(t, all)
	_, err = intake.Open(t.Context(), bytes.NewReader(none), int64(len(none)), intake.TerminalLimits())
	refused(t, err, fault.FileKind, "Every sheet of the spreadsheet is hidden")
}

// hiding marks the sheets of a workbook as hidden, all of them, which no spreadsheet
// program does.
func hiding(t *testing.T, raw []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	must(t, err)
	parts := map[string]string{}
	for _, f := range z.File {
		part, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(part)
		must(t, err)
		parts[f.Name] = string(text)
	}
	parts["xl/workbook.xml"] = strings.ReplaceAll(parts["xl/workbook.xml"], "<sheet ", `<sheet state="hidden" `)
	return zipped(t, parts)
}

// Who was referred and not measured comes in, and a file that says no more is of use;
// schemes are made for rows that are taken, and for no others.
func TestReferredAndNewSchemes(t *testing.T) {
	k := known(t)
	k.Scheme = "The charity"
	d := read(t, "ID,Referral date,Service,PHQ-9,Date\nR-1,10/01/2026,Garden,,\nR-2,11/01/2026,Garden,,\nR-3,10/01/2026,Walks,99,\n", k)
	d.wants(t, "2 accepted\n3 accepted\n4 rejected")
	if s := d.summary; s.Nothing() || s.Scores != 0 || s.Referred != 2 || s.People != 2 || strings.Join(s.NewSchemes, " ") != "Garden" {
		t.Errorf("%+v", s)
	}
	d = read(t, "ID,Referral date,Service,PHQ-9,Date\nR-1,10/01/2026,,,\n", k)
	if s := d.summary; strings.Join(s.NewSchemes, " ") != "The charity" {
		t.Errorf("%+v", s)
	}
	d = read(t, "ID,Referral date,Service,PHQ-9,Date\nR-1,10/01/2026,Garden,,\n", known(t, "Garden"))
	if s := d.summary; len(s.NewSchemes) != 0 {
		t.Errorf("%+v", s)
	}
	if s := read(t, "ID,PHQ-9,Date\nR-1,99,10/01/2026\n", k).summary; !s.Nothing() {
		t.Errorf("%+v", s)
	}
}
