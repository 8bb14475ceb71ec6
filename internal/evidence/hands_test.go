package evidence_test

import (
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// Three on each side are enough; fewer are said with their number, nobody on
// record is said as that, and a group of nobody is left to the overlap.
func TestTooFewHands(t *testing.T) {
	for name, c := range map[string]struct {
		hands         scheme.Hands
		without, with int
		says          []string
	}{
		"three of each":  {scheme.Hands{Therapists: 3, Named: 20, Holders: 3, Held: 4}, 30, 20, nil},
		"two therapists": {scheme.Hands{Therapists: 2, Named: 15, Holders: 3, Held: 30}, 30, 20, []string{"Only 2 occupational therapists are on record behind the people measured twice with an occupational therapist, and at least 3 are needed: a difference would be about them. For 5 of 20 it is not recorded who it was."}},
		"one of each":    {scheme.Hands{Therapists: 1, Named: 20, Holders: 1, Held: 30}, 30, 20, []string{"Only 1 practitioner is on record behind", "Only 1 occupational therapist is on record behind"}},
		"nobody on record": {scheme.Hands{Holders: 9, Held: 30}, 30, 20, []string{
			"It is not recorded which occupational therapist worked with any of the 20 people measured twice with an occupational therapist."}},
		"one person, nobody on record": {scheme.Hands{Holders: 9, Held: 30}, 30, 1, []string{"It is not recorded which occupational therapist worked with the 1 person measured twice"}},
		"nobody with one":              {scheme.Hands{Holders: 9, Held: 30}, 30, 0, nil},
	} {
		got := evidence.TooFewHands(c.hands, c.without, c.with)
		if len(got) != len(c.says) {
			t.Errorf("%s: %q", name, got)
			continue
		}
		for i, want := range c.says {
			if !strings.Contains(got[i], want) {
				t.Errorf("%s: %q does not say %q", name, got[i], want)
			}
		}
	}
}

// One, none and several read as people say it.
func TestHandsSentence(t *testing.T) {
	for want, h := range map[string]scheme.Hands{
		"1 occupational therapist stands behind the people with one (recorded for 20 of 20), and no practitioner is on record behind the people without (recorded for 0 of 30).":            {Therapists: 1, Named: 20},
		"3 different occupational therapists stand behind the people with one (recorded for 19 of 20), and 1 practitioner stands behind the people without (recorded for 30 of 30).":        {Therapists: 3, Named: 19, Holders: 1, Held: 30},
		"No occupational therapist is on record behind the people with one (recorded for 0 of 20), and 12 different practitioners stand behind the people without (recorded for 30 of 30).": {Holders: 12, Held: 30},
	} {
		if got := evidence.HandsSentence(h, 30, 20); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
