package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/web"
)

// pageAsked runs evidence on the made-up case with a page, and more words.
func (w *world) pageAsked(page string, more ...string) said {
	w.t.Helper()
	_, settings, _, wide := files("madeup")
	return w.cairn(append([]string{"evidence", wide, "--settings", settings, "--html", page}, more...)...)
}

// The page comes beside what the command prints anyway. Without the built assets
// there is none, and nothing that looks like one.
func TestEvidenceWritesAPage(t *testing.T) {
	w := newWorld(t)
	path := filepath.Join(w.folder, "report.html")
	_, bare := fs.Stat(web.Files, "dist/report.js")
	for _, more := range [][]string{nil, {"--json"}} {
		s := w.pageAsked(path, more...)
		if bare != nil {
			if s.code == done || !strings.Contains(s.err, "built without its assets") {
				t.Errorf("ended with %d: %s", s.code, s.err)
			}
			if left, _ := os.ReadDir(w.folder); len(left) > 0 {
				t.Errorf("left %v", left)
			}
			continue
		}
		if s.code != done {
			t.Fatalf("ended with %d:\n%s", s.code, s.err)
		}
		saying(t, s.err, "The page is in "+path)
		if len(s.out) < 1000 {
			t.Errorf("it printed only %q", s.out)
		}
		saying(t, w.read(path), "<!DOCTYPE html>", "madeup", "wide.csv", "22 November 2026", "Every row was taken", `data-key="change.mean"><th scope="row">Mean change</th><td>2.71</td>`)
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v: others may read it", info, err)
		}
	}
	if left, _ := os.ReadDir(w.folder); bare == nil && len(left) != 1 {
		t.Errorf("drafts are left: %v", left)
	}
}

// What is read is never written over, by whatever name it is called.
func TestAPageSparesItsInputs(t *testing.T) {
	w := newWorld(t)
	_, settings, _, wide := files("madeup")
	scores, rules := w.file("wide.csv", w.read(wide)), w.file("case.json", w.read(settings))
	link := filepath.Join(w.folder, "link.html")
	if err := os.Link(scores, link); err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{scores, rules, link, filepath.Join(w.folder, "x", "..", "wide.csv"), scores + ".rejects.csv"} {
		w.refused(w.cairn("evidence", scores, "--settings", rules, "--html", page), "--html", "Name another")
	}
	if w.read(scores) != w.read(wide) || w.read(rules) != w.read(settings) {
		t.Error("an input was changed")
	}
}

// A place that cannot be written to is told, and what stood there stands.
func TestAPageThatCannotBeWritten(t *testing.T) {
	w := newWorld(t)
	nowhere := filepath.Join(w.folder, "nowhere", "report.html")
	s := w.pageAsked(nowhere)
	w.refused(s, "cairn: ")
	w.refused(w.pageAsked(w.folder), "cairn: ")
	w.refused(w.pageAsked("-"), "--html: The page goes to a file", "report.html")
	if _, err := fs.Stat(web.Files, "dist/report.js"); err == nil {
		saying(t, s.err, "--html: The page cannot be written to "+nowhere+": no such file")
	}
	if strings.Contains(s.err, ".cairn-") {
		t.Errorf("it names a draft that nobody knows of: %s", s.err)
	}
	if _, err := os.Stat("-"); err == nil {
		t.Error("there is a file called -")
	}
	if left, _ := os.ReadDir(w.folder); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

// Rows that were rejected are told on the page.
func TestAPageCountsRejectedRows(t *testing.T) {
	if _, err := fs.Stat(web.Files, "dist/report.js"); err != nil {
		return // there is no page without the assets; TestEvidenceWritesAPage holds that
	}
	w := newWorld(t)
	settings := w.file("case.json", `{"name":"x","timepoints":["pre","post"],"days":[0,84],"measures":[{"name":"swb","higher_is_better":true,"min":7,"max":35}]}`)
	scores := w.file("wide.csv", "person_id,scheme,swb.pre,swb.post\na,Garden,18,20\nb,Garden,99,20\nc,Garden,18,22\n")
	page := filepath.Join(w.folder, "report.html")
	if s := w.cairn("evidence", scores, "--settings", settings, "--html", page); s.code != lookAt {
		t.Fatalf("ended with %d:\n%s", s.code, s.err)
	}
	saying(t, w.read(page), "<dd>1 score was not taken; whoever has no other score there counts as lost or without a baseline. Why: wide.csv.rejects.csv</dd>")
}
