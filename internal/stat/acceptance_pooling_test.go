package stat

import (
	"encoding/json"
	"strconv"
	"testing"
)

// What the made-up acceptance case says of its schemes together: every key of
// the expected results that is a number can be had from this package.
func TestAcceptance_Pooling(t *testing.T) {
	v := vectors[map[string]json.RawMessage](t, "acceptance_pooling")
	for name, raw := range v.Cases {
		t.Run(name, func(t *testing.T) {
			var given struct {
				YI, VI, Y, SE []float64
				X, N          []int64
			}
			var want any
			for _, into := range []any{&given, &want} {
				if err := json.Unmarshal(raw, into); err != nil {
					t.Fatal(err)
				}
			}
			got, least := results{}, 60
			switch {
			case given.YI != nil:
				got.pooled(t, effectsOf(t, given.YI, given.VI))
			case given.X != nil:
				got.shareFunnel(t, sharesOf(given.X, given.N))
			default:
				variances := make([]float64, len(given.SE))
				for i, se := range given.SE {
					variances[i] = se * se
				}
				got.funnel(t, effectsOf(t, given.Y, variances))
				least = 50
			}
			if compared := compare(t, "", want, got, v.Tolerance); compared < least {
				t.Errorf("only %d numbers compared", compared)
			}
		})
	}
}

// list names numbers as the expected results' lists do.
func (r results) list(key string, numbers ...Number) {
	for i, n := range numbers {
		r[key+"."+strconv.Itoa(i)] = n
	}
}

func (r results) meanTest(key string, m MeanTest) {
	r[key+".se"], r[key+".stat"], r[key+".p"] = m.SE, m.Stat, m.P
	r.interval(key+".ci_lo", key+".ci_hi", m.CI)
}

func (r results) pooled(t *testing.T, groups []Effect) {
	t.Helper()
	p, err := Pool(groups)
	if err != nil {
		t.Fatal(err)
	}
	for i, g := range groups {
		r[".yi."+strconv.Itoa(i)], r[".vi."+strconv.Itoa(i)] = Known(g.Value), Known(g.Variance)
	}
	r.count(".k", int64(p.K))
	r.count(".Q_df", int64(p.DF))
	r[".Q"], r[".Q_p"], r[".I2_higgins"] = p.Q, p.P, p.I2
	r.meanTest(".fixed", p.Fixed.MeanTest)
	r[".fixed.estimate"], r[".fixed.z"] = p.Fixed.Estimate, p.Fixed.Stat
	for key, e := range map[string]RandomEffects{".DL": p.DerSimonianLaird, ".REML": p.REML, ".PM": p.PauleMandel} {
		r[key+".tau2"], r[key+".tau"], r[key+".estimate"] = e.Tau2, e.Tau, e.Estimate
		r[key+".I2_metafor"], r[key+".H2_metafor"], r[key+".typical_v"], r[key+".hk_scale_q"] = e.I2, e.H2, e.TypicalVariance, e.HKScale
		r.list(key+".tau2_ci_qprofile", e.Tau2CI.Low, e.Tau2CI.High)
		r.list(key+".weights_pct", e.Weights...)
		r.meanTest(key+".wald", e.Wald)
		r.meanTest(key+".hk", e.HK)
		r.meanTest(key+".hk_adhoc", e.HKAdHoc)
		for name, i := range map[string]Interval{
			"normal": e.Prediction.Normal, "t_k1": e.Prediction.TK1, "t_k2": e.Prediction.TK2,
			"hk_t_k1": e.Prediction.HKTK1, "hk_t_k2": e.Prediction.HKTK2,
		} {
			r.list(key+".prediction."+name, i.Low, i.High)
		}
	}
}

func (r results) spread(key string, s Spread) {
	r.list(key+".z", s.Z...)
	r.list(key+".z_winsorised", s.ZWinsorised...)
	r[key+".wins_q10"], r[key+".wins_q90"] = s.Q10, s.Q90
	r[key+".raw.phi"], r[key+".raw.tau2"] = s.Raw.Phi, s.Raw.Tau2
	r[key+".winsorised10.phi"], r[key+".winsorised10.tau2"] = s.Winsorised.Phi, s.Winsorised.Tau2
}

func (r results) band(key string, b Band) {
	r.list(key+".lo", b.Low...)
	r.list(key+".hi", b.High...)
}

func (r results) limits(key string, l FunnelLimits) {
	r.band(key+".l95", l.P95)
	r.band(key+".l998", l.P998)
}

func (r results) funnel(t *testing.T, groups []Effect) {
	t.Helper()
	f, err := NewFunnel(groups)
	if err != nil {
		t.Fatal(err)
	}
	for i, g := range groups {
		r[".y."+strconv.Itoa(i)] = Known(g.Value)
	}
	r.list(".se", f.SE...)
	r[".target"] = f.Target
	r.spread("", f.Spread)
	r.limits(".limits_unadjusted", f.Unadjusted)
	r.limits(".limits_multiplicative_wins", f.Multiplicative)
	r.limits(".limits_additive_wins", f.Additive)
	if len(f.Outside) != 0 || len(f.OutsideAdditive) != 0 {
		t.Errorf("outside: %v and %v, want none", f.Outside, f.OutsideAdditive)
	}
}

func (r results) shareFunnel(t *testing.T, groups []Share) {
	t.Helper()
	f, err := NewShareFunnel(groups)
	if err != nil {
		t.Fatal(err)
	}
	for i, g := range groups {
		r[".x."+strconv.Itoa(i)], r[".n."+strconv.Itoa(i)] = Known(float64(g.X)), Known(float64(g.N))
	}
	r[".target"], r[".arcsine.target"] = f.Target, f.Arcsine.Target
	r.limits(".normal", f.Normal)
	r.limits(".exact_binomial_interpolated", f.Exact)
	r.spread(".arcsine", f.Arcsine.Spread)
	r.band(".arcsine.l95_unadjusted", f.Arcsine.Unadjusted.P95)
	r.band(".arcsine.l998_unadjusted", f.Arcsine.Unadjusted.P998)
	r.band(".arcsine.l95_additive_wins", f.Arcsine.Additive.P95)
	r.band(".arcsine.l998_additive_wins", f.Arcsine.Additive.P998)
}
