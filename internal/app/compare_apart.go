package app

import (
	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// An Apart is why a group of people stands apart from what groups say together.
type Apart string

const (
	Within       Apart = ""             // it does not
	ApartFew     Apart = "few"          // fewer measured twice than a mean can be judged by
	ApartSeveral Apart = "several"      // they are of several of the groups at once
	ApartUnknown Apart = "not_recorded" // it is not known of which group they are
)

// apart decides by what the people are before how many they are, so that a group
// does not come in by growing.
func apart(by scheme.Dimension, g ComparedGroup) Apart {
	switch {
	case by == scheme.ByCategory && g.Value == string(scheme.Several):
		return ApartSeveral
	case g.Value == "":
		return ApartUnknown
	case g.Finding.Counts.Paired < evidence.LeastOnASide:
		return ApartFew
	}
	return Within
}

// together is what the groups say together that do not stand apart. A group of few
// measured twice still says how many of those due were measured again: to leave it
// out there would hide whoever lost most.
func (v *CompareView) together() evidence.Together {
	in := evidence.Parts{Change: map[string]evidence.Finding{}, Due: map[string]evidence.Finding{}, All: map[string]evidence.Finding{}}
	for i := range v.Groups {
		g := &v.Groups[i]
		g.Apart = apart(v.By, *g)
		if g.Apart == Within {
			in.Change[g.Label] = g.Finding
		}
		if g.Apart != Within && g.Apart != ApartFew {
			continue
		}
		in.All[g.Label] = g.Finding
		if g.Finding.Counts.Baseline >= evidence.LeastOnASide {
			in.Due[g.Label] = g.Finding
		}
	}
	return evidence.AcrossThose(in)
}
