package evidence_test

import (
	"math"
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// begun is a table of n people who begin at from, from+1, ... up to to, again
// and again, and move by change and now and then one more.
func begun(n int, from, to, change measure.Level) scheme.Transitions {
	t := scheme.NewTransitions()
	for i := range n {
		begin := from + measure.Level(i)%(to-from+1)
		t.Add(scheme.Tally{State: scheme.Paired, Stage: scheme.StageStarted, From: begin, To: begin + change + measure.Level(i%2), People: 1})
	}
	return t
}

func sided() evidence.SideNames {
	return evidence.SideNames{Reference: "without a therapist", Other: "with a therapist"}
}

// Two groups that began alike are compared at the same baseline. Both change by
// their own half point on average, so the difference of what they gained is all
// that is left.
func TestSidesAtTheSameBaseline(t *testing.T) {
	score := measure.Score{Name: "wellbeing", Direction: measure.HigherIsBetter, Max: 40}
	s := evidence.NewSides(score, begun(40, 10, 19, 1), begun(60, 10, 19, 3), sided())
	if len(s.Refused) > 0 {
		t.Fatal(s.Refused)
	}
	diff, lo, hi := s.Difference()
	if math.Abs(*diff-2) > 1e-9 || !(*lo < 2 && 2 < *hi) || *lo < 1.5 || *hi > 2.5 {
		t.Errorf("difference %v, %v to %v", *diff, *lo, *hi)
	}
	if got := s.Sentence(sided()); !strings.HasPrefix(got, "At the same baseline, the later scores of people with a therapist differ from those of people without a therapist by +2.0 points, 95% interval +1.") || strings.Contains(got, "includes no difference") {
		t.Error(got)
	}
	same := evidence.NewSides(score, begun(40, 10, 19, 1), begun(60, 10, 19, 1), sided())
	if got := same.Sentence(sided()); !strings.HasSuffix(got, "The interval includes no difference.") {
		t.Error(got)
	}
	people := 0
	for _, part := range s.Strata {
		people += part.Reference.Counts.Paired + part.Other.Counts.Paired
	}
	if len(s.Strata) != 3 || people != 100 || s.Strata[0].Name != "10 to 12" {
		t.Errorf("%d strata with %d people, the first %s", len(s.Strata), people, s.Strata[0].Name)
	}
}

// Groups that hardly meet, that are small, or that somebody else has a reason
// against are not compared; each reason is said, and no number is.
func TestSidesThatAreRefused(t *testing.T) {
	score := measure.Score{Name: "wellbeing", Direction: measure.HigherIsBetter, Max: 40}
	alike := begun(40, 10, 19, 1)
	for name, c := range map[string]struct {
		other scheme.Transitions
		more  []string
		says  []string
	}{
		"19 people":            {other: begun(19, 10, 19, 1), says: []string{"19 people were measured twice with a therapist, and at least 20 are needed"}},
		"nobody":               {other: scheme.NewTransitions(), says: []string{"0 people were measured twice with a therapist"}},
		"they begin elsewhere": {other: begun(40, 16, 30, 1), says: []string{"began within the middle nine tenths", "standard deviations apart; at most 1"}},
		"a quarter is outside": {other: begun(40, 10, 23, 1), says: []string{"Only 75% of those with a therapist began within"}},
		"everybody at one":     {other: begun(40, 15, 15, 1), says: []string{"Only 10% of those without a therapist began within"}},
		"too few of them":      {other: begun(40, 10, 19, 1), more: []string{"Two therapists stand for all of these people."}, says: []string{"Two therapists stand"}},
	} {
		s := evidence.NewSides(score, alike, c.other, sided(), c.more...)
		said := strings.Join(s.Refused, " ")
		for _, want := range c.says {
			if !strings.Contains(said, want) {
				t.Errorf("%s: %q does not say %q", name, said, want)
			}
		}
		diff, _, _ := s.Difference()
		if diff != nil || s.Compared != nil || len(s.Strata) > 0 || s.Sentence(sided()) != "These two groups are not compared." {
			t.Errorf("%s: refused and compared: %+v", name, diff)
		}
	}
}

// The borders are those of the definition: exactly 80% inside, exactly one
// standard deviation and exactly 20 people are enough.
func TestOverlapAtItsBorders(t *testing.T) {
	o := evidence.Overlap{N: [2]int{20, 20}, SMD: pointer(-1)}
	for i := range o.Inside {
		o.Inside[i] = evidence.Proportion{X: 16, N: 20, P: pointer(0.8)}
	}
	if why := o.Refused("a", "b"); len(why) > 0 {
		t.Errorf("refused at the border: %v", why)
	}
	o.SMD, o.Inside[1].P = pointer(1.0001), pointer(0.7999)
	if why := o.Refused("a", "b"); len(why) != 2 {
		t.Errorf("past the border: %v", why)
	}
}

func pointer(v float64) *float64 { return &v }
