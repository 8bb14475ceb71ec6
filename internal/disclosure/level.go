package disclosure

import (
	"fmt"
	"slices"

	"cairn/internal/evidence"
)

// A Level is the Cairn evidence level as far as what is shown can carry it: never
// above the exact one. A release holds no comparison, so it is 2 at most.
type Level struct {
	Number int      `json:"number"` // 0 to 2
	Name   string   `json:"name"`
	Held   []string `json:"held"`            // what was there
	Failed []string `json:"failed"`          // what was not, or cannot be told
	Raise  []string `json:"raise,omitempty"` // what would lead to the next level, for each that failed; absent in releases before method 3
}

// Sentence says what the level is and what it is not.
func (l Level) Sentence() string {
	return evidence.Level{Number: l.Number, Name: l.Name}.Sentence()
}

// noComparison is said of every release.
const noComparison = "There is no comparison group in a release."

// Short is what kept it from the next level, without what no release has.
func (l Level) Short() []string {
	return slices.DeleteFunc(slices.Clone(l.Failed), func(why string) bool { return why == noComparison })
}

// HighestReleased is the highest level that a release can carry.
const HighestReleased = 2

// Conclude adds how well it was measured and what may be said of it and what not,
// from the numbers as shown and from what was laid down beforehand. What is
// concluded tells nothing that they do not. It comes after everything that hides;
// a group's figure has neither.
func (f *Figure) Conclude(d evidence.Design) {
	f.Words = words
	if f.Hidden[whole] != "" || len(f.Question.Filters) > 0 {
		f.Level, f.Claims, f.Remarks = nil, nil, nil
		return
	}
	to := evidence.Climb(f.described(d), f.measuredTwice(d))
	level := Level{Number: to.Number, Name: to.Name, Held: append([]string{}, to.Held...), Failed: to.Failed, Raise: to.Raise}
	level.Failed = append(level.Failed, noComparison)
	level.Raise = append(level.Raise, "A comparison group leads to level 3 on the service's own page. A release holds none, so it says 2 at most.")
	f.Level = &level
	f.Claims, f.Remarks = f.claims(d), f.remarks(d)
}

func (f *Figure) described(d evidence.Design) []evidence.Need {
	const fewestDue = 10 // people
	due := f.Flow.Due
	return []evidence.Need{
		{
			Met:   f.surely(due) >= fewestDue,
			Held:  capital(due.Text()) + " people with a baseline were due a second score.",
			Fails: capital(due.Text()) + " people had a baseline and were due a second score: too few.",
			Raise: fmt.Sprintf("More people with a baseline whose second score is due: %d or more.", fewestDue),
		},
		{
			Met:   d.Ground == evidence.DatedPlan,
			Held:  "A dated plan says what is measured and when, and everybody referred is accounted for.",
			Fails: "Nothing shows what was to be measured and when.",
			Raise: "A dated plan of what is measured and when.",
		},
	}
}

func (f *Figure) measuredTwice(d evidence.Design) []evidence.Need {
	paired := f.Flow.Paired
	return []evidence.Need{
		{
			Met:   f.surely(paired) >= evidence.FewPeople,
			Held:  fmt.Sprintf("%s people were measured twice: %d or more.", capital(paired.Text()), evidence.FewPeople),
			Fails: fmt.Sprintf("%s people were measured twice: it cannot be told that there were %d or more.", capital(paired.Text()), evidence.FewPeople),
			Raise: fmt.Sprintf("More people measured twice: so many that there were %d or more however the number was rounded.", evidence.FewPeople),
		},
		{
			Met:   f.surelyComplete(),
			Held:  fmt.Sprintf("%s of those due were measured again: 60%% or more.", capital(f.Completion.Text())),
			Fails: fmt.Sprintf("%s of those due were measured again: %s.", capital(f.Completion.Text()), f.short()),
			Raise: "More of those who are due measured again: so many that it is 60% or more however the numbers were rounded.",
		},
		{
			Met:   d.Primary,
			Held:  "This score at this time was set beforehand as the first to look at.",
			Fails: "This score at this time was not set beforehand as the first to look at: exploratory.",
			Raise: "The score and the time that the plan names first, or a plan that names this one for the people to come.",
		},
		{
			Met:   f.Change.Lo != nil && f.Change.Hi != nil && f.bounded(),
			Held:  "The mean change has an interval, and it is told what those lost could hide, or that they are few.",
			Fails: "There is no interval of the mean change, or no way to show what those lost could hide.",
			Raise: "People whose scores differ, on a scale with ends of its own.",
		},
	}
}

// surely is the smallest number of people that a count as shown can stand for.
func (f *Figure) surely(c Count) int {
	if !c.Known() {
		return 0
	}
	return max(c.least(), f.Policy.Threshold)
}

// surelyComplete reports whether every number that the shown ones can stand for
// is 60% or more measured again.
func (f *Figure) surelyComplete() bool {
	if !f.Flow.Paired.Known() || !f.Flow.Due.Known() {
		return false
	}
	return float64(f.surely(f.Flow.Paired)) >= evidence.Complete*float64(f.Flow.Due.most())
}

// short says why a share measured again does not carry level 2. A share that shows
// 60% may stand for less.
func (f *Figure) short() string {
	if p := f.Completion.Percent; p != nil && float64(*p) >= 100*evidence.Complete {
		return "these numbers are rounded, and it may have been fewer than 60%"
	}
	return "fewer than 60%, or too near to it to be told from rounded numbers"
}

func (f *Figure) bounded() bool {
	if f.Scale.Lowest == nil || f.Scale.Highest == nil {
		return false
	}
	return f.Flow.Lost.Under > 0 || f.Bounds.Best != nil && f.Bounds.Worst != nil && f.Bounds.Carried != nil
}
