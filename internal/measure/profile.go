package measure

import "fmt"

// ProfileOf is the answers side by side, as 21132, with a hyphen for one that was
// left out. It is no number: nothing is added up. ok is false for a measure that
// is not read so, and where no answer was kept.
func (d Definition) ProfileOf(responses map[string]int) (text string, ok bool) {
	if !d.Profile || len(responses) == 0 {
		return "", false
	}
	for _, it := range d.Items {
		if r, answered := responses[it.Key]; answered {
			text += it.Response(r)
			continue
		}
		text += leftOut
	}
	return text, true
}

// Rated is how many of the person's own problems or goals a score is made of. ok
// is false for a score that is not made of several, and where it was typed in as
// a number and nobody knows.
func (d Definition) Rated(sc Score, responses map[string]int) (n int, ok bool) {
	if !d.Counts(sc) || len(responses) == 0 {
		return 0, false
	}
	rating := sc.Rating
	if sc.Rule == GAS {
		rating = goalAttained
	}
	for place := 1; place <= d.Own.Most; place++ {
		if _, rated := responses[d.Own.item(place, rating)]; rated {
			n++
		}
	}
	return n, true
}

// Counts reports whether a score is made of several of the person's own problems
// or goals, so that it must say of how many.
func (d Definition) Counts(sc Score) bool { return d.Own != nil && (sc.Rule == GAS || sc.Rating != "") }

// RatedBoth is how many problems or goals two assessments both rate for a score
// that is made of several; 0 where that is not recorded.
func (d Definition) RatedBoth(sc Score, first, later map[string]int) (n int) {
	if !d.Counts(sc) {
		return 0
	}
	rating := sc.Rating
	if sc.Rule == GAS {
		rating = goalAttained
	}
	for place := 1; place <= d.Own.Most; place++ {
		key := d.Own.item(place, rating)
		_, before := first[key]
		if _, after := later[key]; before && after {
			n++
		}
	}
	return n
}

// Over says of how many problems or goals a score is, to stand beside it; rated
// is 0 where that was not recorded. It is empty for scores that are not made of
// several.
func (d Definition) Over(sc Score, rated int) string {
	switch {
	case !d.Counts(sc):
		return ""
	case rated == 0:
		return "number of " + d.Own.Name + "s not recorded"
	case rated == 1:
		return "1 " + d.Own.Name
	}
	return fmt.Sprintf("%d %ss", rated, d.Own.Name)
}
