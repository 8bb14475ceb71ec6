package exchange

import (
	"errors"
	"io"
	"runtime"

	"cairn/internal/scheme"
)

// each hands every row behind the header to a form, in the order of the file:
// as numbers, from the blocks of a stream, for as long as the file is plain;
// from the first block on that is not, as the CSV reader reads them.
func (t *table) each(d *Data, f form) error { return t.eachOf(d, f, blockSize) }

// eachOf is each with blocks of so many bytes.
func (t *table) eachOf(d *Data, f form, size int) error {
	parsers := make([]*parser, runtime.GOMAXPROCS(0))
	for i := range parsers {
		parsers[i] = &parser{
			form: f, columns: len(t.header), number: i, hash: d.enrolled.hash,
			words: newIndex(), days: map[int64]scheme.Day{},
		}
	}
	words := make([][]int32, len(parsers)) // in d.names
	s := openStream(t.text, size, parsers)
	defer s.close()
	for before := t.line; ; {
		b := s.next()
		if !b.plain {
			s.unplain.Store(true)
			t.from(&remainder{stream: s, b: b}, before)
			return t.lookAtAll(f)
		}
		for _, word := range b.words[len(words[b.by]):] {
			words[b.by] = append(words[b.by], d.names.of(word))
		}
		d.take(f, b, words[b.by], before+1)
		before += b.lines
		if b.ending != nil {
			return ended(t.unreadable(b.ending))
		}
		s.free <- b
	}
}

// lookAtAll hands over every row that the CSV reader still finds.
func (t *table) lookAtAll(f form) error {
	for {
		l, err := t.next()
		if err != nil {
			return ended(err)
		}
		f.look(l)
	}
}

// ended is no error at the end of the file.
func ended(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// take hands over the rows of a block whose first line has that number.
func (d *Data) take(f form, b *block, words []int32, first int) {
	odd, scores, groups := b.odd, b.scores, b.groups
	for i := range b.rows {
		r := &b.rows[i]
		if r.scheme == isOdd {
			l := odd[0]
			l.number += first
			f.look(l)
			odd = odd[1:]
			continue
		}
		n := len(d.grouped)
		for i, g := range groups[:n] {
			if g != noGroup {
				groups[i] = words[g]
			}
		}
		f.take(taken{
			who: d.enrolled.of(r.person, r.hash, words[r.scheme]), line: int32(first) + r.line,
			scores: scores[:r.scores], groups: groups[:n],
		})
		scores, groups = scores[r.scores:], groups[n:]
	}
}
