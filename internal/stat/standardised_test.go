package stat

import (
	"fmt"
	"math"
	"testing"
)

type arm struct {
	N            int64
	Pre, Post, R float64
	SDPre        float64 `json:"sd_pre"`
	G, Var       float64
}

func TestSMCR_Morris2008(t *testing.T) {
	v := vectors[[]struct {
		Treated, Control arm
		Diff             float64
	}](t, "morris2008")
	check := func(t *testing.T, a arm) float64 {
		t.Helper()
		got := Paired{
			N: a.N, MeanChange: Known(a.Post - a.Pre), SDBefore: Known(a.SDPre), R: Known(a.R),
		}.SMCR()
		value, err := got.Value.Value()
		if err != nil {
			t.Fatal(err)
		}
		variance, err := got.Variance.Value()
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(value-a.G) > v.Tolerance || math.Abs(variance-a.Var) > v.Tolerance {
			t.Errorf("n=%d: g, var = %.4f, %.4f; want %.4f, %.4f", a.N, value, variance, a.G, a.Var)
		}
		return value
	}
	for i, s := range v.Cases {
		t.Run(fmt.Sprintf("study %d", i+1), func(t *testing.T) {
			if diff := check(t, s.Treated) - check(t, s.Control); math.Abs(diff-s.Diff) > 0.0051 {
				t.Errorf("treated − control = %.4f, want %.2f", diff, s.Diff)
			}
		})
	}
}

type smc struct {
	YI, VI, SE *float64
	Low        *float64 `json:"ci_lo"`
	High       *float64 `json:"ci_hi"`
}

func (want *smc) check(t *testing.T, what string, got StandardisedChange, tolerance float64) {
	t.Helper()
	if want == nil {
		return // the file says why
	}
	near(t, what+" y", got.Value, want.YI, tolerance)
	near(t, what+" v", got.Variance, want.VI, tolerance)
	near(t, what+" se", got.SE, want.SE, tolerance)
	near(t, what+" low", got.CI.Low, want.Low, tolerance)
	near(t, what+" high", got.CI.High, want.High, tolerance)
}

func TestStandardised_R(t *testing.T) {
	v := vectors[[]struct {
		people
		DZ                *float64 `json:"d_z"`
		DZLow             *float64 `json:"d_z_ci_normal_lo"`
		DZHigh            *float64 `json:"d_z_ci_normal_hi"`
		DAvMean           *float64 `json:"d_av_mean_sd"`
		DAvRootMeanSquare *float64 `json:"d_av_rms_sd"`
		DRM               *float64 `json:"d_rm"`
		DBaseline         *float64 `json:"d_baseline_sd"`
		JExact            *float64 `json:"j_exact"`
		JApprox           *float64 `json:"j_approx"`
		GZ                *float64 `json:"g_z"`
		GZApprox          *float64 `json:"g_z_approxJ"`
		GBaselineApprox   *float64 `json:"g_baseline_sd_approxJ"`
		SMCR, SMCC, SMCRH *smc
	}](t, "standardised")
	escalc := 0
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			p := c.table(t).Paired()
			near(t, "d_z", p.DZ(), c.DZ, v.Tolerance)
			near(t, "d_z normal low", p.DZNormal().Low, c.DZLow, v.Tolerance)
			near(t, "d_z normal high", p.DZNormal().High, c.DZHigh, v.Tolerance)
			near(t, "d_av mean", p.DAvMean(), c.DAvMean, v.Tolerance)
			near(t, "d_av rms", p.DAvRootMeanSquare(), c.DAvRootMeanSquare, v.Tolerance)
			near(t, "d_rm", p.DRM(), c.DRM, v.Tolerance)
			near(t, "d_baseline", p.DBaseline(), c.DBaseline, v.Tolerance)
			near(t, "J exact", p.JExact(), c.JExact, v.Tolerance)
			near(t, "J approx", p.JApprox(), c.JApprox, v.Tolerance)
			near(t, "g_z", p.GZ(), c.GZ, v.Tolerance)
			near(t, "g_z approx", p.GZApprox(), c.GZApprox, v.Tolerance)
			near(t, "g_baseline approx", p.GBaselineApprox(), c.GBaselineApprox, v.Tolerance)
			c.SMCR.check(t, "smcr", p.SMCR(), v.Tolerance)
			c.SMCC.check(t, "smcc", p.SMCC(), v.Tolerance)
			c.SMCRH.check(t, "smcrh", p.SMCRH(), v.Tolerance)
		})
		if c.SMCR != nil {
			escalc++
		}
	}
	if escalc < 8 {
		t.Errorf("only %d cases hold metafor's values", escalc)
	}
}

func TestHedges_R(t *testing.T) {
	v := vectors[[]struct {
		N             int64
		Exact, Approx float64
	}](t, "hedges")
	for _, c := range v.Cases {
		near(t, fmt.Sprintf("J exact of %d", c.N), Paired{N: c.N}.JExact(), &c.Exact, v.Tolerance)
		near(t, fmt.Sprintf("J approx of %d", c.N), Paired{N: c.N}.JApprox(), &c.Approx, v.Tolerance)
	}
}

// Each number goes missing on its own, and for its own reason.
func TestStandardised_Refusals(t *testing.T) {
	of := func(cells ...Cell) Paired { return tableOf(t, 0, cells).Paired() }
	constant := of(Cell{3, 5, 1}, Cell{4, 6, 1}, Cell{7, 9, 1})
	sameBefore := of(Cell{4, 5, 1}, Cell{4, 6, 1}, Cell{4, 9, 1})
	sameAfter := of(Cell{5, 6, 1}, Cell{3, 6, 1}, Cell{1, 6, 1})
	flat := of(Cell{4, 6, 3})
	two := of(Cell{4, 6, 1}, Cell{5, 9, 1})
	for what, c := range map[string]struct {
		got  Number
		want Refusal // "" when it stands
	}{
		"constant change: d_z":         {constant.DZ(), ErrSameChange},
		"constant change: exact low":   {constant.DZExact().Low, ErrSameChange},
		"constant change: normal high": {constant.DZNormal().High, ErrSameChange},
		"constant change: d_baseline":  {constant.DBaseline(), ""},
		"constant change: smcr y":      {constant.SMCR().Value, ""},
		"constant change: smcr v":      {constant.SMCR().Variance, ""},
		"same before: d_baseline":      {sameBefore.DBaseline(), ErrSameBefore},
		"same before: d_av":            {sameBefore.DAvMean(), ""},
		"same before: d_rm":            {sameBefore.DRM(), ErrSameBefore},
		"same before: smcr y":          {sameBefore.SMCR().Value, ErrSameBefore},
		"same before: smcrh v":         {sameBefore.SMCRH().Variance, ErrSameBefore},
		"same before: smcc y":          {sameBefore.SMCC().Value, ""},
		"same before: smcc v needs r":  {sameBefore.SMCC().Variance, ErrSameBefore},
		"same after: smcr y":           {sameAfter.SMCR().Value, ""},
		"same after: smcr v needs r":   {sameAfter.SMCR().Variance, ErrSameAfter},
		"same after: smcr low":         {sameAfter.SMCR().CI.Low, ErrSameAfter},
		"same after: smcc y":           {sameAfter.SMCC().Value, ""},
		"same after: smcc v needs r":   {sameAfter.SMCC().Variance, ErrSameAfter},
		"same after: smcc se":          {sameAfter.SMCC().SE, ErrSameAfter},
		"same after: smcc high":        {sameAfter.SMCC().CI.High, ErrSameAfter},
		"same after: smcrh y":          {sameAfter.SMCRH().Value, ""},
		"same after: smcrh v needs r":  {sameAfter.SMCRH().Variance, ErrSameAfter},
		"same after: smcrh low":        {sameAfter.SMCRH().CI.Low, ErrSameAfter},
		"same throughout: d_av mean":   {flat.DAvMean(), ErrSameBoth},
		"same throughout: d_av rms":    {flat.DAvRootMeanSquare(), ErrSameBoth},
		"same throughout: r":           {flat.R, ErrSameBoth},
		"two people: J exact":          {two.JExact(), ErrUnder3},
		"two people: smcr y":           {two.SMCR().Value, ErrUnder3},
		"two people: d_z":              {two.DZ(), ""},
		"one person: J approx":         {of(Cell{4, 6, 1}).JApprox(), ErrUnder2},
		"one person: d_baseline":       {of(Cell{4, 6, 1}).DBaseline(), ErrUnder2},
		"nobody: J exact":              {of().JExact(), ErrNobody},
		"nobody: g_z":                  {of().GZ(), ErrNobody},
	} {
		if c.got.Why() != c.want {
			t.Errorf("%s: %+v, want %q", what, c.got, c.want)
		}
	}
}
