package attack

import (
	"encoding/json"
	"maps"
	"slices"
)

// Counts returns the small numbers of people that only one value fits: every other
// is taken for true in turn, and guesses at the numbers around it, so many of
// them, all lead to contradictions. It attacks each release with what earlier
// ones add.
func (r Rules) Counts(releases [][]json.RawMessage, guesses int) (claims []Claim, err error) {
	var newest []body
	for i, release := range releases {
		now, err := read(release)
		if err != nil {
			return nil, err
		}
		newest = append(slices.Clone(now), newest...)
		families := map[string][]body{}
		for _, b := range newest {
			families[b.family()] = append(families[b.family()], b)
		}
		for _, name := range slices.Sorted(maps.Keys(families)) {
			for _, c := range r.table(families[name]).pinned(guesses) {
				c.Release = i
				claims = append(claims, c)
			}
		}
	}
	return claims, nil
}

// pinned are the small numbers that a single value fits.
func (t *table) pinned(guesses int) (claims []Claim) {
	all := make([]int, len(t.low))
	for i := range all {
		all[i] = i
	}
	from := t.start()
	if !t.fits(from, all...) {
		return nil // the guess that nothing changed was wrong, or it is no table of ours
	}
	for _, v := range slices.Sorted(maps.Keys(t.small)) {
		var left []float64
		for x := from.low[v]; x <= from.high[v] && len(left) < 2; x++ {
			if !t.refuted(from, v, x, guesses) {
				left = append(left, x)
			}
		}
		if len(left) == 1 && left[0] >= 1 {
			claims = append(claims, Claim{Figure: t.small[v].figure, Path: t.small[v].path, Value: left[0]})
		}
	}
	return claims
}
