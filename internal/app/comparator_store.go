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
	// WaitAllocation is likewise of what is on record of who waited.
	WaitAllocation(of scheme.ID, version int) (scheme.WaitAllocation, error)
}

// ComparatorWriter writes it.
type ComparatorWriter interface {
	// AddComparator faults with version.stale when that version is there.
	AddComparator(of scheme.ID, c scheme.Comparator) error
	// AddWaitAllocation does, too.
	AddWaitAllocation(of scheme.ID, a scheme.WaitAllocation) error
}
