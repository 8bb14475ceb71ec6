package evidence

import (
	"fmt"
	"strings"

	"cairn/internal/measure"
	"cairn/internal/stat"
)

const errNoRetest stat.Refusal = "no study of two scores without help between them is known for this score"

// RegressionRange is how much of the mean change was to be expected without any
// help, over everything that is stated of how closely two scores go together and
// of the mean of a population. Neither is known of the very people here, so one
// number would claim too much.
type RegressionRange struct {
	RLow     *float64 `json:"r_low"`     // 0 to 1
	RHigh    *float64 `json:"r_high"`    // 0 to 1
	MeanLow  *float64 `json:"mean_low"`  // score points, of the populations
	MeanHigh *float64 `json:"mean_high"` // score points
	Low      *float64 `json:"expected_low"`
	High     *float64 `json:"expected_high"`
}

// An Expectation is a range of changes that were to be expected without any help,
// with what it rests on: each the lower end first.
type Expectation struct {
	R, Mean, Change [2]stat.Number
}

// ExpectationOf takes the expected change at every end of what is stated of a
// score; it is linear in each, so nothing in between lies outside. Of the people
// it needs how many they are and the mean that they began with.
func ExpectationOf(score measure.Score, began stat.Paired) Expectation {
	e := Expectation{R: extent(statedR(score), errNoRetest), Mean: extent(statedMeans(score), errNoPopulation)}
	var at []float64
	none := stat.Refused(errNoRetest)
	for _, r := range e.R {
		for _, mean := range e.Mean {
			none = expected(began, mean, r)
			if v, err := none.Value(); err == nil {
				at = append(at, v)
			}
		}
	}
	e.Change = [2]stat.Number{none, none}
	if len(at) > 0 {
		e.Change = extent(at, errNoRetest)
	}
	return e
}

// expected is refused for want of either, the mean first.
func expected(began stat.Paired, mean, r stat.Number) stat.Number {
	m, err := mean.Value()
	if err != nil {
		return mean
	}
	coefficient, err := r.Value()
	if err != nil {
		return r
	}
	return began.ExpectedChange(m, coefficient)
}

func (c *counted) regressionRange() RegressionRange {
	const path = "regression_to_mean.range."
	e := ExpectationOf(c.score, c.paired)
	return RegressionRange{
		RLow: c.number(path+"r_low", e.R[0]), RHigh: c.number(path+"r_high", e.R[1]),
		MeanLow: c.number(path+"mean_low", e.Mean[0]), MeanHigh: c.number(path+"mean_high", e.Mean[1]),
		Low: c.number(path+"expected_low", e.Change[0]), High: c.number(path+"expected_high", e.Change[1]),
	}
}

// statedR are the ends of every stated test-retest coefficient: studies with
// their intervals, and the reliability that the definition reckons with.
func statedR(s measure.Score) []float64 {
	var all []float64
	for _, r := range s.Retests {
		all = append(all, r.Low, r.High)
	}
	if r := s.Reliability; r != nil && r.Coefficient != nil {
		all = append(all, *r.Coefficient)
	}
	return all
}

func statedMeans(s measure.Score) []float64 {
	var all []float64
	for _, n := range s.Populations() {
		if n.Mean != nil {
			all = append(all, *n.Mean)
		}
	}
	return all
}

// extent is the lowest and the highest of values, refused where there is none.
func extent(values []float64, none stat.Refusal) [2]stat.Number {
	if len(values) == 0 {
		return [2]stat.Number{stat.Refused(none), stat.Refused(none)}
	}
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	return [2]stat.Number{stat.Known(low), stat.Known(high)}
}

// Expected is the change that was to be expected without any help, the lower end
// first, score points; ok is false where that is not available.
func (f Finding) Expected() (low, high float64, ok bool) {
	r := f.RegressionToMean.Range
	if r.Low == nil || r.High == nil {
		return 0, 0, false
	}
	return *r.Low, *r.High, true
}

// ExpectedWords is the range as a sentence, with what it rests on; of people taken in
// by a cut-off, also the other change that a reader is told of.
func (f Finding) ExpectedWords() string {
	low, high, ok := f.Expected()
	if !ok {
		return "How much of a change comes by itself (regression to the mean) is not available: " +
			strings.TrimPrefix(f.Reasons["regression_to_mean.range.expected_low"], NotEstimable+": ") + "."
	}
	words := f.RegressionToMean.Range.Words(f.between(low, high))
	if cut := f.ByCutoff(); cut != nil {
		words += " By the cut-off for entry it would be about " + f.between(*cut, *cut) + ", and the change is held against that."
	}
	return words
}

// Words is a range of changes, as it is written, with the "if" that it rests on.
func (r RegressionRange) Words(change string) string {
	return fmt.Sprintf("Regression to the mean alone would give people who begin here %s, %s and two scores go together with r %s.",
		change, r.If(), stated(r.RLow, r.RHigh))
}

// If is what has to hold of the people for the range to be theirs.
func (r RegressionRange) If() string {
	return fmt.Sprintf("if their usual level is %s points", stated(r.MeanLow, r.MeanHigh))
}

// between is a range of changes, "+0.8 to +1.3 points".
func (f Finding) between(low, high float64) string { return Between(low, high, f.Score) + " points" }

// Between writes a range of changes without unit, "+0.8 to +1.3", one number
// where both ends read alike.
func Between(low, high float64, s measure.Score) string {
	a, b := Signed(&low, s), Signed(&high, s)
	if a == b {
		return a
	}
	return a + " to " + b
}

// ExpectedFrom names the studies and the populations that the range rests on;
// empty where the definition names none.
func (f Finding) ExpectedFrom() string { return ExpectedFrom(f.Score) }

// ExpectedFrom is that of a score.
func ExpectedFrom(s measure.Score) string {
	var from []string
	for _, r := range s.Retests {
		from = append(from, fmt.Sprintf("r %s after %s, %s (%s)", asStated(r.Coefficient), r.Interval, r.Population, r.Source))
	}
	for _, n := range s.Populations() {
		if n.Mean != nil && len(s.Retests) > 0 {
			from = append(from, fmt.Sprintf("mean %s, %s (%s)", asStated(*n.Mean), n.Population, n.Source))
		}
	}
	if len(from) == 0 {
		return ""
	}
	return "From: " + strings.Join(from, "; ") + ". After a longer time two scores agree less, and more comes by itself; people who are usually lower than that have less to come back to."
}

// stated is a range of numbers as their sources have them, one number where both
// ends are the same.
func stated(low, high *float64) string {
	a, b := asStated(*low), asStated(*high)
	if a == b {
		return a
	}
	return a + " to " + b
}

// asStated writes a number with the decimals that it has, up to four.
func asStated(v float64) string {
	text := Fixed(&v, 4)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// telling is how many baselines it takes to tell by them who was taken in.
const telling = 10 // people

// takenInLow reports that nobody of ten or more began in the better half of the
// scale: people came because they were low, whoever decided it. It gives the best
// score that anybody began with, score points.
func (f Finding) takenInLow() (best float64, low bool) {
	all := f.BaselineAll
	if f.Score.Open || all.N < telling || all.Min == nil || all.Max == nil {
		return 0, false
	}
	middle := (f.Score.Min + f.Score.Max).Points(f.Score.Decimals) / 2
	if f.Score.Direction == measure.HigherIsBetter {
		return *all.Max, *all.Max < middle
	}
	return *all.Min, *all.Min > middle
}
