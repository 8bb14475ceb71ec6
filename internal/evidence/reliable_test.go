package evidence_test

import (
	"slices"
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A change of exactly the threshold counts only where its source says "or more".
func TestOf_ThresholdInclusiveOrNot(t *testing.T) {
	table := steps(map[scheme.Step]int{{From: 10, To: 13}: 5, {From: 20, To: 17}: 2, {From: 10, To: 14}: 1, {From: 10, To: 11}: 4})
	for _, c := range []struct {
		inclusive                bool
		improved, worse, neither int
	}{{false, 1, 0, 11}, {true, 6, 2, 4}} {
		score := measure.Score{Direction: measure.HigherIsBetter, Threshold: &measure.Threshold{Points: 3, Inclusive: c.inclusive, Source: "made up for a test"}}
		p := evidence.Of(score, table).ReliablyPublished
		if p.Improved.X != c.improved || p.Deteriorated.X != c.worse || p.NoChange.X != c.neither {
			t.Errorf("inclusive %v: %d better, %d worse, %d neither; want %+v", c.inclusive, p.Improved.X, p.Deteriorated.X, p.NoChange.X, c)
		}
	}
}

// Without a reliability there is no block at all, and the reason says so.
func TestOf_NoReliabilityNoBlock(t *testing.T) {
	table := steps(map[scheme.Step]int{{From: 4, To: 6}: 3, {From: 5, To: 5}: 3})
	f := evidence.Of(satisfaction(), table)
	if f.RCIFixedSD.Known() || f.RCIBaselineSD.Known() || f.ReliablyPublished != nil {
		t.Error("reliable change was given without a reliability or a threshold")
	}
	for path, want := range map[string]string{
		"rci_fixed_sd.threshold_196": "not estimable: no reliability is known for this score",
		"reliable_published":         "not estimable: no threshold is agreed for this score",
	} {
		if f.Reasons[path] != want {
			t.Errorf("%s: %q, want %q", path, f.Reasons[path], want)
		}
	}
	score := satisfaction()
	score.Reliability = &measure.Reliability{Coefficient: new(0.8)}
	f = evidence.Of(score, table)
	if f.RCIFixedSD.Known() || !f.RCIBaselineSD.Known() {
		t.Errorf("with a reliability and no reference SD: fixed %v, baseline %v; want only the second", f.RCIFixedSD, f.RCIBaselineSD)
	}
}

// Lost people have baselines too, and the spread of all of them is meant.
func TestOf_BaselineSDCountsTheLost(t *testing.T) {
	score := withReliability()
	table := with(steps(map[scheme.Step]int{{From: 20, To: 22}: 4}), scheme.Tally{State: scheme.BaselineOnly, From: 8, People: 4})
	f := evidence.Of(score, table)
	if sd := *f.BaselinePaired.SD; sd != 0 {
		t.Fatalf("SD of the paired baselines %v, want 0", sd)
	}
	if r := f.RCIBaselineSD; !r.Known() || *r.SD != *f.BaselineAll.SD || *r.SD < 6 {
		t.Errorf("reliable change from %+v, want the SD of all baselines, %v", r, *f.BaselineAll.SD)
	}
}

// The bounds are "fewer than": exactly 30 people, or exactly 60%, are enough.
func TestCautions_AtTheBounds(t *testing.T) {
	for _, c := range []struct {
		paired, lost    int
		few, incomplete bool
	}{
		{29, 0, true, false}, {30, 0, false, false},
		{60, 40, false, false}, {60, 41, false, true},
	} {
		table := with(steps(map[scheme.Step]int{{From: 4, To: 6}: c.paired}), scheme.Tally{State: scheme.BaselineOnly, From: 3, People: c.lost})
		all := evidence.Of(satisfaction(), table).Cautions()
		holds := func(what string) bool {
			return slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, what) })
		}
		if holds("fewer than 30") != c.few || holds("fewer than 60%") != c.incomplete {
			t.Errorf("%d of %d: %q", c.paired, c.paired+c.lost, all)
		}
	}
}

// People who died or moved away are in the flow and never among the lost.
func TestOf_ExitsAreNotLost(t *testing.T) {
	table := with(steps(map[scheme.Step]int{{From: 4, To: 6}: 10}),
		scheme.Tally{State: scheme.BaselineOnly, From: 1, Exit: scheme.ExitDied, People: 3},
		scheme.Tally{State: scheme.BaselineOnly, From: 5, Open: true, People: 7})
	c := evidence.Of(satisfaction(), table).Counts
	if c.Persons != 13 || c.Baseline != 10 || c.Lost != 0 || *c.OfBaseline.P != 1 {
		t.Errorf("counts %+v; want 13 people, 10 due, none lost", c)
	}
}

// Where people began is told when it decides which way they can move: from 15%
// at an end of the scale on, and whenever they were taken in by a cut-off.
func TestCautions_WherePeopleBegan(t *testing.T) {
	score := anxiety() // 0 to 10, lower is better
	for _, c := range []struct {
		table scheme.Transitions
		says  string
		want  bool
	}{
		{steps(map[scheme.Step]int{{From: 0, To: 0}: 3, {From: 5, To: 4}: 17}), "3 of 20 (15%) began at the best end", true},
		{steps(map[scheme.Step]int{{From: 0, To: 0}: 2, {From: 5, To: 4}: 18}), "best end", false},
		{steps(map[scheme.Step]int{{From: 10, To: 9}: 3, {From: 5, To: 4}: 17}), "3 of 20 (15%) began at the worst end", true},
	} {
		if got := strings.Join(evidence.Of(score, c.table).Cautions(), " "); strings.Contains(got, c.says) != c.want {
			t.Errorf("cautions %q; says %q should be %v", got, c.says, c.want)
		}
	}
	score.Norm = &measure.Norm{Mean: new(3.0), SD: new(2.0)}
	score.Reliability = &measure.Reliability{Coefficient: new(0.8)}
	table := steps(map[scheme.Step]int{{From: 8, To: 6}: 20})
	if got := strings.Join(evidence.Of(score, table).Cautions(), " "); !strings.Contains(got, "about −1.0 points could be expected of people who began here without any help, if their usual level is 3 points") {
		t.Errorf("cautions %q, want the expected change of −1", got)
	}
	score.Cutoff = &measure.Cutoff{Points: 6, Side: measure.Above}
	if got := strings.Join(evidence.Of(score, table).Cautions(), " "); !strings.Contains(got, "with scores above 6.0: a change of about −0.8 points") {
		t.Errorf("cautions %q, want the cut-off", got)
	}
}

// With 1.96 a change of 3 points is just not past the threshold, with 1.959964
// it is, and a change of exactly the threshold counts inclusively only.
func TestOf_ThresholdVariants(t *testing.T) {
	table := steps(map[scheme.Step]int{{From: 10, To: 13}: 4, {From: 12, To: 9}: 1, {From: 10, To: 10}: 2})
	score := measure.Score{Direction: measure.HigherIsBetter, Reliability: &measure.Reliability{Coefficient: new(0.5)}}
	for _, c := range []struct {
		name                         string
		sd                           float64
		improved, qnorm, inclusively int
		deteriorated                 int // inclusively
	}{
		{"between the two", 3 / 1.95999, 0, 4, 0, 0},
		{"exactly", 3 / 1.96, 0, 4, 4, 1},
		{"past both", 1.5, 4, 4, 4, 1},
	} {
		score.Reliability.SD = &c.sd
		f := evidence.Of(score, table)
		r := f.RCIFixedSD
		if f.Bounds.ImprovedWorst.X != c.improved {
			t.Errorf("%s: the bounds count %d improved, want %d", c.name, f.Bounds.ImprovedWorst.X, c.improved)
		}
		if r.Improved.X != c.improved || *r.IfQnorm[0] != c.qnorm || *r.IfInclusive[0] != c.inclusively || *r.IfInclusive[1] != c.deteriorated {
			t.Errorf("%s: %d improved, %d with 1.959964, %d and %d inclusively; want %+v", c.name, r.Improved.X, *r.IfQnorm[0], *r.IfInclusive[0], *r.IfInclusive[1], c)
		}
	}
}
