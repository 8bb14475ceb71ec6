package evidence

// A Comparison holds groups against a reference group (C10). In a service that
// did not draw lots, an adjusted difference is not what the group's membership
// caused.
type Comparison struct {
	Reference  string                `json:"reference"`
	Levels     []string              `json:"levels"` // the reference first, then by name
	N          []int                 `json:"n"`      // people measured twice
	ANCOVA     ANCOVA                `json:"ancova"`
	Unadjusted map[string]Unadjusted `json:"unadjusted"`

	Reasons map[string]string `json:"reasons,omitempty"` // by JSON path, why a number is nil
}

// ANCOVA is the later score given the baseline and the group; score points.
type ANCOVA struct {
	DFResid         *int                `json:"df_resid"`
	Sigma           *float64            `json:"sigma"`
	RSquared        *float64            `json:"r_squared"` // 0 to 1
	Intercept       *float64            `json:"intercept"`
	Slope           *float64            `json:"slope_pre"`
	SlopeSE         *float64            `json:"slope_pre_se"`
	CovariateCentre *float64            `json:"covariate_centre"`
	AdjustedMeans   map[string]*float64 `json:"adjusted_means"`
	AdjustedMeanSE  map[string]*float64 `json:"adjusted_mean_se"`
	Omnibus         FTest               `json:"omnibus"`
	Interaction     FTest               `json:"interaction"`
	Contrasts       map[string]Contrast `json:"contrasts"`
}

// FTest is an F test.
type FTest struct {
	F   *float64 `json:"F"`
	DF1 *int     `json:"df1"`
	DF2 *int     `json:"df2"`
	P   *float64 `json:"p"`
}

// Contrast is one group less the reference at the same baseline; score points.
type Contrast struct {
	Versus string   `json:"vs"`
	Diff   *float64 `json:"adjusted_diff"`
	SE     *float64 `json:"se"`
	T      *float64 `json:"t"`
	P      *float64 `json:"p"`
	CILo   *float64 `json:"ci_lo"`
	CIHi   *float64 `json:"ci_hi"`
	SEHC3  *float64 `json:"se_hc3"`
	PHC3   *float64 `json:"p_hc3"`
}

// Robust is the interval of the adjusted difference by the HC3 standard error,
// which holds where groups do not spread alike; score points. Its t quantile is
// that of the plain interval, since both have the model's degrees of freedom.
func (c Contrast) Robust() (lo, hi *float64) {
	if c.Diff == nil || c.SEHC3 == nil || c.SE == nil || *c.SE == 0 || c.CILo == nil || c.CIHi == nil {
		return nil, nil
	}
	half := (*c.CIHi - *c.CILo) / 2 / *c.SE * *c.SEHC3
	low, high := *c.Diff-half, *c.Diff+half
	return &low, &high
}

// Unadjusted is one group's change less the reference's; score points.
type Unadjusted struct {
	Diff         *float64 `json:"diff_in_mean_change"`
	BaselineDiff *float64 `json:"baseline_diff"`
	TwoGroups
	DPPC2       *float64 `json:"morris_dppc2"`        // standard deviations
	BaselineSMD *float64 `json:"baseline_smd_pooled"` // standard deviations
}
