package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	twoGood = "person_id,scheme,ot,swb.pre,swb.post\nZ,Garden,with_ot,18,22\nY,Choir,without_ot,18,23\n"
	sixBad  = "A,Garden,with_ot,low,20\nB,Garden,with_ot,low,20\nC,Garden,with_ot,low,20\nD,Garden,with_ot,low,20\nE,Garden,with_ot,low,20\nF,Garden,with_ot,low,20\n"
)

// judged runs evidence on a file with the made-up case's settings.
func (w *world) judged(path string, more ...string) said {
	w.t.Helper()
	_, settings, _, _ := files("madeup")
	return w.cairn(append([]string{"evidence", path, "--settings", settings}, more...)...)
}

// hasGone is a reader that stopped, as head does.
type hasGone struct{}

func (hasGone) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

// Whoever stops reading the report has the reasons all the same.
func TestEvidenceWritesTheReasonsFirst(t *testing.T) {
	for _, command := range [][]string{{"evidence"}, {"evidence", "pool"}} {
		w := newWorld(t)
		_, settings, _, _ := files("madeup")
		path := w.file("scores.csv", twoGood+sixBad)
		args := append(command, path, "--settings", settings)
		if len(command) == 2 {
			path = w.file("scores.csv", "study,yi,vi\na,1,2\nb,2,2\nc,3,low\n")
			args = append(command, path)
		}
		var out, err shared
		terminal := w.terminal(&out, &err)
		terminal.out = hasGone{}
		if code := run(t.Context(), terminal, args); code == done {
			t.Errorf("ended with %d:\n%s", code, err.String())
		}
		saying(t, w.read(path+".rejects.csv"), "file,line,column")
	}
}

// A report without its file of reasons can be used; the first reasons are said.
func TestEvidenceWithoutAPlaceForTheReasons(t *testing.T) {
	w := newWorld(t)
	path := w.file("wide.csv", twoGood+sixBad)
	nowhere := filepath.Join(w.folder, "nowhere", "why.csv")
	s := w.judged(path, "--rejects", nowhere)
	if s.code != lookAt {
		t.Errorf("ended with %d, want %d:\n%s", s.code, lookAt, s.err)
	}
	saying(t, s.out, "All schemes", "6 scores were not taken")
	saying(t, s.err, "cannot be written: "+nowhere, "So this is why 6 scores were not taken:", "line 4, swb.pre: This is not a number", "line 8, swb.pre", "… and more")
	if strings.Contains(s.err, "line 9") || strings.Contains(s.out, "Why:") {
		t.Errorf("it says too much:\n%s%s", s.err, s.out)
	}
	s = w.judged(w.file("none.csv", strings.Split(twoGood, "Z")[0]+",Garden,with_ot,18,20\n"), "--rejects", nowhere)
	w.refused(s, "no row of the file can be used")
	if n := strings.Count(s.err, "line 2, person_id"); n != 1 {
		t.Errorf("a reason is said %d times:\n%s", n, s.err)
	}
}

// Reasons of an earlier run would be taken for this one's. A file that is
// something else stays.
func TestEvidenceRemovesOldReasons(t *testing.T) {
	w := newWorld(t)
	path := w.file("wide.csv", twoGood+sixBad)
	if s := w.judged(path); s.code != lookAt {
		t.Fatalf("ended with %d:\n%s", s.code, s.err)
	}
	old := path + ".rejects.csv"
	w.read(old)
	w.file("wide.csv", twoGood)
	if s := w.judged(path); s.code != done || !strings.Contains(s.err, old+", of an earlier run, was removed") {
		t.Errorf("ended with %d:\n%s", s.code, s.err)
	}
	if _, err := os.Stat(old); err == nil {
		t.Error("the old reasons are still there")
	}
	for _, theirs := range []string{"", "file,line\n", "my notes, which are longer than the head of a file of reasons\n"} {
		w.file("wide.csv.rejects.csv", theirs)
		if s := w.judged(path); s.code != done || s.err != "" || w.read(old) != theirs {
			t.Errorf("ended with %d:\n%s", s.code, s.err)
		}
	}
}

// A pipe has no folder of its own.
func TestEvidenceOfAPipe(t *testing.T) {
	_, settings, _, _ := files("madeup")
	if f := (rejectFlags{File: settings}); strings.HasPrefix(f.rejectsFile(), "cairn.") {
		t.Errorf("reasons for a plain file go to %s", f.rejectsFile())
	}
	for _, file := range []string{"/dev/stdin", "/dev/fd/63", os.DevNull} {
		if got := (rejectFlags{File: file}).rejectsFile(); got != "cairn.rejects.csv" {
			t.Errorf("reasons for %s go to %s", file, got)
		}
	}
	if got := (rejectFlags{File: "madeup.csv"}).rejectsFile(); got != "madeup.csv.rejects.csv" {
		t.Errorf("reasons for a file that is not there go to %s", got)
	}
}
