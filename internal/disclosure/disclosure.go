// Package disclosure says what may be shown of a finding to somebody who may
// not see rows, and looks over everything that is to be published together for
// what could still be worked out of it.
//
// It knows no database, no screen and no person: a finding comes in, a Figure
// goes out. It promises that Show is the one way out of the exact figures, that
// the same finding and policy give the same figure, byte for byte, and that what
// is not shown is null with a reason and never a zero.
//
// Every number of a figure is one of two kinds. A primary number is rounded
// once, from the truth: counts of people, means, standard deviations, medians.
// Every other number (shares, intervals, t, p, d, bounds, the tipping point,
// sentences) is worked out from the primary numbers as shown, so that it cannot
// tell anybody more than they do. docs/disclosure.md tells it to a reader,
// decision 0036 gives the reasons.
package disclosure

import (
	"errors"
	"fmt"
)

// Smallest numbers of people that something is shown of.
const (
	Usual    = 10 // the threshold where nothing else was decided
	Lowest   = 8  // no threshold lies below; between the two needs a reason
	forMean  = 10 // people, for a mean
	forSD    = 20 // people for certain, for a standard deviation and an interval
	forTests = 50 // people for certain, for t, p, d, a standard error and a median
	toward   = 5  // counts are rounded to a multiple of this
)

// A Policy is an organisation's rule for small numbers. The zero Policy is the
// usual one.
type Policy struct {
	Threshold int    `json:"threshold"`        // people; a smaller count is shown as fewer than this
	Reason    string `json:"reason,omitempty"` // why it lies below the usual; shown with every figure
}

// ErrPolicy is a policy that nothing is shown under.
var ErrPolicy = errors.New("disclosure: not a policy")

// Settled is the policy with the threshold that is applied: the usual one for
// 0, and one a little higher where rounding would tell a count just above the
// threshold exactly. It fails with ErrPolicy for a threshold below the lowest,
// and for one below the usual without a reason.
func (p Policy) Settled() (Policy, error) {
	switch {
	case p.Threshold == 0:
		p.Threshold = Usual
	case p.Threshold < Lowest:
		return Policy{}, fmt.Errorf("%w: a threshold of %d lies below %d", ErrPolicy, p.Threshold, Lowest)
	case p.Threshold < Usual && p.Reason == "":
		return Policy{}, fmt.Errorf("%w: a threshold of %d lies below %d and has no reason", ErrPolicy, p.Threshold, Usual)
	}
	// 11 and 12 round to 10: under a threshold of 12 a shown 10 would be 12 exactly.
	if over := p.Threshold % toward; over == 1 || over == 2 {
		p.Threshold += 3 - over
	}
	return p, nil
}

// settled is the policy Show goes by. One that is refused shows no less
// carefully than the usual one.
func (p Policy) settled() Policy {
	s, err := p.Settled()
	if err != nil {
		return Policy{Threshold: Usual}
	}
	return s
}
