package evidence_test

import (
	"math"

	"cairn/internal/measure"
)

// rows are people as columns of scores, in score points.
type rows struct {
	score                  measure.Score
	enrolled, followupOnly int
	baselines, lost        []float64 // of everybody due, and of those not measured again
	before, after, changes []float64 // of the same people, in the same order
}

// rowsOf leaves out who is still inside the time for the later score, and counts
// who died or moved away among the enrolled only.
func rowsOf(score measure.Score, people []person) rows {
	r := rows{score: score}
	scale := math.Pow10(score.Decimals)
	for _, p := range people {
		if p.open {
			continue
		}
		r.enrolled++
		if p.left {
			continue
		}
		x, y := float64(p.before)/scale, float64(p.after)/scale
		switch {
		case p.hasBefore && p.hasAfter:
			r.baselines = append(r.baselines, x)
			r.before, r.after = append(r.before, x), append(r.after, y)
			r.changes = append(r.changes, tenDecimals(y-x))
		case p.hasBefore:
			r.baselines, r.lost = append(r.baselines, x), append(r.lost, x)
		case p.hasAfter:
			r.followupOnly++
		}
	}
	return r
}

// tenDecimals is the rounding of C1: 0.3 - 0.1 and 0.2 must tie.
func tenDecimals(v float64) float64 { return math.Round(v*1e10) / 1e10 }

func (r rows) n() float64 { return float64(len(r.changes)) }

// finding is everything that a Finding holds.
func (r rows) finding() obj {
	return obj{
		"counts": obj{
			"n_persons": r.enrolled, "n_baseline": len(r.baselines), "n_followup": len(r.changes) + r.followupOnly,
			"n_paired": len(r.changes), "n_lost": len(r.lost), "n_followup_only": r.followupOnly,
			"completion_of_baseline": proportion(len(r.changes), len(r.baselines)),
			"completion_of_persons":  proportion(len(r.changes), r.enrolled),
		},
		"baseline_all": descriptives(r.baselines), "baseline_paired": descriptives(r.before), "followup_paired": descriptives(r.after),
		"baseline_ends": obj{"at_best": r.began(r.end(r.score.Direction)), "at_worst": r.began(r.end(-r.score.Direction))},
		"change":        r.change(), "correlation": r.correlation(), "effect": r.effect(), "wilcoxon": wilcoxon(r.changes),
		"rci_fixed_sd":       r.reliable("fixed", r.referenceSD()),
		"rci_baseline_sd":    r.reliable("baseline_all", sd(r.baselines)),
		"reliable_published": r.published(), "bands": r.bands(),
		"regression_to_mean": r.regression(), "attrition": r.attrition(), "bounds": r.bounds(),
	}
}

func (r rows) change() obj {
	c := student(mean(r.changes), sd(r.changes)/math.Sqrt(r.n()), r.n()-1)
	c["mean"], c["sd"], c["se"], c["median"] = mean(r.changes), sd(r.changes), sd(r.changes)/math.Sqrt(r.n()), median(r.changes)
	c["df"] = nil
	if len(r.changes) > 1 {
		c["df"] = len(r.changes) - 1
	}
	better, worse := r.reached(far{})
	c["n_improved_any"], c["n_worse_any"], c["n_unchanged"] = better, worse, len(r.changes)-better-worse
	return c
}

func (r rows) correlation() obj {
	p := pearson(r.before, r.after)
	half := z975 / math.Sqrt(r.n()-3)
	if r.n() < 4 {
		half = math.NaN()
	}
	return obj{
		"pearson": p, "ci_lo": math.Tanh(math.Atanh(p) - half), "ci_hi": math.Tanh(math.Atanh(p) + half),
		"spearman": pearson(ranks(r.before), ranks(r.after)),
	}
}

// over is nothing where there is no spread to divide by.
func over(a, spread float64) float64 {
	if !(spread > 0) {
		return math.NaN()
	}
	return a / spread
}

func (r rows) effect() obj {
	n, m, change := r.n(), r.n()-1, mean(r.changes)
	s0, s1, sc, cor := sd(r.before), sd(r.after), sd(r.changes), pearson(r.before, r.after)
	dz, d0 := over(change, sc), over(change, s0)
	normal := z975 * math.Sqrt(1/n+dz*dz/(2*n))
	j, rough := hedgesJ(m), roughJ(m)
	if n < 2 {
		rough = math.NaN()
	}
	smcc := j * dz
	smcr, v := r.smcr()
	e := obj{
		"d_z": dz, "d_z_ci_normal_lo": dz - normal, "d_z_ci_normal_hi": dz + normal,
		"d_av_mean_sd": over(change, (s0+s1)/2), "d_av_rms_sd": over(change, math.Sqrt((s0*s0+s1*s1)/2)),
		"d_rm": dz * math.Sqrt(2*(1-cor)), "d_baseline_sd": d0,
		"J_exact": j, "J_approx": rough, "g_z": smcc, "g_z_approxJ": rough * dz, "g_baseline_sd_approxJ": rough * d0,
		"smcr":  standardised(smcr, v),
		"smcc":  standardised(smcc, needs(cor, 1/n+smcc*smcc/(2*n))),
		"smcrh": standardised(smcr, needs(cor, j*j*(sc*sc/(s0*s0*m)+smcr*smcr/(2*m)))),
	}
	e["d_z_ci_nct_lo"], e["d_z_ci_nct_hi"] = noncentralCI(dz, n)
	return e
}

// needs is v where the correlation exists.
func needs(cor, v float64) float64 {
	if math.IsNaN(cor) {
		return cor
	}
	return v
}

// smcr is the one standardised change that schemes are pooled by, and its
// variance.
func (r rows) smcr() (y, v float64) {
	y = hedgesJ(r.n()-1) * over(mean(r.changes), sd(r.before))
	return y, 2*(1-pearson(r.before, r.after))/r.n() + y*y/(2*r.n())
}

// noncentralCI is the exact interval of d_z, which is given up to |t| = 30.
func noncentralCI(dz, n float64) (lo, hi any) {
	t := dz * math.Sqrt(n)
	if math.IsNaN(t) || math.Abs(t) > 30 {
		return nil, nil
	}
	at := func(share float64) any {
		return halved(40, -5*math.Abs(t)-10, 5*math.Abs(t)+10, func(ncp float64) float64 {
			return noncentralBelow(t, n-1, ncp) - share
		}) / math.Sqrt(n)
	}
	return at(0.975), at(0.025)
}

func standardised(y, v float64) obj {
	reach := z975 * math.Sqrt(v)
	return obj{"yi": y, "vi": v, "se": math.Sqrt(v), "ci_lo": y - reach, "ci_hi": y + reach}
}

func (r rows) attrition() obj {
	test, df := welch(r.lost, r.before)
	d := over(mean(r.lost)-mean(r.before), pooledSD(r.lost, r.before))
	w, p := math.NaN(), math.NaN()
	if !math.IsNaN(d) {
		w, p = rankSum(r.lost, r.before)
	}
	return obj{
		"completers": descriptives(r.before), "lost": descriptives(r.lost),
		"diff_lost_minus_completers": mean(r.lost) - mean(r.before),
		"welch_t":                    test["t"], "welch_df": df, "welch_p": test["p"], "welch_ci_lo": test["ci_lo"], "welch_ci_hi": test["ci_hi"],
		"student_p": studentPooled(r.lost, r.before), "smd_pooled": d,
		"smd_hedges": d * hedgesJ(float64(len(r.lost)+len(r.before)-2)),
		"ranksum_W":  w, "ranksum_p_r_default": p,
	}
}
