package evidence

import "cairn/internal/stat"

// TwoGroups is Welch's t test of two groups of different people, and the p of
// Student's; score points for the interval.
type TwoGroups struct {
	WelchT   *float64 `json:"welch_t"`
	WelchDF  *float64 `json:"welch_df"`
	WelchP   *float64 `json:"welch_p"`
	WelchLo  *float64 `json:"welch_ci_lo"`
	WelchHi  *float64 `json:"welch_ci_hi"`
	StudentP *float64 `json:"student_p"`
}

func (g *gaps) twoGroups(path string, welch, student stat.TwoSampleT) TwoGroups {
	lo, hi := g.ends(path+"welch_ci_lo", path+"welch_ci_hi", welch.CI)
	return TwoGroups{
		WelchT:   g.number(path+"welch_t", welch.T),
		WelchDF:  g.number(path+"welch_df", welch.DF),
		WelchP:   g.number(path+"welch_p", welch.P),
		WelchLo:  lo,
		WelchHi:  hi,
		StudentP: g.number(path+"student_p", student.P),
	}
}
