package intake

import (
	"fmt"
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// What a mapping that was changed by hand may hold at most.
const (
	longestText = 1000 // bytes of whatever is no heading
	mostTimes   = 99
	mostWrong   = 20 // of what is wrong with one, that are told at once
)

// A checking holds a mapping that may have been changed by hand against what is
// known here.
type checking struct {
	*Reading
	known Known
	wrong fault.List
}

// check faults for what a mapping gets wrong, and says where.
func (r *Reading) check(k Known) error {
	c := &checking{Reading: r, known: k}
	m := r.mapping
	if !slices.Contains(DateOrders(), m.Dates) {
		c.bad("The mapping's dates are “%.30s”. Write %s, %s or %s.", string(m.Dates), DayFirst, MonthFirst, YearFirst)
	}
	c.short("source", m.Source)
	c.short("dates_because", m.DatesBecause)
	for i, s := range m.Sheets {
		c.sheet(fmt.Sprintf("sheets[%d]", i), s)
	}
	for i, n := range m.Measures {
		at := fmt.Sprintf("measures[%d]", i)
		c.short(at, n.Says, n.Asked)
		c.scored(at, n.Measure, n.Series, n.Item)
	}
	c.values("schemes", m.Schemes)
	c.values("activities", m.Activities)
	c.values("occasions", m.Occasions)
	for i, q := range m.Questions {
		c.short(fmt.Sprintf("questions[%d]", i), q.Key, q.Asks, q.Answer, q.Because)
	}
	c.activities(m.Activities)
	c.occasions(m.Occasions)
	c.schemes(m)
	return c.wrong.Err()
}

func (c *checking) bad(format string, args ...any) {
	if len(c.wrong) < mostWrong {
		c.wrong.Add(fault.New(fault.Invalid, fault.MappingInvalid, format, args...).At("mapping"))
	}
}

// short refuses texts that no file is known by.
func (c *checking) short(at string, all ...string) {
	for _, text := range all {
		if len(text) > longestText {
			c.bad("A text at %s of the mapping has %d bytes; at most %d are kept. Shorten it.", at, len(text), longestText)
		}
	}
}

func (c *checking) sheet(at string, s Sheet) {
	c.short(at, s.Name)
	references := 0
	for i, of := range s.Columns {
		at := fmt.Sprintf("%s.columns[%d]", at, i)
		if !slices.Contains(allTakes(), of.Takes) {
			c.bad("A column cannot be taken as “%.30s”, as %s of the mapping has it.", string(of.Takes), at)
		}
		if of.Takes == TakesReference {
			references++
		}
		if of.Occasion != "" {
			c.occasion(at+".occasion", string(of.Occasion))
		}
		if of.Time < 0 || of.Time > mostTimes {
			c.bad("The time at %s of the mapping is %d. Times are counted from 0 to %d.", at, of.Time, mostTimes)
		}
		c.short(at, of.Why, of.Asked)
		c.scored(at, of.Measure, of.Series, of.Item)
	}
	if references != 1 {
		c.bad("The sheet “%.40s” has %d columns of references. Exactly one says who a row is of.", s.Name, references)
	}
}

// scored refuses scores that nobody knows here.
func (c *checking) scored(at string, key measure.Key, series measure.Series, item string) {
	def, ok := c.defs[key]
	if key == "" && series != "" {
		def, ok = c.owner(series)
	}
	_, isItem := def.Item(item)
	sc, isSeries := def.Score(series)
	switch {
	case key == "" && series == "":
	case !ok:
		c.bad("At %s the mapping names the measure “%.40s”, which is not known here.", at, string(key)+string(series))
	case item != "" && !isItem:
		c.bad("The measure %s has no question “%.40s”, as %s of the mapping has it.", def.Short, item, at)
	case series != "" && (!isSeries || !sc.Enter):
		c.bad("The measure %s has no score “%.40s” that can be typed in, as %s of the mapping has it.", def.Short, string(series), at)
	}
}

func (c *checking) values(at string, all []Value) {
	for i, v := range all {
		c.short(fmt.Sprintf("%s[%d]", at, i), v.Says, v.Means, v.Nearest)
	}
}

func (c *checking) occasion(at, is string) {
	if !scheme.Occasion(is).Recorded() {
		c.bad("The occasion at %s of the mapping is “%.30s”. Write baseline, later, end or waiting, or day-84 for so many days after the start, at most %d.", at, is, scheme.LastFixedTime)
	}
}

func (c *checking) occasions(all []Value) {
	for i, v := range all {
		if v.Means != "" {
			c.occasion(fmt.Sprintf("occasions[%d].means", i), v.Means)
		}
	}
}

func (c *checking) activities(all []Value) {
	for i, v := range all {
		if v.Means != "" && !slices.Contains(c.known.Activities, v.Means) {
			c.bad("At activities[%d].means the mapping names the activity “%.60s”, which is not known here. Set it up first, or leave it empty.", i, v.Means)
		}
	}
}

// schemes refuses names that no scheme could be given by hand, and those that are
// one that is here, or that the mapping names, but for their spelling: another one
// would be made.
func (c *checking) schemes(m Mapping) {
	names := map[string]string{}
	for _, name := range c.known.Schemes {
		names[folded(name)] = name
	}
	one := func(at, name string) {
		if name == "" || slices.Contains(c.known.Schemes, name) {
			return
		}
		if all, _ := fault.All(scheme.AcceptName(name)); len(all) > 0 || strings.TrimSpace(name) != name {
			says := "Take the spaces around it away."
			if len(all) > 0 {
				says = all[0].Detail
			}
			c.bad("No scheme can have the name at %s of the mapping. %s", at, says)
			return
		}
		if spelt, there := names[folded(name)]; there && spelt != name {
			c.bad("At %s the mapping names the scheme “%.60s”, and elsewhere it is “%.60s”. Write it one way.", at, name, spelt)
			return
		}
		names[folded(name)] = name
	}
	one("scheme", m.Scheme)
	for i, v := range m.Schemes {
		one(fmt.Sprintf("schemes[%d].means", i), v.Means)
	}
}

// owner is the measure that has a series.
func (r *Reading) owner(series measure.Series) (measure.Definition, bool) {
	for _, d := range r.defs {
		if _, ok := d.Score(series); ok {
			return d, true
		}
	}
	return measure.Definition{}, false
}
