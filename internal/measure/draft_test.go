package measure_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/internal/fault"
	"cairn/internal/measure"
)

// gardenJoy is a draft with three questions, the last of them in reverse.
func gardenJoy() measure.Draft {
	return measure.Draft{
		Name: "Joy in the garden", Short: "Garden joy", About: "Three statements of our own.", Recall: "last week",
		Rater: measure.Self, Direction: measure.HigherIsBetter,
		Questions: []string{"I like being outside", "I am calm here", "I am bored here"}, Reversed: []int{3}, LeftOut: 1,
		Lowest: "0", Highest: "4", Low: "never", High: "always",
		Terms: "Our own words.", Source: "written by the allotment group",
		Confirmed: measure.Confirmation{Reference: "our own words", By: "Ann Bell", On: "2026-11-22"},
	}
}

func TestDraft(t *testing.T) {
	d, err := gardenJoy().First()
	if err != nil {
		t.Fatal(err)
	}
	if d.Key != "garden-joy" || d.Version != 1 || d.Scores[0].Max != 12 {
		t.Errorf("%s, version %d, to %d", d.Key, d.Version, d.Scores[0].Max)
	}
	made, err := d.FromItems(map[string]int{"item-1": 4, "item-2": 3, "item-3": 0})
	if err != nil || made[0].Level != 11 {
		t.Errorf("%v, %v: want 4 + 3 + (4 - 0)", made, err)
	}
	only := gardenJoy()
	only.Questions, only.Reversed, only.LeftOut, only.Low, only.High = nil, nil, 0, "", ""
	only.Lowest, only.Highest, only.Decimals, only.Direction = "-1.5", "20", 1, measure.LowerIsBetter
	d, err = only.First()
	if err != nil || d.Wording != measure.ScoreOnly || d.Scores[0].Min != -15 || d.Scores[0].Better() != "lower is better" {
		t.Errorf("a score alone: %+v, %v", d, err)
	}
	mean := gardenJoy()
	mean.Rule, mean.Decimals = measure.Mean, 2
	if d, err = mean.First(); err != nil || d.Scores[0].Text(d.Scores[0].Min) != "0" || d.Scores[0].Text(d.Scores[0].Max) != "4" {
		t.Fatalf("a mean: %+v, %v", d.Scores, err)
	}
	for want, answers := range map[string]map[string]int{
		"3.67": {"item-1": 4, "item-2": 3, "item-3": 0}, // (4 + 3 + 4) / 3
		"2.5":  {"item-1": 1, "item-3": 0},              // one left out: (1 + 4) / 2
	} {
		if made, err := d.FromItems(answers); err != nil || d.Scores[0].Text(made[0].Level) != want {
			t.Errorf("mean of %v: %v, %v; want %s", answers, made, err, want)
		}
	}
	for short, want := range map[string]measure.Key{"Garden joy!": "garden-joy", " Écoute 2 ": "coute-2", "***": ""} {
		if got := measure.KeyFor(short); got != want {
			t.Errorf("%q is %q", short, got)
		}
	}
}

// What a draft becomes can be opened again as that draft; a file that says more
// cannot.
func TestDraftAgain(t *testing.T) {
	d, err := gardenJoy().First()
	if err != nil {
		t.Fatal(err)
	}
	again, ok := measure.DraftOf(d)
	if diff := cmp.Diff(gardenJoy(), again); !ok || diff != "" {
		t.Errorf("%v: %s", ok, diff)
	}
	mean := gardenJoy()
	mean.Rule, mean.Decimals = measure.Mean, 1
	averaged, err := mean.First()
	if err != nil {
		t.Fatal(err)
	}
	again, ok = measure.DraftOf(averaged)
	if diff := cmp.Diff(mean, again); !ok || diff != "" {
		t.Errorf("a mean: %v: %s", ok, diff)
	}
	d.Items[1].Name = "calm"
	if _, ok := measure.DraftOf(d); ok {
		t.Error("a draft would lose the name of an item")
	}
	for _, key := range []measure.Key{"phq9", "ons4", "gas"} {
		if _, ok := measure.DraftOf(bundled(t, key)); ok || !measure.Shipped(key) {
			t.Errorf("%s can be changed on a page", key)
		}
	}
	if measure.Shipped("garden-joy") || measure.Shipped("../measure") {
		t.Error("a measure of one's own comes with the product")
	}
}

// Scores are compared with those of the version before only where they are made
// the same way.
func TestDraftOfTheNextVersion(t *testing.T) {
	first, err := gardenJoy().First()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*measure.Draft)
		series measure.Series
	}{
		"a word":         {func(w *measure.Draft) { w.Questions[0] = "I love being outside" }, "garden-joy"},
		"another name":   {func(w *measure.Draft) { w.Name, w.Short = "Garden", "Garden" }, "garden-joy"},
		"a question":     {func(w *measure.Draft) { w.Questions = append(w.Questions, "I feel well") }, "garden-joy-v2"},
		"the direction":  {func(w *measure.Draft) { w.Direction = measure.LowerIsBetter }, "garden-joy-v2"},
		"a reversed one": {func(w *measure.Draft) { w.Reversed = []int{1} }, "garden-joy-v2"},
		"a mean":         {func(w *measure.Draft) { w.Rule = measure.Mean }, "garden-joy-v2"},
		"left out":       {func(w *measure.Draft) { w.LeftOut = 0 }, "garden-joy-v2"},
	} {
		w := gardenJoy()
		w.Questions = slices.Clone(w.Questions)
		c.change(&w)
		next, err := w.Next(first)
		if err != nil || next.Version != 2 || next.Key != "garden-joy" || next.Scores[0].Series != c.series {
			t.Errorf("%s: %s, version %d, series %s, %v", name, next.Key, next.Version, next.Scores[0].Series, err)
		}
	}
}

// Each mistake is said where it was made, and all of them at once.
func TestDraftRefused(t *testing.T) {
	for field, change := range map[string]func(*measure.Draft){
		"short":     func(w *measure.Draft) { w.Short = "!!" },
		"name":      func(w *measure.Draft) { w.Name = "" },
		"about":     func(w *measure.Draft) { w.About = strings.Repeat("x", 401) },
		"rater":     func(w *measure.Draft) { w.Rater = "nobody" },
		"direction": func(w *measure.Draft) { w.Direction = 0 },
		"terms":     func(w *measure.Draft) { w.Terms = "" },
		"source":    func(w *measure.Draft) { w.Source = "" },
		"lowest":    func(w *measure.Draft) { w.Lowest = "none" },
		"highest":   func(w *measure.Draft) { w.Highest = "0" },
		"rule":      func(w *measure.Draft) { w.Rule = measure.GAS },
		"decimals":  func(w *measure.Draft) { w.Decimals = 1 },
		"questions": func(w *measure.Draft) { w.Questions = append(slices.Clone(w.Questions), "") },
		"reversed":  func(w *measure.Draft) { w.Reversed = []int{4} },
		"left_out":  func(w *measure.Draft) { w.LeftOut = 3 },
		"low":       func(w *measure.Draft) { w.High = "" },
		"reference": func(w *measure.Draft) { w.Confirmed.By = "" },
	} {
		w := gardenJoy()
		change(&w)
		_, err := w.First()
		all, accident := fault.All(err)
		if accident != nil || len(all) != 1 || all[0].Field != field || all[0].Code != fault.MeasureInvalid {
			t.Errorf("%s: %v %v", field, all, accident)
		}
	}
	_, err := measure.Draft{}.First()
	if all, _ := fault.All(err); len(all) < 7 {
		t.Errorf("of an empty draft only this is said: %v", fmt.Sprint(all))
	}
}
