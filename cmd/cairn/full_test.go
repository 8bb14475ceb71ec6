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
