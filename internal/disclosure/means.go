package disclosure

import (
	"math"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/stat"
)

// means shows where the people measured twice were before and after, and by how
// much they changed. The three means stand or fall together, since each follows
// from the other two.
func (s showing) means() {
	f, n := s.from, s.from.Counts.Paired
	s.Before = s.summary("before", f.BaselinePaired, n)
	s.After = s.summary("after", f.FollowupPaired, n)
	c := f.Change
	s.Figure.Change.Mean = s.at("change.mean", c.Mean, n, forMean)
	s.Figure.Change.SD = s.spread("change.sd", c.SD, n)
	s.Figure.Change.Median = s.at("change.median", c.Median, n, forTests)
	if f.Score.Summary == measure.Distribution {
		s.hideScores("a mean of these answers says nothing")
	}
	if s.atAnEnd(s.Before.Mean) || s.atAnEnd(s.After.Mean) || s.wholeScale(s.Figure.Change.Mean) {
		s.hideScores(WhyCareful)
	}
	lost := f.Counts.Lost
	s.Lost = s.summary("lost", f.Attrition.Lost, lost)
	if s.atAnEnd(s.Lost.Mean) {
		s.hideLost(WhyCareful)
	}
}

func (s showing) summary(path string, d evidence.Descriptives, n int) Summary {
	return Summary{
		Mean:   s.at(path+".mean", d.Mean, n, forMean),
		SD:     s.spread(path+".sd", d.SD, n),
		Median: s.at(path+".median", d.Median, n, forTests),
	}
}

// at shows v, of n people, if they are enough.
func (s showing) at(path string, v *float64, n, usual int) *float64 {
	switch {
	case s.certain(n) < usual:
		s.hide(path, s.few(n, usual))
		return nil
	case v == nil:
		s.hide(path, WhyNone)
		return nil
	}
	return decimals(*v, 1/s.Scale.Unit)
}

// spread is at for a standard deviation. One so small that nobody lies far from
// the mean is hidden: the mean would be everybody's score.
func (s showing) spread(path string, sd *float64, n int) *float64 {
	shown := s.at(path, sd, n, forSD)
	if shown != nil && *shown < coarse(s.from.Score)/2 {
		s.hide(path, WhyCareful)
		return nil
	}
	return shown
}

// atAnEnd reports whether a mean lies so near an end of the scale that nearly
// everybody must be there.
func (s showing) atAnEnd(mean *float64) bool {
	if mean == nil {
		return false
	}
	near := coarse(s.from.Score) / 4
	low, high := s.Scale.Lowest, s.Scale.Highest
	return low != nil && *mean < *low+near || high != nil && *mean > *high-near
}

// wholeScale reports whether the mean change is one from end to end.
func (s showing) wholeScale(change *float64) bool {
	low, high := s.Scale.Lowest, s.Scale.Highest
	if change == nil || low == nil || high == nil {
		return false
	}
	return math.Abs(*change) > *high-*low-coarse(s.from.Score)/2
}

// coarse is a distance between neighbouring scores, score points, that is not
// too small: a converted score has decimals and jumps further than the last one.
func coarse(sc measure.Score) float64 {
	if sc.Decimals == 0 || sc.Open {
		return 10 * unit(sc)
	}
	return (sc.Max - sc.Min).Points(sc.Decimals) / 10
}

// change works out what follows from the mean and the standard deviation of the
// changes as shown. The number of people is the least that the rounded count can
// stand for, so that the interval is not narrower than it ought to be.
func (s showing) change() {
	c := &s.Figure.Change
	if c.Mean == nil || c.SD == nil {
		why := WhyCareful
		if s.certain(s.from.Counts.Paired) < forSD {
			why = s.few(s.from.Counts.Paired, forSD)
		}
		for _, path := range intervals() {
			s.hideAgain("change."+path, why)
		}
		return
	}
	pairs := stat.Paired{
		N:          int64(s.Flow.Paired.least()),
		MeanChange: stat.Known(*c.Mean), SDChange: stat.Known(*c.SD),
	}
	test := pairs.PairedT()
	c.Lo = s.reckoned("change.ci_lo", test.CI.Low, 10)
	c.Hi = s.reckoned("change.ci_hi", test.CI.High, 10)
	if s.certain(s.from.Counts.Paired) < forTests {
		for _, path := range []string{"se", "t", "p", "d_z"} {
			s.hide("change."+path, s.few(s.from.Counts.Paired, forTests))
		}
		return
	}
	c.SE = s.reckoned("change.se", test.SE, 100)
	c.T = s.reckoned("change.t", test.T, 10)
	c.D = s.reckoned("change.d_z", pairs.DZ(), 100)
	if c.P = s.reckoned("change.p", test.P, 1000); c.P != nil {
		c.P = new(max(*c.P, 0.001))
	}
}

// intervals are what follows of a change from its mean and standard deviation.
func intervals() []string { return []string{"ci_lo", "ci_hi", "se", "t", "p", "d_z"} }

// hideScores hides every number of the scores of the people measured twice, and
// what follows from them.
func (f *Figure) hideScores(why string) {
	f.Before, f.After, f.Change = Summary{}, Summary{}, Change{}
	for _, set := range []string{"before.", "after.", "change."} {
		for _, path := range []string{"mean", "sd", "median"} {
			f.hideAgain(set+path, why)
		}
	}
	for _, path := range intervals() {
		f.hideAgain("change."+path, why)
	}
	f.hideBounds(why)
	f.hideRegression(why)
}

// hideAgain is hide for what may be hidden already, whose reason stays.
func (f *Figure) hideAgain(path, why string) {
	if _, hidden := f.Hidden[path]; !hidden {
		f.hide(path, why)
	}
}

// hideLost hides the scores of the people lost and what follows from them.
func (f *Figure) hideLost(why string) {
	f.Lost = Summary{}
	for _, path := range []string{"mean", "sd", "median"} {
		f.hideAgain("lost."+path, why)
	}
	f.Bounds.Best, f.Bounds.Worst = nil, nil
	f.hideAgain("bounds.mean_change_best_case", why)
	f.hideAgain("bounds.mean_change_worst_case", why)
}
