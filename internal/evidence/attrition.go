package evidence

import "cairn/internal/stat"

// Attrition compares the baselines of people who were lost with those of people
// measured again (C12). Differences are lost less completers, in score points.
type Attrition struct {
	Completers Descriptives `json:"completers"`
	Lost       Descriptives `json:"lost"`
	Diff       *float64     `json:"diff_lost_minus_completers"`
	WelchT     *float64     `json:"welch_t"`
	WelchDF    *float64     `json:"welch_df"`
	WelchP     *float64     `json:"welch_p"`
	WelchLo    *float64     `json:"welch_ci_lo"`
	WelchHi    *float64     `json:"welch_ci_hi"`
	StudentP   *float64     `json:"student_p"`
	SMDPooled  *float64     `json:"smd_pooled"` // standard deviations
	SMDHedges  *float64     `json:"smd_hedges"` // standard deviations
	RankSumW   *float64     `json:"ranksum_W"`
	RankSumP   *float64     `json:"ranksum_p_r_default"`
}

func (c *counted) attrition() Attrition {
	s, err := stat.NewAttrition(c.lost, c.before)
	if err != nil {
		c.missing("attrition", err)
	}
	a := Attrition{
		Completers: c.descriptives("attrition.completers", s.Completers),
		Lost:       c.descriptives("attrition.lost", s.Lost),
		Diff:       c.number("attrition.diff_lost_minus_completers", s.Difference),
		WelchT:     c.number("attrition.welch_t", s.Welch.T),
		WelchDF:    c.number("attrition.welch_df", s.Welch.DF),
		WelchP:     c.number("attrition.welch_p", s.Welch.P),
		StudentP:   c.number("attrition.student_p", s.Student.P),
		SMDPooled:  c.number("attrition.smd_pooled", s.SMDPooled),
		SMDHedges:  c.number("attrition.smd_hedges", s.SMDHedges),
		RankSumW:   c.number("attrition.ranksum_W", s.RankSum.W),
		RankSumP:   c.number("attrition.ranksum_p_r_default", s.RankSum.P),
	}
	a.WelchLo, a.WelchHi = c.ends("attrition.welch_ci_lo", "attrition.welch_ci_hi", s.Welch.CI)
	return a
}
