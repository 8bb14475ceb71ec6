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
	if !c.Random {
		all = append(all, "That the scheme caused the difference: it was not drawn by lot who was in which group. The word is “difference”, and not “effect”.")
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
	return fmt.Sprintf("against the comparison group (%s), at the same baseline, the %s is %s%s (95%% interval %s; %s), %s",
		a.Group.Name, noun, u.Signed(diff), u.Name, u.between(lo, hi), score.Better(), way)
}
