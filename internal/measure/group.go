package measure

import (
	"fmt"
	"slices"
	"strings"
)

// A Group is a part of a measure that is rated or left alone as a whole: a
// scale that matches the person's goals.
type Group struct {
	Key  string `yaml:"key" json:"key"`
	Name string `yaml:"name" json:"name"` // what it is about, in our words
}

// Titled is the name of a score that stands alone, away from its measure's page:
// of one scale among several it says the measure, what the scale is about and which
// part of it was rated. Other scores carry their measure in their own name.
func (d Definition) Titled(s Score) string {
	it, _ := d.Item(s.Item)
	for _, g := range d.Groups {
		if g.Key == it.Group {
			_, part, split := strings.Cut(s.Name, ": ")
			if !split {
				part = s.Name
			}
			return d.Short + ", " + g.Name + ": " + part
		}
	}
	return s.Name
}

// Chosen are the items that are asked when those groups are chosen: theirs, and
// whatever belongs to none.
func (d Definition) Chosen(groups []string) (all []Item) {
	for _, it := range d.Items {
		if it.Group == "" || slices.Contains(groups, it.Group) {
			all = append(all, it)
		}
	}
	return all
}

// Only is the measure as it is asked when those groups are chosen: with their
// items and the scores of them. It is for a form; what is kept is of the whole.
func (d Definition) Only(groups []string) Definition {
	if len(d.Groups) == 0 {
		return d
	}
	d.Items = d.Chosen(groups)
	d.Scores = slices.DeleteFunc(slices.Clone(d.Scores), func(s Score) bool {
		_, asked := d.Item(s.Item)
		return s.Kind == KindItem && !asked
	})
	d.MissingItems = max(0, min(d.MissingItems, len(d.Items)-1))
	return d
}

// GroupsOf are the groups that any of the responses belong to, in the order of
// the measure.
func (d Definition) GroupsOf(responses map[string]int) (all []string) {
	for _, g := range d.Groups {
		for _, it := range d.Items {
			if _, rated := responses[it.Key]; rated && it.Group == g.Key {
				all = append(all, g.Key)
				break
			}
		}
	}
	return all
}

// Asked are the items that somebody was asked who gave those responses: of a
// measure with groups, those of the groups that were chosen.
func (d Definition) Asked(responses map[string]int) []Item { return d.Chosen(d.GroupsOf(responses)) }

func (c *checking) checkGroups() {
	known := map[string]bool{"": true}
	for i, g := range c.Groups {
		if g.Key == "" || g.Name == "" || known[g.Key] {
			c.say(fmt.Sprintf("groups[%d]", i), "A group has a key of its own, and a name.")
		}
		known[g.Key] = true
	}
	for i, it := range c.Items {
		if !known[it.Group] {
			c.say(fmt.Sprintf("items[%d]", i), "There is no group %s.", it.Group)
		}
	}
	for i, g := range c.Groups {
		if !slices.ContainsFunc(c.Items, func(it Item) bool { return it.Group == g.Key }) {
			c.say(fmt.Sprintf("groups[%d]", i), "The group %s has no item.", g.Key)
		}
	}
	if c.Profile && (!c.Keyed() || c.Wide() || len(c.Items) < 2) {
		c.say("profile", "A profile is of two items or more whose answers are single digits.")
	}
}
