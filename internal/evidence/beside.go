package evidence

import (
	"fmt"
	"strings"
)

// stands reports whether all that level 3 asks of a comparison is there.
func (c *Comparator) stands() bool {
	return c != nil && c.met() == len(compared(c))
}

// says is the difference as it stands within a sentence; empty where the
// comparison does not stand, since the scheme's page would tell it without what
// speaks against it.
func (c *Comparator) says() string {
	if !c.stands() {
		return ""
	}
	return c.Difference
}

// caution is what has to be said of it beside a change from before to after; of
// none, too.
func (c *Comparator) caution() string {
	switch {
	case c == nil:
		return "There is no comparison group: people may have changed without the scheme."
	case !c.stands():
		return fmt.Sprintf("There is a comparison group (%s), and it does not carry a comparison: people may have changed without the scheme.", c.Name)
	case c.Random && !c.Complete:
		return fmt.Sprintf("Too many of either group were not measured again, or it is not known how many: the difference from the comparison group (%s) is not called an effect.", c.Name)
	case !c.Random:
		return fmt.Sprintf("It was not drawn by lot who was in the comparison group (%s): the difference from it need not be what the scheme did.", c.Name)
	}
	return "The change from before to after is not the effect: people may have changed without the scheme, as the comparison group did."
}

// mayNot is what may not be said of cause, of a change from before to after first
// and then of the difference.
func (c *Comparator) mayNot() []string {
	switch {
	case c == nil:
		return []string{"That the scheme caused this. There is no comparison group, so the word is “change”, and not “effect”, “impact” or “worked”."}
	case !c.stands():
		return []string{"That the scheme caused this. The comparison group does not carry a comparison, so the word is “change”, and not “effect”, “impact” or “worked”."}
	}
	all := []string{"That the scheme caused this change from before to after: some of it, or all, may have come without the scheme. What is left beside others is in the difference from the comparison group."}
	switch {
	case !c.Random:
		all = append(all, "That the scheme caused the difference: it was not drawn by lot who was in which group. The word is “difference”, and not “effect”.")
	case !c.Complete:
		all = append(all, "That the scheme caused the difference: fewer than 60% of a group were measured again, or it is not known how many. The word is “difference”, and not “effect”.")
	}
	return all
}

// Beside is the difference at the same baseline with its interval and what that
// says, as it stands within a sentence; empty where the groups are not compared.
func (a Against) Beside() string {
	diff, lo, hi := a.Sides.Difference()
	if diff == nil || lo == nil || hi == nil {
		return ""
	}
	score := a.Sides.Reference.Score
	u := PointsOf(score)
	noun, _, _ := strings.Cut(a.Noun(), " ")
	way := "which includes no difference"
	switch worst := min(*lo*float64(score.Direction), *hi*float64(score.Direction)); {
	case worst > 0:
		way = "all of it for the better"
	case *lo > 0 || *hi < 0:
		way = "all of it for the worse"
	}
	return fmt.Sprintf("against the comparison group (%s), at the same baseline, the %s is %s%s (of %s; 95%% interval %s; %s), %s",
		a.Group.Name, noun, u.Signed(diff), u.Name, a.of(), u.between(lo, hi), score.Better(), way)
}

// of is the people whom the difference is of: they can be few of those of whom the
// rest of a sentence speaks.
func (a Against) of() string {
	text := fmt.Sprintf("%s %s and %s %s", people(a.Sides.Other.Counts.Paired), a.Names.Other, people(a.Sides.Reference.Counts.Paired), a.Names.Reference)
	if a.Own.Outside > 0 {
		text += ", first measured in the same dates"
	}
	return text
}

// dates says when each group was measured, and who is left out for the dates.
func (a Against) dates() string {
	group, own := a.Group.Span, a.Own.Span
	if own.Length() == 0 {
		return fmt.Sprintf("Not measured in the same period: people %s were measured from %s, and of people %s nobody measured twice began in those dates.", a.Names.Reference, group.Long(), a.Names.Other)
	}
	text := fmt.Sprintf("People %s were measured from %s, people %s from %s.", a.Names.Reference, group.Long(), a.Names.Other, own.Long())
	if !a.Facts.Concurrent {
		text = "Not measured in the same period. " + text + " What else changed meanwhile is in the difference."
	}
	if a.Own.Outside > 0 {
		n := a.Sides.Other.Counts.Paired
		text += fmt.Sprintf(" Only those %s whose first score was taken in the dates of the others count here: %s of %s measured twice.", a.Names.Other, People(n), People(n+a.Own.Outside))
	}
	return text
}

// losses says of both groups how many were not measured again, or that it is not
// known.
func (a Against) losses() string {
	text := a.again(a.Names.Reference, a.Sides.Reference.Counts)
	if !a.Group.Begun {
		text = fmt.Sprintf("It is not known how many more people %s had a first score and were not measured again.", a.Names.Reference)
	}
	return text + " " + a.again(a.Names.Other, a.Sides.Other.Counts) + " Nothing is known of how those who were not measured again changed."
}

func (a Against) again(name string, c Counts) string {
	if c.Baseline == 0 {
		return fmt.Sprintf("Nobody %s had a first score.", name)
	}
	return fmt.Sprintf("Of %s with a first score %s, %s %s measured again (%s).", people(c.Baseline), name, People(c.Paired), wereOf(c.Paired), Percent(c.OfBaseline.P))
}

// complete reports whether enough of both groups were measured again, as far as is
// known.
func (a Against) complete() bool { return a.incomplete() == "" }

// incomplete says why not.
func (a Against) incomplete() string {
	var why []string
	if !a.Group.Begun {
		why = append(why, "it is not known how many people "+a.Names.Reference+" were not measured again")
	}
	for _, side := range []struct {
		name string
		c    Counts
	}{{a.Names.Reference, a.Sides.Reference.Counts}, {a.Names.Other, a.Sides.Other.Counts}} {
		if !enough(side.c.Paired, side.c.Baseline) {
			why = append(why, "fewer than 60% of people "+side.name+" were measured again")
		}
	}
	return strings.Join(why, ", and ")
}
