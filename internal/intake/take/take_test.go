package take_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/intake"
	"cairn/internal/intake/take"
	kit "cairn/internal/testkit/town"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// each settles a town on either database.
func each(t *testing.T, fn func(t *testing.T, w *kit.Town)) {
	kit.Each(t, func(t *testing.T, w *kit.Town) {
		must(t, w.App.Prepare(t.Context()))
		w.Settle("swemwbs", "ons4")
		fn(t, w)
	})
}

// canary stands in a column that says who somebody is.
const canary = "Quincy Canary"

// sheet is a file of four people and what is wrong with some, with words long
// enough that it is sealed in several parts.
func sheet(rows ...string) string {
	long := strings.Repeat("he said that it was a good day. ", 900)
	out := "Client ID,Client name,Scheme,Date,Stage,SWEMWBS raw,Comments\n"
	for _, r := range rows {
		out += r + "," + long + "\n"
	}
	return out
}

func firstRows() []string {
	rows := []string{
		"T-1," + canary + ",Garden,05/01/2026,pre,20", "T-1," + canary + ",Garden,30/03/2026,post,26",
		"T-2,,Garden,05/01/2026,pre,19", "T-2,,Garden,05/01/2026,pre,19", "T-3,,Gardne,05/01/2026,pre,22", "T-4,,Garden,05/01/2026,pre,99",
	}
	for n := range 12 {
		rows = append(rows, fmt.Sprintf("T-%d,,Garden,06/01/2026,pre,20", 10+n))
	}
	return rows
}

// A file that comes over the network is sealed, read as it is said, brought in
// and gone; the next one of its kind is read as it was.
func TestDesk(t *testing.T) {
	each(t, func(t *testing.T, w *kit.Town) {
		ctx, desk := t.Context(), take.At(w.App, w.Ann)
		f, err := desk.Send(ctx, `C:\returns\old scores.csv`, strings.NewReader(sheet(firstRows()...)))
		must(t, err)
		if f.Name != "old scores.csv" || f.Like != "" || len(f.Mapping.LeftOut()) != 2 || f.Size < app.ImportPartSize {
			t.Errorf("%d bytes of %s like %q, %+v", f.Size, f.Name, f.Like, f.Mapping)
		}
		twice, err := desk.Send(ctx, "copy.csv", strings.NewReader(sheet(firstRows()...)))
		if err != nil || twice.ID != f.ID {
			t.Errorf("sent twice it is %s, want %s: %v", twice.ID, f.ID, err)
		}
		for _, query := range []string{"SELECT COUNT(*) FROM import_parts WHERE CAST(sealed AS TEXT) LIKE '%Canary%'", "SELECT COUNT(*) FROM import_files WHERE mapping LIKE '%Canary%'", "SELECT COUNT(*) FROM import_files WHERE file_sha = ''"} {
			if got := w.Cells(query); got[0] != "0" {
				t.Errorf("%s: %s", query, got[0])
			}
		}
		for name, by := range map[string]app.Actor{"a stranger": w.Cy, "a colleague": {Account: w.Bo.Account, Org: w.Ann.Org, Role: app.Manager, AllSchemes: true}} {
			if _, err := take.At(w.App, by).Open(ctx, f.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s opens it: %v", name, err)
			}
			if _, err := w.App.OpenPart(ctx, by, app.ImportPart{File: f.ID}); by.Org == w.Ann.Org && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s opens a part: %v", name, err)
			}
		}

		sum, err := desk.Check(ctx, f, func(intake.Verdict) error { return nil })
		must(t, err)
		if sum.Outcomes[intake.Accepted] != 15 || sum.Outcomes[intake.Review] != 1 || sum.Outcomes[intake.Rejected] != 1 || sum.Outcomes[intake.Duplicate] != 1 || sum.NewPairs != 1 || sum.Here != 0 {
			t.Errorf("%+v", sum)
		}
		mapping := f.Mapping
		mapping.Schemes = append([]intake.Value(nil), mapping.Schemes...)
		for i, v := range mapping.Schemes {
			if v.Says == "Gardne" {
				mapping.Schemes[i].Means = "Garden"
			}
		}
		if _, err := desk.Change(ctx, f.ID, take.Change{Version: 99, Mapping: mapping}); !fault.Is(err, fault.Stale) {
			t.Errorf("an old version was taken: %v", err)
		}
		none, ok := mapping.Taking(0, 0, intake.Column{Takes: intake.TakesNothing})
		if _, err := desk.Change(ctx, f.ID, take.Change{Version: f.Revision, Mapping: none}); !ok || !fault.Is(err, fault.MappingInvalid) {
			t.Errorf("without references: %v", err)
		}
		f, err = desk.Change(ctx, f.ID, take.Change{Version: f.Revision, Mapping: mapping})
		must(t, err)

		f = cancelled(t, w, f)
		done, err := desk.Import(ctx, app.BringIn{File: f.ID, Version: f.Revision})
		must(t, err)
		if done.State != app.ImportPublished || done.Added != 16 || done.Outcomes["rejected"] != 1 || done.Outcomes["review"] != 0 {
			t.Errorf("%+v", done)
		}
		if twice, err := desk.Import(ctx, app.BringIn{File: f.ID, Version: 1}); err != nil || twice.ID != done.ID {
			t.Errorf("brought in twice it is %+v, %v", twice, err)
		}
		if got := w.Cells("SELECT COUNT(*) FROM import_parts WHERE what = 0"); got[0] != "0" {
			t.Errorf("%s parts of the file are still here", got[0])
		}
		if open, err := w.App.ImportFiles(ctx, w.Ann); err != nil || len(open) != 0 {
			t.Errorf("%v is still on its way in: %v", open, err)
		}
		_, left, err := w.App.ImportBatch(ctx, w.Ann, done.ID)
		must(t, err)
		var rejects bytes.Buffer
		must(t, desk.Left(ctx, left, 0, &rejects))
		if said := rejects.String(); !strings.Contains(said, "T-4,Garden,05/01/2026,pre,99,7,rejected") || strings.Contains(said, "good day") || strings.Contains(said, "Canary") {
			t.Errorf("%s", said)
		}
		if err := take.At(w.App, w.Cy).Left(ctx, left, 0, &rejects); !fault.Is(err, fault.NotFound) {
			t.Errorf("a stranger reads what was not taken: %v", err)
		}

		mended, err := desk.Send(ctx, "mended.csv", strings.NewReader(strings.Replace(rejects.String(), ",99,", ",29,", 1)))
		must(t, err)
		if mended.Like != done.ID {
			t.Errorf("the mapping is not remembered: %+v", mended.Mapping)
		}
		later, err := desk.Send(ctx, "later.csv", strings.NewReader(sheet("T-1,,Garden,05/01/2026,pre,20", "T-1,,Garden,01/06/2026,later,30", "T-2,,Garden,05/04/2026,post,24", "T-2,,Gardne,06/01/2026,pre,20", "T-9,,Choir,05/04/2026,post,24")))
		must(t, err)
		if later.Like != done.ID || len(later.Mapping.Schemes) != 3 || later.Mapping.Schemes[2].Means != "Garden" {
			t.Errorf("%+v", later.Mapping)
		}
		sum, err = desk.Check(ctx, later, func(intake.Verdict) error { return nil })
		must(t, err)
		if sum.Pairs != 2 || sum.NewPairs != 1 || sum.Here != 1 || sum.Outcomes[intake.Here] != 1 {
			t.Errorf("of T-2 alone is there a pair that was not: %+v", sum)
		}

		told(t, w)
		w.Wait(8 * 24 * time.Hour)
		must(t, w.Store.ForgetExpired(ctx))
		if got := w.Cells("SELECT (SELECT COUNT(*) FROM import_files) + (SELECT COUNT(*) FROM import_parts)"); got[0] != "0" {
			t.Errorf("after eight days %s rows of files are left", got[0])
		}
	})
}

// told holds the rows to correct against what an import did: who was refused only
// when it was brought in is among them, and who was taken is not.
func told(t *testing.T, w *kit.Town) {
	t.Helper()
	ctx, desk := t.Context(), take.At(w.App, w.Ann)
	f, err := desk.Send(ctx, "other.csv", strings.NewReader(sheet("T-1,,Garden,05/01/2026,pre,21", "T-40,,Garden,05/01/2026,pre,20", "T-41,,Garden,05/01/2026,pre,99")))
	must(t, err)
	done, err := desk.Import(ctx, app.BringIn{File: f.ID, Version: f.Revision})
	must(t, err)
	_, left, err := w.App.ImportBatch(ctx, w.Ann, done.ID)
	must(t, err)
	var rejects, report bytes.Buffer
	must(t, desk.Left(ctx, left, 0, &rejects))
	must(t, desk.Outcomes(ctx, done.ID, &report))
	if said := rejects.String(); !strings.Contains(said, "T-1,Garden,05/01/2026,pre,21,2,conflict,\"Something else is kept here") || !strings.Contains(said, "T-41,Garden,05/01/2026,pre,99,4,rejected") || strings.Contains(said, "T-40") {
		t.Errorf("%s", said)
	}
	if said := report.String(); done.Outcomes["accepted"] != 1 || done.Outcomes["conflict"] != 1 || !strings.Contains(said, "2,conflict,\"Something else") || !strings.Contains(said, "\n3,accepted,,") {
		t.Errorf("%v of %s", done.Outcomes, said)
	}
}

// What is refused leaves nothing behind.
func TestRefusedAtTheDesk(t *testing.T) {
	w := kit.OnSQLite(t)
	must(t, w.App.Prepare(t.Context()))
	w.Settle("swemwbs")
	ctx, desk := t.Context(), take.At(w.App, w.Ann)
	desk.Limits.Bytes = 1 << 20
	for text, code := range map[string]fault.Code{
		"": fault.FileKind, "\xd0\xcf\x11\xe0 old": fault.FileKind, "PK\x03\x04 cut short": fault.FileKind, "a,b\n1,2\n": fault.FileHeader,
		strings.Repeat("x,", 1<<20): fault.InputTooLarge,
	} {
		if _, err := desk.Send(ctx, "x", strings.NewReader(text)); !fault.Is(err, code) {
			t.Errorf("%.20q: %v, want %s", text, err, code)
		}
	}
	if _, err := take.At(w.App, w.Bo).Send(ctx, "x", strings.NewReader("a")); !fault.Is(err, fault.NotAllowed) {
		t.Errorf("a practitioner sends one: %v", err)
	}
	keeps := func(rows, rejects int) {
		t.Helper()
		got := w.Cells("SELECT (SELECT COUNT(*) FROM import_rows), (SELECT COUNT(*) FROM import_parts WHERE what > 0)")
		if fmt.Sprint(got) != fmt.Sprint([]int{rows, rejects}) {
			t.Errorf("%q rows and rejects are kept, want %d and %d", got, rows, rejects)
		}
	}
	f, err := desk.Send(ctx, "bad.csv", strings.NewReader("Client ID,Scheme,Date,SWEMWBS raw\nT-1,Garden,05/01/2026,99\n"))
	must(t, err)
	for range 2 {
		if _, err := desk.Import(ctx, app.BringIn{File: f.ID, Version: f.Revision}); !fault.Is(err, fault.FileRow) {
			t.Errorf("a file without one good row: %v", err)
		}
		keeps(0, 0)
	}
	// Read another way, it is not brought in for who saw it the way before, and what
	// was staged of it is gone.
	stopped := func() {
		t.Helper()
		begun, err := w.App.BeginImport(ctx, w.Ann, app.ImportBatch{Source: "s", FileSHA: f.SHA, MappingSHA: f.ID, Mapping: "{}", File: f.ID})
		must(t, err)
		_, err = w.App.StageImport(ctx, w.Ann, begun.ID, []app.ImportRow{{Outcome: "rejected"}})
		must(t, err)
		must(t, w.App.KeepPart(ctx, w.Ann, app.ImportPart{File: f.ID, What: 1}, []byte("what was not taken")))
		keeps(1, 1)
	}
	stopped()
	now, err := desk.Change(ctx, f.ID, take.Change{Version: f.Revision, Mapping: f.Mapping})
	must(t, err)
	keeps(0, 0)
	if _, err := desk.Import(ctx, app.BringIn{File: f.ID, Version: f.Revision}); !fault.Is(err, fault.Stale) {
		t.Errorf("an old form brings it in: %v", err)
	}
	if _, err := desk.Import(ctx, app.BringIn{File: f.ID, Version: now.Revision}); !fault.Is(err, fault.FileRow) {
		t.Errorf("read another way: %v", err)
	}
	// What was put by of it goes too.
	must(t, w.App.KeepPart(ctx, w.Ann, app.ImportPart{File: f.ID, What: 1, Position: 1}, []byte("of an earlier reading")))
	if _, err := desk.Import(ctx, app.BringIn{File: f.ID, Version: now.Revision}); !fault.Is(err, fault.FileRow) {
		t.Errorf("once more: %v", err)
	}
	keeps(0, 0)
	stopped()
	must(t, w.App.ForgetFile(ctx, w.Ann, app.FileRemoval{File: f.ID}))
	keeps(0, 0)
	if got := w.Cells("SELECT (SELECT COUNT(*) FROM import_files) + (SELECT COUNT(*) FROM import_parts)"); got[0] != "0" {
		t.Errorf("%s rows are left", got[0])
	}

	// What is staged goes with its file, though it was staged later.
	f, err = desk.Send(ctx, "old.csv", strings.NewReader("Client ID,Scheme,Date,SWEMWBS raw\nT-1,Garden,05/01/2026,98\n"))
	must(t, err)
	w.Wait(6 * 24 * time.Hour)
	stopped()
	w.Wait(2 * 24 * time.Hour)
	must(t, w.Store.ForgetExpired(ctx))
	keeps(0, 0)
}
