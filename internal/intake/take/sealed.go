package take

import (
	"context"
	"io"

	"cairn/internal/app"
	"cairn/internal/intake"
)

// sealed reads a file that is kept sealed, a part at a time.
type sealed struct {
	ctx  context.Context //nolint:containedctx // io.ReaderAt has none
	desk Desk
	of   app.ImportFile
	last []openPart // the parts read last, the newest at the end
}

type openPart struct {
	position int
	text     []byte
}

// keptOpen is how many parts are held: a spreadsheet is read at two places at
// once.
const keptOpen = 4

// ReadAt reads as io.ReaderAt says. It is for one reader at a time.
func (s *sealed) ReadAt(to []byte, at int64) (n int, err error) {
	for n < len(to) {
		if at >= s.of.Size {
			return n, io.EOF
		}
		part, err := s.part(int(at / app.ImportPartSize))
		if err != nil {
			return n, err
		}
		from := int(at % app.ImportPartSize)
		if from >= len(part) {
			return n, io.ErrUnexpectedEOF // a part is not there
		}
		more := copy(to[n:], part[from:])
		n += more
		at += int64(more)
	}
	return n, nil
}

func (s *sealed) part(position int) ([]byte, error) {
	for _, p := range s.last {
		if p.position == position {
			return p.text, nil
		}
	}
	text, err := s.desk.App.OpenPart(s.ctx, s.desk.By, app.ImportPart{File: s.of.ID, What: app.WhatWasSent, Position: position})
	if err != nil {
		return nil, err
	}
	if s.last = append(s.last, openPart{position, text}); len(s.last) > keptOpen {
		s.last = s.last[1:]
	}
	return text, nil
}

// notTaken seals the rows that are not taken, sheet by sheet.
type notTaken struct {
	keep    func(app.ImportPart, []byte) error
	file    File
	reading *intake.Reading
	sheets  map[string]*leftover
}

type leftover struct {
	rejects *intake.Rejects
	part    *parts
}

func (n *notTaken) add(v intake.Verdict) error {
	if len(v.Kept) == 0 {
		return nil
	}
	left := n.sheets[v.Sheet]
	if left == nil {
		left = &leftover{part: &parts{of: n, what: n.what(v.Sheet)}}
		var err error
		if left.rejects, err = n.reading.NewRejects(left.part, v.Sheet); err != nil {
			return err
		}
		if n.sheets == nil {
			n.sheets = map[string]*leftover{}
		}
		n.sheets[v.Sheet] = left
	}
	return left.rejects.Add(v)
}

// what says where the rows of a sheet are kept. A file without sheets has one.
func (n *notTaken) what(sheet string) int {
	for i, s := range n.file.Mapping.Sheets {
		if s.Name == sheet {
			return i + 1
		}
	}
	return 1
}

func (n *notTaken) close() error {
	for _, left := range n.sheets {
		if err := left.rejects.Flush(); err != nil {
			return err
		}
		if err := left.part.keep(); err != nil {
			return err
		}
	}
	return nil
}

// alone forgets what is left of an earlier reading of the file.
func (n *notTaken) alone(end func(app.ImportPart) error) error {
	ends := make([]int, 1+max(1, len(n.file.Mapping.Sheets))) // by what is kept
	for _, left := range n.sheets {
		ends[left.part.what] = left.part.position
	}
	for what, position := range ends {
		if what == app.WhatWasSent {
			continue
		}
		if err := end(app.ImportPart{File: n.file.ID, What: what, Position: position}); err != nil {
			return err
		}
	}
	return nil
}

// parts seals what is written, a part at a time.
type parts struct {
	of       *notTaken
	what     int
	position int
	waiting  []byte
}

func (p *parts) Write(text []byte) (int, error) {
	p.waiting = append(p.waiting, text...)
	if len(p.waiting) < app.ImportPartSize {
		return len(text), nil
	}
	return len(text), p.keep()
}

func (p *parts) keep() error {
	if len(p.waiting) == 0 {
		return nil
	}
	at := app.ImportPart{File: p.of.file.ID, What: p.what, Position: p.position}
	err := p.of.keep(at, p.waiting)
	p.position++
	p.waiting = p.waiting[:0]
	return err
}
