package site

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"cairn/internal/scheme"
)

// A hiding is something of a release that the auditor hid beyond the usual. Only
// the service that makes the release reads it.
type hiding struct {
	Figure string // in words
	Path   string // of the number; the template says it in words
	Found  string // what could be worked out with it
	Count  string // the path of the count that Found is, if it is one
}

// A usualHiding is one reason that everything of too few is hidden for, and of
// how many numbers.
type usualHiding struct {
	Why     string
	Numbers int
}

// named is what a figure is of, short: score, follow-up, period, group.
func (r releaseShown) named(key string) string {
	for _, f := range r.figures {
		if f.Question.Key() != key {
			continue
		}
		shown := r.shown(f)
		parts := []string{shown.Score.Name, f.Occasion.Label(), shown.Period()}
		for _, filter := range f.Question.Filters {
			parts = append(parts, scheme.Label(scheme.TraitDimensions(), string(filter.Dimension))+": "+scheme.Label(filter.Dimension.Groups(), filter.Group))
		}
		return strings.Join(parts, ", ")
	}
	return ""
}

// hidings are what the auditor hid, in the order in which it did.
func (p releasePage) hidings(of releaseShown) (all []hiding) {
	for _, h := range p.View.Report.Hidden {
		count, is := strings.CutPrefix(h.Found, "the count ")
		if !is {
			count = ""
		}
		all = append(all, hiding{of.named(h.Figure), h.Path, h.Found, count})
	}
	return all
}

// unsafe is what could still be worked out, with the figure's name in words.
func (p releasePage) unsafe(of releaseShown) string {
	text, longest := p.View.Report.Unsafe, ""
	for _, f := range of.figures { // everybody's key begins those of its groups
		if key := f.Question.Key(); strings.Contains(text, key) && len(key) > len(longest) {
			longest = key
		}
	}
	if longest == "" {
		return text
	}
	return strings.Replace(text, longest, of.named(longest), 1)
}

// usual counts the numbers that are not shown by reason, the most frequent first.
func (r releaseShown) usual() (all []usualHiding) {
	numbers := map[string]int{}
	for _, f := range r.figures {
		for _, why := range f.Hidden {
			numbers[why]++
		}
	}
	for _, why := range slices.Sorted(maps.Keys(numbers)) {
		all = append(all, usualHiding{why, numbers[why]})
	}
	slices.SortStableFunc(all, func(a, b usualHiding) int { return cmp.Compare(b.Numbers, a.Numbers) })
	return all
}
