package evidence_test

import (
	"math"
	"slices"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// A limit that is drawn goes through the limits of the groups that there are, and
// narrows where there are more people.
func TestFunnelCurves(t *testing.T) {
	crowd := func(n int, by int) evidence.Finding {
		made := map[scheme.Step]int{}
		for i := range n {
			step := scheme.Step{From: 3, To: 4}
			if i%4 < by {
				step.To = 7
			}
			made[step]++
		}
		table := with(steps(made), scheme.Tally{State: scheme.BaselineOnly, Stage: scheme.StageStarted, From: 3, People: n / 3})
		return evidence.Of(satisfaction(), table)
	}
	all := evidence.Across(map[string]evidence.Finding{"Ann": crowd(24, 1), "Bo": crowd(60, 2), "Cy": crowd(400, 1)})
	means, shares := all.FunnelMeanChange, all.FunnelCompletion
	var people []int64
	for _, n := range shares.N {
		people = append(people, int64(n))
	}
	for name, c := range map[string]struct {
		got        evidence.Curves
		p998, more evidence.Band
		wide, far  evidence.Curves
	}{
		"means":  {means.Curves(means.SE), means.Unadjusted.L998, means.Additive.L998, means.Curves([]float64{1}), means.Curves([]float64{0.5})},
		"shares": {shares.Curves(people), shares.Exact.L998, shares.Arcsine.L998Additive, shares.Curves([]int64{20}), shares.Curves([]int64{200})},
	} {
		for i := range c.p998.Lo {
			for _, pair := range [][2]*float64{{c.got.P998.Lo[i], c.p998.Lo[i]}, {c.got.P998.Hi[i], c.p998.Hi[i]}, {c.got.Additive.Lo[i], c.more.Lo[i]}, {c.got.Additive.Hi[i], c.more.Hi[i]}} {
				if math.Abs(*pair[0]-*pair[1]) > 1e-12 {
					t.Errorf("%s: the curve is at %v where the limit of group %d is %v", name, *pair[0], i, *pair[1])
				}
			}
		}
		if *c.wide.P95.Hi[0]-*c.wide.P95.Lo[0] <= *c.far.P95.Hi[0]-*c.far.P95.Lo[0] {
			t.Errorf("%s: the limits do not narrow", name)
		}
	}
	if c := (evidence.Funnel{}).Curves([]float64{1}); c.P95.Lo != nil {
		t.Errorf("without a target: %+v", c)
	}
}

// Of few measured twice nothing is said about change, and how many were measured
// again is; a group's interval is its own.
func TestAcrossThose(t *testing.T) {
	f := evidence.Of(satisfaction(), twice(40, 3, scheme.Step{From: 5, To: 8}))
	g := evidence.Of(satisfaction(), twice(5, 40, scheme.Step{From: 5, To: 8}))
	three := map[string]evidence.Finding{"Ann": f, "Bo": f, "Cy": g}
	all := evidence.AcrossThose(evidence.Parts{Change: map[string]evidence.Finding{"Ann": f, "Bo": f}, Due: three, All: three})
	if p := all.PooledMeanChange; p.K != 2 || len(all.FunnelCompletion.Scheme) != 3 {
		t.Errorf("%d pooled, %v measured again", p.K, all.FunnelCompletion.Scheme)
	} else if lo, hi := p.Interval(0); lo != *f.Change.CILo || hi != *f.Change.CIHi {
		t.Errorf("the interval is %v to %v, and in the table %v to %v", lo, hi, *f.Change.CILo, *f.Change.CIHi)
	}
	if got := all.PooledMeanChange.Excluded; !slices.Equal(got, []string{"Cy"}) || !slices.Equal(all.CompletionByScheme.Groups, []string{"Ann", "Bo", "Cy"}) {
		t.Errorf("excluded: %v; completion of %v", got, all.CompletionByScheme.Groups)
	}
}

// Where groups are too small to speak together, the reason says so, and how many
// are not; where there are too few of any size it says that.
func TestAcrossThose_tooSmall(t *testing.T) {
	f := evidence.Of(satisfaction(), twice(40, 3, scheme.Step{From: 5, To: 8}))
	g := evidence.Of(satisfaction(), twice(5, 40, scheme.Step{From: 5, To: 8}))
	one, three := map[string]evidence.Finding{"Ann": f}, map[string]evidence.Finding{"Ann": f, "Bo": g, "Cy": g}
	for _, c := range []struct {
		of   evidence.Parts
		want map[string]string // "" for what is there
	}{
		{evidence.Parts{Change: one, Due: three, All: three}, map[string]string{
			"pooled_mean_change": "1 of 3 groups has 20 or more people measured twice, and at least 2 such groups are needed",
			"pooled_smcr":        "1 of 3 groups has 20 or more people measured twice, and at least 2 such groups are needed",
			"funnel_mean_change": "1 of 3 groups has 20 or more people measured twice, and at least 2 such groups are needed",
			"funnel_completion":  "", "completion_by_scheme": "",
		}},
		{evidence.Parts{All: three}, map[string]string{
			"pooled_mean_change": "none of 3 groups has 20 or more people measured twice, and at least 2 such groups are needed",
			"funnel_completion":  "none of 3 groups has 20 or more people due, and at least 2 such groups are needed", "completion_by_scheme": "",
		}},
		{evidence.Parts{Change: one, Due: one, All: one}, map[string]string{
			"pooled_mean_change": "fewer than 2 groups", "funnel_completion": "fewer than 2 groups", "completion_by_scheme": "fewer than 2 groups",
		}},
	} {
		got := evidence.AcrossThose(c.of)
		for path, want := range c.want {
			if want != "" {
				want = "not estimable: " + want
			}
			if got.Reasons[path] != want {
				t.Errorf("%s: %q, want %q", path, got.Reasons[path], want)
			}
		}
	}
}
