package disclosure

import "fmt"

// Rules are how numbers come to be shown to people outside a service, in words, for
// the description of an interface. docs/disclosure.md has all of them.
func Rules() string {
	return fmt.Sprintf("Fewer than %d people, none included, are never shown as a number; an organisation can raise that, or lower it to %d with a reason that stands on each figure. "+
		"Other counts are rounded to the nearest %d, once, from the truth, so they need not add up. Shares, intervals, bounds and sentences are worked out from the rounded numbers. "+
		"A mean needs %d people, a standard deviation and an interval %d, tests and medians %d, and goes by the least that the count as shown can stand for. Better, the same and worse are always told, as numbers or as bounds. "+
		"What is not shown is null, and `hidden` says why by its path: it is never a zero.", Usual, Lowest, toward, forMean, forSD, forTests)
}

// Meanings are what the parts of a figure stand for, by the names of their types.
func Meanings() map[string]string {
	const hidden = "Null where people are too few, or where it would give somebody away: `hidden` of the figure says which."
	return map[string]string{
		"Count":   fmt.Sprintf("People. `n` is the nearest multiple of %d. With `under` instead, there are fewer than that, none included; with neither it is hidden.", toward),
		"Share":   "People of people, in whole per cent of the rounded counts. With `under` or `over` instead of `percent`, the share is smaller or larger than that.",
		"Summary": "Score points. " + hidden,
		"Change":  "Score points, the second score minus the first. " + hidden,
		"Band":    "People in one part of the scale, counted as everywhere.",
		"Policy":  "The rule for small numbers as it was applied to this figure.",
	}
}
