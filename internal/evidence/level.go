package evidence

import (
	"fmt"
	"math"
)

// A Level is how well something was measured, 0 to 4, and not how well it
// worked: the direction of the result never moves it. People measured before and
// after without a comparison are never above 2.
type Level struct {
	Number int      // 0 to 4
	Name   string   // in two words
	Held   []string // what was there
	Failed []string // what was not; empty at level 4
	Raise  []string // what would lead to the next level; empty at level 4
}

// HighestLevel is the last.
const HighestLevel = 4

// fewestDue is how many people have to be due before a level can be given.
const fewestDue = 10 // people

// A Need is one thing that a level asks for.
type Need struct {
	Met   bool
	Held  string // what is said where it is met
	Fails string // and where it is not
	Raise string // and what would meet it
}

// Level is the Cairn evidence level of the finding.
func (f Finding) Level(d Design) Level {
	return Climb(f.described(d), f.measuredTwice(d), compared(d.Comparator), replicated(d.Replication))
}

// Climb is the last level whose needs, and those of every level before it, are met.
// The needs are those of level 1, 2 and so on.
func Climb(steps ...[]Need) Level {
	l := Level{}
	for i, needs := range steps {
		met := true
		for _, n := range needs {
			met = met && n.Met
		}
		if met && l.Number == i {
			l.Number = i + 1
		}
	}
	for i, needs := range steps {
		for _, n := range needs {
			switch {
			case n.Met:
				l.Held = append(l.Held, n.Held)
			case i <= l.Number:
				l.Failed, l.Raise = append(l.Failed, n.Fails), append(l.Raise, n.Raise)
			}
		}
	}
	l.Name = LevelName(l.Number)
	return l
}

// LevelName is the level in words.
func LevelName(number int) string {
	switch number {
	case 1:
		return "described"
	case 2:
		return "measured twice"
	case 3:
		return "compared"
	case HighestLevel:
		return "replicated"
	}
	return "not yet"
}

// Sentence says what the level is and what it is not.
func (l Level) Sentence() string {
	return fmt.Sprintf("Cairn evidence level %d of %d, “%s”. It says how well this was measured, not how well it worked.", l.Number, HighestLevel, l.Name)
}

func (f Finding) described(d Design) []Need {
	due := f.Counts.Baseline
	return []Need{
		{
			due >= fewestDue,
			fmt.Sprintf("%s with a baseline were due a second score: %d or more.", people(due), fewestDue),
			fmt.Sprintf("%s a baseline and were due a second score, fewer than %d.", have(due), fewestDue),
			fmt.Sprintf("%s more with a baseline whose second score is due.", people(fewestDue-due)),
		},
		{
			d.Ground != NoGround, d.Ground.held(),
			"Nothing shows what was to be measured and when.",
			"Record in Cairn, where the plan is dated and everybody referred is counted.",
		},
	}
}

func (g Ground) held() string {
	if g == SettingsFile {
		return "A settings file says what is measured and when, and everybody in the file is accounted for."
	}
	return "A dated plan says what is measured and when, and everybody referred is accounted for."
}

func (f Finding) measuredTwice(d Design) []Need {
	c := f.Counts
	short := int(math.Ceil(Complete*float64(c.Baseline)-1e-9)) - c.Paired
	return []Need{
		{
			c.Paired >= FewPeople,
			fmt.Sprintf("%s were measured twice: %d or more.", people(c.Paired), FewPeople),
			fmt.Sprintf("%s measured twice, fewer than %d.", were(c.Paired), FewPeople),
			fmt.Sprintf("%s more measured twice.", people(FewPeople-c.Paired)),
		},
		{
			c.Baseline > 0 && enough(c.Paired, c.Baseline),
			fmt.Sprintf("%s of those due were measured again: 60%% or more.", Percent(c.OfBaseline.P)),
			fmt.Sprintf("Of those due, %s were measured again: fewer than 60%%.", Share(c.OfBaseline)),
			fmt.Sprintf("Measure more of those who are due: %s more of these would have made 60%%.", people(max(short, 1))),
		},
		{
			d.Primary,
			"This score at this time was set beforehand as the first to look at.",
			"This score at this time was not set beforehand as the first to look at: exploratory.",
			"Look at the score and the time that the plan names first, or name this one in the plan for the people to come.",
		},
		{
			f.intervalled() && f.bounded(),
			"The mean change has an interval, and it is shown what those lost could hide.",
			"There is no interval of the mean change, or no way to show what those lost could hide.",
			"People whose scores differ, on a scale with ends of its own.",
		},
	}
}

func (f Finding) bounded() bool {
	b := f.Bounds
	return b.Lost == 0 || b.Best != nil && b.Worst != nil && b.Carried.Mean != nil
}

func compared(c *Comparator) []Need {
	if c == nil {
		return []Need{{
			Fails: "There is no comparison group.",
			Raise: "A comparison: scores of people who wait, of another scheme or of a group from elsewhere, by the same measure, at the same times and in the same period.",
		}}
	}
	return []Need{
		{
			c.Concurrent && c.Eligible && c.SameScore && c.Source != "",
			fmt.Sprintf("There is a comparison group: %s (%s).", c.Name, c.Source),
			fmt.Sprintf("The comparison group (%s) lacks its source, its dates, who could be in it, or the same measure and times.", c.Name),
			"A comparison group with its source and dates, who could be in it, and the same measure at the same times.",
		},
		{
			c.Overlap,
			"Both groups began where the other did, too.",
			"Too few of each group were measured twice, or began where the other did.",
			"A comparison group that begins where these people begin.",
		},
		{
			c.Difference != "",
			fmt.Sprintf("The difference is reckoned at the same baseline and has an interval. It is of %s; level 3 rests on them.", c.Of),
			"There is no difference at the same baseline.",
			"A difference at the same baseline, with its interval.",
		},
	}
}

// fewestReplicated is how many schemes or organisations level 4 needs.
const fewestReplicated = 3

func replicated(r *Replication) []Need {
	if r == nil {
		r = &Replication{}
	}
	return []Need{{
		r.Compared >= fewestReplicated && r.Pooled && r.Predicted,
		fmt.Sprintf("%s schemes or organisations were each compared, and are pooled with a prediction interval.", People(r.Compared)),
		fmt.Sprintf("Fewer than %d schemes or organisations were each compared and pooled with a prediction interval.", fewestReplicated),
		fmt.Sprintf("The same comparison in %d or more schemes or organisations, pooled, with a prediction interval. Cairn does not pool comparisons yet, so it gives level 3 at most.", fewestReplicated),
	}}
}
