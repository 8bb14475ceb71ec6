package attack

import (
	"maps"
	"slices"
	"strconv"
)

// most is more people than any scheme has.
const most = 100_000

// A place is one group of people, with its numbers by path. Nobody need be shown
// it: everybody of a year of which only groups are.
type place struct {
	key     string
	numbers map[string]int
	score   [2]int // sums of scores before and after; -1 where the scale has no ends
}

// A table is everything shown of one family in one release.
type table struct {
	puzzle
	rules  Rules
	places map[string]*place
	own    bool            // better and worse by each group's own spread: they do not add up
	small  map[int]claimed // numbers that are shown as fewer than so many
}

type claimed struct{ figure, path string }

// tables turns what is shown of a family into a puzzle. Bodies of earlier releases
// come after the newest: the attacker guesses that nothing changed where that
// does not contradict what is newer.
func (r Rules) table(figures []body) *table {
	t := &table{rules: r, places: map[string]*place{}, small: map[int]claimed{}}
	for _, b := range figures {
		t.add(b)
	}
	t.groups(figures)
	return t
}

// paths are the counts of a figure, with what is shown of them.
func (b body) paths() map[string]count {
	all := map[string]count{
		"movement.better.people": b.Movement.Better.People, "movement.same.people": b.Movement.Same.People,
		"movement.worse.people": b.Movement.Worse.People,
	}
	for name, c := range b.Flow {
		all["flow."+name] = c
	}
	if b.Taken != nil {
		maps.Copy(all, b.Taken.counts())
	}
	for i, one := range b.Distribution.Bands {
		all["distribution.bands."+strconv.Itoa(i)+".before"] = one.Before
		all["distribution.bands."+strconv.Itoa(i)+".after"] = one.After
	}
	return all
}

// range of a count as shown.
func (t *table) shown(c count, threshold float64) (low, high float64) {
	switch {
	case c.N != nil:
		return max(*c.N-t.rules.Count, threshold), *c.N + t.rules.Count
	case c.Under > 0:
		return 0, c.Under - 1
	}
	return 0, most
}

func (t *table) add(b body) {
	p := t.places[b.key()]
	if p != nil {
		t.again(p, b)
		return
	}
	p = &place{key: b.key(), numbers: map[string]int{}, score: [2]int{-1, -1}}
	t.places[b.key()] = p
	paths := b.paths()
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		c := paths[path]
		low, high := t.shown(c, b.Policy.Threshold)
		v := t.number(low, high)
		p.numbers[path] = v
		if c.Under > 0 {
			t.small[v] = claimed{p.key, path}
		}
	}
	t.inFigure(p, b)
	t.scores(p, b)
}

// again takes what an earlier release says, where it can still be so.
func (t *table) again(p *place, b body) {
	for path, c := range b.paths() {
		v, ok := p.numbers[path]
		if !ok {
			continue
		}
		low, high := t.shown(c, b.Policy.Threshold)
		if low, high = max(low, t.low[v]), min(high, t.high[v]); low <= high {
			t.low[v], t.high[v] = low, high
		}
	}
}

// exactly adds that the parts make the whole.
func (t *table) exactly(p *place, whole string, parts ...string) { t.parts(p, 0, whole, parts) }

// within adds that the parts are no more than the whole.
func (t *table) within(p *place, whole string, parts ...string) { t.parts(p, -most, whole, parts) }

func (t *table) parts(p *place, low float64, whole string, parts []string) {
	s := sum{of: []int{p.numbers[whole]}, times: []float64{-1}, low: low}
	for _, part := range parts {
		s.of, s.times = append(s.of, p.numbers[part]), append(s.times, 1)
	}
	t.sum(s)
}

// inFigure adds what holds among the counts of one figure.
func (t *table) inFigure(p *place, b body) {
	t.exactly(p, "flow.due", "flow.paired", "flow.lost")
	t.exactly(p, "flow.paired", "movement.better.people", "movement.same.people", "movement.worse.people")
	t.within(p, "flow.referred", "flow.accepted")
	t.within(p, "flow.accepted", "flow.started")
	t.within(p, "flow.referred", "flow.baseline", "flow.followup_only")
	t.within(p, "flow.baseline", "flow.due")
	t.sum(sum{
		of:    []int{p.numbers["flow.baseline"], p.numbers["flow.due"], p.numbers["flow.died"], p.numbers["flow.moved_away"]},
		times: []float64{1, -1, -1, -1}, low: -most,
	})
	var before, after []string
	for i := range b.Distribution.Bands {
		before = append(before, "distribution.bands."+strconv.Itoa(i)+".before")
		after = append(after, "distribution.bands."+strconv.Itoa(i)+".after")
	}
	if len(before) > 0 {
		t.exactly(p, "flow.paired", before...)
		t.exactly(p, "flow.paired", after...)
	}
	for _, s := range []struct {
		share    share
		part, of string
	}{
		{b.Completion, "flow.paired", "flow.due"}, {b.OfReferred, "flow.paired", "flow.referred"},
		{b.Movement.Better, "movement.better.people", "flow.paired"}, {b.Movement.Same, "movement.same.people", "flow.paired"},
		{b.Movement.Worse, "movement.worse.people", "flow.paired"},
	} {
		t.rest(p, s.share, s.part, s.of, b.Policy.Threshold)
	}
	t.taken(p, b)
}

// rest adds what a per cent or a bound says of those who do not count.
func (t *table) rest(p *place, s share, part, of string, threshold float64) {
	rest := sum{of: []int{p.numbers[of], p.numbers[part]}, times: []float64{1, -1}}
	switch {
	case s.Percent != nil:
		rest.low, rest.high = threshold, most
	case s.Over != nil:
		rest.low, rest.high = 0, threshold-1
	default:
		return
	}
	t.sum(rest)
}

// scores adds the sums of scores that follow from means.
func (t *table) scores(p *place, b body) {
	if b.Scale.Lowest == nil || b.Scale.Highest == nil {
		return
	}
	levels := power(b.Scale.Decimals)
	low, high := *b.Scale.Lowest*levels, *b.Scale.Highest*levels
	paired, off := p.numbers["flow.paired"], t.rules.Mean*b.Scale.Unit
	for i, set := range []summary{b.Before, b.After} {
		v := t.number(min(low, 0)*most, max(high, 0)*most)
		t.fine[v], p.score[i] = true, v
		from, to := low, high
		if set.Mean != nil {
			from, to = max(low, (*set.Mean-off)*levels), min(high, (*set.Mean+off)*levels)
		}
		t.between(v, paired, from, to)
		lows, highs := sum{of: []int{v}, times: []float64{1}, high: endless / 10}, sum{of: []int{v}, times: []float64{1}, low: -endless / 10}
		for n, one := range b.Distribution.Bands {
			which := []string{".before", ".after"}[i]
			people := p.numbers["distribution.bands."+strconv.Itoa(n)+which]
			first, _ := one.From.Float64()
			last, _ := one.To.Float64()
			lows.of, lows.times = append(lows.of, people), append(lows.times, -first*levels)
			highs.of, highs.times = append(highs.of, people), append(highs.times, -last*levels)
		}
		if len(b.Distribution.Bands) > 0 {
			t.sum(lows)
			t.sum(highs)
		}
	}
	if b.Change.Mean != nil {
		up := sum{of: []int{p.score[1], p.score[0], paired}, times: []float64{1, -1, -(*b.Change.Mean - off) * levels}, high: endless / 10}
		down := sum{of: up.of, times: []float64{1, -1, -(*b.Change.Mean + off) * levels}, low: -endless / 10}
		t.sum(up)
		t.sum(down)
	}
}

// between adds that a sum is from low to high times the people.
func (t *table) between(v, people int, low, high float64) {
	t.sum(sum{of: []int{v, people}, times: []float64{1, -low}, high: endless / 10})
	t.sum(sum{of: []int{v, people}, times: []float64{1, -high}, low: -endless / 10})
}

func power(decimals int) float64 {
	all := 1.0
	for range decimals {
		all *= 10
	}
	return all
}
