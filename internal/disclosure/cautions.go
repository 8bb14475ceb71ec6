package disclosure

import (
	"fmt"

	"cairn/internal/evidence"
)

// Cautions are what a reader must know before the numbers are used, the biggest
// first; there is always one. They are judged by the numbers as shown, so that
// whether a caution stands there tells nothing more.
func (f Figure) Cautions() []string {
	died, moved := f.Flow.Died, f.Flow.Moved
	all := []caution{
		{f.complete(f.Completion) == poor, fmt.Sprintf(
			"%s of those due were measured again, fewer than 60%%. Those who were not may have fared differently.", capital(f.Completion.Text()))},
		{f.Flow.Paired.Known() && *f.Flow.Paired.N < evidence.FewPeople, fmt.Sprintf(
			"Fewer than %d people were measured twice: the figures would change a good deal with a few more.", evidence.FewPeople)},
		{f.complete(f.Completion) == enough && f.complete(f.OfReferred) == poor, fmt.Sprintf(
			"Of everybody referred, %s were measured twice.", f.OfReferred.Text())},
		{true, "There is no comparison group: people may have changed without the scheme."},
		{!f.Movement.Reliable,
			"No threshold of reliable change is agreed for this score: some of the movement is the measure's own error."},
		{f.Flow.FollowupOnly.Known(), fmt.Sprintf(
			"%s people have a later score and no baseline: counted, and in no comparison.", capital(f.Flow.FollowupOnly.Text()))},
		{died.Known() || moved.Known(), fmt.Sprintf(
			"%s people died and %s moved away before the later score: counted apart, and not as lost.", capital(died.Text()), moved.Text())},
		{atAnEnd(f.Ends.Best), fmt.Sprintf(
			"%s began at the best end of the scale, where a score cannot get better.", capital(f.Ends.Best.Text()))},
		{atAnEnd(f.Ends.Worst), fmt.Sprintf(
			"%s began at the worst end of the scale, where a score cannot get worse.", capital(f.Ends.Worst.Text()))},
		{f.regresses(), fmt.Sprintf(
			"A change of about %s points was to be expected of people who began here without any help (regression to the mean).", signed(f.Regression.Expected))},
		{f.Change.Mean != nil && f.Regression.Range != nil, f.ByItselfWords()},
	}
	var said []string
	for _, one := range all {
		if one.holds {
			said = append(said, one.text)
		}
	}
	return said
}

// A caution is a sentence and whether it is called for.
type caution struct {
	holds bool
	text  string
}

// How complete a share is, as far as it can be told.
type completeness int

const (
	unknown completeness = iota
	poor
	enough
)

func (f Figure) complete(s Share) completeness {
	const whole = 100 * evidence.Complete
	switch {
	case s.Percent != nil && float64(*s.Percent) < whole, s.Under != nil && float64(*s.Under) <= whole:
		return poor
	case s.Percent != nil, s.Over != nil && float64(*s.Over) >= whole:
		return enough
	}
	return unknown
}

func atAnEnd(s Share) bool {
	return s.Percent != nil && float64(*s.Percent) >= 100*evidence.AtAnEnd || s.Over != nil
}

// regresses is of releases that were made without a range.
func (f Figure) regresses() bool {
	expected := f.Regression.Expected
	return f.Regression.Range == nil && f.Change.Mean != nil && expected != nil && f.better(*expected) > 0
}

func signed(v *float64) string {
	if v != nil && *v > 0 {
		return "+" + points(v)
	}
	return points(v)
}

func capital(text string) string {
	if text == "" || text[0] < 'a' || text[0] > 'z' {
		return text
	}
	return string(text[0]-'a'+'A') + text[1:]
}
