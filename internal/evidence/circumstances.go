package evidence

// Circumstances are how and when the scores of the people measured twice were
// taken: counts and quartiles of pairs, which the table of scores cannot hold.
// The zero value says that nothing is known of it, as of a file without days.
type Circumstances struct {
	Pairs int // people measured twice whom the rest is about

	Channel Alike // in person, by phone, ...
	Helper  Alike // who helped with the answers
	Rater   Alike // whose judgement; pairs of ours never mix raters, imported ones may

	// Deliverer counts later scores taken with the help of somebody who delivers
	// the service, among those of which it is recorded who helped.
	Deliverer Among

	// LateBaselines counts baselines taken after the start, among pairs with both
	// days.
	LateBaselines Among

	Between Days // from baseline to the later score
	Waited  Days // from referral to baseline

	Apart   int // pairs without one of the days of Between
	Undated int // pairs without one of the days of Waited
}

// Alike counts pairs whose two scores were taken the same way and in different
// ways; Unknown are those where one of the two was not recorded.
type Alike struct{ Same, Changed, Unknown int }

// Of is how many pairs are known to be alike or not.
func (a Alike) Of() int { return a.Same + a.Changed }

// Among is X pairs of N of which it is known.
type Among struct{ X, N int }

// Days are the quartiles of a number of days over N pairs; nil where N is 0.
type Days struct {
	N                    int
	Lower, Median, Upper *float64 // days
}

// Known reports whether anything is known.
func (c Circumstances) Known() bool { return c.Pairs > 0 }
