package evidence

import (
	"fmt"
	"strings"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A ProfileReading is one person's profiles with what may be said of them:
// dimension by dimension, since the digits are no number.
type ProfileReading struct {
	scheme.AnswerProfile
	Better, Worse, Same []string // dimensions, between the first and the last by the rater whom the measure asks

	taken int // by that rater
}

// ReadProfile says what a course of profiles comes to. A dimension that either
// of the two left out is in none of the lists.
func ReadProfile(p scheme.AnswerProfile) ProfileReading {
	r := ProfileReading{AnswerProfile: p}
	var own []scheme.Answered
	for _, t := range p.Taken {
		if t.By == p.Measure.Rater {
			own = append(own, t)
		}
	}
	if r.taken = len(own); r.taken < 2 || !own[len(own)-1].On.After(own[0].On) {
		r.taken = min(r.taken, 1)
		return r
	}
	first, last := own[0].Responses, own[len(own)-1].Responses
	for _, sc := range p.Measure.Scores {
		was, before := first[sc.Item]
		is, after := last[sc.Item]
		if sc.Kind != measure.KindItem || !before || !after {
			continue
		}
		name := lower(sc.Name)
		switch moved := (is - was) * int(sc.Direction); {
		case moved > 0:
			r.Better = append(r.Better, name)
		case moved < 0:
			r.Worse = append(r.Worse, name)
		default:
			r.Same = append(r.Same, name)
		}
	}
	return r
}

// Says is what changed between the first profile and the last.
func (r ProfileReading) Says() string {
	switch r.taken {
	case 0:
		return "There is no profile by the person whom this measure asks, so nothing is compared."
	case 1:
		return "One profile so far: nothing to compare it with yet."
	}
	return fmt.Sprintf("Since the first: better in %s; worse in %s; the same in %s. Whether that is more than chance cannot be said.",
		Several(r.Better), Several(r.Worse), Several(r.Same))
}

// Digits says what stands where in a profile, and what its digits mean.
func (r ProfileReading) Digits() string {
	var names []string
	for _, it := range r.Measure.Items {
		names = append(names, lower(it.Label()))
	}
	it := r.Measure.Items[0]
	return fmt.Sprintf("%s; %s is %s, %s is %s", strings.Join(names, ", "), it.Response(it.Min), it.Low, it.Response(it.Max), it.High)
}
