package evidence

import (
	"fmt"

	"cairn/internal/measure"
)

// Waited are a scheme's people, each once: those who were measured twice while
// they waited, and everybody else.
type Waited struct {
	While  Measured
	After  Measured
	Both   int    // of those while waiting, left out of the others
	Random string // where it is recorded that chance decided who waited; empty: it is not
}

// NewWaiting holds people after their start against people while they waited.
func NewWaiting(score measure.Score, w Waited) Against {
	group := ComparisonGroup{
		Name: "People of the scheme while they waited", Source: "the scheme's own scores before the start",
		Eligible: "Whoever was referred to the scheme and was measured twice before the start",
		Random:   w.Random, Begun: true, Measured: w.While, Both: &w.Both,
	}
	return NewAgainst(score, group, w.After, SideNames{Reference: "while waiting", Other: "after the start"})
}

// whoWaited says who is where.
func (a Against) whoWaited() []string {
	var all []string
	if n := *a.Group.Both; n > 0 {
		all = append(all, fmt.Sprintf("%s measured twice both while waiting and after the start. They count while waiting only, so that nobody is in both groups.", were(n)))
	}
	if !a.Facts.Random {
		all = append(all, "Who waits longer may be less urgent, and knows that help is coming: both can move scores.")
	}
	return all
}
