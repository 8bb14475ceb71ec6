package attack

import (
	"maps"
	"slices"
	"strings"
)

// groups adds that the groups of a dimension, and the quarters of a year, make
// everybody.
func (t *table) groups(figures []body) {
	divided := map[string][]*place{} // by the key of everybody and the dimension
	wholes := map[string]body{}
	seen := map[string]bool{}
	for _, b := range figures {
		if seen[b.key()] {
			continue
		}
		seen[b.key()] = true
		t.own = t.own || b.Movement.Reliable && b.Movement.Threshold == nil
		for i, f := range b.Question.Filters {
			rest := b
			rest.Question.Filters = slices.Delete(slices.Clone(b.Question.Filters), i, i+1)
			at := rest.key() + "\n" + f.Dimension
			divided[at] = append(divided[at], t.places[b.key()])
			wholes[at] = rest
		}
	}
	for _, at := range slices.Sorted(maps.Keys(divided)) {
		key, _, _ := strings.Cut(at, "\n")
		if t.places[key] == nil {
			t.unseen(wholes[at], divided[at][0])
		}
		t.makeUp(t.places[key], divided[at])
	}
	for _, key := range slices.Sorted(maps.Keys(t.places)) {
		t.quarters(t.places[key])
	}
}

// unseen adds a place that nobody is shown.
func (t *table) unseen(b body, like *place) {
	p := &place{key: b.key(), numbers: map[string]int{}, score: [2]int{-1, -1}}
	t.places[p.key] = p
	for _, path := range slices.Sorted(maps.Keys(like.numbers)) {
		p.numbers[path] = t.number(0, most)
	}
	for i, v := range like.score {
		if v >= 0 {
			p.score[i] = t.number(t.low[v], t.high[v])
			t.fine[p.score[i]] = true
		}
	}
}

func (t *table) makeUp(whole *place, parts []*place) {
	add := func(of func(*place) (int, bool)) {
		v, ok := of(whole)
		s := sum{of: []int{v}, times: []float64{-1}}
		for _, part := range parts {
			one, there := of(part)
			ok = ok && there
			s.of, s.times = append(s.of, one), append(s.times, 1)
		}
		if ok {
			t.sum(s)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(whole.numbers)) {
		if t.own && strings.HasPrefix(path, "movement.") {
			continue
		}
		add(func(p *place) (int, bool) { v, ok := p.numbers[path]; return v, ok })
	}
	for i := range 2 {
		add(func(p *place) (int, bool) { return p.score[i], p.score[i] >= 0 })
	}
}

// quarters finds the shorter periods that fill a place's.
func (t *table) quarters(whole *place) {
	parts := strings.SplitN(whole.key, "|", 6)
	if parts[3] == parts[4] {
		return
	}
	var shorter []*place
	for next := parts[3]; next <= parts[4]; {
		found := ""
		for _, to := range []string{next, after(next)} {
			key := strings.Join(append([]string{parts[0], parts[1], parts[2], next, to}, parts[5:]...), "|")
			if p := t.places[key]; p != nil && p != whole {
				shorter, found = append(shorter, p), to
				break
			}
		}
		if found == "" {
			return
		}
		next = after(found)
	}
	t.makeUp(whole, shorter)
}

// after is the quarter after one, "2025-Q1" after "2024-Q4".
func after(quarter string) string {
	year, q := quarter[:4], quarter[6]
	if q < '4' {
		return year + "-Q" + string(q+1)
	}
	digits := []byte(year)
	for i := 3; i >= 0; i-- {
		if digits[i] < '9' {
			digits[i]++
			break
		}
		digits[i] = '0'
	}
	return string(digits) + "-Q1"
}
