package disclosure_test

import (
	"encoding/json"
	"strings"
	"testing"

	"cairn/internal/disclosure"
	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

func TestShow_CountsAreBoundedOrRounded(t *testing.T) {
	for people, want := range map[int]string{
		0: "fewer than 10", 1: "fewer than 10", 9: "fewer than 10", 10: "about 10", 12: "about 10", 13: "about 15",
		17: "about 15", 18: "about 20", 1002: "about 1,000", 1003: "about 1,005",
	} {
		got := disclosure.Show(disclosure.Policy{}, finding(wellbeing(), group{people: people, from: 10, to: 20})).Flow.Paired
		if got.Text() != want {
			t.Errorf("%d people are shown as %q, want %q", people, got.Text(), want)
		}
	}
}

func TestShow_SharesAreBoundsInWordsForTheFew(t *testing.T) {
	for _, c := range []struct {
		better, worse int
		want          string
	}{
		{75, 5, "fewer than 10 of about 80 (under 13%)"},
		{80, 0, "fewer than 10 of about 80 (under 13%)"},
		{60, 20, "about 20 of about 80 (25%)"},
		{380, 20, "about 20 of about 400 (5%)"}, // harm at 5% is harm
		{95, 5, "fewer than 10 of about 100 (under 10%)"},
		{3, 97, "about 95 of about 100 (over 90%)"},
		{0, 12, "about 10 of about 10 (over 83%)"},
		{0, 9, "fewer than 10 of fewer than 10"},
		{4, 9, "fewer than 10 of about 15 (under 70%)"}, // 9 of 13 are 69%, 10 of 15 only 67%
	} {
		f := finding(wellbeing(), group{people: c.better, from: 10, to: 20}, group{people: c.worse, from: 20, to: 10})
		if got := disclosure.Show(disclosure.Policy{}, f).Movement.Worse.Text(); got != c.want {
			t.Errorf("%d better and %d worse: %q, want %q", c.better, c.worse, got, c.want)
		}
	}
}

// About 20 stands for 18 to 22 people: showing what takes 20 of some of these, and
// hiding it of the others, would say which they are.
func TestShow_NeedsMorePeopleForMoreNumbers(t *testing.T) {
	for _, c := range []struct {
		people                      int
		mean, sd, lo, t, median, se bool
	}{
		{people: 9},
		{people: 10, mean: true},
		{people: 17, mean: true},
		{people: 18, mean: true},
		{people: 22, mean: true},
		{people: 23, mean: true, sd: true, lo: true},
		{people: 48, mean: true, sd: true, lo: true},
		{people: 52, mean: true, sd: true, lo: true},
		{people: 53, mean: true, sd: true, lo: true, t: true, median: true, se: true},
	} {
		f := disclosure.Show(disclosure.Policy{}, finding(wellbeing(), spread(c.people)...))
		for path, shown := range map[string]struct {
			number *float64
			want   bool
		}{
			"before.mean": {f.Before.Mean, c.mean}, "after.mean": {f.After.Mean, c.mean}, "change.mean": {f.Change.Mean, c.mean},
			"before.sd": {f.Before.SD, c.sd}, "change.sd": {f.Change.SD, c.sd}, "change.ci_lo": {f.Change.Lo, c.lo},
			"change.t": {f.Change.T, c.t}, "change.median": {f.Change.Median, c.median}, "change.se": {f.Change.SE, c.se},
		} {
			if (shown.number != nil) != shown.want {
				t.Errorf("%d people: %s is %s", c.people, path, points(shown.number))
			}
			if reason := f.Hidden[path]; (reason != "") == shown.want {
				t.Errorf("%d people: the reason at %s is %q", c.people, path, reason)
			}
		}
	}
}

// Best less worst case gives away how many were lost.
func TestShow_HidesBoundsWhenFewWereLost(t *testing.T) {
	for lost, want := range map[int]bool{0: false, 1: false, 9: false, 10: true} {
		f := disclosure.Show(disclosure.Policy{}, finding(wellbeing(), append(spread(60), group{people: lost / 2, from: 12, lost: true}, group{people: lost - lost/2, from: 20, lost: true})...))
		if (f.Bounds.Best != nil) != want || (f.Bounds.TippingPoint != nil) != want || (f.Bounds.BetterHi != nil) != want {
			t.Errorf("%d lost: the bounds are %s, tipping at %s", lost, points(f.Bounds.Best), points(f.Bounds.TippingPoint))
		}
	}
}

// A mean at the end of the scale, or without spread, is everybody's score.
func TestShow_HidesWhatEverybodyScored(t *testing.T) {
	for what, f := range map[string]evidence.Finding{
		"all at the top":          finding(wellbeing(), group{people: 30, from: 20, to: 40}),
		"all but one at the top":  finding(wellbeing(), group{people: 30, from: 20, to: 40}, group{people: 1, from: 20, to: 39}),
		"all from end to end":     finding(wellbeing(), group{people: 30, from: 0, to: 40}),
		"all at the lowest point": finding(wellbeing(), group{people: 30, from: 0, to: 20}),
	} {
		got := disclosure.Show(disclosure.Policy{}, f)
		if got.Before.Mean != nil || got.After.Mean != nil || got.Change.Mean != nil || got.Regression.Expected != nil {
			t.Errorf("%s: %s to %s, %s", what, points(got.Before.Mean), points(got.After.Mean), points(got.Change.Mean))
		}
	}
	alike := disclosure.Show(disclosure.Policy{}, finding(wellbeing(), group{people: 30, from: 20, to: 27}))
	if alike.Change.SD != nil || alike.Change.Lo != nil || alike.Before.SD != nil {
		t.Errorf("without spread: SD %s, from %s", points(alike.Change.SD), points(alike.Change.Lo))
	}
}

func TestShow_SaysItInWords(t *testing.T) {
	f := disclosure.Show(disclosure.Policy{}, finding(wellbeing(), append(spread(83), group{people: 21, from: 12, lost: true})...))
	about := evidence.Context{Scheme: "Riverside", Measure: "Wellbeing", Occasion: "12 weeks after the start", Period: "2025-Q1"}
	got := f.Sentence(about)
	for _, want := range []string{
		"Riverside, 2025-Q1: about 85 of about 105 people with a baseline (81%) were measured again on Wellbeing (12 weeks after the start).",
		"Their mean went from", "points for the better.", "The 95% interval runs from", "Caution: There is no comparison group",
		"Of about 85, about", "fewer than 10 (under 12%) reliably worse",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in: %s", want, got)
		}
	}
	few := disclosure.Show(disclosure.Policy{}, finding(wellbeing(), spread(4)...)).Sentence(about)
	if want := "Riverside, 2025-Q1: fewer than 10 people were measured twice on Wellbeing (12 weeks after the start), so no change can be shown."; few != want {
		t.Errorf("four people: %q", few)
	}
}

// The body of a release is hashed: the same finding gives the same bytes, and
// reading it back loses nothing.
func TestShow_GivesTheSameBytes(t *testing.T) {
	f := finding(wellbeing(), append(spread(64), group{people: 15, from: 12, lost: true})...)
	first := disclosure.Show(disclosure.Policy{}, f)
	first.Question = disclosure.Question{
		Scheme: "riverside", Series: "wellbeing", Occasion: scheme.FixedTime(84),
		Period:  scheme.Period{From: 8100, To: 8103},
		Filters: []disclosure.Filter{{Dimension: scheme.BySex, Group: "female"}, {Dimension: scheme.ByAge, Group: ""}},
	}
	want := body(t, first)
	for range 20 {
		again := disclosure.Show(disclosure.Policy{}, f)
		again.Question = first.Question
		if got := body(t, again); got != want {
			t.Fatalf("once\n%s\nand once\n%s", want, got)
		}
	}
	var read disclosure.Figure
	if err := json.Unmarshal([]byte(want), &read); err != nil {
		t.Fatal(err)
	}
	if got := body(t, read); got != want {
		t.Errorf("read back:\n%s\nwant\n%s", got, want)
	}
	if key := read.Question.Key(); key != "riverside|wellbeing|day-84|2025-Q1|2025-Q4|age=|sex=female" {
		t.Errorf("the key is %q", key)
	}
}

// A lower threshold lets smaller counts be seen, and no mean of fewer people.
func TestShow_ALowerThresholdIsOfCountsOnly(t *testing.T) {
	eight := disclosure.Policy{Threshold: 8, Reason: "agreed with the board"}
	f := disclosure.Show(eight, finding(wellbeing(), spread(9)...))
	if f.Flow.Paired.N == nil || f.Before.Mean != nil || f.Change.Mean != nil {
		t.Errorf("9 people: %s, mean %s", f.Flow.Paired.Text(), points(f.Before.Mean))
	}
	if notes := strings.Join(f.Notes(), " "); !strings.Contains(notes, "The threshold is 8 and not 10: agreed with the board") {
		t.Errorf("the reason is not beside it: %s", notes)
	}
}

func TestPolicySettled(t *testing.T) {
	for _, c := range []struct {
		asked disclosure.Policy
		want  int // 0: refused
	}{
		{disclosure.Policy{}, 10},
		{disclosure.Policy{Threshold: 10}, 10},
		{disclosure.Policy{Threshold: 8}, 0},
		{disclosure.Policy{Threshold: 8, Reason: "agreed with the board"}, 8},
		{disclosure.Policy{Threshold: 7, Reason: "agreed with the board"}, 0},
		{disclosure.Policy{Threshold: -1, Reason: "agreed with the board"}, 0},
		{disclosure.Policy{Threshold: 11}, 13}, // 11 and 12 would be shown as 10
		{disclosure.Policy{Threshold: 12}, 13},
		{disclosure.Policy{Threshold: 14}, 14},
		{disclosure.Policy{Threshold: 20}, 20},
	} {
		got, err := c.asked.Settled()
		if got.Threshold != c.want || (err == nil) != (c.want > 0) {
			t.Errorf("%+v: %d, %v", c.asked, got.Threshold, err)
		}
	}
	refused := disclosure.Show(disclosure.Policy{Threshold: 2}, finding(wellbeing(), group{people: 5, from: 1, to: 9}))
	if refused.Flow.Paired.N != nil || refused.Policy.Threshold != disclosure.Usual {
		t.Errorf("under a policy that is refused: %s, threshold %d", refused.Flow.Paired.Text(), refused.Policy.Threshold)
	}
}
