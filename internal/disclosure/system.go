package disclosure

import (
	"errors"
	"math"
)

// far stands for no bound. Sums of scores stay well below it.
const far = 1e17

// slack is what sums of floats may be off by before they count as different.
const slack = 1e-6

// A term is a variable times a number.
type term struct {
	variable int
	times    float64
}

// A row says that the terms together are no more than most.
type row struct {
	terms []term
	most  float64
	why   reason
}

// A system is what an attacker knows: whole numbers, each between two others,
// and rows that hold among them. Settling narrows the ranges until no row
// narrows any further. A narrowed range still holds every number that the
// attacker cannot exclude by one row at a time.
type system struct {
	low, high         []float64
	fromLow, fromHigh []int // the row that last narrowed each, -1 none
	rows              []row
	in                [][]int // rows by variable
	waiting           []bool  // rows in the queue
	tries             int     // rows looked at
	most              int     // rows looked at before giving up
	undo              []undo  // while trying something out
	trying            int     // how deep
}

type undo struct {
	variable  int
	low, high float64
	fromLow   int
	fromHigh  int
}

var (
	errImpossible = errors.New("disclosure: what is shown contradicts itself")
	errUnsettled  = errors.New("disclosure: the auditor did not come to an end")
)

// add makes a variable from low to high.
func (s *system) add(low, high float64) int {
	s.low, s.high = append(s.low, low), append(s.high, high)
	s.fromLow, s.fromHigh = append(s.fromLow, -1), append(s.fromHigh, -1)
	s.in = append(s.in, nil)
	return len(s.low) - 1
}

// within narrows a variable by what is shown of it.
func (s *system) within(v int, low, high float64) {
	s.low[v], s.high[v] = max(s.low[v], low), min(s.high[v], high)
}

// atMost adds a row.
func (s *system) atMost(most float64, why reason, terms ...term) {
	for _, t := range terms {
		s.in[t.variable] = append(s.in[t.variable], len(s.rows))
	}
	s.rows = append(s.rows, row{terms: terms, most: most, why: why})
}

// equal adds two rows: the terms together are exactly nothing.
func (s *system) equal(why reason, terms ...term) {
	turned := make([]term, len(terms))
	for i, t := range terms {
		turned[i] = term{t.variable, -t.times}
	}
	s.atMost(0, why, terms...)
	s.atMost(0, why, turned...)
}

// settle narrows everything to a fixed point.
func (s *system) settle() error {
	first := make([]int, len(s.rows))
	for i := range first {
		first[i] = i
	}
	s.most = s.tries + 400*len(s.rows) + 10_000
	return s.narrow(first)
}

// narrow works through the rows in the queue and those that they touch.
func (s *system) narrow(queue []int) error {
	for len(s.waiting) < len(s.rows) {
		s.waiting = append(s.waiting, false)
	}
	for _, r := range queue {
		s.waiting[r] = true
	}
	defer func() {
		for _, r := range queue {
			s.waiting[r] = false
		}
	}()
	for len(queue) > 0 {
		r := queue[0]
		queue = queue[1:]
		s.waiting[r] = false
		if s.tries++; s.tries > s.most {
			return errUnsettled
		}
		touched, err := s.apply(r)
		if err != nil {
			return err
		}
		for _, v := range touched {
			for _, next := range s.in[v] {
				if !s.waiting[next] {
					s.waiting[next] = true
					queue = append(queue, next)
				}
			}
		}
	}
	return nil
}

// apply narrows the variables of one row and returns those that it narrowed.
func (s *system) apply(r int) (touched []int, err error) {
	row := s.rows[r]
	least, open := 0.0, 0
	for _, t := range row.terms {
		if v := s.least(t); math.Abs(v) >= far {
			open++
		} else {
			least += v
		}
	}
	if open == 0 && least > row.most+slack {
		return nil, errImpossible
	}
	for _, t := range row.terms {
		others := open
		room := row.most - least
		if v := s.least(t); math.Abs(v) >= far {
			others--
		} else {
			room += v
		}
		if others > 0 {
			continue
		}
		if s.cut(r, t, room/t.times) {
			touched = append(touched, t.variable)
		}
	}
	return touched, nil
}

// least is the smallest that a term can be.
func (s *system) least(t term) float64 {
	end := s.low[t.variable]
	if t.times < 0 {
		end = s.high[t.variable]
	}
	if math.Abs(end) >= far {
		return -far
	}
	return end * t.times
}

// cut takes from a variable what lies beyond end, seen from the term.
func (s *system) cut(r int, t term, end float64) bool {
	v, tolerance := t.variable, slack*(1+math.Abs(end)*1e-6)
	if t.times > 0 {
		if high := math.Floor(end + tolerance); high < s.high[v] {
			s.remember(v)
			s.high[v], s.fromHigh[v] = high, r
			return true
		}
		return false
	}
	if low := math.Ceil(end - tolerance); low > s.low[v] {
		s.remember(v)
		s.low[v], s.fromLow[v] = low, r
		return true
	}
	return false
}

func (s *system) remember(v int) {
	if s.trying > 0 {
		s.undo = append(s.undo, undo{v, s.low[v], s.high[v], s.fromLow[v], s.fromHigh[v]})
	}
}

// possible reports whether a variable can have a value as far as the rows can
// tell, and leaves everything as it was.
func (s *system) possible(v int, value float64) bool {
	const patience = 50_000 // rows; what it would take longer to exclude stays possible
	s.most = s.tries + patience
	s.trying++
	s.remember(v)
	s.low[v], s.high[v] = value, value
	err := s.narrow(append([]int(nil), s.in[v]...))
	for i := len(s.undo) - 1; i >= 0; i-- {
		u := s.undo[i]
		s.low[u.variable], s.high[u.variable] = u.low, u.high
		s.fromLow[u.variable], s.fromHigh[u.variable] = u.fromLow, u.fromHigh
	}
	s.undo, s.trying = s.undo[:0], s.trying-1
	return !errors.Is(err, errImpossible)
}
