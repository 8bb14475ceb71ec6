package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Where the disk is full, a person at the terminal is told so, and no half of a
// file stays that could be taken for a whole one.
func TestFullDiskAtTheTerminal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pairs.csv")
	err := writing(path, func(w io.Writer) error {
		if _, err := io.WriteString(w, "half a line"); err != nil {
			t.Fatal(err)
		}
		return fmt.Errorf("write: %w", syscall.ENOSPC)
	})
	if _, there := os.Stat(path); !os.IsNotExist(there) {
		t.Errorf("half a file stays: %v", there)
	}
	var said bytes.Buffer
	(&terminal{err: &said}).complain(err)
	if !strings.Contains(said.String(), "No room is left on the disk") || strings.Contains(said.String(), "went wrong") {
		t.Errorf("said %s", said.String())
	}
}

// So is an import that cannot write what became of its rows: nothing of it is
// brought in, and no half of a list stays.
func TestFullDiskDuringAnImport(t *testing.T) {
	w := newWorld(t)
	w.url = "sqlite:" + filepath.Join(w.folder, "cairn.db")
	file := w.file("scores.csv", w.read("../../testdata/import/messy.csv"))
	report := filepath.Join(w.folder, "report.csv")
	s := w.on("import", file, "--yes", "--report", report, "--rejects", "/dev/full", "--organisation", "Riverside", "--create-organisation")
	w.refused(s, "No room is left on the disk", "run the same command again")
	if kept := w.rows(w.database(), "SELECT count(*) FROM assessments"); kept[0] != "0" {
		t.Errorf("%s assessments are there", kept[0])
	}
	if _, err := os.Stat(report); !os.IsNotExist(err) {
		t.Errorf("half a report stays: %v", err)
	}
	if s := w.on("import", file, "--yes", "--report", report); s.code != lookAt || !strings.Contains(s.err, "680 assessments added") {
		t.Errorf("the same command, where there is room, ended with %d:\n%s", s.code, s.err)
	}
	if _, err := os.Stat(report); err != nil {
		t.Error(err)
	}
}
