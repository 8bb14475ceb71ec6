package stat

import "math"

// An ANCOVA is the comparison of several groups' scores after, given what each
// person's score before was. The groups were not drawn by lot: an adjusted
// difference is what is left when people who began alike are compared, and not
// by itself an effect.
type ANCOVA struct {
	N               []int64 // people, by group
	DFResid         Number  // people beyond what was estimated
	Sigma           Number  // score points, standard deviation about the lines
	RSquared        Number  // 0 to 1
	Intercept       Number  // score points, the first group's line at a score before of 0
	Slope           Number  // score points after per score point before
	SlopeSE         Number  // the same
	CovariateCentre Number  // score points, mean before of everybody compared

	AdjustedMeans   []Number // score points, by group, at the covariate's centre
	AdjustedMeanSEs []Number // score points, by group

	Omnibus     FTest      // the group, given the score before
	Interaction FTest      // a slope for each group against one for all
	Contrasts   []Contrast // each group against the first: one fewer than the groups
}

// An FTest is a test of several differences at once.
type FTest struct {
	F      Number // a ratio of variances
	DF1    Number // differences tested
	DF2    Number // people beyond what was estimated
	P      Number // 0 to 1
	Log10P Number // common logarithm of P
}

// A Contrast is one group less the first, at the same score before.
type Contrast struct {
	Difference Number // score points
	SE         Number // score points
	T          Number // standard errors
	P          Number // 0 to 1, two-sided
	Log10P     Number // common logarithm of P
	CI         Interval
	SEHC3      Number // score points, where spreads may differ between people
	PHC3       Number // 0 to 1, two-sided, by SEHC3
}

// NewANCOVA compares groups of people measured twice, the first being the
// reference, by parallel lines of after on before:
//
//	slope = ΣSxy/ΣSxx over groups,  RSS = ΣSyy − (ΣSxy)²/ΣSxx,  σ² = RSS/(n−groups−1)
//	adjusted mean = ȳ − slope·(x̄ − x̄ all),  se² = σ²·(1/n + (x̄ − x̄ all)²/ΣSxx)
//	difference = ȳ−ȳ₀ − slope·(x̄−x̄₀),  se² = σ²·(1/n + 1/n₀ + (x̄−x̄₀)²/ΣSxx)
//
// S are sums about each group's own means, kept as integers, so that a perfect
// fit and a missing spread are comparisons with zero. Where R's lm drops a term
// that the data cannot show, so does this: with one score before for everybody
// there is no slope and the means are compared as they are. When the score
// before differs between groups but not within any, group and score cannot be
// told apart, and slope, means and contrasts are refused; lm would leave out
// whichever came last.
//
// Groups of nobody are left out. It is refused with fewer than two groups of
// somebody and with fewer people than those groups and 2 more. It returns
// ErrUnlikeScores when the groups were not counted with the same decimals.
//
// Unit: score points; as each field says.
// Source: Fisher (1932), Statistical Methods for Research Workers, 4th ed.,
// section 49.1; Cochran (1957), Biometrics 13:261-281; R's lm(post ~ pre +
// group) with treatment contrasts; CONVENTIONS C10.
// Vectors: testdata/vectors/ancova.json.
func NewANCOVA(groups []Table) (ANCOVA, error) {
	m, err := newParallelLines(groups)
	if err != nil {
		return ANCOVA{}, err
	}
	r := refusedANCOVA(groups, m.refusal())
	if m.refusal() != "" {
		return r, nil
	}
	r.DFResid, r.Sigma, r.RSquared = Known(m.df), Known(m.sigma/m.scale), m.rSquared()
	r.CovariateCentre = m.all.before.mean(m.scale)
	r.Omnibus, r.Interaction = m.omnibus(), m.interaction()

	why := m.unestimable()
	r.Slope, r.SlopeSE = Refused(ErrSameBeforeIn), Refused(ErrSameBeforeIn)
	if m.x.Sign() > 0 {
		r.Slope, r.SlopeSE = Known(m.slope()), Known(m.sigma/math.Sqrt(m.sxx))
	} else if why == "" {
		r.Slope, r.SlopeSE = Refused(ErrSameBefore), Refused(ErrSameBefore)
	}
	r.Intercept = m.intercept(why)
	for i := range m.groups {
		r.AdjustedMeans[i], r.AdjustedMeanSEs[i] = m.adjusted(i, why)
	}
	robust := m.robust()
	quantile := quantileT(m.df)
	for i := range r.Contrasts {
		r.Contrasts[i] = m.contrast(i+1, why, quantile)
		r.Contrasts[i].SEHC3, r.Contrasts[i].PHC3 = m.hc3(robust, i+1, r.Contrasts[i].Difference)
	}
	return r, nil
}

// refusedANCOVA is the comparison of groups of which nothing can be said but
// how many people they are.
func refusedANCOVA(groups []Table, why Refusal) ANCOVA {
	no := Refused(why)
	test := FTest{no, no, no, no, no}
	r := ANCOVA{
		DFResid: no, Sigma: no, RSquared: no, Intercept: no, Slope: no, SlopeSE: no, CovariateCentre: no,
		Omnibus: test, Interaction: test,
	}
	for i, g := range groups {
		r.N = append(r.N, g.n)
		r.AdjustedMeans, r.AdjustedMeanSEs = append(r.AdjustedMeans, no), append(r.AdjustedMeanSEs, no)
		if i > 0 {
			r.Contrasts = append(r.Contrasts, refusedContrast(why))
		}
	}
	return r
}

func refusedContrast(why Refusal) Contrast {
	no := Refused(why)
	return Contrast{no, no, no, no, no, Interval{no, no}, no, no}
}
