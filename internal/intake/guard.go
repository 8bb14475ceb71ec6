package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
)

// A heeding reader ends once nobody waits any longer for what is read, with the
// error of its context.
type heeding struct {
	ctx context.Context //nolint:containedctx // io.Reader has none
	in  io.Reader
}

func (h heeding) Read(into []byte) (int, error) {
	if err := h.ctx.Err(); err != nil {
		return 0, fmt.Errorf("read a file: %w", err)
	}
	return h.in.Read(into)
}

// stopped reports the error of a reading that nobody waits for any longer.
func stopped(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// A guard ends the reading of a part in which nothing begins for longer than a
// cell may be: the decoder would take all of it into memory first.
type guard struct {
	in   io.Reader
	most int
	run  int
}

// guarded is a part as it is read, of whatever size.
func (w *workbook) guarded(part io.Reader) *guard {
	return &guard{in: heeding{w.ctx, part}, most: w.limits.Field}
}

func (g *guard) Read(into []byte) (int, error) {
	n, err := g.in.Read(into)
	if at := bytes.LastIndexByte(into[:n], '<'); at >= 0 {
		g.run = n - at
	} else {
		g.run += n
	}
	if g.most > 0 && g.run > 4*g.most+len(into) { // a character may be written as an entity of several
		return 0, tooLarge("A cell holds more than %d kB. Shorten it or take the column out.", g.most>>10)
	}
	return n, err
}
