package disclosure

import (
	"cmp"
	"slices"
	"strings"

	"cairn/internal/scheme"
)

// A description is all that rows and earlier files together say of somebody.
type description struct {
	scheme, before string
	shown          scheme.Shown
}

func (d description) compare(o description) int {
	order := cmp.Or(strings.Compare(d.scheme, o.scheme), strings.Compare(d.before, o.before))
	for _, t := range scheme.ProjectTraits() {
		order = cmp.Or(order, strings.Compare(*d.shown.At(t.Value), *o.shown.At(t.Value)))
	}
	return order
}

// apart are the traits in which two people of one scheme are told apart.
func (d description) apart(o description) (traits []string) {
	for _, t := range scheme.ProjectTraits() {
		if *d.shown.At(t.Value) != *o.shown.At(t.Value) {
			traits = append(traits, t.Value)
		}
	}
	return traits
}

// A class is everybody whom one description fits, by their places.
type class struct {
	people []int
	began  []Parts // those of each scale in which every one of them may have begun
}

func (c *class) add(at int, p Person) {
	c.people = append(c.people, at)
	if c.began == nil {
		c.began = slices.Clone(p.Parts)
		return
	}
	for i, parts := range p.Parts {
		c.began[i] &= parts
	}
}

// alike is the first scale on which all may have begun in one part; -1 for none.
// People without a score on a scale began in no part of it, so that one of them is
// enough; a class in which nobody has a score tells none.
func (c *class) alike() int {
	return slices.IndexFunc(c.began, func(all Parts) bool { return all != 0 })
}

// A crowd is everybody, by what rows would say of them.
type crowd struct {
	veil    scheme.Veil
	people  []Person
	classes map[description]*class
}

func newCrowd(people []Person, v scheme.Veil) *crowd {
	v.Hidden, v.Cells = 0, len(people)*len(v.Traits)
	c := &crowd{veil: v, people: people, classes: map[description]*class{}}
	for at, p := range people {
		c.put(description{p.Scheme, p.Before, v.Shown(p.Started, *p.Traits)}, at)
	}
	return c
}

func (c *crowd) put(d description, at int) {
	of := c.classes[d]
	if of == nil {
		of = &class{}
		c.classes[d] = of
	}
	of.add(at, c.people[at])
}

func (c *crowd) safe(of *class) bool { return len(of.people) >= c.veil.Fewest && of.alike() < 0 }

// hides reports whether nobody is rare after so little was hidden as is allowed.
func (c *crowd) hides() bool {
	for {
		rare, left := c.rarest()
		switch {
		case left == 0:
			return !c.tooMuch(0)
		case c.tooMuch(left):
			return false
		case !c.join(rare):
			return false
		}
	}
}

// tooMuch reports whether so many cells more are more than may be hidden.
func (c *crowd) tooMuch(more int) bool { return 100*(c.veil.Hidden+more) > mostHidden*c.veil.Cells }

// rarest is the first description that is rare, and how many people are rare in
// all: each of them costs a cell at least.
func (c *crowd) rarest() (first description, people int) {
	for d, of := range c.classes {
		if c.safe(of) {
			continue
		}
		if people == 0 || d.compare(first) < 0 {
			first = d
		}
		people += len(of.people)
	}
	return first, people
}

// A match is people with whom a rare class becomes one, and what is hidden of all
// of them.
type match struct {
	with   description
	moved  []int
	hidden []string
}

func (m match) cost(rare int) int { return len(m.hidden) * (len(m.moved) + rare) }

// join hides what tells a rare class and some other people apart, as little as it
// can; false where there is nobody else.
func (c *crowd) join(rare description) bool {
	of := c.classes[rare]
	var best match
	for d, other := range c.classes {
		if d.scheme != rare.scheme || d.before != rare.before || d == rare {
			continue
		}
		m := match{with: d, moved: c.some(of, other), hidden: rare.apart(d)}
		if order := m.cost(len(of.people)) - best.cost(len(of.people)); best.hidden == nil || order < 0 || order == 0 && d.compare(best.with) < 0 {
			best = m
		}
	}
	if best.hidden == nil {
		return false
	}
	now := rare
	for _, trait := range best.hidden {
		*now.shown.At(trait) = ""
	}
	c.move(rare, now, of.people)
	c.move(best.with, now, best.moved)
	return true
}

// some are as few of a class as make a rare one safe and leave the class so; all
// of it where there are none such.
func (c *crowd) some(rare, from *class) []int {
	needs := max(1, c.veil.Fewest-len(rare.people))
	if len(from.people)-needs < c.veil.Fewest {
		return from.people
	}
	taken := slices.Clone(from.people)
	if scale := rare.alike(); scale >= 0 {
		other := slices.IndexFunc(taken, func(at int) bool { return rare.began[scale]&c.people[at].Parts[scale] == 0 })
		if other < 0 {
			return from.people
		}
		taken[0], taken[other] = taken[other], taken[0]
	}
	left := &class{}
	for _, at := range taken[needs:] {
		left.add(at, c.people[at])
	}
	if !c.safe(left) && c.safe(from) {
		return from.people
	}
	return taken[:needs]
}

// move describes some people otherwise.
func (c *crowd) move(from, to description, people []int) {
	if from == to {
		return
	}
	gone := map[int]bool{}
	for _, at := range people {
		gone[at] = true
	}
	old := c.classes[from].people
	delete(c.classes, from)
	for _, at := range old {
		if !gone[at] {
			c.put(from, at)
			continue
		}
		for _, trait := range from.apart(to) {
			if *from.shown.At(trait) != "" {
				c.veil.Hidden++
			}
		}
		c.put(to, at)
	}
}

// plan is what came of it.
func (c *crowd) plan() RowPlan {
	p := RowPlan{Veil: c.veil, Shown: make([]*scheme.Shown, len(c.people))}
	for d, of := range c.classes {
		for _, at := range of.people {
			p.Shown[at] = &d.shown
		}
	}
	return p
}
