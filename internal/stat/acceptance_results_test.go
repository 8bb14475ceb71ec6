package stat

import "testing"

// A scheme is what the rooms above hand to this package for one set of people.
type scheme struct {
	table              Table
	lost               Histogram
	persons            int64
	reliability, sdRef float64
	best, worst        int64 // levels
}

type results map[string]Number

func (r results) count(key string, n int64) { r[key] = Known(float64(n)) }

func (r results) interval(low, high string, ci Interval) { r[low], r[high] = ci.Low, ci.High }

func (r results) proportion(key string, p Proportion) {
	r.count(key+".x", p.X)
	r.count(key+".n", p.N)
	r[key+".p"] = p.P
	r.interval(key+".lo", key+".hi", p.CI)
}

func (r results) description(key string, d Description) {
	r.count(key+".n", d.N)
	r[key+".mean"], r[key+".sd"], r[key+".median"], r[key+".min"], r[key+".max"] = d.Mean, d.SD, d.Median, d.Min, d.Max
}

func (r results) pairedT(key string, p PairedT) {
	r[key+".mean"], r[key+".sd"], r[key+".se"], r[key+".df"] = p.Mean, p.SD, p.SE, p.DF
	r[key+".t"], r[key+".p"], r[key+".log10_p"] = p.T, p.P, p.Log10P
	r.interval(key+".ci_lo", key+".ci_hi", p.CI)
}

// results names every number as the expected results do. More is better in both
// cases, so up is improved.
func (s scheme) results(t *testing.T) results {
	t.Helper()
	r := results{}
	n, lost := s.table.N(), s.lost.N()
	r.count("counts.n_baseline", n+lost)
	r.count("counts.n_paired", n)
	r.count("counts.n_lost", lost)
	r.proportion("counts.completion_of_baseline", Wilson(n, n+lost))
	r.proportion("counts.completion_of_persons", Wilson(n, s.persons))

	all, err := NewHistogram(s.table.decimals, append(s.table.Before().Bins(), s.lost.Bins()...))
	if err != nil {
		t.Fatal(err)
	}
	r.description("baseline_all", all.Describe())
	r.description("baseline_paired", s.table.Before().Describe())
	r.description("followup_paired", s.table.After().Describe())

	changes := s.table.Changes()
	p := s.table.Paired()
	r.pairedT("change", p.PairedT())
	r["change.median"] = changes.Median()
	anyhow := s.moved(t, Known(0), Past)
	r.count("change.n_improved_any", anyhow.Up)
	r.count("change.n_unchanged", anyhow.Within)
	r.count("change.n_worse_any", anyhow.Down)
	r["correlation.pearson"], r["correlation.spearman"] = p.R, s.table.Spearman()
	r.interval("correlation.ci_lo", "correlation.ci_hi", p.RInterval())

	r.effect(p)
	r.wilcoxon(changes)
	s.rci(t, r, "rci_fixed_sd", Known(s.sdRef))
	s.rci(t, r, "rci_baseline_sd", all.Describe().SD)
	s.bounds(t, r)
	return r
}

func (r results) effect(p Paired) {
	r["effect.d_z"] = p.DZ()
	r.interval("effect.d_z_ci_nct_lo", "effect.d_z_ci_nct_hi", p.DZExact())
	r.interval("effect.d_z_ci_normal_lo", "effect.d_z_ci_normal_hi", p.DZNormal())
	r["effect.d_av_mean_sd"], r["effect.d_av_rms_sd"] = p.DAvMean(), p.DAvRootMeanSquare()
	r["effect.d_rm"], r["effect.d_baseline_sd"] = p.DRM(), p.DBaseline()
	r["effect.J_exact"], r["effect.J_approx"] = p.JExact(), p.JApprox()
	r["effect.g_z"], r["effect.g_z_approxJ"] = p.GZ(), p.GZApprox()
	r["effect.g_baseline_sd_approxJ"] = p.GBaselineApprox()
	for key, c := range map[string]StandardisedChange{"smcr": p.SMCR(), "smcc": p.SMCC(), "smcrh": p.SMCRH()} {
		key = "effect." + key
		r[key+".yi"], r[key+".vi"], r[key+".se"] = c.Value, c.Variance, c.SE
		r.interval(key+".ci_lo", key+".ci_hi", c.CI)
	}
}

func (r results) wilcoxon(changes Histogram) {
	w := changes.SignedRank()
	r.count("wilcoxon.n_pairs", w.Pairs)
	r.count("wilcoxon.n_zero", w.Zero)
	r.count("wilcoxon.n_nonzero", w.NonZero)
	r["wilcoxon.V_plus"], r["wilcoxon.V_minus"] = w.VPlus, w.VMinus
	r["wilcoxon.p_r_default"], r["wilcoxon.p_exact"] = w.PDefault, w.PExact
	r["wilcoxon.z_nocc"], r["wilcoxon.p_normal_nocc"] = w.ZPlain, w.PPlain
	r["wilcoxon.z_cc"], r["wilcoxon.p_normal_cc"] = w.ZCorrected, w.PCorrected
	r["wilcoxon.z_pratt"], r["wilcoxon.p_pratt_normal"] = w.ZPratt, w.PPratt
	r["wilcoxon.p_pratt_exact"] = w.PPrattExact
	r["wilcoxon.rank_biserial"], r["wilcoxon.hodges_lehmann"] = w.RankBiserial, changes.HodgesLehmann()
}

func (s scheme) moved(t *testing.T, threshold Number, reach Reach) Moved {
	t.Helper()
	points, err := threshold.Value()
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.table.Changes().Moved(Threshold{Points: points, Reach: reach})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (s scheme) rci(t *testing.T, r results, key string, sd Number) {
	t.Helper()
	c := JacobsonTruax(sd, s.reliability)
	r[key+".sd"], r[key+".sem"], r[key+".s_diff"] = sd, c.SEM, c.SDiff
	r[key+".threshold_196"], r[key+".threshold_qnorm"] = c.Threshold196, c.ThresholdQnorm
	n := s.table.N()
	r.count(key+".n", n)
	m := s.moved(t, c.Threshold196, Past)
	r.proportion(key+".improved", Wilson(m.Up, n))
	r.proportion(key+".deteriorated", Wilson(m.Down, n))
	r.proportion(key+".no_reliable_change", Wilson(m.Within, n))
	qnorm, inclusive := s.moved(t, c.ThresholdQnorm, Past), s.moved(t, c.Threshold196, AtLeast)
	r.count(key+".counts_if_qnorm.0", qnorm.Up)
	r.count(key+".counts_if_qnorm.1", qnorm.Down)
	r.count(key+".counts_if_inclusive.0", inclusive.Up)
	r.count(key+".counts_if_inclusive.1", inclusive.Down)
}

func (s scheme) bounds(t *testing.T, r results) {
	t.Helper()
	filled := func(all Paired, err error) Paired {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	best := filled(s.table.FilledAt(s.lost, s.best))
	r["bounds.mean_change_best_case"] = best.MeanChange
	r["bounds.mean_change_worst_case"] = filled(s.table.FilledAt(s.lost, s.worst)).MeanChange
	r.pairedT("bounds.bocf", filled(s.table.CarriedForward(s.lost)).PairedT())

	lost := s.lost.N()
	r.count("bounds.n_denominator", best.N)
	r.count("bounds.n_lost", lost)
	m := s.moved(t, JacobsonTruax(Known(s.sdRef), s.reliability).Threshold196, Past)
	r.proportion("bounds.improved_worst", Wilson(m.Up, best.N))
	r.proportion("bounds.improved_best", Wilson(m.Up+lost, best.N))
	r.proportion("bounds.deteriorated_best", Wilson(m.Down, best.N))
	r.proportion("bounds.deteriorated_worst", Wilson(m.Down+lost, best.N))
}
