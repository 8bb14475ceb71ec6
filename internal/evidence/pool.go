package evidence

import (
	"cairn/internal/stat"
)

// PoolOf pools estimates and sets them about their common mean. With fewer than
// two, or one without a variance above 0, there is no more than their number and
// the reason.
func PoolOf(estimates []Estimate) (Pool, *Funnel) {
	g := gaps{reasons: map[string]string{}}
	p, err := g.pool("", estimates)
	if err != nil {
		for _, part := range []string{"fixed", "Q", "Q_df", "Q_p", "I2_higgins", "DL", "REML", "PM", "funnel"} {
			g.missing(part, err)
		}
	}
	f, err := g.funnel("funnel.", estimates)
	if err != nil {
		g.missing("funnel", err)
	}
	if len(g.reasons) > 0 {
		p.Reasons = g.reasons
	}
	return p, f
}

func (g *gaps) pool(path string, estimates []Estimate) (Pool, error) {
	effects := make([]stat.Effect, len(estimates))
	for i, e := range estimates {
		effects[i] = stat.Effect{Value: e.Value, Variance: e.Variance}
	}
	p, err := stat.Pool(effects)
	if err != nil {
		return Pool{K: len(estimates)}, err
	}
	fixed := g.meanTest(path+"fixed", p.Fixed.MeanTest)
	return Pool{
		K: p.K,
		Fixed: &FixedEffect{
			Estimate: g.number(path+"fixed.estimate", p.Fixed.Estimate),
			SE:       fixed.SE, CILo: fixed.CILo, CIHi: fixed.CIHi, Z: fixed.Stat, P: fixed.P,
		},
		Q:    g.number(path+"Q", p.Q),
		QDF:  &p.DF,
		QP:   g.number(path+"Q_p", p.P),
		I2:   g.number(path+"I2_higgins", p.I2),
		DL:   g.random(path+"DL", p.DerSimonianLaird),
		REML: g.random(path+"REML", p.REML),
		PM:   g.random(path+"PM", p.PauleMandel),
	}, nil
}

func (g *gaps) meanTest(path string, t stat.MeanTest) MeanTest {
	lo, hi := g.ends(path+".ci_lo", path+".ci_hi", t.CI)
	return MeanTest{
		SE: g.number(path+".se", t.SE), CILo: lo, CIHi: hi,
		Stat: g.number(path+".stat", t.Stat), P: g.number(path+".p", t.P),
	}
}

func (g *gaps) random(path string, r stat.RandomEffects) *RandomEffects {
	return &RandomEffects{
		Tau2:     g.number(path+".tau2", r.Tau2),
		Tau:      g.number(path+".tau", r.Tau),
		Tau2CI:   g.pair(path+".tau2_ci_qprofile", r.Tau2CI),
		Estimate: g.number(path+".estimate", r.Estimate),
		I2:       g.number(path+".I2_metafor", r.I2),
		H2:       g.number(path+".H2_metafor", r.H2),
		TypicalV: g.number(path+".typical_v", r.TypicalVariance),
		HKScaleQ: g.number(path+".hk_scale_q", r.HKScale),
		Wald:     g.meanTest(path+".wald", r.Wald),
		HK:       g.meanTest(path+".hk", r.HK),
		HKAdhoc:  g.meanTest(path+".hk_adhoc", r.HKAdHoc),
		Prediction: Prediction{
			Normal: g.pair(path+".prediction.normal", r.Prediction.Normal),
			TK1:    g.pair(path+".prediction.t_k1", r.Prediction.TK1),
			TK2:    g.pair(path+".prediction.t_k2", r.Prediction.TK2),
			HKTK1:  g.pair(path+".prediction.hk_t_k1", r.Prediction.HKTK1),
			HKTK2:  g.pair(path+".prediction.hk_t_k2", r.Prediction.HKTK2),
		},
		Weights: g.numbers(path+".weights_pct", r.Weights),
	}
}

// pair is an interval as a list of two, with one reason for both.
func (g *gaps) pair(path string, ci stat.Interval) Range {
	lo, hi := g.ends(path, path, ci)
	return Range{lo, hi}
}

// numbers is a list, with one reason for all that are missing.
func (g *gaps) numbers(path string, all []stat.Number) []*float64 {
	list := make([]*float64, len(all))
	for i, n := range all {
		list[i] = g.number(path, n)
	}
	return list
}
