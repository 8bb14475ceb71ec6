// Package attack tries to work out of published releases what they must not tell:
// how many people are in a small cell, and what one person scored.
//
// It imports nothing of ours. It reads the JSON of figures as anybody can who was
// sent it, and knows the rounding rules, which are published, and that the groups
// of a dimension make everybody. It shares no code and no method with the auditor
// that it is to test: where that narrows ranges, this searches for whole tables
// of numbers that fit.
package attack

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Rules are what is known of how numbers were rounded.
type Rules struct {
	Count float64 // a count lies within this of the shown one
	Mean  float64 // a mean lies within this many units of its rounding
	SD    float64 // a standard deviation within this many score points
	Days  float64 // a number of days within this many of the shown one
	// Levels are the scores that a person can have, of a published table; empty:
	// every step of the scale.
	Levels []float64
}

// Rounded are the rules of releases; Suppressed those of the control, whose
// counts are exact and means have two decimals.
func Rounded() Rules    { return Rules{Count: 2, Mean: 0.5, SD: 0.05, Days: 2.5} }
func Suppressed() Rules { return Rules{Count: 0, Mean: 0.05, SD: 0.005} }

// A Claim is a number that the attacker is sure of.
type Claim struct {
	Release int    // 0 for the first
	Figure  string // scheme|series|occasion|from|to, and a dimension=group for each filter
	Path    string // of the number, or of one person "before", "after" and that of a wait
	Value   float64
}

// A body is a figure as it was published.
type body struct {
	Question struct {
		Scheme, Series, Occasion, From, To string
		Filters                            []filter
	}
	Policy struct{ Threshold float64 }
	Scale  struct {
		Direction, Decimals int
		Lowest, Highest     *float64
		Unit                float64
	}
	Flow                  map[string]count
	Completion            share
	OfReferred            share `json:"of_referred"`
	Before, After, Change summary
	Lost                  summary
	Movement              struct {
		Better, Same, Worse share
		Reliable            bool
		Threshold           *float64
	}
	Distribution struct{ Bands []band }
	Taken        *taken
	Hidden       map[string]string
}

type filter struct{ Dimension, Group string }

type count struct {
	N     *float64
	Under float64
}

type share struct {
	People, Of    count
	Percent, Over *float64
}

type summary struct{ Mean, SD *float64 }

type band struct {
	From, To      json.Number
	Before, After count
}

// read takes the bodies of one release.
func read(release []json.RawMessage) (all []body, err error) {
	for _, raw := range release {
		var b body
		if err := json.Unmarshal(raw, &b); err != nil {
			return nil, fmt.Errorf("attack: read a figure: %w", err)
		}
		slices.SortFunc(b.Question.Filters, func(x, y filter) int { return cmp.Compare(x.Dimension, y.Dimension) })
		all = append(all, b)
	}
	return all, nil
}

// key names the question of a figure.
func (b body) key() string {
	q := b.Question
	return strings.Join([]string{q.Scheme, q.Series, q.Occasion, q.From, q.To}, "|") + b.filters()
}

func (b body) filters() (text string) {
	for _, f := range b.Question.Filters {
		text += "|" + f.Dimension + "=" + f.Group
	}
	return text
}

// family are the figures that can add up with each other.
func (b body) family() string {
	return b.Question.Scheme + "|" + b.Question.Series + "|" + b.Question.Occasion
}
