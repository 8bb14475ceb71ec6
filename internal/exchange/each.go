package exchange

import (
	"errors"
	"io"
	"runtime"
)

// each hands every row behind the header to a form, in the order of the file:
// as numbers, from the blocks of a stream, for as long as the file is plain;
// from the first block on that is not, as the CSV reader reads them.
func (t *table) each(d *Data, f form) error {
	parsers := t.parsers(d, f)
	words := make([][]int32, len(parsers)) // in d.names
	s := openStream(t.text, parsers)
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

// parsers makes as many as can work at the same time.
func (t *table) parsers(d *Data, f form) []*parser {
	all := make([]*parser, runtime.GOMAXPROCS(0))
	for i := range all {
		p := &parser{
			form: f, columns: len(t.header), number: i, hash: d.enrolled.hash, words: newMemo(),
			measures: newMemo(d.Settings.measureNames()...), times: newMemo(d.Settings.Timepoints...),
		}
		for _, g := range d.grouped {
			p.groups = append(p.groups, g.at)
		}
		all[i] = p
	}
	return all
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
		if i%atOnce == 0 {
			d.enrolled.fetch(b.rows[i:min(i+atOnce, len(b.rows))], words)
		}
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

// atOnce is how many rows are fetched before they are taken.
const atOnce = 128
