package take_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cairn/internal/app"
	"cairn/internal/intake"
	"cairn/internal/intake/take"
	kit "cairn/internal/testkit/town"
)

// calledAfterPeople is a workbook that says who people are wherever one can: in a
// sheet's name, in a column that is read, and in cells that no column takes.
func calledAfterPeople(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	must(t, f.SetSheetName("Sheet1", "Jane Canary"))
	_, err := f.NewSheet("Baseline scores")
	must(t, err)
	heading := []any{"Client ID", "Client name", "Location", "Date", "Stage", "SWEMWBS raw", "Comments"}
	for name, rows := range map[string][][]any{
		"Jane Canary": {
			heading,
			{"D-1", "Jane Canary", "Garden", "05/01/2026", "pre", "20", "Canary said so"},
			{"D-1", "Jane Canary", "Garden", "30/03/2026", "post", "26", ""},
			{"D-2", "", "Mrs Ada Canary, 12 High St", "05/01/2026", "pre", "20", ""},
			{"D-3", "", "Garden", "Canary day", "pre", "20", ""},
			{"D-4", "", "Garden", "05/01/2026", "Canary time", "20", ""},
			{"D-5", "", "Garden", "05/01/2026", "pre", "Canary score", ""},
			{"D-6", "", "Garden", "05/01/2026", "pre", "943476591912345678901", ""},
		},
		"Baseline scores": {heading, {"D-7", "", "Garden", "05/01/2026", "pre", "20", ""}},
	} {
		for n, cells := range rows {
			at, err := excelize.CoordinatesToCellName(1, n+1)
			must(t, err)
			must(t, f.SetSheetRow(name, at, &cells))
		}
	}
	var out bytes.Buffer
	_, err = f.WriteTo(&out)
	must(t, err)
	return out.Bytes()
}

// A raw database holds none of it, before an import and after it, and neither do
// reports; whoever may see imports reads what the file is called.
func TestImportsSayOfNobodyWhoTheyAre(t *testing.T) {
	each(t, func(t *testing.T, w *kit.Town) {
		ctx, desk := t.Context(), take.At(w.App, w.Ann)
		silent := func(where, said string) {
			t.Helper()
			for _, secret := range []string{"Canary", fmt.Sprintf("%x", "Canary"), "943476591912345678901"} {
				if at := strings.Index(said, secret); at >= 0 {
					t.Errorf("%s: %q", where, said[max(0, at-60):min(len(said), at+60)])
				}
			}
		}
		f, err := desk.Send(ctx, "Jane Canary.xlsx", bytes.NewReader(calledAfterPeople(t)))
		must(t, err)
		silent("a database with a file", w.Dump())
		var report bytes.Buffer
		must(t, desk.Report(ctx, f, &report))
		silent("a report", report.String())
		done, err := desk.Import(ctx, app.BringIn{File: f.ID, Version: f.Revision})
		must(t, err)
		if done.Added != 3 || done.Outcomes["review"] != 2 || done.Outcomes["rejected"] != 3 {
			t.Errorf("%+v", done)
		}
		report.Reset()
		must(t, desk.Outcomes(ctx, done.ID, &report))
		silent("what became of the rows", report.String())
		if !strings.Contains(report.String(), ",sheet 1\n") || !strings.Contains(report.String(), ",Baseline scores\n") {
			t.Errorf("%s", report.String())
		}
		dump := w.Dump()
		silent("a database with an import", dump)
		if !strings.Contains(dump, "D-7") || !strings.Contains(dump, "Baseline scores") { // the control
			t.Error("the dump holds nothing of the import")
		}
		all, err := w.App.ImportBatches(ctx, w.Ann, app.Page{Limit: 200})
		must(t, err)
		if len(all) != 1 || all[0].Source != "Jane Canary.xlsx" || !strings.Contains(all[0].Mapping, "Mrs Ada Canary") {
			t.Errorf("%+v", all)
		}
		of, file, err := w.App.ImportBatch(ctx, w.Ann, done.ID)
		must(t, err)
		left, err := desk.LeftOf(ctx, of, file)
		if err != nil || len(left) != 1 || left[0].Name != "sheet 1" {
			t.Errorf("%+v, %v", left, err)
		}
		fromBefore(t, w, done.ID)
	})
}

// fromBefore has an import be one of an earlier release, which sealed nothing.
func fromBefore(t *testing.T, w *kit.Town, id string) {
	t.Helper()
	ctx := t.Context()
	shown := func() {
		t.Helper()
		b, _, err := w.App.ImportBatch(ctx, w.Ann, id)
		if err != nil || b.Source != "Old Canary.csv" || b.Mapping != "{}" {
			t.Errorf("%+v, %v", b, err)
		}
		if _, err := intake.ReadMapping(strings.NewReader(b.Mapping)); err == nil {
			t.Error("the mapping is another one")
		}
	}
	w.Cells("UPDATE import_batches SET source = 'Old Canary.csv', mapping = '{}', sealed = NULL RETURNING id")
	w.Cells("UPDATE import_files SET name = 'Old Canary.csv', mapping = '{}', sealed = NULL RETURNING id")
	shown()
	must(t, w.Store.ForgetExpired(ctx))
	shown()
	if got := strings.Join(w.Cells("SELECT source FROM import_batches UNION ALL SELECT mapping FROM import_batches UNION ALL SELECT name FROM import_files UNION ALL SELECT mapping FROM import_files"), ""); got != "" {
		t.Errorf("it is kept as %q", got)
	}
}
