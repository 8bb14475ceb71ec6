package stat

import (
	"errors"
	"testing"
)

// The acceptance cases hold the numbers; here is what is refused when.
func TestAttrition_Refusals(t *testing.T) {
	some := histogramOf(t, 0, 18, 21, 7, 24)
	for _, c := range []struct {
		name             string
		lost, completers Histogram
		difference, rest Refusal
	}{
		{"nobody lost", Histogram{}, some, ErrNobody, ErrNobody},
		{"nobody measured again", some, Histogram{}, ErrNobody, ErrNobody},
		{"one lost", histogramOf(t, 0, 19), some, "", ErrUnder2InGroup},
		{"no spread in either", histogramOf(t, 0, 9, 9), histogramOf(t, 0, 8, 8), "", ErrAlikeInGroups},
		{"everyone the same", histogramOf(t, 0, 9, 9), histogramOf(t, 0, 9, 9), "", ErrAlikeInGroups},
		{"both can be compared", histogramOf(t, 0, 19, 20), some, "", ""},
	} {
		got, err := NewAttrition(c.lost, c.completers)
		if err != nil {
			t.Fatal(err)
		}
		if got.Lost.N != c.lost.N() || got.Completers.N != c.completers.N() {
			t.Errorf("%s: %d lost, %d completed", c.name, got.Lost.N, got.Completers.N)
		}
		if got.Difference.Why() != c.difference {
			t.Errorf("%s: difference %q", c.name, got.Difference.Why())
		}
		for what, n := range map[string]Number{
			"W": got.RankSum.W, "rank-sum p": got.RankSum.P, "Welch": got.Welch.P, "Student": got.Student.P,
			"pooled": got.SMDPooled, "Hedges": got.SMDHedges,
		} {
			if n.Why() != c.rest {
				t.Errorf("%s: %s %q, want %q", c.name, what, n.Why(), c.rest)
			}
		}
	}
	if _, err := NewAttrition(some, histogramOf(t, 1, 18)); !errors.Is(err, ErrUnlikeScores) {
		t.Errorf("whole scores beside tenths: %v", err)
	}
}
