package report

import "cairn/internal/evidence"

// bounds is what the lost people could hide.
func (n numbers) bounds() table {
	b := n.f.Bounds
	return n.list("bounds", "What could those who were lost hide?",
		"Of everybody with a baseline. None of these is likely; how far they lie apart is what is not known.",
		n.points("Mean change, every lost person at the best end of the scale", "bounds.mean_change_best_case", b.Best),
		n.points("Mean change, every lost person at the worst end", "bounds.mean_change_worst_case", b.Worst),
		n.points("Mean change, no lost person changed", "bounds.bocf.mean", b.Carried.Mean),
		n.between("The same, 95% interval", "bounds.bocf.ci_lo", b.Carried.CILo, b.Carried.CIHi),
		n.share("Reliably better, none of the lost", "bounds.improved_worst", b.ImprovedWorst),
		n.share("Reliably better, all of the lost", "bounds.improved_best", b.ImprovedBest),
		n.share("Reliably worse, none of the lost", "bounds.deteriorated_best", b.DeterioratedBest),
		n.share("Reliably worse, all of the lost", "bounds.deteriorated_worst", b.DeterioratedWorst),
		n.points("Tipping point: how much less the lost would have to have changed for the interval to reach zero", "bounds.tipping_point", b.TippingPoint),
	)
}

// regression is how much would have come by itself.
func (n numbers) regression() table {
	r := n.f.RegressionToMean
	net := n.points("Mean change less that", "regression_to_mean.net_change_rho", r.NetRho)
	if n.f.Counts.Paired == 1 {
		net.Cells = []string{onePerson}
	}
	rows := []row{
		n.points("Mean of the population", "regression_to_mean.pop_mean", r.PopMean),
		n.plain("Reliability (ρ)", "regression_to_mean.rho", r.Rho),
		n.points("Change that could come by itself, by where people began and the reliability", "regression_to_mean.expected_change_rho", r.ExpectedRho),
		net,
		n.points("Change that could come by itself, by where people began and the correlation found here", "regression_to_mean.expected_change_sample_r", r.ExpectedSampleR),
	}
	entry := "Cut-off for entry"
	if side := r.Cutoff.Side; side != nil {
		entry += ", people " + string(*side) + " it"
	}
	byCutoff := "Change that could come by itself, by the cut-off"
	if n.f.ByCutoff() != nil {
		byCutoff += ": the sentence goes by this"
	}
	rows = append(rows,
		n.points(entry, "regression_to_mean.cutoff.cutoff", r.Cutoff.Cutoff),
		n.points(byCutoff, "regression_to_mean.cutoff.expected_change", r.Cutoff.Expected))
	rows = append(rows,
		n.plain("Slope of the later score on the earlier", "regression_to_mean.slope_post_on_pre", r.Slope),
		n.plain("Correlation of baseline and change: the naive figure", "regression_to_mean.r_baseline_change", r.RBaselineChange),
		n.plain("Oldham's correlation of mean and change", "regression_to_mean.oldham_r", r.OldhamR),
		n.p("p of that (Pitman and Morgan)", "regression_to_mean.oldham_p", r.OldhamP))
	return n.list("regression", "How much of the change could have come by itself?",
		"People come when they are low and are better later whatever is done (regression to the mean). Score points.", rows...)
}

// attrition compares the baselines of the lost with those of the others.
func (n numbers) attrition() table {
	a := n.f.Attrition
	return n.list("attrition", "Were those who were lost different to begin with?", "Baselines, lost less measured twice; score points.",
		people("Lost", "attrition.lost.n", a.Lost.N),
		n.points("Mean baseline of the lost", "attrition.lost.mean", a.Lost.Mean),
		n.points("Mean baseline of those measured twice", "attrition.completers.mean", a.Completers.Mean),
		n.points("Difference", "attrition.diff_lost_minus_completers", a.Diff),
		n.between("Difference, 95% interval (Welch)", "attrition.welch_ci_lo", a.WelchLo, a.WelchHi),
		n.p("Difference, p (Welch)", "attrition.welch_p", a.WelchP),
		n.p("Difference, p (Student)", "attrition.student_p", a.StudentP),
		n.plain("Difference, Hedges' g, standard deviations", "attrition.smd_hedges", a.SMDHedges),
		n.p("Difference, p (rank sum)", "attrition.ranksum_p_r_default", a.RankSumP),
	)
}

// noted is a reason among those of several schemes together.
func noted(reasons map[string]string, key string) string {
	if why := reasons[key]; why != "" {
		return why
	}
	return evidence.NotEstimable
}
