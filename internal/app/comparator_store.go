package app

import (
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// ComparatorReader reads what a scheme's people are compared with.
type ComparatorReader interface {
	// Comparator returns one version of the group that was brought in; for 0 the
	// newest, or an empty one where there is none.
	Comparator(of scheme.ID, series measure.Series, version int) (scheme.Comparator, error)
}

// ComparatorWriter writes it.
type ComparatorWriter interface {
	// AddComparator faults with version.stale when that version is there.
	AddComparator(of scheme.ID, c scheme.Comparator) error
}
