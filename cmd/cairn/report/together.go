package report

import (
	"fmt"

	"cairn/charts"
	"cairn/internal/evidence"
)

// together is what the schemes say together: pooled, in funnels, and who was
// measured again. What cannot be had is said with its reason.
func (s section) together(id string) ([]piece, error) {
	pooled, err := s.pooled(id)
	if err != nil {
		return nil, err
	}
	funnels := piece{Heading: "Funnels"}
	if f := s.FunnelMeanChange; f != nil {
		fig, err := charts.Funnel(s.title(), charts.Schemes(), *f, s.Score)
		if err != nil {
			return nil, err
		}
		funnels.Figures = append(funnels.Figures, fig.Within(id))
	} else {
		funnels.Says = append(funnels.Says, "Funnel of mean change: "+noted(s.Reasons, "funnel_mean_change")+".")
	}
	for _, of := range []struct {
		key   string
		f     *evidence.ShareFunnel
		share charts.Share
	}{
		{"funnel_completion", s.FunnelCompletion, charts.Share{ID: "funnel-completion", What: "measured twice", Of: "people with a baseline"}},
		{"funnel_reliably_improved", s.FunnelReliablyImproved, charts.Share{ID: "funnel-improved", What: "reliably better", Of: "people measured twice"}},
	} {
		if of.f == nil {
			funnels.Says = append(funnels.Says, fmt.Sprintf("Funnel of the share %s: %s.", of.share.What, noted(s.Reasons, of.key)))
			continue
		}
		of.share.Title, of.share.Among = s.title(), charts.Schemes()
		fig, err := charts.ShareFunnel(of.share, *of.f)
		if err != nil {
			return nil, err
		}
		funnels.Figures = append(funnels.Figures, fig.Within(id))
	}
	return []piece{pooled, funnels, s.completion(id)}, nil
}

func (s section) pooled(id string) (piece, error) {
	p := piece{Heading: "Pooled"}
	if s.PooledMeanChange != nil {
		fig, err := charts.Forest(s.title(), charts.Schemes(), *s.PooledMeanChange, s.Score)
		if err != nil {
			return piece{}, err
		}
		p.Figures = append(p.Figures, fig.Within(id))
	}
	for _, of := range []struct {
		key, name string
		pool      *evidence.Pooled
	}{
		{"pooled_mean_change", "Pooled mean change, score points", s.PooledMeanChange},
		{"pooled_smcr", "Pooled standardised change (SMCR), standard deviations of the baseline", s.PooledSMCR},
	} {
		if of.pool == nil {
			p.Says = append(p.Says, of.name+": "+noted(s.Reasons, of.key)+".")
			continue
		}
		p.Tables = append(p.Tables, poolTable(id+"-"+of.key, of.name, of.pool.Pool))
	}
	return p, nil
}

// poolTable has what follows from each estimator of the variance between
// schemes beside each other, so that a reader sees what the choice does.
func poolTable(id, caption string, p evidence.Pool) table {
	t := table{
		ID: id, Caption: caption, Note: spread(p),
		Head: []string{"Random effects", "REML", "DerSimonian and Laird", "Paule and Mandel"},
	}
	for _, q := range []struct {
		name string
		of   func(r evidence.RandomEffects) string
	}{
		{"Pooled", func(r evidence.RandomEffects) string { return statistic(r.Estimate) }},
		{"95% interval, Hartung and Knapp, factor not below 1", func(r evidence.RandomEffects) string { return ends(r.HKAdhoc.CILo, r.HKAdhoc.CIHi, statistic) }},
		{"95% interval, Hartung and Knapp", func(r evidence.RandomEffects) string { return ends(r.HK.CILo, r.HK.CIHi, statistic) }},
		{"95% interval, Wald", func(r evidence.RandomEffects) string { return ends(r.Wald.CILo, r.Wald.CIHi, statistic) }},
		{"p, Hartung and Knapp, factor not below 1", func(r evidence.RandomEffects) string { return evidence.PValue(r.HKAdhoc.P) }},
		{"Variance between schemes, τ²", func(r evidence.RandomEffects) string { return statistic(r.Tau2) }},
		{"τ², 95% interval (Q-profile)", func(r evidence.RandomEffects) string { return ends(r.Tau2CI[0], r.Tau2CI[1], statistic) }},
		{"I², from τ²", func(r evidence.RandomEffects) string { return percent(r.I2) }},
		{"Another scheme, 95% prediction, t with k − 2", func(r evidence.RandomEffects) string {
			return ends(r.Prediction.TK2[0], r.Prediction.TK2[1], statistic)
		}},
		{"The same with Hartung and Knapp's error", func(r evidence.RandomEffects) string {
			return ends(r.Prediction.HKTK2[0], r.Prediction.HKTK2[1], statistic)
		}},
	} {
		line := row{Name: q.name}
		for _, r := range []*evidence.RandomEffects{p.REML, p.DL, p.PM} {
			cell := evidence.NotEstimable
			if r != nil {
				cell = q.of(*r)
			}
			line.Cells = append(line.Cells, cell)
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}

// spread is how far schemes lie apart, and what they give were they all alike.
func spread(p evidence.Pool) string {
	text := evidence.People(p.K) + " schemes."
	if p.Fixed != nil {
		text += fmt.Sprintf(" Were they all alike (fixed effect): %s, 95%% interval %s.",
			statistic(p.Fixed.Estimate), ends(p.Fixed.CILo, p.Fixed.CIHi, statistic))
	}
	if p.QDF != nil {
		text += fmt.Sprintf(" Cochran's Q %s, %d degrees of freedom, p %s; I² %s.", statistic(p.Q), *p.QDF, evidence.PValue(p.QP), percent(p.I2))
	}
	return text
}

// percent writes a number that is a percentage already.
func percent(v *float64) string {
	if v == nil {
		return evidence.NotEstimable
	}
	return evidence.Fixed(v, 1) + "%"
}

// completion asks whether the share measured again differs between schemes.
func (s section) completion(id string) piece {
	p := piece{Heading: "Was the same share measured again everywhere?"}
	c := s.CompletionByScheme
	if c == nil {
		p.Says = append(p.Says, "A test of that is "+noted(s.Reasons, "completion_by_scheme")+".")
		return p
	}
	p.Says = append(p.Says, c.Sentence("scheme"))
	df := evidence.NotEstimable
	if c.DF != nil {
		df = evidence.People(*c.DF)
	}
	fisher := evidence.PValue(c.FisherP)
	if c.FisherP == nil {
		fisher = noted(s.Reasons, "completion_by_scheme.fisher_p")
	}
	t := table{ID: id + "-completion", Caption: "Measured again, by scheme", Head: []string{"Quantity", "Value"}, Rows: []row{
		{"Chi-square (Pearson, no correction)", "completion_by_scheme.chisq_nocc", []string{statistic(c.ChiSquare)}},
		{"Degrees of freedom", "completion_by_scheme.df", []string{df}},
		{"p", "completion_by_scheme.p", []string{evidence.PValue(c.P)}},
		{"p, Fisher's exact test", "completion_by_scheme.fisher_p", []string{fisher}},
		{"Smallest count expected", "completion_by_scheme.min_expected", []string{statistic(c.MinExpected)}},
	}}
	p.Tables = append(p.Tables, t)
	return p
}
