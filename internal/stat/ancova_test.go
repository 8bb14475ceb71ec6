package stat

import (
	"errors"
	"fmt"
	"testing"
)

type wantedF struct{ F, DF1, DF2, P *float64 }

func (want wantedF) check(t *testing.T, what string, got FTest, tolerance float64) {
	t.Helper()
	near(t, what+" F", got.F, want.F, tolerance)
	near(t, what+" df1", got.DF1, want.DF1, tolerance)
	near(t, what+" df2", got.DF2, want.DF2, tolerance)
	nearP(t, what+" p", got.P, want.P, tolerance)
}

type wantedContrast struct {
	VS         string
	Difference *float64 `json:"adjusted_diff"`
	SE, T, P   *float64
	Low        *float64 `json:"ci_lo"`
	High       *float64 `json:"ci_hi"`
	SEHC3      *float64 `json:"se_hc3"`
	PHC3       *float64 `json:"p_hc3"`
}

func (want wantedContrast) check(t *testing.T, what string, got Contrast, tolerance float64) {
	t.Helper()
	near(t, what+" difference", got.Difference, want.Difference, tolerance)
	near(t, what+" se", got.SE, want.SE, tolerance)
	near(t, what+" t", got.T, want.T, tolerance)
	nearP(t, what+" p", got.P, want.P, tolerance)
	near(t, what+" low", got.CI.Low, want.Low, tolerance)
	near(t, what+" high", got.CI.High, want.High, tolerance)
	near(t, what+" se HC3", got.SEHC3, want.SEHC3, tolerance)
	nearP(t, what+" p HC3", got.PHC3, want.PHC3, tolerance)
}

type wantedANCOVA struct {
	DFResid              *float64 `json:"df_resid"`
	Sigma                *float64
	RSquared             *float64 `json:"r_squared"`
	Intercept            *float64
	Slope                *float64 `json:"slope_pre"`
	SlopeSE              *float64 `json:"slope_pre_se"`
	Centre               *float64 `json:"covariate_centre"`
	Omnibus, Interaction wantedF
}

func (want wantedANCOVA) check(t *testing.T, got ANCOVA, tolerance float64) {
	t.Helper()
	near(t, "df", got.DFResid, want.DFResid, tolerance)
	near(t, "sigma", got.Sigma, want.Sigma, tolerance)
	near(t, "r squared", got.RSquared, want.RSquared, tolerance)
	near(t, "intercept", got.Intercept, want.Intercept, tolerance)
	near(t, "slope", got.Slope, want.Slope, tolerance)
	near(t, "slope se", got.SlopeSE, want.SlopeSE, tolerance)
	near(t, "centre", got.CovariateCentre, want.Centre, tolerance)
	want.Omnibus.check(t, "omnibus", got.Omnibus, tolerance)
	want.Interaction.check(t, "interaction", got.Interaction, tolerance)
}

type wantedUnadjusted struct {
	Difference *float64 `json:"diff_in_mean_change"`
	Baseline   *float64 `json:"baseline_diff"`
	wantedWelch
	StudentP    *float64 `json:"student_p"`
	Morris      *float64 `json:"morris_dppc2"`
	BaselineSMD *float64 `json:"baseline_smd_pooled"`
}

func (want wantedUnadjusted) check(t *testing.T, what string, got Unadjusted, tolerance float64) {
	t.Helper()
	near(t, what+" change", got.DiffInMeanChange, want.Difference, tolerance)
	near(t, what+" baseline", got.BaselineDiff, want.Baseline, tolerance)
	want.wantedWelch.check(t, what+" Welch", got.Welch, tolerance)
	nearP(t, what+" Student p", got.Student.P, want.StudentP, tolerance)
	near(t, what+" Morris", got.MorrisDPPC2, want.Morris, tolerance)
	near(t, what+" baseline smd", got.BaselineSMDPooled, want.BaselineSMD, tolerance)
}

func TestANCOVA_R(t *testing.T) {
	v := vectors[[]struct {
		wantedANCOVA
		Name       string
		Decimals   int
		Groups     [][][3]int64
		Means      []*float64 `json:"adjusted_means"`
		MeanSEs    []*float64 `json:"adjusted_mean_se"`
		Contrasts  []wantedContrast
		Unadjusted []wantedUnadjusted
	}](t, "ancova")
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			groups := make([]Table, len(c.Groups))
			for i, cells := range c.Groups {
				groups[i] = people{Decimals: c.Decimals, Cells: cells}.table(t)
			}
			got, err := NewANCOVA(groups)
			if err != nil {
				t.Fatal(err)
			}
			c.wantedANCOVA.check(t, got, v.Tolerance)
			for i := range groups {
				near(t, fmt.Sprintf("mean %d", i+1), got.AdjustedMeans[i], c.Means[i], v.Tolerance)
				near(t, fmt.Sprintf("mean %d se", i+1), got.AdjustedMeanSEs[i], c.MeanSEs[i], v.Tolerance)
				if got.N[i] != groups[i].N() {
					t.Errorf("group %d: %d people", i+1, got.N[i])
				}
			}
			unadjusted, err := NewUnadjusted(groups)
			if err != nil {
				t.Fatal(err)
			}
			for i := range groups[1:] {
				c.Contrasts[i].check(t, fmt.Sprintf("contrast %d", i+2), got.Contrasts[i], v.Tolerance)
				c.Unadjusted[i].check(t, fmt.Sprintf("unadjusted %d", i+2), unadjusted[i], v.Tolerance)
			}
		})
	}
}

// Each number goes missing on its own, and for its own reason.
func TestANCOVA_Refusals(t *testing.T) {
	of := func(cells ...Cell) Table { return tableOf(t, 0, cells) }
	some, more := of(Cell{5, 7, 1}, Cell{8, 9, 1}, Cell{9, 7, 1}), of(Cell{4, 7, 1}, Cell{8, 8, 1}, Cell{6, 9, 2})
	for _, c := range []struct {
		name   string
		groups []Table
		want   Refusal
	}{
		{"no groups", nil, ErrNobody},
		{"groups of nobody", []Table{of(), of()}, ErrNobody},
		{"one group", []Table{some}, ErrUnder2Groups},
		{"one group of somebody", []Table{some, of()}, ErrUnder2Groups},
		{"three people in two groups", []Table{of(Cell{5, 7, 1}), of(Cell{4, 7, 1}, Cell{8, 8, 1})}, ErrUnder2More},
	} {
		got, err := NewANCOVA(c.groups)
		if err != nil {
			t.Fatal(err)
		}
		for what, n := range map[string]Number{
			"df": got.DFResid, "sigma": got.Sigma, "slope": got.Slope, "omnibus": got.Omnibus.F, "interaction": got.Interaction.P,
		} {
			if n.Why() != c.want {
				t.Errorf("%s: %s %q, want %q", c.name, what, n.Why(), c.want)
			}
		}
		for i, contrast := range got.Contrasts {
			if contrast.Difference.Why() != c.want || contrast.SEHC3.Why() != c.want || got.AdjustedMeans[i].Why() != c.want {
				t.Errorf("%s: %+v", c.name, contrast)
			}
		}
	}

	for _, c := range []struct {
		name                                  string
		groups                                []Table
		slope, intercept, contrast, p, robust Refusal
		omnibus, interaction                  Refusal
	}{
		{"nothing", []Table{some, more}, "", "", "", "", "", "", ""},
		{"the reference is nobody", []Table{of(), some, more}, "", ErrNobody, ErrNobody, ErrNobody, ErrNobody, "", ""},
		{"one person", []Table{some, of(Cell{5, 5, 1}), more}, "", "", "", "", ErrOwnFit, "", ""},
		{"the reference is one person", []Table{of(Cell{5, 5, 1}), some, more}, "", "", "", "", ErrOwnFit, "", ""},
		{"the same score before", []Table{of(Cell{5, 5, 1}, Cell{5, 7, 2}), of(Cell{5, 5, 2})}, ErrSameBefore, "", "", "", "", "", ErrNoSlopes},
		{"the same within each", []Table{of(Cell{5, 5, 1}, Cell{5, 7, 2}), of(Cell{6, 5, 2})}, ErrSameBeforeIn, ErrSameBeforeIn, ErrSameBeforeIn, ErrSameBeforeIn, ErrSameBeforeIn, ErrSameBeforeIn, ErrNoSlopes},
		{"a perfect fit", []Table{of(Cell{5, 5, 1}, Cell{6, 6, 2}), of(Cell{6, 8, 2}, Cell{7, 9, 1})}, "", "", "", ErrPerfectFit, "", ErrPerfectFit, ErrPerfectFit},
		{"as many lines as people", []Table{of(Cell{5, 5, 1}, Cell{6, 9, 1}), of(Cell{6, 8, 1}, Cell{7, 9, 1})}, "", "", "", "", "", "", ErrNoDFLeft},
	} {
		got, err := NewANCOVA(c.groups)
		if err != nil {
			t.Fatal(err)
		}
		contrast := got.Contrasts[0]
		for what, n := range map[string]struct {
			got  Number
			want Refusal
		}{
			"slope": {got.Slope, c.slope}, "slope se": {got.SlopeSE, c.slope}, "intercept": {got.Intercept, c.intercept},
			"difference": {contrast.Difference, c.contrast}, "se": {contrast.SE, c.contrast},
			"t": {contrast.T, c.p}, "p": {contrast.P, c.p}, "low": {contrast.CI.Low, c.p}, "se HC3": {contrast.SEHC3, c.robust},
			"omnibus": {got.Omnibus.P, c.omnibus}, "interaction": {got.Interaction.F, c.interaction},
		} {
			if n.got.Why() != n.want {
				t.Errorf("%s: %s %q, want %q", c.name, what, n.got.Why(), n.want)
			}
		}
	}
	tenths := tableOf(t, 1, []Cell{{5, 7, 3}})
	if _, err := NewANCOVA([]Table{some, tenths}); !errors.Is(err, ErrUnlikeScores) {
		t.Errorf("whole scores beside tenths: %v", err)
	}
	if _, err := NewUnadjusted([]Table{some, tenths}); !errors.Is(err, ErrUnlikeScores) {
		t.Errorf("whole scores beside tenths, unadjusted: %v", err)
	}
	if _, err := NewUnadjusted(nil); !errors.Is(err, ErrNobody) {
		t.Errorf("no groups: %v", err)
	}
}
