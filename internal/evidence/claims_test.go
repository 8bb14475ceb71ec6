package evidence_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sebdah/goldie/v2"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// What may be said of every situation and what not, the board's answer, and how
// it was measured.
func TestClaims(t *testing.T) {
	var out strings.Builder
	for _, s := range situations() {
		f := evidence.Of(s.score, s.table)
		fmt.Fprintf(&out, "# %s (%s)\n", s.name, f.Bearing())
		claims := f.Claims(s.ctx, laidDown())
		for _, say := range claims.May {
			fmt.Fprintf(&out, "+ %s\n", say)
		}
		for _, say := range claims.MayNot {
			fmt.Fprintf(&out, "- %s\n", say)
		}
		for _, say := range f.BoardAnswer(s.ctx, laidDown()) {
			fmt.Fprintf(&out, "> %s\n", say)
		}
		for _, r := range f.Remarks(laidDown(), evidence.Circumstances{}) {
			fmt.Fprintf(&out, "%s: %s\n", r.Topic, r.Says)
		}
		out.WriteString("\n")
	}
	goldie.New(t, goldie.WithFixtureDir("testdata")).Assert(t, "claims", []byte(out.String()))
}

// Bad news is in what may be said, and cause is in what may not, whichever way
// it went.
func TestClaims_badNewsIsToldAndCauseIsNot(t *testing.T) {
	about := evidence.Context{Scheme: "Riverside"}
	for name, step := range map[string]scheme.Step{"better": {From: 5, To: 8}, "worse": {From: 8, To: 5}} {
		f := evidence.Of(satisfaction(), twice(40, 3, step))
		c := f.Claims(about, laidDown())
		may, not := strings.Join(c.May, "\n"), strings.Join(c.MayNot, "\n")
		if !strings.Contains(may, "points for the "+name) || !strings.Contains(may, "26 (65%)") {
			t.Errorf("%s: may be said %q", name, may)
		}
		if !strings.Contains(not, "That the scheme caused this") || strings.Contains(may, "effect") || strings.Contains(may, "caused") {
			t.Errorf("%s: may be said %q, may not %q", name, may, not)
		}
		if answer := f.BoardAnswer(about, laidDown()); !strings.Contains(answer[1], "a change for the "+name) || !strings.Contains(answer[2], "says nothing of how well it worked") {
			t.Errorf("%s: the board is told %q", name, answer)
		}
	}
}

// Where a comparison stands its difference is told wherever the change is, and
// nothing says that there is none; that the scheme caused the change stays among
// what may not be said, whoever drew lots.
func TestClaims_besideAComparison(t *testing.T) {
	about := evidence.Context{Scheme: "Riverside"}
	f := evidence.Of(satisfaction(), twice(40, 3, scheme.Step{From: 5, To: 8}))
	const told = "at the same baseline, the difference is +0.5 points (95% interval +0.1 to +0.9; higher is better), all of it for the better"
	for name, c := range map[string]struct {
		change  func(*evidence.Comparator)
		stands  bool
		may     bool // the difference be what the scheme did
		caution string
	}{
		"stands":           {func(*evidence.Comparator) {}, true, false, "It was not drawn by lot who was in the comparison group (people on the waiting list)"},
		"by lot":           {func(x *evidence.Comparator) { x.Random, x.Complete = true, true }, true, true, "is not the effect"},
		"by lot, and lost": {func(x *evidence.Comparator) { x.Random = true }, true, false, "(people on the waiting list) is not called an effect"},
		"of another time":  {func(x *evidence.Comparator) { x.Concurrent = false }, false, false, "(people on the waiting list), and it does not carry a comparison"},
		"with no baseline": {func(x *evidence.Comparator) { x.Difference = "" }, false, false, "does not carry a comparison"},
	} {
		d := laidDown()
		d.Comparator = waiting()
		c.change(d.Comparator)
		claims, board, cautions := f.Claims(about, d), f.BoardAnswer(about, d), strings.Join(f.CautionsBeside(d.Comparator), "\n")
		for what, said := range map[string]string{"sentence": f.SentenceBeside(about, d.Comparator), "board": board[1], "claims": strings.Join(claims.May, "\n")} {
			if strings.Contains(said, told) != c.stands {
				t.Errorf("%s: the %s is %s", name, what, said)
			}
		}
		all := cautions + fmt.Sprint(board, claims)
		not := strings.Join(claims.MayNot, "\n")
		if strings.Contains(all, "There is no comparison group") || !strings.Contains(cautions, c.caution) {
			t.Errorf("%s: %s", name, all)
		}
		if !strings.Contains(not, "That the scheme caused this") || strings.Contains(not, "That the scheme caused the difference") != (c.stands && !c.may) {
			t.Errorf("%s: may not be said: %s", name, not)
		}
	}
}

// Harm to exactly one in twenty is told with its number wherever the figure is told,
// however many others got better; so is harm to fewer.
func TestClaims_harmToOneInTwenty(t *testing.T) {
	about := evidence.Context{Scheme: "Riverside"}
	score := measure.Score{Series: "m", Name: "Wellbeing", Direction: measure.HigherIsBetter, Max: 100, Threshold: &measure.Threshold{Points: 3, Population: "test", Source: "test"}}
	for worse, says := range map[int]string{20: "20 (5%) reliably worse", 4: "4 (1%) reliably worse"} {
		table := scheme.NewTransitions()
		for step, people := range map[scheme.Step]int{{From: 40, To: 45}: 300 - worse, {From: 40, To: 41}: 100, {From: 44, To: 39}: worse} {
			table.Add(scheme.Tally{State: scheme.Paired, Stage: scheme.StageStarted, From: step.From, To: step.To, People: people})
		}
		f := evidence.Of(score, table)
		if f.Counts.Paired != 400 || f.Bearing() == evidence.ForWorse {
			t.Fatalf("%d people, %s", f.Counts.Paired, f.Bearing())
		}
		for _, said := range []string{f.Sentence(about), strings.Join(f.Claims(about, laidDown()).May, " "), fmt.Sprint(f.BoardAnswer(about, laidDown()))} {
			if !strings.Contains(said, says) && !strings.Contains(said, strings.Replace(says, " reliably", "", 1)) {
				t.Errorf("%q is not said: %s", says, said)
			}
		}
	}
}

// What is known of how the scores were taken is said, and so is what is not.
func TestRemarks(t *testing.T) {
	f := evidence.Of(satisfaction(), twice(40, 0, scheme.Step{From: 5, To: 6}))
	q := func(v float64) *float64 { return &v }
	c := evidence.Circumstances{
		Pairs:   40,
		Channel: evidence.Alike{Same: 30, Changed: 8, Unknown: 2}, Helper: evidence.Alike{Same: 40}, Rater: evidence.Alike{Same: 40},
		Deliverer: evidence.Among{X: 10, N: 40}, LateBaselines: evidence.Among{X: 4, N: 40},
		Between: evidence.Days{N: 40, Lower: q(30), Median: q(35), Upper: q(41.5)},
		Waited:  evidence.Days{N: 40, Lower: q(7), Median: q(7), Upper: q(7)},
	}
	d := evidence.Design{Ground: evidence.DatedPlan, Versions: 2, Figures: 8, FirstLast: true}
	says := map[string]string{}
	minds := map[string]bool{}
	for _, r := range f.Remarks(d, c) {
		says[r.Topic], minds[r.Topic] = r.Says, r.Minds
	}
	for topic, want := range map[string]string{
		"How people were asked":       "8 of 38 (21%) of whom it is recorded were asked in another way the second time (in person, by phone, online): the way of asking can move a score. Not recorded for 2.",
		"Who helped with the answers": "The same both times for all 40 of whom it is recorded.",
		"Who measured":                "10 of 40 (25%) later scores were taken with the help of somebody who delivers the service: people may answer kindly to those who helped them.",
		"Late baselines":              "4 of 40 (10%) baselines were taken after the start, when something may have changed already.",
		"Time between the two scores": "Half of them lie 30 to 42 days (median 35) apart. That is short, less than 6 weeks: whether it lasts is not known.",
		"From referral to baseline":   "Half of them took 7 days.",
		"One figure among several":    "The plan makes 8 figures like this one, and nothing is corrected for their number: 1 interval in 20 misses by chance. This one pairs first and last scores, which is not the plan's rule: exploratory.",
		"The plan":                    "It was changed: people here can have been measured under 2 versions of it.",
	} {
		if says[topic] != want {
			t.Errorf("%s: %q, want %q", topic, says[topic], want)
		}
	}
	if !minds["How people were asked"] || minds["Who helped with the answers"] || !minds["The plan"] || minds["Room to move"] {
		t.Errorf("what bears on the figures: %v", minds)
	}
}
