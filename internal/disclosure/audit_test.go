package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"cairn/internal/disclosure"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

// region is so many schemes with people for a year, each cut by all dimensions.
func region(seed uint64, schemes, people int) world {
	r := newRand(seed)
	w := world{score: wellbeing()}
	for i := range schemes {
		name := fmt.Sprintf("scheme-%02d", i)
		for range people {
			w.people = append(w.people, w.somebody(r, name, 4))
		}
		w.list(name, people*3/4, 4, dimensions())
	}
	return w
}

func audited(t *testing.T, now []disclosure.Exact, before ...[]disclosure.Figure) ([]disclosure.Figure, disclosure.Report) {
	t.Helper()
	figures, report, err := disclosure.Audit(disclosure.Policy{}, now, before)
	if err != nil {
		t.Fatal(err)
	}
	return figures, report
}

// The same release, asked in another order, is the same bytes.
func TestAudit_IsTheSameInAnyOrder(t *testing.T) {
	w := region(1, 2, 300)
	now := w.asked(t)
	first, report := audited(t, now)
	slices.Reverse(now)
	again, second := audited(t, now)
	if body(t, first) != body(t, again) || body(t, report) != body(t, second) {
		t.Error("the order of the findings changes the release")
	}
	if len(first) != len(now) || report.Figures != len(now) {
		t.Errorf("%d figures of %d", len(first), len(now))
	}
	for _, f := range first {
		if len(f.Question.Filters) > 0 && (len(f.Distribution.Bands) > 0 || f.Flow.Died.Under > 0) {
			t.Fatalf("%s shows more than a group's figure does", f.Question.Key())
		}
	}
}

// alone is a year of one scheme by sex: women, and one man who stands apart.
func alone(score measure.Score, women int, man group) world {
	w := world{score: score}
	for i := range women {
		w.people = append(w.people, person{scheme: "riverside", closes: firstQuarter, state: scheme.Paired, stage: scheme.StageStarted,
			traits: map[scheme.Dimension]string{scheme.BySex: "female"}, id: i,
			from: measure.Level(20 + (i*7)%30), to: measure.Level(25 + (i*11)%35)})
	}
	for range man.people {
		w.people = append(w.people, person{scheme: "riverside", closes: firstQuarter, state: scheme.Paired, stage: scheme.StageStarted,
			traits: map[scheme.Dimension]string{scheme.BySex: "male"}, id: -1, from: man.from, to: man.to})
	}
	w.list("riverside", 20, 4, []scheme.Dimension{scheme.BySex})
	return w
}

func by(figures []disclosure.Figure, filter string) disclosure.Figure {
	i := slices.IndexFunc(figures, func(f disclosure.Figure) bool { return f.Question.FilterKey() == filter })
	return figures[i]
}

// Everybody less all women is the one man. On a scale from 0 to 100, of few
// people, that tells his score to a point or two.
func TestAudit_HidesWhoeverLeavesOneAlone(t *testing.T) {
	long := scores()[4]
	for women, hidden := range map[int]bool{14: true, 90: false} {
		w := alone(long, women, group{people: 1, from: 3, to: 97})
		// Everybody is shown of the quarter, groups of the year; nobody else is there.
		figures, report := audited(t, w.asked(t))
		if got := by(figures, "sex=female").Before.Mean == nil || by(figures, "").Before.Mean == nil; got != hidden {
			t.Errorf("%d women: a mean is hidden is %v: %+v", women, got, report.Hidden)
		}
		if hidden && by(figures, "sex=female").Movement.Better.PercentText() == "" {
			t.Error("better, same and worse went with the means")
		}
	}
}

// The one man is what women and others leave of everybody.
func TestAudit_HidesWhomSeveralGroupsLeaveAlone(t *testing.T) {
	w := alone(scores()[4], 22, group{people: 1, from: 3, to: 97})
	for i := range w.people[:10] {
		w.people[i].traits = map[scheme.Dimension]string{scheme.BySex: "other"}
	}
	figures, report := audited(t, w.asked(t))
	hidden := 0
	for _, filter := range []string{"", "sex=female", "sex=other"} {
		if by(figures, filter).Before.Mean == nil {
			hidden++
		}
	}
	if hidden != 1 {
		t.Errorf("%d means are hidden, one is enough: %+v", hidden, report.Hidden)
	}
}

// One person more than in the release before: what changed is what they scored.
func TestAudit_HidesTheNewcomer(t *testing.T) {
	ten := scores()[3]
	w := alone(ten, 11, group{})
	for i := range w.people {
		w.people[i].from, w.people[i].to = measure.Level(3+i%5), measure.Level(4+i%4)
	}
	before, _ := audited(t, w.asked(t))
	again, report := audited(t, w.asked(t), before)
	if body(t, before) != body(t, again) {
		t.Errorf("nothing changed, and the release did: %+v", report.Hidden)
	}
	w.people = append(w.people, w.people[0])
	w.people[11].from, w.people[11].to = 10, 0
	if fresh := by(first(audited(t, w.asked(t))), "sex=female"); fresh.Before.Mean == nil {
		t.Fatal("without a release before it there is nothing to hide")
	}
	after, report := audited(t, w.asked(t), before)
	if f := by(after, "sex=female"); f.Before.Mean != nil || f.After.Mean != nil {
		t.Errorf("the newcomer's score can be told: %+v", report.Hidden)
	}
}

func first(figures []disclosure.Figure, _ disclosure.Report) []disclosure.Figure { return figures }

func BenchmarkAudit(b *testing.B) {
	w := region(1, 30, 400)
	now := w.asked(b)
	for b.Loop() {
		_, report, err := disclosure.Audit(disclosure.Policy{}, now, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(report.Figures), "figures")
		b.ReportMetric(float64(report.Rounds), "rounds")
		b.ReportMetric(float64(len(report.Hidden)), "hidden")
	}
}
