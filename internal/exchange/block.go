package exchange

import (
	"bytes"
	"io"
	"sync"
	"sync/atomic"
)

// A block is a run of whole lines of a file on its way into Data. A file goes
// through three hands, block by block and at the same time: one fills blocks,
// as many as there are processors parse them, and one takes what they hold in
// the order of the file.
type block struct {
	text   []byte
	ending error         // what came behind the text; io.EOF at the end of the file
	parsed chan struct{} // receives once, when the rows are there

	lines  int  // in text
	plain  bool // false: it takes the CSV reader to tell the rows apart
	rows   []row
	odd    []line   // of the rows, those that need a closer look
	scores []score  // of the other rows, one after the other
	groups []int32  // likewise, in words; below 0 for a blank cell
	words  []string // schemes and groups
	by     int      // which parser numbered the words
}

// A row of a block has nothing wrong with it, unless it is odd.
type row struct {
	person []byte // in the block's text
	hash   uint32 // of the person
	scheme int32  // in words, or isOdd
	line   int32  // within the block, from 0
	scores int32  // how many of the block's scores are this row's
}

const isOdd = -1

// A stream is a file that is being read block by block.
type stream struct {
	free    chan *block
	ordered chan *block
	stop    chan struct{}
	hands   sync.WaitGroup

	unplain atomic.Bool // nobody looks at rows of blocks any more
}

// blockSize is bytes; a longer line makes a longer block.
const blockSize = 1 << 15

// openStream begins to read. It has to be closed, also after the last block.
func openStream(r io.Reader, parsers []*parser) *stream {
	blocks := 2*len(parsers) + 2 // one is filled and one taken meanwhile
	s := &stream{free: make(chan *block, blocks), ordered: make(chan *block, blocks), stop: make(chan struct{})}
	for range blocks {
		s.free <- &block{parsed: make(chan struct{}, 1)}
	}
	filled := make(chan *block, blocks)
	for _, p := range parsers {
		s.hands.Go(func() {
			for b := range filled {
				if !s.unplain.Load() {
					p.parse(b)
				}
				b.parsed <- struct{}{}
			}
		})
	}
	s.hands.Go(func() {
		s.fill(r, filled)
		close(filled)
		close(s.ordered)
	})
	return s
}

func (s *stream) close() {
	close(s.stop)
	s.hands.Wait()
}

// next is the next block, parsed. There is one until the last has an ending.
func (s *stream) next() *block {
	b := <-s.ordered
	<-b.parsed
	return b
}

// fill cuts the file into blocks behind the last line break of each.
func (s *stream) fill(r io.Reader, filled chan<- *block) {
	var begun []byte // of a line that ends in the next block
	for ending := error(nil); ending == nil; {
		var b *block
		select {
		case b = <-s.free:
		case <-s.stop:
			return
		}
		b.text, ending = more(append(b.text[:0], begun...), r)
		end := len(b.text)
		if ending == nil {
			end = bytes.LastIndexByte(b.text, '\n') + 1
		}
		begun = append(begun[:0], b.text[end:]...)
		b.text, b.ending = b.text[:end], ending
		filled <- b
		s.ordered <- b
	}
}

// more reads until the text is as long as a block and a line ends in it.
func more(text []byte, r io.Reader) ([]byte, error) {
	for {
		old, most := len(text), max(blockSize, 2*len(text))
		if cap(text) < most {
			text = append(make([]byte, 0, most), text...)
		}
		for len(text) < most {
			n, err := r.Read(text[len(text):most])
			text = text[:len(text)+n]
			if err != nil {
				return text, err
			}
		}
		if bytes.IndexByte(text[old:], '\n') >= 0 {
			return text, nil
		}
	}
}

// A remainder is a stream from one of its blocks on, as the text that it is.
type remainder struct {
	*stream
	b  *block
	at int
}

func (r *remainder) Read(p []byte) (int, error) {
	for r.at == len(r.b.text) {
		if r.b.ending != nil {
			return 0, r.b.ending
		}
		r.free <- r.b
		r.b, r.at = r.next(), 0
	}
	n := copy(p, r.b.text[r.at:])
	r.at += n
	return n, nil
}
