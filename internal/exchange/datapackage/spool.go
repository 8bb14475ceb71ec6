package datapackage

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"cairn/internal/exchange/extract"
	"cairn/internal/scheme"
)

// A Spooled is a finished package that waits in the temporary folder, where only
// this program reads it. It has no name there where the system lets an open file
// lose it, so that nothing of it stays when the program is killed; else Close takes
// it away.
type Spooled struct {
	file *os.File
	size int64
}

// Pack is a package of rows for research, as one file.
func Pack(x scheme.Extract, from scheme.ExtractRows) (file *Spooled, sent scheme.Sent, err error) {
	to, err := os.CreateTemp("", "cairn-*.zip") // 0600
	if err != nil {
		return nil, scheme.Sent{}, fmt.Errorf("make a temporary file: %w", err)
	}
	_ = os.Remove(to.Name()) // where it may not be while it is open, Close does it
	file = &Spooled{file: to}
	out := bufio.NewWriterSize(to, 64<<10)
	sent, err = Send(out, Order{Form: extract.Package}, x, from)
	if err == nil {
		err = out.Flush()
	}
	if err == nil {
		var at fs.FileInfo
		if at, err = to.Stat(); err == nil {
			file.size = at.Size()
			return file, sent, nil
		}
	}
	return nil, scheme.Sent{}, errors.Join(fmt.Errorf("write a package: %w", err), file.Close())
}

// ReadAt implements io.ReaderAt.
func (s *Spooled) ReadAt(p []byte, off int64) (int, error) { return s.file.ReadAt(p, off) }

// Size is how long it is, in bytes.
func (s *Spooled) Size() int64 { return s.size }

// Close takes it away.
func (s *Spooled) Close() error {
	err := s.file.Close()
	if gone := os.Remove(s.file.Name()); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}
