package attack

import "math"

const (
	endless = 1e15
	hair    = 1e-6
)

// A puzzle is numbers that are not known, and sums of them that are.
type puzzle struct {
	low, high []float64
	fine      []bool // sums of scores: never guessed, only kept possible
	sums      []sum
	where     [][]int // sums by number
}

// A sum of numbers, each times a factor, lies from low to high.
type sum struct {
	of        []int
	times     []float64
	low, high float64
}

func (p *puzzle) number(low, high float64) int {
	p.low, p.high = append(p.low, low), append(p.high, high)
	p.fine, p.where = append(p.fine, false), append(p.where, nil)
	return len(p.low) - 1
}

func (p *puzzle) sum(s sum) {
	for _, v := range s.of {
		p.where[v] = append(p.where[v], len(p.sums))
	}
	p.sums = append(p.sums, s)
}

// A state is how far a search has come.
type state struct{ low, high []float64 }

func (p *puzzle) start() state {
	return state{append([]float64(nil), p.low...), append([]float64(nil), p.high...)}
}

func (s state) copy() state {
	return state{append([]float64(nil), s.low...), append([]float64(nil), s.high...)}
}

// fits narrows a state by the sums, beginning with those of the numbers given;
// false where they cannot hold.
func (p *puzzle) fits(s state, changed ...int) bool {
	queue := append([]int(nil), changed...)
	for rounds := 0; len(queue) > 0 && rounds < 20*len(p.sums)+100; rounds++ {
		v := queue[0]
		queue = queue[1:]
		for _, at := range p.where[v] {
			moved, ok := p.tighten(s, p.sums[at])
			if !ok {
				return false
			}
			queue = append(queue, moved...)
		}
	}
	return true
}

// tighten narrows the numbers of one sum.
func (p *puzzle) tighten(s state, one sum) (moved []int, ok bool) {
	low, high := 0.0, 0.0
	for i, v := range one.of {
		a, b := one.times[i]*s.low[v], one.times[i]*s.high[v]
		low, high = low+min(a, b), high+max(a, b)
	}
	if low > one.high+hair || high < one.low-hair {
		return nil, false
	}
	if high-low > endless {
		return nil, true // somebody in it is without bounds: nothing follows yet
	}
	for i, v := range one.of {
		a, b := one.times[i]*s.low[v], one.times[i]*s.high[v]
		least, most := one.low-(high-max(a, b)), one.high-(low-min(a, b))
		if least <= min(a, b) && most >= max(a, b) {
			continue
		}
		from, to := least/one.times[i], most/one.times[i]
		if one.times[i] < 0 {
			from, to = to, from
		}
		from, to = math.Ceil(from-hair), math.Floor(to+hair)
		if from > s.low[v] || to < s.high[v] {
			s.low[v], s.high[v] = max(s.low[v], from), min(s.high[v], to)
			if s.low[v] > s.high[v] {
				return nil, false
			}
			moved = append(moved, v)
		}
	}
	return moved, true
}

// refuted reports whether no table fits with a number at a value. It guesses at
// the numbers nearest to it, as often as it may; whoever gives up has refuted
// nothing.
func (p *puzzle) refuted(from state, v int, value float64, guesses int) bool {
	next := from.copy()
	next.low[v], next.high[v] = value, value
	if !p.fits(next, v) {
		return true
	}
	if guesses == 0 {
		return false
	}
	s := &search{puzzle: p, near: p.near(v, 4*guesses), left: guesses}
	return s.hopeless(next)
}

// near are the numbers around one, the nearest first.
func (p *puzzle) near(v, most int) (order []int) {
	seen := map[int]bool{v: true}
	for queue := []int{v}; len(queue) > 0 && len(order) < most; queue = queue[1:] {
		for _, at := range p.where[queue[0]] {
			for _, next := range p.sums[at].of {
				if !seen[next] && !p.fine[next] {
					seen[next] = true
					order, queue = append(order, next), append(queue, next)
				}
			}
		}
	}
	return order
}

// A search tries whether anything fits.
type search struct {
	*puzzle
	near []int
	left int // guesses before giving up
}

// hopeless reports whether every guess leads to a contradiction.
func (s *search) hopeless(from state) bool {
	v := -1
	for _, i := range s.near {
		if from.low[i] < from.high[i] {
			v = i
			break
		}
	}
	if v < 0 {
		return false
	}
	half := math.Floor((from.low[v] + from.high[v]) / 2)
	for _, part := range [][2]float64{{from.low[v], half}, {half + 1, from.high[v]}} {
		if s.left--; s.left < 0 {
			return false
		}
		next := from.copy()
		next.low[v], next.high[v] = part[0], part[1]
		if s.fits(next, v) && !s.hopeless(next) {
			return false
		}
	}
	return true
}
