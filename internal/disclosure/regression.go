package disclosure

import (
	"math"

	"cairn/internal/evidence"
	"cairn/internal/stat"
)

// Regression is the change to be expected of people who began here without any
// help, score points, from the mean before as shown and published facts. Range
// goes over all that is stated of the score; Expected has one reliability, where
// there is one. Releases made before method 3 have no Range.
type Regression struct {
	Population *float64                  `json:"pop_mean"`
	Rho        *float64                  `json:"rho"` // 0 to 1, test-retest
	Expected   *float64                  `json:"expected_change"`
	Range      *evidence.RegressionRange `json:"range,omitempty"`
}

const (
	atRegression = "regression_to_mean."
	atRange      = atRegression + "range."
)

// regression is what was to be expected of people who began here.
func (s showing) regression() {
	r, sc := &s.Figure.Regression, s.from.Score
	began := stat.Paired{MeanBefore: stat.Refused(stat.Refusal(s.Hidden["before.mean"]))}
	if mean := s.Before.Mean; mean != nil {
		began.MeanBefore = stat.Known(*mean)
	}
	of := evidence.ExpectationOf(sc, began)
	r.Range = &evidence.RegressionRange{
		RLow: s.stated("r_low", of.R[0]), RHigh: s.stated("r_high", of.R[1]),
		MeanLow: s.stated("mean_low", of.Mean[0]), MeanHigh: s.stated("mean_high", of.Mean[1]),
		Low: s.stated("expected_low", of.Change[0]), High: s.stated("expected_high", of.Change[1]),
	}
	if r.Range.Low != nil {
		r.Range.Low, r.Range.High = tenth(*r.Range.Low), tenth(*r.Range.High)
	}
	if sc.Norm != nil {
		r.Population = sc.Norm.Mean
	}
	if sc.Reliability != nil {
		r.Rho = sc.Reliability.Coefficient
	}
	if r.Population == nil {
		s.hide(atRegression+"pop_mean", "no mean of a population is known for this score")
	}
	if r.Rho == nil {
		s.hide(atRegression+"rho", "no reliability is known for this score")
	}
	if r.Population == nil || r.Rho == nil || s.Before.Mean == nil {
		s.hideAgain(atRegression+"expected_change", "needs the mean before, one mean of a population and one reliability; see the range")
		return
	}
	r.Expected = s.reckoned(atRegression+"expected_change", began.ExpectedChange(*r.Population, *r.Rho), 10)
}

// stated puts a number of the range, or why there is none.
func (f *Figure) stated(key string, v stat.Number) *float64 {
	if why := v.Why(); v.Ptr() == nil {
		f.hideAgain(atRange+key, why.Error())
	}
	return v.Ptr()
}

// hideRegression takes away what follows from the mean before.
func (f *Figure) hideRegression(why string) {
	f.Regression.Expected = nil
	f.hideAgain(atRegression+"expected_change", why)
	if r := f.Regression.Range; r != nil {
		kept := *r // a copy of the figure may hold the same
		kept.Low, kept.High = nil, nil
		f.Regression.Range = &kept
	}
	f.hideAgain(atRange+"expected_low", why)
	f.hideAgain(atRange+"expected_high", why)
}

// ByItself is the range of changes that were to be expected without any help, the
// lower end first, score points; ok is false where it is not known.
func (f Figure) ByItself() (low, high float64, ok bool) {
	r := f.Regression.Range
	if r == nil || r.Low == nil || r.High == nil {
		return 0, 0, false
	}
	return *r.Low, *r.High, true
}

// ByItselfText is the range as it is written beside other changes, "+0.8 to +1.3";
// where it is not known, why.
func (f Figure) ByItselfText() string {
	low, high, ok := f.ByItself()
	if !ok {
		return NotShown + ": " + f.Hidden[atRange+"expected_low"]
	}
	if low == high {
		return signed(&low)
	}
	return signed(&low) + " to " + signed(&high)
}

// ByItselfWords is the range with what it rests on, or why there is none; empty in
// releases that were made without it.
func (f Figure) ByItselfWords() string {
	switch _, _, ok := f.ByItself(); {
	case f.Regression.Range == nil:
		return ""
	case !ok:
		return "How much of a change comes by itself (regression to the mean) is not known: " + f.Hidden[atRange+"expected_low"] + "."
	}
	return f.Regression.Range.Words(f.ByItselfText() + " points")
}

// weighed holds the change against what comes by itself, with the "if" that this
// rests on; empty where nothing was shown to weigh.
func (f Figure) weighed() string {
	low, high, ok := f.ByItself()
	worst, _, intervalled := f.intervalEnds()
	better := intervalled && worst > 0
	switch {
	case f.Regression.Range == nil || f.Change.Mean == nil:
		return ""
	case !ok && better:
		return "How much of that comes by itself (regression to the mean) is not known for this score."
	case !ok:
		return ""
	}
	text := "About " + f.ByItselfText() + " points could be expected of people who began here without any help, " + f.Regression.Range.If() + " (regression to the mean)"
	switch most := math.Max(f.better(low), f.better(high)); {
	case better && worst <= most:
		return text + ": this may be no more than that."
	case better:
		return text + ": this is more."
	}
	return text + "."
}
