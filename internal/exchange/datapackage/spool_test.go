package datapackage_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"runtime"
	"testing"

	"cairn/internal/exchange/datapackage"
	"cairn/internal/exchange/extract"
	"cairn/internal/scheme"
)

// A package for research is the one that is sent elsewhere, lies in a file that
// nobody else reads and that has no name, and is gone when it is closed.
func TestSpooled(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder)
	x, from, _ := service(t)
	var sent bytes.Buffer
	if _, err := datapackage.Send(&sent, datapackage.Order{Form: extract.Package}, x, from); err != nil {
		t.Fatal(err)
	}
	file, kept, err := datapackage.Pack(x, from)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(io.NewSectionReader(file, 0, file.Size()))
	if err != nil || !bytes.Equal(got, sent.Bytes()) || kept.Rows == 0 {
		t.Errorf("%d bytes of %d, %+v, %v", len(got), sent.Len(), kept, err)
	}
	if left, err := os.ReadDir(folder); runtime.GOOS != "windows" && (err != nil || len(left) > 0) {
		t.Errorf("a name stays while it is open: %v, %v", left, err)
	}
	if err := file.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("something stays: %v, %v", left, err)
	}
	if _, err := file.ReadAt(make([]byte, 1), 0); !errors.Is(err, os.ErrClosed) {
		t.Errorf("it can be read after it was closed: %v", err)
	}
}

// tooMany hands many rows out and then breaks off.
type tooMany struct{ many }

func (m *tooMany) Subjects(func(scheme.Subject) error) error { return io.ErrUnexpectedEOF }

// Rows wait on the disk and not in memory, and nothing of a package that breaks
// off stays.
func TestSpooledRowsAreNotKept(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder)
	x, from, _ := service(t)
	m := &tooMany{many{rows: from, times: 200_000}}
	if _, _, err := datapackage.Pack(x, m); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatal(err)
	}
	if grown := int64(m.live[1]) - int64(m.live[0]); grown > int64(m.times) {
		t.Errorf("%d bytes are kept of %d more rows", grown, m.times*3/4)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("something stays: %v, %v", left, err)
	}
}
