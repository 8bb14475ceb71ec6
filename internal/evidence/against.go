package evidence

import (
	"fmt"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// An Against is a scheme's people held against a group who were not in it, or not
// yet. What stands between the groups is a difference; it is called an effect
// only where it is recorded that chance decided who was in which.
type Against struct {
	Group    ComparisonGroup
	Own      Measured
	Names    SideNames
	Sides    Sides // the group is the reference
	Facts    Comparator
	Cautions []string
}

// A ComparisonGroup is who a scheme's people are compared with.
type ComparisonGroup struct {
	Name     string // as it begins a line: "GP list, no offer"
	Source   string
	Eligible string // who could be in it
	Random   string // where it is recorded that chance decided; empty: it did not
	Begun    bool   // those of the group who were not measured again are in it, too
	Measured
	// Both is how many were measured twice in either way and count in this group
	// alone; nil where nobody can be.
	Both *int
}

// Measured is people measured twice, and when.
type Measured struct {
	Table   scheme.Transitions
	Span    scheme.Span // from the first score to the last
	Between *float64    // from a person's first score to the second, days; nil where nobody was measured twice
	Outside int         // more of them, left out since they began outside of the other group's dates
}

// MeasuredOf are people whose own scores say when they were measured.
func MeasuredOf(t *scheme.Measuring) Measured {
	return Measured{Table: t.Table, Span: t.Span, Between: DaysOf(t.Between).Median, Outside: t.Outside}
}

// Bounds of what counts as the same times.
const (
	mostApart   = 1.5 // the longer wait between two scores over the shorter
	leastShared = 0.5 // of the shorter span of dates, that lies in the other
)

// NewAgainst compares, where the baselines allow it, and says what speaks against
// the comparison.
func NewAgainst(score measure.Score, group ComparisonGroup, own Measured, names SideNames) Against {
	a := Against{Group: group, Own: own, Names: names, Sides: NewSides(score, group.Table, own.Table, names)}
	a.Facts = Comparator{
		Name: group.Name, Source: group.Source, Eligible: group.Eligible != "", Random: group.Random != "",
		Concurrent: concurrent(group.Span, own.Span), SameScore: asLong(group.Between, own.Between),
		Overlap: len(a.Sides.Overlap.Refused(names.Reference, names.Other)) == 0, Complete: a.complete(),
	}
	a.Facts.Of, a.Facts.Difference = a.of(), a.Beside()
	a.Cautions = a.cautions()
	return a
}

// concurrent reports whether at least half of the shorter span lies in the other.
func concurrent(a, b scheme.Span) bool {
	shorter := min(a.Length(), b.Length())
	return shorter > 0 && float64(a.Shared(b)) >= leastShared*float64(shorter)
}

// asLong reports whether about as much time lies between the scores of both groups.
func asLong(a, b *float64) bool {
	if a == nil || b == nil || *a <= 0 || *b <= 0 {
		return false
	}
	return max(*a, *b) <= mostApart*min(*a, *b)
}

func (a Against) cautions() []string {
	all := []string{a.dates(), a.losses()}
	if a.Facts.Random && !a.Facts.Complete {
		all = append(all, "Chance decided who was in which group, and yet the difference is not called an effect: "+a.incomplete()+".")
	}
	if !a.Facts.SameScore && a.Own.Between != nil && a.Group.Between != nil {
		all = append(all, fmt.Sprintf("Not measured at the same times: %s days lie between the scores of people %s, and %s between those of people %s (median). More time leaves more room to change.", Half(a.Group.Between), a.Names.Reference, Half(a.Own.Between), a.Names.Other))
	}
	if a.Group.Both != nil {
		all = append(all, a.whoWaited()...)
	}
	if !a.Facts.Random {
		all = append(all, "It was not drawn by lot who was in which group. The groups may differ in more than where they began, so a difference need not be what the scheme did.")
	}
	return all
}

// Noun is what may be said of what stands between the groups.
func (a Against) Noun() string {
	if a.Facts.effect() {
		return "effect"
	}
	return "difference from the comparison group"
}

// Sentence is the adjusted difference in plain words, or that there is none.
func (a Against) Sentence() string {
	diff, lo, hi := a.Sides.Difference()
	if diff == nil || lo == nil || hi == nil {
		return "These two groups are not compared."
	}
	return a.told(capital(a.Noun())+" at the same baseline", diff, lo, hi)
}

// Plain is the difference in change in plain words, without regard to where people
// began; empty where the groups are not compared.
func (a Against) Plain() string {
	diff, lo, hi := a.Unadjusted()
	if diff == nil || lo == nil || hi == nil {
		return ""
	}
	return a.told("Difference in change", diff, lo, hi)
}

// Unadjusted is the difference in change, own less group's, with its interval by
// Welch's method, score points; all nil where the groups are not compared.
func (a Against) Unadjusted() (diff, lo, hi *float64) {
	if a.Sides.Compared == nil {
		return nil, nil, nil
	}
	u := a.Sides.Compared.Unadjusted[OtherSide]
	return u.Diff, u.WelchLo, u.WelchHi
}

func (a Against) told(what string, diff, lo, hi *float64) string {
	u := PointsOf(a.Sides.Reference.Score)
	text := fmt.Sprintf("%s: %s%s, 95%% interval %s%s.", what, u.Signed(diff), u.Name, u.between(lo, hi), u.Better)
	if *lo <= 0 && *hi >= 0 {
		text += " The interval includes no difference."
	}
	return text
}

// met is how much of what level 3 needs is there.
func (c Comparator) met() (n int) {
	for _, need := range compared(&c) {
		if need.Met {
			n++
		}
	}
	return n
}

// Best is what is known of the comparison that has most of what level 3 needs, the
// first of equals; nil where there is none.
func Best(all []Against) *Comparator {
	var best *Comparator
	for i := range all {
		if c := &all[i].Facts; best == nil || c.met() > best.met() {
			best = c
		}
	}
	return best
}
