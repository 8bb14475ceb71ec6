package evidence

import (
	"maps"
	"slices"

	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/stat"
)

const errNoReference stat.Refusal = "nobody in the reference group was measured twice"

// Compare holds groups of people measured twice against the reference group.
// Groups of nobody are left out. The error is a reason that can go on a page:
// nobody in the reference group, fewer than two groups, or too few people.
func Compare(score measure.Score, reference string, groups map[string]scheme.Transitions) (Comparison, error) {
	c := comparing{gaps: gaps{reasons: map[string]string{}}}
	c.Reference = reference
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		counted := count(score, groups[name])
		if counted.broken != nil {
			return Comparison{}, counted.broken
		}
		switch {
		case counted.n() == 0:
		case name == reference:
			c.Levels, c.N = slices.Insert(c.Levels, 0, name), slices.Insert(c.N, 0, counted.n())
			c.tables = slices.Insert(c.tables, 0, counted.table)
		default:
			c.Levels, c.N, c.tables = append(c.Levels, name), append(c.N, counted.n()), append(c.tables, counted.table)
		}
	}
	if len(c.Levels) == 0 || c.Levels[0] != reference {
		return Comparison{}, errNoReference
	}
	return c.compared()
}

type comparing struct {
	Comparison
	gaps
	tables []stat.Table
}

func (c *comparing) compared() (Comparison, error) {
	a, err := stat.NewANCOVA(c.tables)
	if err != nil {
		return Comparison{}, err
	}
	if a.DFResid.Ptr() == nil {
		return Comparison{}, a.DFResid.Why()
	}
	plain, err := stat.NewUnadjusted(c.tables)
	if err != nil {
		return Comparison{}, err
	}
	c.ANCOVA = c.ancova(a)
	c.Unadjusted = map[string]Unadjusted{}
	for i, u := range plain {
		name := c.Levels[i+1]
		c.Unadjusted[name] = c.unadjusted("unadjusted."+name, u)
	}
	if len(c.reasons) > 0 {
		c.Reasons = c.reasons
	}
	return c.Comparison, nil
}

func (c *comparing) ancova(a stat.ANCOVA) ANCOVA {
	r := ANCOVA{
		DFResid:         c.whole("ancova.df_resid", a.DFResid),
		Sigma:           c.number("ancova.sigma", a.Sigma),
		RSquared:        c.number("ancova.r_squared", a.RSquared),
		Intercept:       c.number("ancova.intercept", a.Intercept),
		Slope:           c.number("ancova.slope_pre", a.Slope),
		SlopeSE:         c.number("ancova.slope_pre_se", a.SlopeSE),
		CovariateCentre: c.number("ancova.covariate_centre", a.CovariateCentre),
		AdjustedMeans:   map[string]*float64{},
		AdjustedMeanSE:  map[string]*float64{},
		Omnibus:         c.fTest("ancova.omnibus", a.Omnibus),
		Interaction:     c.fTest("ancova.interaction", a.Interaction),
		Contrasts:       map[string]Contrast{},
	}
	for i, name := range c.Levels {
		r.AdjustedMeans[name] = c.number("ancova.adjusted_means."+name, a.AdjustedMeans[i])
		r.AdjustedMeanSE[name] = c.number("ancova.adjusted_mean_se."+name, a.AdjustedMeanSEs[i])
	}
	for i, x := range a.Contrasts {
		name := c.Levels[i+1]
		r.Contrasts[name] = c.contrast("ancova.contrasts."+name, x)
	}
	return r
}

func (c *comparing) fTest(path string, f stat.FTest) FTest {
	return FTest{
		F: c.number(path+".F", f.F), DF1: c.whole(path+".df1", f.DF1), DF2: c.whole(path+".df2", f.DF2),
		P: c.number(path+".p", f.P),
	}
}

func (c *comparing) contrast(path string, x stat.Contrast) Contrast {
	lo, hi := c.ends(path+".ci_lo", path+".ci_hi", x.CI)
	return Contrast{
		Versus: c.Reference,
		Diff:   c.number(path+".adjusted_diff", x.Difference),
		SE:     c.number(path+".se", x.SE),
		T:      c.number(path+".t", x.T),
		P:      c.number(path+".p", x.P),
		CILo:   lo,
		CIHi:   hi,
		SEHC3:  c.number(path+".se_hc3", x.SEHC3),
		PHC3:   c.number(path+".p_hc3", x.PHC3),
	}
}

func (c *comparing) unadjusted(path string, u stat.Unadjusted) Unadjusted {
	return Unadjusted{
		Diff:         c.number(path+".diff_in_mean_change", u.DiffInMeanChange),
		BaselineDiff: c.number(path+".baseline_diff", u.BaselineDiff),
		TwoGroups:    c.twoGroups(path+".", u.Welch, u.Student),
		DPPC2:        c.number(path+".morris_dppc2", u.MorrisDPPC2),
		BaselineSMD:  c.number(path+".baseline_smd_pooled", u.BaselineSMDPooled),
	}
}
