package disclosure_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/disclosure"
	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

func planned() evidence.Design {
	return evidence.Design{Ground: evidence.DatedPlan, Primary: true, Versions: 1}
}

func concluded(f evidence.Finding) disclosure.Figure {
	shown := disclosure.Show(disclosure.Policy{}, f)
	shown.Question = disclosure.Question{Series: "wellbeing", Occasion: scheme.FixedTime(84), Period: scheme.Period{From: 2026 * 4, To: 2026 * 4}}
	shown.Conclude(planned())
	return shown
}

// A release never says that something was measured better than it was, and what
// it concludes follows from what it shows.
func TestConclude_isNeverAboveTheTruthAndFollowsFromWhatIsShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFinding(t)
		shown := concluded(f)
		if exact := f.Level(planned()).Number; shown.Level.Number > exact {
			t.Errorf("level %d is released, %d is true", shown.Level.Number, exact)
		}
		var again disclosure.Figure
		if err := json.Unmarshal([]byte(body(t, shown)), &again); err != nil {
			t.Fatal(err)
		}
		again.Level, again.Claims = nil, nil
		again.Conclude(planned())
		if was, is := body(t, shown), body(t, again); was != is {
			t.Errorf("concluded %s, and from what is shown alone %s", was, is)
		}
	})
}

func TestConclude(t *testing.T) {
	for _, c := range []struct {
		name          string
		of            evidence.Finding
		level         int
		may, not, has string // said, refused, and what did not hold
	}{
		{"nobody", finding(wellbeing()), 0, "fewer than 10", "too few were measured twice", "fewer than 10 people had a baseline"},
		{"nine measured twice", finding(wellbeing(), spread(9)...), 0, "fewer than 10", "too few were measured twice", "fewer than 10"},
		{"about 30", finding(wellbeing(), spread(30)...), 1, "about 30", "The scheme caused this", "it cannot be told that there were 30 or more"},
		{"about 60, few lost", finding(wellbeing(), spread(60)...), 2, "fewer than 10 people were not measured again", "part of a change for the better comes by itself", "no comparison group"},
		{"half of them lost", finding(wellbeing(), append(spread(60), group{people: 60, from: 10, lost: true})...), 1, "worst end of the scale", "too many of those due were not measured again", "fewer than 60%"},
		{"harm", finding(wellbeing(), group{people: 40, from: 30, to: 20}, group{people: 20, from: 28, to: 27}), 2, "points for the worse", "That they scored worse is to be told nonetheless", "no comparison group"},
	} {
		got := concluded(c.of)
		if got.Level.Number != c.level || got.Level.Name != evidence.LevelName(c.level) {
			t.Errorf("%s: level %d, %q", c.name, got.Level.Number, got.Level.Name)
		}
		for text, in := range map[string][]string{c.may: got.Claims.May, c.not: got.Claims.MayNot, c.has: got.Level.Failed} {
			if !strings.Contains(strings.ToLower(strings.Join(in, "\n")), strings.ToLower(text)) {
				t.Errorf("%s: %q is not in %q", c.name, text, in)
			}
		}
		if said := strings.Join(got.Claims.May, " "); strings.Contains(said, "caused") || strings.Contains(said, "effect") || strings.Contains(said, "NaN") {
			t.Errorf("%s: may be said %q", c.name, said)
		}
	}
	unplanned := disclosure.Show(disclosure.Policy{}, finding(wellbeing(), spread(60)...))
	unplanned.Question = concluded(finding(wellbeing())).Question
	unplanned.Conclude(evidence.Design{Ground: evidence.DatedPlan})
	if not := strings.Join(unplanned.Claims.MayNot, " "); unplanned.Level.Number != 1 || !strings.Contains(not, "the scheme's main result") ||
		strings.Join(unplanned.Level.Short(), " ") != "This score at this time was not set beforehand as the first to look at: exploratory." {
		t.Errorf("not set beforehand: level %d for %q, %s", unplanned.Level.Number, unplanned.Level.Short(), not)
	}
	near := concluded(finding(wellbeing(), append(spread(46), group{people: 24, from: 10, lost: true})...))
	if failed, raise := strings.Join(near.Level.Failed, " "), strings.Join(near.Level.Raise, " "); near.Completion.PercentText() != "64%" ||
		!strings.Contains(failed, "(64%) of those due were measured again: these numbers are rounded, and it may have been fewer than 60%.") ||
		!strings.Contains(raise, "60% or more however the numbers were rounded") || strings.Contains(raise, "show 60%") {
		t.Errorf("%s of those due: %s Raised by: %s", near.Completion.Text(), failed, raise)
	}
	one := concluded(finding(wellbeing(), spread(60)...))
	one.Question.Filters = []disclosure.Filter{{Dimension: scheme.BySex, Group: "female"}}
	one.Conclude(planned())
	if one.Level != nil || one.Claims != nil {
		t.Errorf("a group has a level: %+v", one.Level)
	}
}
