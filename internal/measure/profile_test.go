package measure_test

import (
	"strings"
	"testing"

	"cairn/internal/fault"
	"cairn/internal/measure"
)

// A profile is the digits side by side, in the order of the form, and no sum.
func TestProfile(t *testing.T) {
	d := bundled(t, "eq5d5l")
	for typed, want := range map[string]string{"21132": "21132", "11111": "11111", "5 5 5 5 5": "55555", "2-132": "2-132"} {
		said, err := d.FromDigits(typed)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := d.ProfileOf(said); !ok || got != want {
			t.Errorf("%s gives the profile %q", typed, got)
		}
		made, err := d.FromItems(said)
		if err != nil || len(made) != strings.Count(want, "")-1-strings.Count(want, "-") {
			t.Errorf("%s makes %v, %v: five dimensions and nothing of them together", typed, made, err)
		}
	}
	for _, sc := range d.Scores {
		if sc.Kind != measure.KindItem || sc.Summary != measure.Distribution {
			t.Errorf("%s is made of several answers, or told by a mean", sc.Name)
		}
	}
	if _, ok := d.ProfileOf(nil); ok {
		t.Error("a profile without answers")
	}
	if _, ok := bundled(t, "phq9").ProfileOf(map[string]int{"item-1": 1}); ok {
		t.Error("PHQ-9 is no profile")
	}
}

// A score says of how many problems or goals it is.
func TestRated(t *testing.T) {
	for _, c := range []struct {
		key  measure.Key
		sc   measure.Series
		said map[string]int
		n    int
		ok   bool
	}{
		{"gas", "gas-t", map[string]int{"goal-1-attained": 1, "goal-1-importance": 2, "goal-1-difficulty": 1, "goal-4-attained": 0}, 2, true},
		{"copm", "copm-performance", map[string]int{"problem-1-performance": 3, "problem-1-satisfaction": 2, "problem-2-satisfaction": 2}, 1, true},
		{"copm", "copm-satisfaction", map[string]int{"problem-1-performance": 3, "problem-1-satisfaction": 2, "problem-2-satisfaction": 2}, 2, true},
		{"gas", "gas-t", nil, 0, false}, // typed in as a number
		{"mycaw", "mycaw-wellbeing", map[string]int{"wellbeing": 3}, 0, false},
		{"gbo", "gbo-goal-1", map[string]int{"goal-1-progress": 3}, 0, false}, // one goal each
		{"phq9", "phq9", map[string]int{"item-1": 3}, 0, false},
	} {
		d := bundled(t, c.key)
		sc, _ := d.Score(c.sc)
		if n, ok := d.Rated(sc, c.said); n != c.n || ok != c.ok {
			t.Errorf("%s of %v: %d, %v", c.sc, c.said, n, ok)
		}
	}
}

// Only the scales that were chosen are asked, and each is a series of its own.
func TestGroups(t *testing.T) {
	d := bundled(t, "austoms-ot")
	if len(d.Groups) != 12 || len(d.Chosen(nil)) != 0 || len(d.Chosen([]string{"scale-7", "scale-12"})) != 8 {
		t.Errorf("%d scales, %d asked of none, %d of two", len(d.Groups), len(d.Chosen(nil)), len(d.Chosen([]string{"scale-7", "scale-12"})))
	}
	said := map[string]int{"scale-12-activity": 20, "scale-7-wellbeing": 25}
	if got := strings.Join(d.GroupsOf(said), " "); got != "scale-7 scale-12" {
		t.Errorf("answers of %s", got)
	}
	made, err := d.FromItems(said)
	if err != nil || len(made) != 2 || made[0].Series == made[1].Series {
		t.Errorf("%v, %v", made, err)
	}
	if all := bundled(t, "phq9").Chosen(nil); len(all) != 9 {
		t.Error("a measure without groups is asked whole")
	}
}

// A level that its score cannot have is refused in words that say which goes
// with it, and where: at the level.
func TestRankContradicts(t *testing.T) {
	d := bundled(t, "pam")
	_, err := d.FromItems(map[string]int{"score": 700, "level": 2})
	all, _ := fault.All(err)
	if len(all) != 1 || all[0].Code != fault.ScoreContradicts || all[0].Field != "items.level" {
		t.Fatalf("%v", err)
	}
	if want := "A PAM score of 70 goes with PAM level 3 or 4 by every published set of cut points, not with 2. Check both in the report. If both stand there, enter the score alone."; all[0].Detail != want {
		t.Errorf("%q", all[0].Detail)
	}
}
