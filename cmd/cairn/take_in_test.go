package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A messy spreadsheet comes in with a line for every row of it, goes in again
// without adding anything, comes back mended by its mapping, and is undone.
func TestImportOfASpreadsheet(t *testing.T) {
	messy, err := os.ReadFile(filepath.Join("..", "..", "testdata", "import", "messy.csv"))
	if err != nil {
		t.Fatal(err)
	}
	eachWorld(t, func(t *testing.T, w *world) {
		file := w.file("messy.csv", string(messy))
		report, mapping := filepath.Join(w.folder, "report.csv"), filepath.Join(w.folder, "map.json")
		w.mustOn("organisation", "add", "Riverside")

		before := w.content()
		if s := w.on("import", file); s.code != notDone {
			t.Errorf("a mapping that nobody accepted was used: %d", s.code)
		}
		s := w.on("import", file, "--dry-run", "--yes", "--write-map", mapping, "--report", report)
		if s.code != lookAt {
			t.Errorf("a dry run ended with %d", s.code)
		}
		saying(t, s.err, "600 rows read", "   455 accepted", "    80 rejected", "    25 duplicate", "    20 conflict", "    20 review", "190 pairs", "without a new one: one score only, counting what is here", "nothing was kept")
		if after := w.content(); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("a dry run changed something:\n%v\n%v", before, after)
		}

		s = w.on("import", file, "--map", mapping, "--report", report, "--organisation", "Riverside")
		if s.code != lookAt {
			t.Errorf("ended with %d:\n%s", s.code, s.err)
		}
		saying(t, s.err, "680 assessments added, 0 were there already; 265 people are new here", "cairn imports undo")
		lines := strings.Split(strings.TrimSpace(w.read(report)), "\n")
		if len(lines) != 601 || !strings.HasPrefix(lines[0], "line,outcome,reason") {
			t.Errorf("%d lines for 600 rows, the first is %s", len(lines), lines[0])
		}
		rejects := w.read(file + ".rejects.csv")
		for _, who := range []string{"Example", "daughter", "999 000 0018", "/19"} {
			if strings.Contains(rejects+w.read(report)+w.read(mapping)+s.err, who) {
				t.Errorf("%q is somewhere in what was written", who)
			}
		}
		there := w.mustOn("imports", "list", "--organisation", "Riverside")
		id, _, _ := strings.Cut(there.out, "\t")
		saying(t, there.out, "published", "600 rows", "680 added", "messy.csv")
		if n := strings.Count(w.mustOn("imports", "show", id, "--organisation", "Riverside").out, "\n"); n != 600 {
			t.Errorf("%d rows are shown", n)
		}

		before = w.content()
		saying(t, w.on("import", file, "--map", mapping).err, "already", "nothing was added again")
		if after := w.content(); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Error("the same file again changed something")
		}

		s = w.on("import", w.file("again.csv", string(messy)+"\n"), "--map", mapping, "--dry-run")
		saying(t, s.err, "     0 accepted", "   455 here", "0 pairs of")

		mended := w.file("mended.csv", strings.NewReplacer("Rivreside", "Riverside", "Riversde", "Riverside", "Hiltop", "Hilltop").Replace(rejects))
		saying(t, w.on("import", mended, "--map", mapping).err, "12 assessments added", "120 rows read")
		head := "Ref,Scheme,Date,SWEMWBS raw\nZ-1,Riverside,2025-01-05,20\n"
		w.on("import", w.file("first.csv", head), "--yes")
		second := w.file("second.csv", strings.Replace(head, ",20\n", ",21\nZ-2,Riverside,2025-01-05,22\n", 1))
		s = w.on("import", second, "--yes", "--report", report)
		saying(t, s.err, "1 assessment added", "     1 accepted", "     1 conflict", "1 row was refused by what is kept here")
		if s.code != lookAt {
			t.Errorf("a row that was refused when it was brought in ended with %d: %s", s.code, s.err)
		}
		saying(t, w.read(report), "2,conflict,\"Something else is kept here", ",0\n3,accepted,,,1\n")
		if rejects := w.read(second + ".rejects.csv"); !strings.Contains(rejects, "Z-1,Riverside,2025-01-05,21,2,conflict,\"Something else") || strings.Contains(rejects, "Z-2") {
			t.Errorf("%s", rejects)
		}
		w.refused(w.on("import", w.file("other.csv", "ID,Date,PHQ-9\nG-1,2025-01-05,3\n"), "--map", mapping), "another file")
		w.refused(w.on("import", w.file("old.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "--yes"), "Excel Workbook (.xlsx)")
		w.refused(w.on("import", file, "--settings", "case.json", "--organisation", "Riverside", "--yes"), "strict form")

		saying(t, w.mustOn("imports", "undo", id, "--reason", "the wrong file").err, "680 assessments were withdrawn", "referrals that only it had made are in no list and no figure any more")
		w.refused(w.on("imports", "undo", id, "--reason", "again"), "undone")
		w.mustOn("rebuild", "--check")
		third := w.on("import", w.file("third.csv", head+"Z-3,Riverside,2025-01-05,20\nZ-4,Riverside,2025-01-05,20\n"), "--yes")
		saying(t, third.err, "2 assessments added, 1 was there already")
		_, after, _ := strings.Cut(third.err, "imports undo ")
		of, _, _ := strings.Cut(after, " ")
		// As if somebody had withdrawn it.
		if _, err := w.database().Exec("UPDATE assessments SET state = 'withdrawn' WHERE batch = '" + of + "' AND person_id = (SELECT id FROM people WHERE reference = 'Z-3')"); err != nil {
			t.Fatal(err)
		}
		saying(t, w.mustOn("imports", "undo", of, "--reason", "the wrong file").err, "1 assessment was withdrawn", "1 that it had added was withdrawn by somebody before", "1 that the file names too was here before the import, and stays")
	})
}

// Without a database a dry run says all the same what would become of a file.
func TestDryRunWithoutADatabase(t *testing.T) {
	w := newWorld(t)
	url := sqliteScheme + filepath.Join(w.folder, "none.db")
	file := w.file("scores.csv", "ID,Date,PHQ-9\nG-1,2025-01-05,3\nG-1,2025-04-05,2\n")
	s := w.cairn("import", file, "--dry-run", "--yes", "--scheme", "Riverside", "--database-url", url)
	if s.code != done {
		t.Errorf("%d: %s", s.code, s.err)
	}
	saying(t, s.err, "2 rows read", "1 pair of")
	if _, err := os.Stat(filepath.Join(w.folder, "none.db")); err == nil {
		t.Error("a dry run made a database")
	}
	w.refused(w.cairn("import", file, "--yes", "--database-url", url), "no organisation yet")
	w.refused(w.cairn("import", filepath.Join(w.folder, "none.csv"), "--yes", "--database-url", url), "cannot be opened")
}
