package evidence_test

import (
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// From ten people on an interval is told; of nine the finding holds it, and nobody
// is told it nor which way it points. Two people's would be longer than the scale.
func TestTold(t *testing.T) {
	about := evidence.Context{Scheme: "Riverside"}
	for people, told := range map[int]bool{2: false, 9: false, 10: true} {
		f := evidence.Of(satisfaction(), steps(map[scheme.Step]int{{From: 3, To: 6}: people - 1, {From: 5, To: 4}: 1}))
		if f.Change.CILo == nil || f.Change.CIHi == nil {
			t.Fatalf("%d people: the finding has no interval", people)
		}
		lo, hi, why := f.Told()
		if (lo != nil && hi != nil) != told || (why == "") != told {
			t.Errorf("%d people: told %v to %v, %q", people, lo, hi, why)
		}
		board := f.BoardAnswer(about, laidDown())
		for _, said := range []string{f.Sentence(about), board[1], strings.Join(f.Claims(about, laidDown()).May, " ")} {
			if strings.Contains(said, "95% interval") != told || strings.Contains(said, "too few for an interval") == told {
				t.Errorf("%d people: %q", people, said)
			}
		}
		if (f.Bearing() == evidence.Unclear) == told {
			t.Errorf("%d people point %s", people, f.Bearing())
		}
	}
}

// What could have come by itself is said with its “if” whichever way it went, and of
// one person no table of groups says which way.
func TestByItselfIsSaidOfBadNewsToo(t *testing.T) {
	score := satisfaction()
	score.Norm = &measure.Norm{Mean: new(7.5), Population: "adults", Source: "test"}
	score.Retests = []measure.Retest{{Coefficient: 0.6, Low: 0.5, High: 0.7, Interval: "two weeks", Population: "test", Source: "test"}}
	for says, moves := range map[string]map[scheme.Step]int{
		"they went the other way.":       {{From: 4, To: 3}: 30, {From: 4, To: 2}: 10},
		"they did not gain so much.":     {{From: 4, To: 5}: 20, {From: 4, To: 3}: 20},
		"this is no sign of more.":       {{From: 4, To: 8}: 5, {From: 4, To: 2}: 6},
		"this may be no more than that.": {{From: 4, To: 5}: 30, {From: 4, To: 6}: 10},
		"this is more.":                  {{From: 4, To: 8}: 30, {From: 4, To: 7}: 10},
	} {
		f := evidence.Of(score, steps(moves))
		said := f.Sentence(evidence.Context{Scheme: "Riverside"})
		if !strings.Contains(said, says) || !strings.Contains(said, "could be expected of people who began here without any help, if their usual level is 7.5 points") {
			t.Errorf("want %q: %q (%s)", says, said, f.Bearing())
		}
	}
	if one := evidence.Of(score, steps(map[scheme.Step]int{{From: 4, To: 3}: 1})); one.Moves() != one.MeanChange() || strings.ContainsAny(one.Moves(), "0123456789") {
		t.Errorf("of one person: %q", one.Moves())
	}
}
