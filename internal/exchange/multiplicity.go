package exchange

import (
	"fmt"

	"cairn/internal/evidence"
)

// Multiplicity says how many chances there were to find something, and what
// that means for whoever picks one; empty where there is one interval or none.
func (r Results) Multiplicity() string {
	n := 0
	for _, g := range r.Results {
		n += intervals(g.Overall)
		if len(g.ByScheme) > 1 {
			for _, f := range g.ByScheme {
				n += intervals(f)
			}
		}
	}
	if n < 2 {
		return ""
	}
	return fmt.Sprintf("%s intervals of a mean change stand in this report. Each misses what it is after 1 time in 20, so the more there are, the surer it is that some do: "+
		"to pick the best of them proves nothing. Decide before looking which measure and which time count.", evidence.People(n))
}

// intervals is 1 for a finding whose mean change has one.
func intervals(f evidence.Finding) int {
	if f.Change.CILo == nil {
		return 0
	}
	return 1
}
