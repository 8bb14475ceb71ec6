package attack

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
)

// Known is what the attacker was told besides: how many people were measured
// twice, by release and by the key of a figure. It is more than anybody should
// know.
type Known []map[string]int

// Scores returns single people's scores that only one value fits: of the one
// person by whom a figure differs from the same one in the release before, and of
// somebody who is alone in a group.
func (r Rules) Scores(releases [][]json.RawMessage, known Known) (claims []Claim, err error) {
	var before map[string]body
	for i, release := range releases {
		all, err := read(release)
		if err != nil {
			return nil, err
		}
		now := map[string]body{}
		for _, b := range all {
			now[b.key()] = b
		}
		for _, b := range all {
			if was, ok := before[b.key()]; ok {
				for _, c := range r.newcomer(was, b, known[i-1][b.key()], known[i][b.key()]) {
					c.Release = i
					claims = append(claims, c)
				}
			}
			for _, c := range r.alone(b, now, known[i]) {
				c.Release = i
				claims = append(claims, c)
			}
		}
		before = now
	}
	return claims, nil
}

// newcomer tries every pair of scores that the one person more, or fewer, can
// have had.
func (r Rules) newcomer(was, is body, n, m int) []Claim {
	switch {
	case m == n+1:
		return r.apart(was, is, float64(n), is.key())
	case m == n-1:
		return r.apart(is, was, float64(m), is.key())
	}
	return nil
}

// alone looks for a group of one among groups of which all others are shown: the
// others are put together and taken from everybody.
func (r Rules) alone(b body, now map[string]body, known map[string]int) (claims []Claim) {
	if known[b.key()] != 1 {
		return nil
	}
	for i, f := range b.Question.Filters {
		whole := b
		whole.Question.Filters = slices.Delete(slices.Clone(b.Question.Filters), i, i+1)
		everybody, ok := now[whole.key()]
		if !ok || known[whole.key()] < 2 {
			continue
		}
		for which, path := range []string{"before", "after"} {
			low, high, ok := r.total(everybody, which, known)
			for key, other := range now {
				if !ok {
					break
				}
				if key == b.key() || !sameBut(other, b, f.Dimension) || known[key] == 0 {
					continue
				}
				l, h, shown := r.total(other, which, known)
				low, high, ok = low-h, high-l, shown
			}
			if !ok {
				continue
			}
			if levels := r.levels(b, low, high); len(levels) == 1 {
				claims = append(claims, Claim{Figure: b.key(), Path: path, Value: levels[0]})
			}
		}
	}
	return claims
}

// sameBut reports whether two figures are of groups of one dimension and of the
// same people otherwise.
func sameBut(a, b body, dimension string) bool {
	without := func(b body) (body, bool) {
		i := slices.IndexFunc(b.Question.Filters, func(f filter) bool { return f.Dimension == dimension })
		if i >= 0 {
			b.Question.Filters = slices.Delete(slices.Clone(b.Question.Filters), i, i+1)
		}
		return b, i >= 0
	}
	x, ok := without(a)
	y, also := without(b)
	return ok && also && x.key() == y.key()
}

// total is the sum of the scores of a figure, score points.
func (r Rules) total(b body, which int, known map[string]int) (low, high float64, ok bool) {
	mean := []summary{b.Before, b.After}[which].Mean
	if mean == nil {
		return 0, 0, false
	}
	n, off := float64(known[b.key()]), r.Mean*b.Scale.Unit
	return n * (*mean - off), n * (*mean + off), true
}

// levels are the scores from one number of points to another.
func (r Rules) levels(b body, low, high float64) (all []float64) {
	if b.Scale.Lowest == nil || b.Scale.Highest == nil {
		return nil
	}
	for _, x := range r.Levels {
		if x >= low-hair && x <= high+hair {
			all = append(all, x)
		}
	}
	if len(r.Levels) > 0 {
		return all
	}
	step := math.Max(10*b.Scale.Unit, 1) // a score may jump by more than a point
	if b.Scale.Decimals > 0 {
		step = 1 / power(b.Scale.Decimals)
	}
	for x := *b.Scale.Lowest; x <= *b.Scale.Highest+hair; x += step {
		if x >= low-hair && x <= high+hair {
			all = append(all, x)
		}
	}
	return all
}

// apart returns the scores of the one person in more and not in less, of n
// people, where only one pair of them fits all that is shown.
func (r Rules) apart(less, more body, n float64, key string) (claims []Claim) {
	var fit [2][]float64
	for which := range 2 {
		for _, x := range r.levels(less, math.Inf(-1), math.Inf(1)) {
			sets := [2]summary{{less.Before.Mean, less.Before.SD}, {more.Before.Mean, more.Before.SD}}
			if which == 1 {
				sets = [2]summary{{less.After.Mean, less.After.SD}, {more.After.Mean, more.After.SD}}
			}
			if r.possible(sets, n, x, less.Scale.Unit) {
				fit[which] = append(fit[which], x)
			}
		}
	}
	const tooMany = 100_000 // pairs: where so many are left, one never is
	if len(fit[0])*len(fit[1]) > tooMany {
		return nil
	}
	var pairs [][2]float64
	for _, b := range fit[0] {
		for _, a := range fit[1] {
			if r.possible([2]summary{less.Change, more.Change}, n, a-b, less.Scale.Unit) {
				pairs = append(pairs, [2]float64{b, a})
			}
		}
	}
	for which, path := range []string{"before", "after"} {
		values := map[float64]bool{}
		for _, p := range pairs {
			values[p[which]] = true
		}
		if len(values) == 1 {
			claims = append(claims, Claim{Figure: key, Path: path, Value: pairs[0][which]})
		}
	}
	return claims
}

// possible reports whether n people as first described, and one more with x, can
// be described as they are then.
func (r Rules) possible(sets [2]summary, n, x, unit float64) bool {
	less, more := sets[0], sets[1]
	if less.Mean == nil || more.Mean == nil {
		return true
	}
	off := r.Mean * unit
	low, high := (n*(*less.Mean-off)+x)/(n+1), (n*(*less.Mean+off)+x)/(n+1)
	if high < *more.Mean-off-hair || low > *more.Mean+off+hair {
		return false
	}
	if less.SD == nil || more.SD == nil {
		return true
	}
	squares := func(sd, people float64) float64 { return math.Max(sd, 0) * math.Max(sd, 0) * (people - 1) }
	away := math.Abs(x - *less.Mean)
	grow := n / (n + 1)
	least := squares(*less.SD-r.SD, n) + grow*math.Max(away-off, 0)*math.Max(away-off, 0)
	greatest := squares(*less.SD+r.SD, n) + grow*(away+off)*(away+off)
	return greatest >= squares(*more.SD-r.SD, n+1)-hair && least <= squares(*more.SD+r.SD, n+1)+hair
}

// String says a claim in words.
func (c Claim) String() string {
	return fmt.Sprintf("release %d, %s: %s is %g", c.Release+1, c.Figure, c.Path, c.Value)
}
