package evidence

import "cairn/internal/stat"

// Attrition compares the baselines of people who were lost with those of people
// measured again (C12). Differences are lost less completers, in score points.
type Attrition struct {
	Completers Descriptives `json:"completers"`
	Lost       Descriptives `json:"lost"`
	Diff       *float64     `json:"diff_lost_minus_completers"`
	TwoGroups
	SMDPooled *float64 `json:"smd_pooled"` // standard deviations
	SMDHedges *float64 `json:"smd_hedges"` // standard deviations
	RankSumW  *float64 `json:"ranksum_W"`
	RankSumP  *float64 `json:"ranksum_p_r_default"`
}

func (c *counted) attrition() Attrition {
	s, err := stat.NewAttrition(c.lost, c.before)
	if err != nil {
		c.missing("attrition", err)
	}
	return Attrition{
		Completers: c.descriptives("attrition.completers", s.Completers),
		Lost:       c.descriptives("attrition.lost", s.Lost),
		Diff:       c.number("attrition.diff_lost_minus_completers", s.Difference),
		TwoGroups:  c.twoGroups("attrition.", s.Welch, s.Student),
		SMDPooled:  c.number("attrition.smd_pooled", s.SMDPooled),
		SMDHedges:  c.number("attrition.smd_hedges", s.SMDHedges),
		RankSumW:   c.number("attrition.ranksum_W", s.RankSum.W),
		RankSumP:   c.number("attrition.ranksum_p_r_default", s.RankSum.P),
	}
}
