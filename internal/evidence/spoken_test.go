package evidence_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// reliabilityAlone is a score without a published threshold and without a
// reference group: only the spread of the baselines can give a threshold.
func reliabilityAlone() measure.Score {
	s := withReliability()
	s.Reliability = &measure.Reliability{Coefficient: new(0.85)}
	return s
}

// Without a reference group the SD of the baselines stands in, for a scheme and
// in words; one person has no such SD, and so no threshold.
func TestReliableByTheBaselinesAlone(t *testing.T) {
	f := evidence.Of(reliabilityAlone(), steps(map[scheme.Step]int{{From: 10, To: 20}: 3, {From: 20, To: 20}: 3, {From: 30, To: 28}: 3}))
	if !f.Reliable() {
		t.Error("there is a threshold by the SD of the baselines, and none is known")
	}
	if points, ok := f.Threshold(); ok {
		t.Errorf("one person is judged by %g points, which are of these people's spread", points)
	}
	better, same, worse, by := f.Movement()
	if better.X != 3 || same.X != 6 || worse.X != 0 || !strings.HasSuffix(by, "the SD of the baselines") {
		t.Errorf("%d better, %d the same, %d worse, by %q", better.X, same.X, worse.X, by)
	}
}

// A change smaller than a point for the worse is for the worse.
func TestASmallChangeForTheWorse(t *testing.T) {
	f := evidence.Of(satisfaction(), steps(map[scheme.Step]int{{From: 5, To: 5}: 3, {From: 6, To: 5}: 3}))
	if said := f.Sentence(evidence.Context{Measure: "ons4", Occasion: "post"}); !strings.Contains(said, "0.5 points for the worse") {
		t.Errorf("%q", said)
	}
}

// The shares of those due and of everybody are of different people.
func TestCautionNamesTheShareOfThoseDue(t *testing.T) {
	table := with(steps(map[scheme.Step]int{{From: 5, To: 6}: 40}),
		scheme.Tally{State: scheme.BaselineOnly, Stage: scheme.StageStarted, From: 5, People: 60},
		scheme.Tally{State: scheme.Enrolled, Stage: scheme.StageReferred, People: 100})
	got := evidence.Of(satisfaction(), table).Cautions()
	if want := "40% of those due were measured again (40 of 100)"; !strings.HasPrefix(got[0], want) {
		t.Errorf("%q, want it to begin %q", got[0], want)
	}
}

// A tipping point within the scale's length is said; one beyond it is out of
// reach, also on a scale that does not begin at 0.
func TestTippingIsHeldAgainstTheLengthOfTheScale(t *testing.T) {
	f := evidence.Of(withReliability(), steps(map[scheme.Step]int{{From: 20, To: 22}: 10}))
	for size, reached := range map[float64]bool{27.9: true, 28: true, 28.1: false, 41: false} {
		f.Bounds.TippingPoint = &size
		if out := strings.HasPrefix(f.Tipping(), "out of reach"); out == reached {
			t.Errorf("%g points on 7 to 35: %q", size, f.Tipping())
		}
	}
}

// The edges of how numbers are written.
func TestWrittenAtTheEdge(t *testing.T) {
	for p, want := range map[float64]string{0.001: "0.001", 0.00099: "under 0.001"} {
		if got := evidence.PValue(&p); got != want {
			t.Errorf("p %g is written %q, want %q", p, got, want)
		}
	}
}

// Every score is drawn: the person's own first, then each other rater's, with
// how it was taken.
func TestRead_Lines(t *testing.T) {
	c := course(t, anxiety(), 6)
	c.Measure.Rater = measure.Self
	c.Points[0].Channel, c.Points[0].Helper = "in-person", "interpreter"
	c.Others = []scheme.Rated{{By: measure.Proxy, Points: []scheme.Point{{On: dayOf(t, "2026-02-01"), Level: 8, Helper: "nobody"}}}}
	lines := evidence.Read(c).Lines()
	want := []evidence.Line{
		{Name: measure.Self.Label(), Compared: true, Dots: []evidence.Dot{{On: c.Points[0].On, When: "12 January 2026", Level: 6, How: "In person, helped by an interpreter"}}},
		{Name: measure.Proxy.Label(), Dots: []evidence.Dot{{On: dayOf(t, "2026-02-01"), When: "1 February 2026", Level: 8, How: "no help"}}},
	}
	if fmt.Sprint(lines) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", lines, want)
	}
	c.Points = nil
	if lines := evidence.Read(c).Lines(); len(lines) != 1 || lines[0].Compared {
		t.Errorf("%v without a score of the person's own", lines)
	}
}

// What a pair of an individualised measure was compared over is said.
func TestRead_NamedProblems(t *testing.T) {
	c := course(t, anxiety(), 6, 4)
	c.Named, c.Measure.Own, c.Score.Rating = 2, &measure.Own{Name: "problem"}, "severity"
	if got := evidence.Read(c).Asides(); !slices.Contains(got, "2 problems were rated both times, and only that is compared: 6, then 4.") {
		t.Errorf("%q", got)
	}
}
