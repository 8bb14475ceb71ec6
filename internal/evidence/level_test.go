package evidence_test

import (
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// laidDown is a plan that names the score first, as a service has it.
func laidDown() evidence.Design {
	return evidence.Design{Ground: evidence.DatedPlan, Primary: true, Versions: 1, Figures: 1}
}

func waiting() *evidence.Comparator {
	return &evidence.Comparator{
		Name: "people on the waiting list", Source: "Riverside, 2026", Concurrent: true, Eligible: true,
		SameScore: true, Overlap: true, Of: "53 people after the start and 37 people while waiting",
		Difference: "against the comparison group (people on the waiting list), at the same baseline, the difference is +0.5 points (95% interval +0.1 to +0.9; higher is better), all of it for the better",
	}
}

// twice are so many people measured twice with a spread of changes, and so many
// lost.
func twice(paired, lost int, by scheme.Step) scheme.Transitions {
	t := scheme.NewTransitions()
	for i := range paired {
		step := by
		if i%3 == 0 {
			step.To = by.From
		}
		t.Add(scheme.Tally{State: scheme.Paired, Stage: scheme.StageStarted, From: step.From, To: step.To, People: 1})
	}
	t.Add(scheme.Tally{State: scheme.BaselineOnly, Stage: scheme.StageStarted, From: by.From, People: lost})
	return t
}

func TestLevel(t *testing.T) {
	better, worse := scheme.Step{From: 5, To: 7}, scheme.Step{From: 7, To: 4}
	late := laidDown()
	late.Primary = false
	compared := laidDown()
	compared.Comparator = waiting()
	apart := laidDown()
	apart.Comparator = waiting()
	apart.Comparator.Overlap = false
	nameless := laidDown()
	nameless.Comparator = waiting()
	nameless.Comparator.Source = ""
	again := compared
	again.Replication = &evidence.Replication{Compared: 3, Pooled: true, Predicted: true}
	two := compared
	two.Replication = &evidence.Replication{Compared: 2, Pooled: true, Predicted: true}
	uncontrolled := laidDown()
	uncontrolled.Replication = again.Replication

	for _, c := range []struct {
		name   string
		table  scheme.Transitions
		design evidence.Design
		want   int
		fails  string // said among what did not hold
		raise  string // and among what would raise it
	}{
		{"nobody", scheme.NewTransitions(), laidDown(), 0, "0 people have a baseline and were due", "10 people more"},
		{"nine due", twice(9, 0, better), laidDown(), 0, "9 people have a baseline and were due a second score, fewer than 10", "1 person more"},
		{"ten due", twice(10, 0, better), laidDown(), 1, "10 people were measured twice, fewer than 30", "20 people more measured twice"},
		{"29 measured twice", twice(29, 0, better), laidDown(), 1, "29 people were measured twice", "1 person more"},
		{"30 measured twice", twice(30, 0, better), laidDown(), 2, "no comparison group", "A comparison"},
		{"30 of 50", twice(30, 20, better), laidDown(), 2, "no comparison group", "A comparison"},
		{"30 of 51", twice(30, 21, better), laidDown(), 1, "30 of 51 (59%)", "1 person more of these"},
		{"poor completeness, however many", twice(400, 400, better), laidDown(), 1, "400 of 800 (50%)", "80 people more of these"},
		{"not set beforehand", twice(40, 0, better), late, 1, "exploratory", "the plan names first"},
		{"no plan", twice(40, 0, better), evidence.Design{}, 0, "Nothing shows what", "Record in Cairn"},
		{"a file", twice(40, 0, better), evidence.Design{Ground: evidence.SettingsFile}, 1, "exploratory", "the plan names first"},
		{"no interval", steps(map[scheme.Step]int{{From: 5, To: 6}: 40}), laidDown(), 1, "There is no interval", "whose scores differ"},
		{"worse", twice(40, 0, worse), laidDown(), 2, "no comparison group", "A comparison"},
		{"compared", twice(40, 0, better), compared, 3, "Fewer than 3 schemes", "Cairn does not pool comparisons yet, so it gives level 3 at most"},
		{"compared, worse", twice(40, 0, worse), compared, 3, "Fewer than 3 schemes", "3 or more"},
		{"compared among few", twice(20, 0, better), compared, 1, "fewer than 30", "10 people more"},
		{"groups that began apart", twice(40, 0, better), apart, 2, "Too few of each group", "begins where these people begin"},
		{"a comparison without its source", twice(40, 0, better), nameless, 2, "lacks its source", "with its source"},
		{"two of them", twice(40, 0, better), two, 3, "Fewer than 3 schemes", "3 or more"},
		{"three of them", twice(40, 0, better), again, 4, "", ""},
		{"many schemes without a comparison", twice(40, 0, better), uncontrolled, 2, "no comparison group", "A comparison"},
	} {
		got := evidence.Of(satisfaction(), c.table).Level(c.design)
		if got.Number != c.want {
			t.Errorf("%s: level %d, want %d", c.name, got.Number, c.want)
		}
		if got.Name != evidence.LevelName(c.want) || len(got.Failed) != len(got.Raise) {
			t.Errorf("%s: %q, %d did not hold and %d would raise it", c.name, got.Name, len(got.Failed), len(got.Raise))
		}
		if c.fails == "" {
			if len(got.Failed) > 0 {
				t.Errorf("%s: %q did not hold", c.name, got.Failed)
			}
			continue
		}
		if !strings.Contains(strings.Join(got.Failed, " "), c.fails) || !strings.Contains(strings.Join(got.Raise, " "), c.raise) {
			t.Errorf("%s: did not hold %q, would be raised by %q", c.name, got.Failed, got.Raise)
		}
	}
}

// The same people the other way round have the same level, in the same words.
func TestLevel_directionNeverMovesIt(t *testing.T) {
	for _, n := range []int{9, 20, 40} {
		for _, lost := range []int{0, 5, 60} {
			up := evidence.Of(satisfaction(), twice(n, lost, scheme.Step{From: 4, To: 7})).Level(laidDown())
			down := evidence.Of(satisfaction(), twice(n, lost, scheme.Step{From: 6, To: 3})).Level(laidDown())
			if up.Number != down.Number || strings.Join(up.Failed, "|") != strings.Join(down.Failed, "|") || strings.Join(up.Held, "|") != strings.Join(down.Held, "|") {
				t.Errorf("%d of %d: %+v, the other way round %+v", n, n+lost, up, down)
			}
		}
	}
}
