package disclosure

import (
	"strconv"

	"cairn/internal/evidence"
)

// A Count is a number of people as it may be shown. N is the nearest multiple
// of 5, rounded once from the truth. Where fewer than Under people count, none
// included, N is null. With neither N nor Under the count is hidden, and its
// reason stands under the figure's Hidden.
type Count struct {
	N     *int `json:"n"`               // people, a multiple of 5
	Under int  `json:"under,omitempty"` // people; the true count is smaller
}

// count shows a number of people.
func (p Policy) count(people int) Count {
	if people < p.Threshold {
		return Count{Under: p.Threshold}
	}
	shown := (people + toward/2) / toward * toward
	return Count{N: &shown}
}

// certain is the least number of people that the count as shown can stand for; 0
// where it is shown as fewer than the threshold. What needs more people goes by it,
// so that neither showing nor hiding it says more than the count does. A threshold
// above the usual adds nothing to it: a higher one shows less, and never more.
func (p Policy) certain(people int) int {
	c := p.count(people)
	if !c.Known() {
		return 0
	}
	return max(c.least(), min(p.Threshold, Usual))
}

// Known reports whether there is a number.
func (c Count) Known() bool { return c.N != nil }

// least and most are the true numbers that the shown one can stand for, where
// there is one.
func (c Count) least() int { return *c.N - toward/2 }
func (c Count) most() int  { return *c.N + toward/2 }

// Text is the count in words: "about 80", "fewer than 10", "not shown".
func (c Count) Text() string {
	switch {
	case c.N != nil:
		return "about " + evidence.People(*c.N)
	case c.Under > 0:
		return "fewer than " + strconv.Itoa(c.Under)
	}
	return NotShown
}

// NotShown stands where a number is hidden.
const NotShown = "not shown"
