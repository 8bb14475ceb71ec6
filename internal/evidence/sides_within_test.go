package evidence_test

import (
	"math"
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Where a therapist works in the scheme whose people gain more, that is no
// difference: people are compared with others of their own scheme. Schemes with
// people of one side alone are in neither number.
func TestSidesWithinSchemes(t *testing.T) {
	score := measure.Score{Name: "wellbeing", Direction: measure.HigherIsBetter, Max: 40}
	good := evidence.Part{Reference: begun(10, 10, 19, 6), Other: begun(60, 10, 19, 6)}
	poor := evidence.Part{Reference: begun(60, 10, 19, 1), Other: begun(10, 10, 19, 1)}
	alone := evidence.Part{Reference: begun(30, 10, 19, 9), Other: scheme.NewTransitions()}
	plain := evidence.NewSides(score, begun(10, 10, 19, 6), begun(60, 10, 19, 6), sided())
	if len(plain.Refused) == 0 {
		t.Fatal("10 people are compared")
	}
	s := evidence.NewSidesWithin(score, []evidence.Part{good, poor, alone}, sided())
	diff, lo, hi := s.Difference()
	if len(s.Refused) > 0 || diff == nil || math.Abs(*diff) > 0.1 || *lo > 0 || *hi < 0 || s.Compared != nil {
		t.Fatalf("refused %q, difference %v", s.Refused, diff)
	}
	if s.Within.Schemes != 2 || s.Within.Outside != 30 || s.Reference.Counts.Paired != 100 || s.Other.Counts.Paired != 70 || s.Overlap.N != [2]int{70, 70} {
		t.Errorf("%+v of %d and %d, alike %v", s.Within, s.Reference.Counts.Paired, s.Other.Counts.Paired, s.Overlap.N)
	}
	if said := s.Within.Sentence(); !strings.Contains(said, "2 schemes have people of both groups. 30 people were measured twice in schemes that have people of one group alone") {
		t.Error(said)
	}
	apart := evidence.NewSidesWithin(score, []evidence.Part{alone, {Reference: scheme.NewTransitions(), Other: begun(60, 10, 19, 6)}}, sided())
	if diff, _, _ := apart.Difference(); diff != nil || !strings.Contains(strings.Join(apart.Refused, " "), "0 people were measured twice with a therapist, in a scheme that has both") || !strings.Contains(apart.Within.Sentence(), "No scheme has people of both") {
		t.Errorf("each group in a scheme of its own: %v, %q", diff, apart.Refused)
	}
	one := evidence.NewSidesWithin(score, []evidence.Part{{Reference: begun(40, 10, 19, 1), Other: begun(60, 10, 19, 3)}}, sided())
	if diff, _, _ := one.Difference(); one.Within != nil || one.Compared == nil || math.Abs(*diff-2) > 1e-9 {
		t.Errorf("one scheme: %+v", one.Within)
	}
	if nobody := evidence.NewSidesWithin(score, nil, sided()); len(nobody.Refused) != 2 {
		t.Errorf("nobody: %q", nobody.Refused)
	}
}
