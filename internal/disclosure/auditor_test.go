package disclosure

import (
	"errors"
	"slices"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// twoSexes is a year of women and men, as so many pairs that moved alike.
func twoSexes(t *testing.T, women, men int) []Exact {
	t.Helper()
	score := measure.Score{Series: "ten", Name: "Nought to ten", Min: 0, Max: 10, Direction: measure.HigherIsBetter}
	table := func(women, men int) evidence.Finding {
		t := scheme.NewTransitions()
		for i := range women {
			t.Add(scheme.Tally{State: scheme.Paired, Stage: scheme.StageStarted, From: measure.Level(2 + i%5), To: measure.Level(3 + i%6), People: 1})
		}
		for i := range men {
			t.Add(scheme.Tally{State: scheme.Paired, Stage: scheme.StageStarted, From: measure.Level(3 + i%5), To: measure.Level(3 + i%4), People: 1})
		}
		return evidence.Of(score, t)
	}
	questions, err := List(Listing{Scheme: "riverside", Series: "ten", Grain: Yearly, From: 8100, To: 8103, By: []scheme.Dimension{scheme.BySex}})
	if err != nil {
		t.Fatal(err)
	}
	var all []Exact
	for _, q := range questions {
		switch q.FilterKey() {
		case "":
			all = append(all, Exact{Question: q, Finding: table(women, men)})
		case "sex=female":
			all = append(all, Exact{Question: q, Finding: table(women, 0)})
		case "sex=male":
			all = append(all, Exact{Question: q, Finding: table(0, men)})
		default:
			all = append(all, Exact{Question: q, Finding: table(0, 0)})
		}
	}
	return all
}

func auditorOf(t *testing.T, now []Exact) (*auditor, []Figure) {
	t.Helper()
	figures := make([]Figure, len(now))
	for i, e := range now {
		figures[i] = Show(Policy{}, e.Finding)
		figures[i].Question = e.Question
	}
	m, err := plan(now, figures, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &auditor{model: m, policy: Policy{}.settled()}, figures
}

// A figure that the truth does not fit is a fault of ours, and no release.
func TestAuditor_RefusesFiguresThatAreNotTrue(t *testing.T) {
	a, figures := auditorOf(t, twoSexes(t, 40, 30))
	if err := a.run(); err != nil {
		t.Fatal(err)
	}
	for i := range figures {
		if figures[i].Question.FilterKey() == "" {
			figures[i].Flow.Paired = Count{N: new(90)}
		}
	}
	if err := a.run(); !errors.Is(err, ErrUnsafe) {
		t.Errorf("70 people shown as 90: %v", err)
	}
}

// Where nothing is left to hide there is no release.
func TestAuditor_GivesUp(t *testing.T) {
	a, _ := auditorOf(t, twoSexes(t, 40, 30))
	for _, n := range a.nodes {
		a.blank(n, "a test")
	}
	always := exposure{node: 0, place: cWorse, what: "the count", by: reason{about: ofGroups}}
	if err := a.conceal(always); !errors.Is(err, ErrUnsafe) {
		t.Errorf("with nothing left to hide: %v", err)
	}
}

// pinnedMen is 42 women and 5 men, whose number follows from the others'.
func pinnedMen(t *testing.T) (a *auditor, figures []Figure, men int) {
	t.Helper()
	now := twoSexes(t, 42, 5)
	a, figures = auditorOf(t, now)
	for i := range figures {
		// Under a threshold that rounds to less than itself, 47 and 42 are shown
		// exactly: Settled would not let these pass.
		switch question := figures[i].Question; question.FilterKey() {
		case "":
			figures[i] = Policy{Threshold: 47}.show(now[i].Finding)
			figures[i].Question = question
		case "sex=female":
			figures[i] = Policy{Threshold: 42}.show(now[i].Finding)
			figures[i].Question = question
		case "sex=male":
			men = i
		default:
			figures[i].Flow.Paired = Count{Under: 1}
		}
	}
	if !a.pins(t, men) {
		t.Fatal("the men are not pinned: the test tests nothing")
	}
	return a, figures, men
}

// pins reports whether fewer than two numbers of people measured twice are left.
func (a *auditor) pins(t *testing.T, node int) bool {
	t.Helper()
	a.shown()
	if err := a.settle(); err != nil {
		t.Fatal(err)
	}
	return a.left(a.nodes[node].cell(cPaired)) < choices
}

// What was hidden and did not help is shown again, and the report does not name
// it: here the men's mean, which tells nothing of how many they are.
func TestAuditor_ShowsAgainWhatDidNotHelp(t *testing.T) {
	a, figures, men := pinnedMen(t)
	figures[men].Before.Mean, figures[men].After.Mean, figures[men].Change.Mean = new(5.0), new(4.2), new(-0.8)
	if !a.pins(t, men) {
		t.Fatal("with a mean the men are not pinned: the test tests nothing")
	}
	if err := a.conceal(a.exposed(a.nodes[men], cPaired, "the count flow.paired")); err != nil {
		t.Fatal(err)
	}
	if a.pins(t, men) {
		t.Error("the men are still pinned")
	}
	if figures[men].Before.Mean == nil || figures[men].After.Mean == nil || figures[men].Hidden["before.mean"] == WhyCareful {
		t.Errorf("the mean stays hidden, which did not help: %v", figures[men].Hidden)
	}
	if len(a.report.Hidden) != 1 || a.report.Hidden[0].Path == "scores" {
		t.Errorf("hidden: %+v", a.report.Hidden)
	}
}

// A count that the siblings pin is freed by hiding the smallest of them that is
// enough, with better, same and worse as a whole or not at all.
func TestAuditor_FreesWhatIsPinned(t *testing.T) {
	a, _, men := pinnedMen(t)
	if found := a.smallCells(); !slices.ContainsFunc(found, func(e exposure) bool { return e.node == men && e.place == cPaired }) {
		t.Errorf("the auditor found only %+v", found)
	}
	if err := a.conceal(a.exposed(a.nodes[men], cPaired, "the count flow.paired")); err != nil {
		t.Fatal(err)
	}
	if a.pins(t, men) {
		t.Error("the men are still pinned")
	}
	if len(a.report.Hidden) != 1 {
		t.Errorf("hidden: %+v", a.report.Hidden)
	}
}

// What is worked out follows from the rows: each by hand.
func TestSystem(t *testing.T) {
	var s system
	whole, a, b := s.add(78, 82), s.add(43, 47), s.add(0, 9)
	c := s.add(28, 32)
	s.equal(reason{}, term{whole, -1}, term{a, 1}, term{b, 1}, term{c, 1})
	if err := s.settle(); err != nil {
		t.Fatal(err)
	}
	if s.low[b] != 0 || s.high[b] != 9 || s.low[whole] != 78 {
		t.Errorf("wide ranges were narrowed: %v %v", s.low, s.high)
	}
	s.within(a, 47, 47)
	s.within(c, 32, 32)
	if err := s.settle(); err != nil {
		t.Fatal(err)
	}
	if s.low[b] != 0 || s.high[b] != 3 || s.low[whole] != 79 {
		t.Errorf("80 less 47 less 32: %v to %v of %v", s.low[b], s.high[b], s.low[whole])
	}
	if s.possible(b, 4) || !s.possible(b, 3) || s.low[b] != 0 || s.high[b] != 3 {
		t.Error("trying out leaves something behind, or is wrong")
	}
	s.within(b, 5, 9)
	if err := s.settle(); !errors.Is(err, errImpossible) {
		t.Errorf("a contradiction: %v", err)
	}
}
