package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"time"
)

// stopper is a screen before which somebody stops the command soon after a word.
type stopper struct {
	bytes.Buffer
	at     string
	cancel func()
	then   time.Time
}

func (s *stopper) Write(text []byte) (int, error) {
	if strings.Contains(string(text), s.at) {
		time.AfterFunc(50*time.Millisecond, func() { s.then = time.Now(); s.cancel() })
	}
	return s.Buffer.Write(text)
}

// Whoever stops the reading of a long file has their terminal back soon, with the
// status of whatever is stopped, and no half of a file of rejects.
func TestStoppedReading(t *testing.T) {
	w := newWorld(t)
	file := w.file("long.csv", "ID,Date,PHQ-9\n"+strings.Repeat("G-1,05/01/2026,99\n", 1_000_000))
	for _, at := range []string{"", "Dates are read as"} { // before the mapping is there, and while rows are read
		ctx, cancel := context.WithCancel(t.Context())
		said := &stopper{at: at, cancel: cancel}
		if at == "" {
			said.at = "not yet"
			_, _ = said.Write([]byte(said.at))
		}
		screen := w.terminal(&shared{}, &shared{})
		screen.err = said
		code := run(ctx, screen, []string{"import", file, "--dry-run", "--yes", "--database-url", "sqlite:" + w.folder + "/none.db"})
		if took := time.Since(said.then); code != notDone || took > time.Second {
			t.Errorf("status %d, %s after it was stopped", code, took)
		}
		saying(t, said.String(), at, "Nothing of the file was brought in. Run the same command again", "cairn: stopped.")
		if _, err := os.Stat(file + ".rejects.csv"); !os.IsNotExist(err) {
			t.Errorf("half a file of rejects stays: %v", err)
		}
	}
}
