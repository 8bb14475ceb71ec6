package stat

import (
	"fmt"
	"testing"
)

type wantedAttrition struct {
	Difference *float64 `json:"diff_lost_minus_completers"`
	wantedWelch
	StudentP  *float64 `json:"student_p"`
	SMDPooled *float64 `json:"smd_pooled"`
	SMDHedges *float64 `json:"smd_hedges"`
	W         *float64 `json:"ranksum_W"`
	RankSumP  *float64 `json:"ranksum_p_r_default"`
}

func (want wantedAttrition) check(t *testing.T, got Attrition, tolerance float64) {
	t.Helper()
	near(t, "lost less completers", got.Difference, want.Difference, tolerance)
	want.wantedWelch.check(t, "Welch", got.Welch, tolerance)
	nearP(t, "Student p", got.Student.P, want.StudentP, tolerance)
	near(t, "pooled", got.SMDPooled, want.SMDPooled, tolerance)
	near(t, "Hedges", got.SMDHedges, want.SMDHedges, tolerance)
	near(t, "W", got.RankSum.W, want.W, tolerance)
	nearP(t, "rank-sum p", got.RankSum.P, want.RankSumP, tolerance)
}

type wantedRegression struct {
	PopMean         float64 `json:"pop_mean"`
	Rho             float64
	Expected        *float64 `json:"expected_change_rho"`
	Net             *float64 `json:"net_change_rho"`
	ExpectedSampleR *float64 `json:"expected_change_sample_r"`
	Cutoff          *struct {
		Cutoff    float64
		Side      string
		PopSD     float64 `json:"pop_sd"`
		Z         *float64
		C         *float64 `json:"C_z"`
		Magnitude *float64 `json:"rtm_effect_magnitude"`
		Expected  *float64 `json:"expected_change"`
	}
	Slope           *float64 `json:"slope_post_on_pre"`
	RBaselineChange *float64 `json:"r_baseline_change"`
	OldhamR         *float64 `json:"oldham_r"`
	OldhamP         *float64 `json:"oldham_p"`
}

func (want wantedRegression) check(t *testing.T, table Table, tolerance float64) {
	t.Helper()
	p := table.Paired()
	near(t, "expected", p.ExpectedChange(want.PopMean, want.Rho), want.Expected, tolerance)
	near(t, "net", p.NetChange(want.PopMean, want.Rho), want.Net, tolerance)
	near(t, "expected by r", p.ExpectedChangeSampleR(want.PopMean), want.ExpectedSampleR, tolerance)
	near(t, "slope", table.SlopeAfterOnBefore(), want.Slope, tolerance)
	near(t, "r with the baseline", table.RBaselineChange(), want.RBaselineChange, tolerance)
	near(t, "Oldham's r", table.Oldham().R, want.OldhamR, tolerance)
	nearP(t, "Oldham's p", table.Oldham().P, want.OldhamP, tolerance)
	if c := want.Cutoff; c != nil {
		entry := map[string]Entry{"above": EntryAbove, "below": EntryBelow}[c.Side]
		got := Selection{c.Cutoff, entry, want.PopMean, c.PopSD, want.Rho}.Selected()
		near(t, "z", got.Z, c.Z, tolerance)
		near(t, "C", got.C, c.C, tolerance)
		near(t, "magnitude", got.Magnitude, c.Magnitude, tolerance)
		near(t, "expected by the cut-off", got.Expected, c.Expected, tolerance)
	}
}

// The acceptance cases: every number about groups and about who was lost.
func TestAcceptance_Groups(t *testing.T) {
	v := vectors[[]struct {
		Name     string
		Decimals int
		People   []struct {
			Name       string
			Cells      [][3]int64
			Lost       []int64
			Attrition  wantedAttrition
			Regression wantedRegression `json:"regression_to_mean"`
		}
		Compare []struct {
			Name   string
			Groups [][][3]int64
			ANCOVA struct {
				wantedANCOVA
				Means     []*float64 `json:"adjusted_means"`
				MeanSEs   []*float64 `json:"adjusted_mean_se"`
				Contrasts []wantedContrast
			}
			Unadjusted []wantedUnadjusted
		}
		Completion *wantedCompletion
	}](t, "acceptance_groups")
	compared := 0
	for _, c := range v.Cases {
		for _, p := range c.People {
			t.Run(p.Name, func(t *testing.T) {
				table := people{Decimals: c.Decimals, Cells: p.Cells}.table(t)
				attrition, err := NewAttrition(histogramOf(t, c.Decimals, p.Lost...), table.Before())
				if err != nil {
					t.Fatal(err)
				}
				p.Attrition.check(t, attrition, v.Tolerance)
				p.Regression.check(t, table, v.Tolerance)
			})
		}
		for _, p := range c.Compare {
			compared++
			t.Run(p.Name, func(t *testing.T) {
				groups := make([]Table, len(p.Groups))
				for i, cells := range p.Groups {
					groups[i] = people{Decimals: c.Decimals, Cells: cells}.table(t)
				}
				got, err := NewANCOVA(groups)
				if err != nil {
					t.Fatal(err)
				}
				unadjusted, err := NewUnadjusted(groups)
				if err != nil {
					t.Fatal(err)
				}
				p.ANCOVA.check(t, got, v.Tolerance)
				for i := range groups {
					near(t, fmt.Sprintf("mean %d", i), got.AdjustedMeans[i], p.ANCOVA.Means[i], v.Tolerance)
					near(t, fmt.Sprintf("mean %d se", i), got.AdjustedMeanSEs[i], p.ANCOVA.MeanSEs[i], v.Tolerance)
				}
				for i, want := range p.Unadjusted {
					p.ANCOVA.Contrasts[i].check(t, fmt.Sprintf("contrast %d", i), got.Contrasts[i], v.Tolerance)
					want.check(t, fmt.Sprintf("unadjusted %d", i), unadjusted[i], v.Tolerance)
				}
			})
		}
		if c.Completion != nil {
			compared++
			c.Completion.check(t, v.Tolerance)
		}
	}
	if compared != 3 {
		t.Errorf("%d comparisons of groups, want 3", compared)
	}
}
