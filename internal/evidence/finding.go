// Package evidence turns transition tables into findings: flow, change with its
// interval, reliable change, and the sentences that say them.
//
// It never sees a row or a database, and of one person no more than a course of
// scores. It promises that a finding is a pure function of the table and the
// measure's score definition, that what cannot be estimated is nil with a reason
// and never 0, 1, NaN or Inf, and that "which way is better" is applied here and
// nowhere else.
//
// The JSON names of a Finding are the keys of the acceptance conventions
// (docs/statistics.md), so that the command line, the API and exports call the
// same number by the same name.
package evidence

import (
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Finding is everything that is said about one series at one occasion for
// one group of people. Score points unless a field says otherwise.
type Finding struct {
	Score measure.Score `json:"-"`
	Flow  scheme.Flow   `json:"-"`

	Counts            Counts           `json:"counts"`
	BaselineAll       Descriptives     `json:"baseline_all"`
	BaselineEnds      Ends             `json:"baseline_ends"`
	BaselinePaired    Descriptives     `json:"baseline_paired"`
	FollowupPaired    Descriptives     `json:"followup_paired"`
	Change            Change           `json:"change"`
	Correlation       Correlation      `json:"correlation"`
	Effect            Effect           `json:"effect"`
	Wilcoxon          Wilcoxon         `json:"wilcoxon"`
	RCIFixedSD        ReliableChange   `json:"rci_fixed_sd"`
	RCIBaselineSD     ReliableChange   `json:"rci_baseline_sd"`
	ReliablyPublished *Published       `json:"reliable_published"`
	Bands             *Banded          `json:"bands"`
	RegressionToMean  RegressionToMean `json:"regression_to_mean"`
	Attrition         Attrition        `json:"attrition"`
	Bounds            Bounds           `json:"bounds"`

	// Before and After are how many of the people measured twice scored each
	// level, lowest first; levels nobody scored are absent.
	Before []Bar `json:"-"`
	After  []Bar `json:"-"`

	// Reasons says, by JSON path ("change.p"), why a number is nil.
	Reasons map[string]string `json:"reasons,omitempty"`
}

// Counts are people (C2).
type Counts struct {
	Persons      int        `json:"n_persons"`
	Baseline     int        `json:"n_baseline"`
	Followup     int        `json:"n_followup"`
	Paired       int        `json:"n_paired"`
	Lost         int        `json:"n_lost"`
	FollowupOnly int        `json:"n_followup_only"`
	OfBaseline   Proportion `json:"completion_of_baseline"`
	OfPersons    Proportion `json:"completion_of_persons"`
}

// Descriptives of one set of scores, score points (C3).
type Descriptives struct {
	N      int      `json:"n"`
	Mean   *float64 `json:"mean"`
	SD     *float64 `json:"sd"`
	Median *float64 `json:"median"`
	Min    *float64 `json:"min"`
	Max    *float64 `json:"max"`
}

// Change is follow-up minus baseline in score points, whatever the direction,
// with the paired t interval and test (C1, C4).
type Change struct {
	Mean        *float64 `json:"mean"`
	SD          *float64 `json:"sd"`
	SE          *float64 `json:"se"`
	DF          *int     `json:"df"`
	CILo        *float64 `json:"ci_lo"`
	CIHi        *float64 `json:"ci_hi"`
	T           *float64 `json:"t"`
	P           *float64 `json:"p"`
	Log10P      *float64 `json:"log10_p"`
	Median      *float64 `json:"median"`
	ImprovedAny int      `json:"n_improved_any"` // people, in the good direction
	Unchanged   int      `json:"n_unchanged"`
	WorseAny    int      `json:"n_worse_any"`
}

// Correlation between the two scores of the people measured twice.
type Correlation struct {
	Pearson  *float64 `json:"pearson"`
	CILo     *float64 `json:"ci_lo"`
	CIHi     *float64 `json:"ci_hi"`
	Spearman *float64 `json:"spearman"`
}

// Effect holds the standardised changes by their own names (C6, C7); standard
// deviations, no unit.
type Effect struct {
	DZ               *float64     `json:"d_z"`
	DZNctLo          *float64     `json:"d_z_ci_nct_lo"`
	DZNctHi          *float64     `json:"d_z_ci_nct_hi"`
	DZNormalLo       *float64     `json:"d_z_ci_normal_lo"`
	DZNormalHi       *float64     `json:"d_z_ci_normal_hi"`
	DAvMeanSD        *float64     `json:"d_av_mean_sd"`
	DAvRMSSD         *float64     `json:"d_av_rms_sd"`
	DRM              *float64     `json:"d_rm"`
	DBaselineSD      *float64     `json:"d_baseline_sd"`
	JExact           *float64     `json:"J_exact"`
	JApprox          *float64     `json:"J_approx"`
	GZ               *float64     `json:"g_z"`
	GZApproxJ        *float64     `json:"g_z_approxJ"`
	GBaselineApproxJ *float64     `json:"g_baseline_sd_approxJ"`
	SMCR             Standardised `json:"smcr"`
	SMCC             Standardised `json:"smcc"`
	SMCRH            Standardised `json:"smcrh"`
}

// Standardised is one standardised change with its sampling variance.
type Standardised struct {
	Y    *float64 `json:"yi"`
	V    *float64 `json:"vi"`
	SE   *float64 `json:"se"`
	CILo *float64 `json:"ci_lo"`
	CIHi *float64 `json:"ci_hi"`
}

// A Bar is how many people scored one level.
type Bar struct {
	Level  measure.Level
	People int
}
