package report

import (
	"fmt"

	"cairn/internal/evidence"
)

// counted is who is in the figures.
func (n numbers) counted() table {
	c := n.f.Counts
	return n.list("flow", "Who is in these figures?", "",
		people("In the file", "counts.n_persons", c.Persons),
		people("With a baseline", "counts.n_baseline", c.Baseline),
		people("Measured twice", "counts.n_paired", c.Paired),
		n.share("Of those with a baseline; 95% interval (Wilson)", "counts.completion_of_baseline", c.OfBaseline),
		n.share("Of everybody in the file; 95% interval (Wilson)", "counts.completion_of_persons", c.OfPersons),
		people("Lost: a baseline and no later score", "counts.n_lost", c.Lost),
		people("A later score and no baseline: counted, never paired", "counts.n_followup_only", c.FollowupOnly),
	)
}

func (n numbers) scores() table {
	f := n.f
	all, before, after, ch := f.BaselineAll, f.BaselinePaired, f.FollowupPaired, f.Change
	at := func(v *float64) string { return evidence.Fixed(v, evidence.Decimals(f.Score)+1) }
	return table{
		ID: n.id + "-scores", Caption: "Scores", Note: "Score points; " + f.Score.Better() + ".",
		Head: []string{"", "Before, everybody with a baseline", "Before, measured twice", "After", "Change"},
		Rows: []row{
			{Name: "People", Cells: []string{evidence.People(all.N), evidence.People(before.N), evidence.People(after.N), evidence.People(f.Counts.Paired)}},
			{Name: "Mean", Cells: []string{at(all.Mean), at(before.Mean), at(after.Mean), at(ch.Mean)}},
			{Name: "Standard deviation", Cells: []string{at(all.SD), at(before.SD), at(after.SD), at(ch.SD)}},
			{Name: "Median", Cells: []string{at(all.Median), at(before.Median), at(after.Median), at(ch.Median)}},
			{Name: "Lowest", Cells: []string{at(all.Min), at(before.Min), at(after.Min), ""}},
			{Name: "Highest", Cells: []string{at(all.Max), at(before.Max), at(after.Max), ""}},
		},
	}
}

// movement tells better, neither and worse together, by every threshold there is.
func (n numbers) movement() table {
	f := n.f
	any := func(x int) string {
		return fmt.Sprintf("%s of %s", evidence.People(x), evidence.People(f.Counts.Paired))
	}
	t := table{
		ID: n.id + "-movement", Caption: "How many got better, and how many worse?",
		Note: "Of those measured twice, with 95% intervals (Wilson).",
		Head: []string{"By a change of", "Better", "Neither", "Worse"},
		Rows: []row{{Name: "Any amount: not reliable change", Cells: []string{any(f.Change.ImprovedAny), any(f.Change.Unchanged), any(f.Change.WorseAny)}}},
	}
	three := func(name string, better, same, worse evidence.Proportion) {
		t.Rows = append(t.Rows, row{Name: name, Cells: []string{within(better), within(same), within(worse)}})
	}
	if p := f.ReliablyPublished; p != nil {
		than := "more than"
		if p.Threshold.Inclusive {
			than = "at least"
		}
		three(fmt.Sprintf("Reliable, published: %s %g points", than, p.Threshold.Points), p.Improved, p.NoChange, p.Deteriorated)
	}
	for _, by := range []struct {
		name, key string
		r         evidence.ReliableChange
	}{
		{"Reliable, by the SD of a reference group", "rci_fixed_sd.threshold_196", f.RCIFixedSD},
		{"Reliable, by the SD of the baselines", "rci_baseline_sd.threshold_196", f.RCIBaselineSD},
	} {
		name := by.name + ": " + n.reason(by.key)
		if by.r.Known() {
			name = fmt.Sprintf("%s: more than %s points", by.name, evidence.Fixed(by.r.Threshold196, 3))
		}
		three(name, by.r.Improved, by.r.NoChange, by.r.Deteriorated)
	}
	return t
}

func (n numbers) change() table {
	ch, r := n.f.Change, n.f.Correlation
	note := "Score points; later less earlier; " + n.f.Score.Better() + "."
	if onePoint(r.CILo, r.CIHi) {
		note += " All scores lie on one straight line, so that Fisher's interval of the correlation is one point: that is no certainty."
	}
	return n.list("change-numbers", "Change", note,
		n.points("Mean change", "change.mean", ch.Mean),
		n.between("Mean change, 95% interval (t)", "change.ci_lo", ch.CILo, ch.CIHi),
		n.points("Standard error", "change.se", ch.SE),
		n.plain("t", "change.t", ch.T),
		n.whole("Degrees of freedom", "change.df", ch.DF),
		n.p("p, two-sided", "change.p", ch.P),
		n.plain("log₁₀ p", "change.log10_p", ch.Log10P),
		n.plain("Correlation of the two scores (Pearson)", "correlation.pearson", r.Pearson),
		n.plainBetween("The same, 95% interval (Fisher)", "correlation.ci_lo", r.CILo, r.CIHi),
		n.plain("Correlation of ranks (Spearman)", "correlation.spearman", r.Spearman),
	)
}

// onePoint says whether an interval has no width, which a formula can give and no
// data can be so sure of.
func onePoint(lo, hi *float64) bool { return lo != nil && hi != nil && *lo == *hi }

func (n numbers) signedRanks() table {
	w := n.f.Wilcoxon
	method := "p"
	if w.Method != nil {
		method = "p (" + *w.Method + ")"
	}
	return n.list("wilcoxon", "Signed ranks (Wilcoxon)", "",
		n.points("Typical change (Hodges and Lehmann), score points", "wilcoxon.hodges_lehmann", w.HodgesLehmann),
		people("Changes other than zero", "wilcoxon.n_nonzero", w.NonZero),
		people("Changes of zero", "wilcoxon.n_zero", w.Zero),
		n.ranks("Sum of ranks upwards, V+", "wilcoxon.V_plus", w.VPlus),
		n.ranks("Sum of ranks downwards, V−", "wilcoxon.V_minus", w.VMinus),
		n.p(method, "wilcoxon.p_r_default", w.PDefault),
		n.p("p, exact, zeros dropped", "wilcoxon.p_exact", w.PExact),
		n.p("p, normal, with continuity correction", "wilcoxon.p_normal_cc", w.PCorrected),
		n.p("p, normal, without correction", "wilcoxon.p_normal_nocc", w.PPlain),
		n.p("p, Pratt's zeros, normal", "wilcoxon.p_pratt_normal", w.PPratt),
		n.p("p, Pratt's zeros, exact", "wilcoxon.p_pratt_exact", w.PPrattExact),
		n.plain("Rank-biserial correlation", "wilcoxon.rank_biserial", w.RankBiserial),
	)
}

func (n numbers) standardised() table {
	e := n.f.Effect
	note := "In standard deviations; the name says of what."
	if onePoint(e.SMCR.CILo, e.SMCR.CIHi) {
		note += " Nobody's score changed, so that the formula of SMCR gives an interval of one point: that is no certainty."
	}
	return n.list("effect", "Standardised change", note,
		n.plain("d_z: by the SD of change", "effect.d_z", e.DZ),
		n.plainBetween("d_z, 95% interval, exact (non-central t)", "effect.d_z_ci_nct_lo", e.DZNctLo, e.DZNctHi),
		n.plainBetween("d_z, 95% interval, normal", "effect.d_z_ci_normal_lo", e.DZNormalLo, e.DZNormalHi),
		n.plain("g_z: d_z with Hedges' correction", "effect.g_z", e.GZ),
		n.plain("d_av: by the mean of the SDs before and after", "effect.d_av_mean_sd", e.DAvMeanSD),
		n.plain("d_av: by their root mean square", "effect.d_av_rms_sd", e.DAvRMSSD),
		n.plain("d_rm: d_z corrected for the correlation", "effect.d_rm", e.DRM),
		n.plain("d by the SD before", "effect.d_baseline_sd", e.DBaselineSD),
		n.plain("SMCR: by the SD before, with Hedges' correction", "effect.smcr.yi", e.SMCR.Y),
		n.plainBetween("SMCR, 95% interval", "effect.smcr.ci_lo", e.SMCR.CILo, e.SMCR.CIHi),
		n.plain("SMCC: by the SD of change, with Hedges' correction", "effect.smcc.yi", e.SMCC.Y),
		n.plainBetween("SMCC, 95% interval", "effect.smcc.ci_lo", e.SMCC.CILo, e.SMCC.CIHi),
		n.plainBetween("SMCR, 95% interval by Bonett's variance", "effect.smcrh.ci_lo", e.SMCRH.CILo, e.SMCRH.CIHi),
	)
}
