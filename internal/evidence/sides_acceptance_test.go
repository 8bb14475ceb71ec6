package evidence_test

import (
	"math"
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// R's adjusted difference and HC3 of the made-up case. Its groups are too small
// to be compared here and begin too far apart, also with five of everybody, so
// both are refused; what Sides would say of them is held against R all the same.
func TestSidesAgreeWithR(t *testing.T) {
	score, _ := settings(t, "madeup", 0)
	groups := read(t, "madeup", score)["ot"]
	without, with := groups["without_ot"], groups["with_ot"]
	var want struct {
		Results map[string]struct {
			OT struct {
				ANCOVA struct {
					Contrasts map[string]struct {
						Diff float64 `json:"adjusted_diff"`
						HC3  float64 `json:"se_hc3"`
						SE   float64 `json:"se"`
						Lo   float64 `json:"ci_lo"`
					} `json:"contrasts"`
				} `json:"ancova"`
				Unadjusted map[string]struct {
					SMD float64 `json:"baseline_smd_pooled"`
				} `json:"unadjusted"`
			} `json:"compare_ot"`
		}
	}
	decode(t, "madeup", "expected.json", &want)
	r := want.Results["swb|pre|post"].OT
	c, apart := r.ANCOVA.Contrasts["with_ot"], r.Unadjusted["with_ot"].SMD

	few := evidence.NewSides(score, without, with, evidence.TherapySides())
	if len(few.Refused) != 2 || !strings.Contains(few.Refused[0], "6 people were measured twice without an occupational therapist") || few.Compared != nil {
		t.Errorf("refused: %q", few.Refused)
	}
	if math.Abs(*few.Overlap.SMD-apart) > 1e-9 {
		t.Errorf("baselines are %v apart, R has %v", *few.Overlap.SMD, apart)
	}
	pair, err := evidence.Compare(score, evidence.ReferenceSide, map[string]scheme.Transitions{evidence.ReferenceSide: without, evidence.OtherSide: with})
	if err != nil {
		t.Fatal(err)
	}
	diff, lo, hi := evidence.Sides{Compared: &pair}.Difference()
	half := (c.Diff - c.Lo) / c.SE * c.HC3 // R's t quantile on the residual df
	for name, got := range map[string][2]float64{"difference": {*diff, c.Diff}, "from": {*lo, c.Diff - half}, "to": {*hi, c.Diff + half}} {
		if math.Abs(got[0]-got[1]) > 1e-8 {
			t.Errorf("%s: %v, R has %v", name, got[0], got[1])
		}
	}

	many := [2]scheme.Transitions{scheme.NewTransitions(), scheme.NewTransitions()}
	for range 5 {
		many[0].Merge(without)
		many[1].Merge(with)
	}
	s := evidence.NewSides(score, many[0], many[1], evidence.TherapySides())
	if len(s.Refused) != 1 || !strings.HasPrefix(s.Refused[0], "Only 60% of those with an occupational therapist began within") || s.Compared != nil {
		t.Errorf("five of everybody: %q", s.Refused)
	}
}
