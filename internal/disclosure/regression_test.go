package disclosure_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/disclosure"
	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// studied is a score with two studies of how far two scores go together, and no
// one reliability.
func studied() measure.Score {
	s := wellbeing()
	s.Reliability = nil
	s.Retests = []measure.Retest{{Coefficient: 0.6, Low: 0.5, High: 0.67, Interval: "a year", Population: "nobody", Source: "made up for a test"}}
	return s
}

// The range is the arithmetic on the mean as shown, and on nothing else: it is
// the same for any finding that shows that mean.
func TestShow_theRegressionRangeFollowsFromTheMeanAsShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := disclosure.Show(disclosure.Policy{}, finding(studied(), spread(rapid.IntRange(1, 120).Draw(t, "people"))...))
		low, high, ok := f.ByItself()
		if f.Before.Mean == nil {
			if ok || f.Hidden["regression_to_mean.range.expected_low"] != f.Hidden["before.mean"] {
				t.Fatalf("without a mean: %v to %v, %v", low, high, f.Hidden)
			}
			return
		}
		away := 25 - *f.Before.Mean // the population's mean is 25
		if math.Abs(low-math.Round(away*0.33*10)/10) > 1e-9 || math.Abs(high-math.Round(away*0.5*10)/10) > 1e-9 {
			t.Fatalf("from %v: %v to %v", *f.Before.Mean, low, high)
		}
	})
}

// Everything that is said of a change says beside it what could have come by
// itself, and what that rests on.
func TestShow_saysWhatComesByItself(t *testing.T) {
	up := func(by measure.Level) []group {
		return []group{{people: 30, from: 14, to: 14 + by}, {people: 30, from: 16, to: 15 + by}}
	}
	unknown := wellbeing()
	unknown.Reliability = nil
	for name, c := range map[string]struct {
		of   evidence.Finding
		said string
	}{
		"no more than that": {finding(studied(), up(3)...), "About +3.3 to +5.0 points could be expected of people who began here without any help, if their usual level is 25 points (regression to the mean): this may be no more than that."},
		"more":              {finding(studied(), up(9)...), "(regression to the mean): this is more."},
		"harm":              {finding(studied(), up(-6)...), "if their usual level is 25 points (regression to the mean). Of the"},
		"not known":         {finding(unknown, up(9)...), "How much of that comes by itself (regression to the mean) is not known for this score."},
	} {
		f := concluded(c.of)
		for where, text := range map[string]string{
			"the sentence": f.Sentence(evidence.Context{}), "what may be said": strings.Join(f.Claims.May, " ") + " Of the",
		} {
			if !strings.Contains(text, strings.TrimSuffix(c.said, " Of the")) {
				t.Errorf("%s: %s is %s", name, where, text)
			}
		}
		if said := strings.Join(f.Cautions(), " "); name != "not known" && !strings.Contains(said, "if their usual level is 25 points and two scores go together with r 0.5 to 0.67.") {
			t.Errorf("%s: the cautions are %s", name, said)
		}
	}
	old := concluded(finding(wellbeing(), up(3)...)) // as releases were before there was a range
	old.Regression.Range = nil
	if said := old.Sentence(evidence.Context{}); strings.Contains(said, "could be expected") {
		t.Errorf("an old release says something new: %s", said)
	}
	if said := strings.Join(old.Cautions(), " "); !strings.Contains(said, "A change of about +2.0 points was to be expected") {
		t.Errorf("an old release lost what it said: %s", said)
	}
}
