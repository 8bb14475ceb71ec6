package evidence

// A Bearing is which way a finding points. It says nothing of why, and nothing
// of how well it was measured: that is the level.
type Bearing string

const (
	NothingYet Bearing = "nothing_yet"  // fewer than 2 people measured twice
	Unclear    Bearing = "unclear"      // the interval includes no change, or none is told
	ForBetter  Bearing = "for_better"   // beyond what comes by itself
	ByItself   Bearing = "by_itself"    // for the better, but no more than could come by itself
	Unweighed  Bearing = "unweighed"    // for the better, and it is not known how much comes by itself
	TooFewLeft Bearing = "too_few_left" // for the better among fewer than 60% of those due
	ForWorse   Bearing = "for_worse"
)

// Bearings lists every one.
func Bearings() []Bearing {
	return []Bearing{NothingYet, Unclear, ForBetter, ByItself, Unweighed, TooFewLeft, ForWorse}
}

// Bearing is which way the finding points. A change for the better has more to
// pass than one for the worse: people come when they are low, and those who come
// again are more often those who did well, so both make good news of nothing.
// Neither makes bad news.
func (f Finding) Bearing() Bearing {
	if f.Counts.Paired < 2 {
		return NothingYet
	}
	lo, hi, why := f.Told()
	if why != "" {
		return Unclear
	}
	worst := min(f.better(*lo), f.better(*hi))
	best := max(f.better(*lo), f.better(*hi))
	switch {
	case best < 0:
		return ForWorse
	case worst <= 0:
		return Unclear
	case worst <= f.mostByItself():
		return ByItself
	case !enough(f.Counts.Paired, f.Counts.Baseline):
		return TooFewLeft
	}
	switch _, low := f.takenInLow(); {
	case f.expectable():
		return ForBetter
	case low:
		return ByItself
	}
	return Unweighed
}

// mostByItself is the largest change for the better that regression to the mean
// alone could give, as far as that is stated; score points, 0 where it is not.
func (f Finding) mostByItself() float64 {
	if cut := f.ByCutoff(); cut != nil {
		return max(f.better(*cut), 0)
	}
	low, high, ok := f.Expected()
	if !ok {
		return 0
	}
	return max(f.better(low), f.better(high), 0)
}

// expectable reports whether it is stated how much comes by itself.
func (f Finding) expectable() bool {
	_, _, ok := f.Expected()
	return ok || f.ByCutoff() != nil
}
