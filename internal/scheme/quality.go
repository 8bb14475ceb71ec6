package scheme

import (
	"slices"

	"cairn/internal/measure"
)

// A Collected is one measure of one referral on its way to one follow-up: what a
// plan asked for and what came of it. It holds days and ways of asking, and no
// score.
type Collected struct {
	Referral     ReferralID
	Scheme       ID
	Practitioner AccountID // empty while it is nobody's
	Measure      measure.Key
	Occasion     Occasion
	Exit         Exit

	BaselineCloses Day // the last day on which a baseline is on time
	Due            Day
	Closes         Day // the last day on which the follow-up is on time
	Base           Taken
	Later          Taken
}

// Taken is how a score of a pair was taken; no day where there is none.
type Taken struct {
	On      Day
	Channel Channel
	Helper  Helper
}

// A Completeness says how much of what was due by a day was recorded, and how
// near to its day.
type Completeness struct {
	BaselinesDue int // their window has closed
	Baselines    int // of those
	FollowUpsDue int // as above; without people who died or moved away
	FollowUps    int // of those
	off          []int
	seen         map[baselineOf]bool
}

type baselineOf struct {
	referral ReferralID
	measure  measure.Key
}

// Add counts one as it stands on a day. The baseline of several
// follow-ups counts once.
func (c *Completeness) Add(of Collected, today Day) {
	key := baselineOf{of.Referral, of.Measure}
	if of.BaselineCloses.Before(today) && !c.seen[key] {
		if c.seen == nil {
			c.seen = map[baselineOf]bool{}
		}
		c.seen[key] = true
		c.BaselinesDue++
		if !of.Base.On.IsZero() {
			c.Baselines++
		}
	}
	recorded := !of.Later.On.IsZero()
	if !of.Closes.Before(today) || !recorded && of.Exit != Stayed {
		return
	}
	c.FollowUpsDue++
	if recorded {
		c.FollowUps++
		c.off = append(c.off, of.Later.On.DaysSince(of.Due))
	}
}

// A Timing is how far from their days follow-ups were recorded, in days; below
// zero is early.
type Timing struct {
	Earliest int
	Median   int // the earlier of two in the middle
	Latest   int
}

// Timing is that of all follow-ups counted; ok is false where there is none.
func (c *Completeness) Timing() (t Timing, ok bool) {
	if len(c.off) == 0 {
		return Timing{}, false
	}
	days := slices.Sorted(slices.Values(c.off))
	return Timing{days[0], days[(len(days)-1)/2], days[len(days)-1]}, true
}

// Modes counts pairs that were taken in another way than their baseline, which
// changes answers by itself.
type Modes struct {
	Pairs   int // with both scores
	Channel int // another channel
	Helper  int // somebody else helped, or nobody any more
	Unknown int // the channel of either is not recorded
}

// Add counts one.
func (m *Modes) Add(of Collected) {
	if of.Base.On.IsZero() || of.Later.On.IsZero() {
		return
	}
	m.Pairs++
	switch {
	case of.Base.Channel == "" || of.Later.Channel == "":
		m.Unknown++
	case of.Base.Channel != of.Later.Channel:
		m.Channel++
	}
	if of.Base.Helper != "" && of.Later.Helper != "" && of.Base.Helper != of.Later.Helper {
		m.Helper++
	}
}
