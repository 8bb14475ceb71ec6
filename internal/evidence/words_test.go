package evidence_test

import (
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A threshold of 0, from people who all began alike, calls nobody reliably
// better: any movement would pass it.
func TestSentence_NoThresholdOfNothing(t *testing.T) {
	score := withReliability()
	score.Reliability.SD = nil
	f := evidence.Of(score, steps(map[scheme.Step]int{{From: 12, To: 13}: 20, {From: 12, To: 11}: 15}))
	if *f.RCIBaselineSD.Threshold196 != 0 || f.RCIBaselineSD.Improved.X != 20 {
		t.Fatalf("reliable change %+v, want a threshold of 0 and its counts", f.RCIBaselineSD)
	}
	said := f.Sentence(evidence.Context{Scheme: "Riverside"})
	if strings.Contains(said, "reliably") || !strings.Contains(said, "by any amount") {
		t.Errorf("%q calls a movement reliable", said)
	}
	if cautions := strings.Join(f.Cautions(), " "); !strings.Contains(cautions, "No threshold of reliable change") {
		t.Errorf("cautions %q do not say that there is no threshold", cautions)
	}
}

// A cut-off that people did not come in by explains nothing.
func TestCautions_CutoffThatWasNotKept(t *testing.T) {
	score := withReliability()
	score.Norm = &measure.Norm{Mean: new(23.5), SD: new(4.0)}
	score.Cutoff = &measure.Cutoff{Points: 12, Side: measure.Below}
	for from, want := range map[measure.Level]bool{10: true, 25: false} {
		f := evidence.Of(score, steps(map[scheme.Step]int{{From: from, To: 14}: 20, {From: from + 1, To: 16}: 15}))
		if got := strings.Contains(strings.Join(f.Cautions(), " "), "taken in with scores below 12.0"); got != want {
			t.Errorf("people who began about %d: the cut-off is named %v, want %v", from, got, want)
		}
	}
}

// The tipping point is told the way the scores went, and not at all where the
// scale cannot hold it.
func TestTipping(t *testing.T) {
	lost := func(n int) scheme.Tally { return scheme.Tally{State: scheme.BaselineOnly, From: 5, People: n} }
	rose := map[scheme.Step]int{{From: 2, To: 5}: 20, {From: 3, To: 7}: 20}
	fell := map[scheme.Step]int{{From: 5, To: 2}: 20, {From: 7, To: 3}: 20}
	for _, c := range []struct {
		steps map[scheme.Step]int
		lost  int
		want  string
	}{
		{rose, 40, "reached if the lost rose by 6.7 points less than those found"},
		{fell, 40, "reached if the lost fell by 6.7 points less than those found"},
		{rose, 1, "out of reach: no scores that the lost can have had bring the interval to zero"},
		{rose, 0, "not estimable: nobody was lost"},
	} {
		table := steps(c.steps)
		if c.lost > 0 {
			table = with(table, lost(c.lost))
		}
		if got := evidence.Of(satisfaction(), table).Tipping(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// Estimates of any size can be told apart in words.
func TestPoolSentence_SmallAndLarge(t *testing.T) {
	for _, c := range []struct {
		estimates []evidence.Estimate
		want      string
	}{
		{[]evidence.Estimate{{Value: 0.0012, Variance: 1e-7}, {Value: 0.0021, Variance: 3e-7}, {Value: 0.0009, Variance: 2e-7}}, "+0.00130"},
		{[]evidence.Estimate{{Value: 3e14, Variance: 1e26}, {Value: 5e14, Variance: 1e26}, {Value: 4e14, Variance: 1e26}}, "+4.000e+14"},
	} {
		p, _ := evidence.PoolOf(c.estimates)
		if got := p.Sentence("Mean", "studies", evidence.PlainOf(c.estimates)); !strings.Contains(got, "Mean of 3 studies together: "+c.want) {
			t.Errorf("%q, want it to hold %q", got, c.want)
		}
	}
}

func TestDecimals(t *testing.T) {
	for decimals, want := range []int{1, 2, 2, 3, 4} {
		if got := evidence.Decimals(measure.Score{Decimals: decimals}); got != want {
			t.Errorf("a score with %d decimals is shown with %d, want %d", decimals, got, want)
		}
	}
}

func TestSentence_OnePersonLost(t *testing.T) {
	f := evidence.Of(satisfaction(), with(steps(nil), scheme.Tally{State: scheme.BaselineOnly, From: 5, People: 1}))
	if said := f.Sentence(evidence.Context{Scheme: "Riverside"}); !strings.Contains(said, "0 of 1 person with a baseline was measured again") {
		t.Errorf("%q", said)
	}
}
