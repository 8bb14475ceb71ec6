package app

import (
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// GroupReader counts pairs apart for each group of people.
type GroupReader interface {
	// TransitionsBy counts first referrals (ordinal 1), in one query however many
	// schemes and groups there are. Groups of nobody are left out; the others come
	// in no particular order.
	TransitionsBy(q GroupQuery) ([]Group, error)
	// Hands counts who stands behind the people measured twice with an
	// occupational therapist and without one; By is not looked at.
	Hands(q GroupQuery) (scheme.Hands, error)
}

// A GroupQuery asks for the pairs of several schemes, apart by dimensions. It
// faults with not-found when one of the schemes is not there.
type GroupQuery struct {
	Schemes  []scheme.ID
	Series   measure.Series
	Occasion scheme.Occasion
	Period   scheme.Period
	Today    scheme.Day
	By       []scheme.Dimension
}

// A Group is the people who are alike in every dimension that was asked for.
type Group struct {
	Of    []string // their value in each of GroupQuery.By; empty: not recorded
	Table scheme.Transitions
}
