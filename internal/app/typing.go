package app

import (
	"maps"
	"slices"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Typing says whether somebody is to look twice at an entry that is unlikely.
type Typing string

const (
	TypingTaken     Typing = ""          // as it comes: from a program that has it from elsewhere
	TypingChecked   Typing = "check"     // what is unlikely is refused with assessment.check
	TypingConfirmed Typing = "confirmed" // somebody looked twice, and it is right
)

// Typings lists them, in order.
func Typings() []Typing { return []Typing{TypingTaken, TypingChecked, TypingConfirmed} }

func (t Typing) check(wrong *fault.List) {
	if !slices.Contains(Typings(), t) {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "“%.40s” is not one of the choices.", t).At("typing"))
	}
}

// checkTyping is one sentence whatever the ground: whoever enters a score must
// not learn from it what the earlier one was, or which way it lies.
func checkTyping() *fault.Fault {
	return fault.New(fault.Invalid, fault.CheckTyping, "Check what you typed against the form. If it is right, tick “I have checked it” and save again.").At("typing")
}

// fewestAlike is how many answers it takes before their being alike is rare.
const fewestAlike = 5

// unlikely reports whether a is worth a second look: all of its answers are the
// same number, or the very ones of another day, or a score lies more than half
// of its scale from the nearest earlier one (or, where there is none, the next).
func (v ReferralView) unlikely(def measure.Definition, a scheme.Assessment) bool {
	var others []scheme.Assessment // oldest first
	for _, o := range v.Assessments {
		if o.Measure == a.Measure && o.Rater == a.Rater && o.ID != a.ID {
			others = append(others, o)
		}
	}
	if def.Own == nil && len(a.Responses) >= fewestAlike {
		same := slices.Compact(slices.Sorted(maps.Values(a.Responses)))
		again := slices.ContainsFunc(others, func(o scheme.Assessment) bool { return maps.Equal(o.Responses, a.Responses) })
		if len(same) == 1 || again {
			return true
		}
	}
	if len(others) == 0 {
		return false
	}
	near := others[0]
	for _, o := range others {
		if !o.On.After(a.On) {
			near = o
		}
	}
	return def.Jumps(near.Scores, a.Scores)
}

// readDigits turns digits into responses and notes what is wrong with them.
func (in *NewAssessment) readDigits(def measure.Definition, wrong *fault.List) error {
	switch {
	case in.Digits == "":
		return nil
	case len(in.Responses) > 0:
		in.Responses = nil
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Send the answers or the digits, not both.").At("digits"))
		return nil
	case !def.Keyed():
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "The answers to %s cannot be typed as digits in a row. Send them one by one.", def.Short).At("digits"))
		return nil
	}
	read, err := def.FromDigits(in.Digits)
	if err == nil {
		in.Responses = read
	}
	return wrong.Note("digits", err)
}
