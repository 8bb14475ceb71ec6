package evidence

import (
	"cmp"

	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/stat"
)

// Of works out a finding. The score must be the one that the table's levels
// belong to. People are counted exactly; whatever the table is too small or too
// uniform for is nil, with its reason.
func Of(score measure.Score, t scheme.Transitions) Finding {
	c := count(score, t)
	steps := stepsOf(t)
	f := Finding{
		Score: score, Flow: t.Flow,
		Counts:            c.counts(t.Flow),
		BaselineAll:       c.descriptives("baseline_all", c.baselines.Describe()),
		BaselineEnds:      c.baselineEnds(),
		BaselinePaired:    c.descriptives("baseline_paired", c.before.Describe()),
		FollowupPaired:    c.descriptives("followup_paired", c.after.Describe()),
		Change:            c.change(),
		Correlation:       c.correlation(),
		Wilcoxon:          c.wilcoxon(),
		Effect:            c.effect(),
		RCIFixedSD:        c.reliableFixed(),
		RCIBaselineSD:     c.reliableBaseline(),
		ReliablyPublished: c.published(),
		Bands:             c.bands(steps),
		RegressionToMean:  c.regressionToMean(),
		Attrition:         c.attrition(),
		Bounds:            c.bounds(),
		Before:            bars(c.before),
		After:             bars(c.after),
	}
	if len(c.reasons) > 0 {
		f.Reasons = c.reasons
	}
	return f
}

// A step is how many people went from one level to another.
type step struct {
	scheme.Step
	people int
}

func stepsOf(t scheme.Transitions) []step {
	all := make([]step, 0, len(t.Paired))
	for s, people := range t.Paired {
		all = append(all, step{s, people})
	}
	return all
}

// A counted is one transition table in stat's terms, and the reasons that pile
// up while a finding is filled from it.
type counted struct {
	score     measure.Score
	table     stat.Table
	paired    stat.Paired
	test      stat.PairedT
	before    stat.Histogram // of the people measured twice
	after     stat.Histogram
	changes   stat.Histogram
	lost      stat.Histogram // baselines of people who were not measured again
	baselines stat.Histogram // everybody with a baseline, paired or lost
	gaps
}

func count(score measure.Score, t scheme.Transitions) *counted {
	c := &counted{score: score, gaps: gaps{reasons: map[string]string{}, meanless: score.Summary == measure.Distribution}}
	cells := make([]stat.Cell, 0, len(t.Paired))
	for step, people := range t.Paired {
		cells = append(cells, stat.Cell{Before: int64(step.From), After: int64(step.To), Count: int64(people)})
	}
	bins := make([]stat.Bin, 0, len(t.Lost))
	for level, people := range t.Lost {
		bins = append(bins, stat.Bin{Level: int64(level), Count: int64(people)})
	}
	table, err := stat.NewTable(score.Decimals, cells)
	lost, lostErr := stat.NewHistogram(score.Decimals, bins)
	before := table.Before()
	baselines, allErr := stat.NewHistogram(score.Decimals, append(bins, before.Bins()...))
	// Half a finding would not add up: what cannot be counted in part is not
	// counted at all.
	if c.broken = cmp.Or(err, lostErr, allErr); c.broken != nil {
		return c
	}
	c.table, c.lost, c.baselines = table, lost, baselines
	c.before, c.after, c.changes = before, table.After(), table.Changes()
	c.paired = table.Paired()
	c.test = c.paired.PairedT()
	return c
}

// n is how many people have both scores.
func (c *counted) n() int { return int(c.table.N()) }

// counts takes the people who are still there to be measured as those with a
// baseline: who died or moved away is in the flow and never among the lost.
func (c *counted) counts(f scheme.Flow) Counts {
	return Counts{
		Persons:      f.Referred,
		Baseline:     f.Due,
		Followup:     f.FollowedUp(),
		Paired:       f.Paired,
		Lost:         f.Due - f.Paired,
		FollowupOnly: f.FollowupOnly,
		OfBaseline:   c.proportion("counts.completion_of_baseline", f.Paired, f.Due),
		OfPersons:    c.proportion("counts.completion_of_persons", f.Paired, f.Referred),
	}
}

func (c *counted) descriptives(path string, d stat.Description) Descriptives {
	return Descriptives{
		N:      int(d.N),
		Mean:   c.number(path+".mean", d.Mean),
		SD:     c.number(path+".sd", d.SD),
		Median: c.gaps.counted(path+".median", d.Median),
		Min:    c.gaps.counted(path+".min", d.Min),
		Max:    c.gaps.counted(path+".max", d.Max),
	}
}

func (c *counted) change() Change {
	t := c.test
	ch := Change{
		Mean:   c.number("change.mean", t.Mean),
		SD:     c.number("change.sd", t.SD),
		SE:     c.number("change.se", t.SE),
		CILo:   c.number("change.ci_lo", t.CI.Low),
		CIHi:   c.number("change.ci_hi", t.CI.High),
		T:      c.number("change.t", t.T),
		P:      c.number("change.p", t.P),
		DF:     c.whole("change.df", t.DF),
		Log10P: c.number("change.log10_p", t.Log10P),
		Median: c.number("change.median", c.changes.Median()),
	}
	ch.ImprovedAny, ch.Unchanged, ch.WorseAny = c.anyChange()
	return ch
}

func (c *counted) correlation() Correlation {
	ci := c.paired.RInterval()
	return Correlation{
		Pearson:  c.number("correlation.pearson", c.paired.R),
		CILo:     c.number("correlation.ci_lo", ci.Low),
		CIHi:     c.number("correlation.ci_hi", ci.High),
		Spearman: c.number("correlation.spearman", c.table.Spearman()),
	}
}

func (c *counted) effect() Effect {
	p := c.paired
	exact, normal := p.DZExact(), p.DZNormal()
	return Effect{
		DZ:               c.number("effect.d_z", p.DZ()),
		DZNctLo:          c.number("effect.d_z_ci_nct_lo", exact.Low),
		DZNctHi:          c.number("effect.d_z_ci_nct_hi", exact.High),
		DZNormalLo:       c.number("effect.d_z_ci_normal_lo", normal.Low),
		DZNormalHi:       c.number("effect.d_z_ci_normal_hi", normal.High),
		DAvMeanSD:        c.number("effect.d_av_mean_sd", p.DAvMean()),
		DAvRMSSD:         c.number("effect.d_av_rms_sd", p.DAvRootMeanSquare()),
		DRM:              c.number("effect.d_rm", p.DRM()),
		DBaselineSD:      c.number("effect.d_baseline_sd", p.DBaseline()),
		JExact:           c.number("effect.J_exact", p.JExact()),
		JApprox:          c.number("effect.J_approx", p.JApprox()),
		GZ:               c.number("effect.g_z", p.GZ()),
		GZApproxJ:        c.number("effect.g_z_approxJ", p.GZApprox()),
		GBaselineApproxJ: c.number("effect.g_baseline_sd_approxJ", p.GBaselineApprox()),
		SMCR:             c.standardised("effect.smcr", p.SMCR()),
		SMCC:             c.standardised("effect.smcc", p.SMCC()),
		SMCRH:            c.standardised("effect.smcrh", p.SMCRH()),
	}
}

func (c *counted) standardised(path string, s stat.StandardisedChange) Standardised {
	return Standardised{
		Y:    c.number(path+".yi", s.Value),
		V:    c.number(path+".vi", s.Variance),
		SE:   c.number(path+".se", s.SE),
		CILo: c.number(path+".ci_lo", s.CI.Low),
		CIHi: c.number(path+".ci_hi", s.CI.High),
	}
}

// bars are the levels that somebody scored.
func bars(h stat.Histogram) []Bar {
	var out []Bar
	for _, b := range h.Bins() {
		out = append(out, Bar{Level: measure.Level(b.Level), People: int(b.Count)})
	}
	return out
}
