package evidence_test

import (
	"math"
	"slices"

	"cairn/internal/measure"
)

// far is a threshold; inclusive when it will do itself. NaN is none.
type far struct {
	points    float64
	inclusive bool
}

// reached counts people whose change went that far, the good way and the bad way.
func (r rows) reached(f far) (better, worse int) {
	limit, inclusive := math.Round(f.points*1e10), f.inclusive
	for _, c := range r.changes {
		good := math.Round(c*1e10) * float64(r.score.Direction)
		if good > limit || inclusive && good == limit {
			better++
		}
		if good < -limit || inclusive && good == -limit {
			worse++
		}
	}
	return better, worse
}

// thirds are the three shares of everybody measured twice.
func (r rows) thirds(to obj, f far) obj {
	to["improved"], to["no_reliable_change"], to["deteriorated"] = uncounted(len(r.changes)), uncounted(len(r.changes)), uncounted(len(r.changes))
	if math.IsNaN(f.points) {
		return to
	}
	n := len(r.changes)
	better, worse := r.reached(f)
	to["improved"], to["no_reliable_change"], to["deteriorated"] = proportion(better, n), proportion(n-better-worse, n), proportion(worse, n)
	return to
}

func given(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}

func (r rows) coefficient() float64 {
	if r.score.Reliability == nil {
		return math.NaN()
	}
	return given(r.score.Reliability.Coefficient)
}

func (r rows) referenceSD() float64 {
	if r.score.Reliability == nil {
		return math.NaN()
	}
	return given(r.score.Reliability.SD)
}

func (r rows) reliable(source string, sd float64) obj {
	rel := r.coefficient()
	diff := math.Sqrt2 * sd * math.Sqrt(1-rel)
	pair := func(f far) []any {
		if math.IsNaN(f.points) {
			return []any{nil, nil}
		}
		better, worse := r.reached(f)
		return []any{better, worse}
	}
	return r.thirds(obj{
		"sd_source": source, "sd": sd, "reliability": rel, "sem": sd * math.Sqrt(1-rel), "s_diff": diff,
		"threshold_196": 1.96 * diff, "threshold_qnorm": z975 * diff, "n": len(r.changes),
		"counts_if_qnorm": pair(far{points: z975 * diff}), "counts_if_inclusive": pair(far{1.96 * diff, true}),
	}, far{points: 1.96 * diff})
}

func (r rows) published() any {
	t := r.score.Threshold
	if t == nil {
		return nil
	}
	return r.thirds(obj{"threshold": obj{
		"points": t.Points, "inclusive": t.Inclusive, "population": t.Population, "source": t.Source,
	}}, far{t.Points, t.Inclusive})
}

func (r rows) regression() obj {
	popMean, popSD := math.NaN(), math.NaN()
	if r.score.Norm != nil {
		popMean, popSD = given(r.score.Norm.Mean), given(r.score.Norm.SD)
	}
	rel, gap := r.coefficient(), popMean-mean(r.before)
	reg := obj{
		"pop_mean": popMean, "rho": rel, "expected_change_rho": (1 - rel) * gap, "net_change_rho": mean(r.changes) - (1-rel)*gap,
		"expected_change_sample_r": (1 - pearson(r.before, r.after)) * gap,
		"range":                    r.byItself(),
		"cutoff":                   r.cutoff(popMean, popSD, rel),
		"slope_post_on_pre":        nil, "r_baseline_change": nil, "oldham_r": nil, "oldham_p": nil,
	}
	if r.n() < 3 || alike(r.before) || alike(r.after) {
		return reg
	}
	var middle []float64
	for i, x := range r.before {
		middle = append(middle, tenDecimals((x+r.after[i])/2))
	}
	oldham := pearson(middle, r.changes)
	reg["slope_post_on_pre"] = pearson(r.before, r.after) * sd(r.after) / sd(r.before)
	reg["r_baseline_change"], reg["oldham_r"] = pearson(r.before, r.changes), oldham
	if math.Abs(oldham) < 1 {
		reg["oldham_p"] = studentP(oldham*math.Sqrt((r.n()-2)/(1-oldham*oldham)), r.n()-2)
	}
	return reg
}

// cutoff is what those who entered by a cut-off would have come back by itself.
func (r rows) cutoff(popMean, popSD, rel float64) obj {
	c := obj{
		"cutoff": nil, "side": nil, "pop_sd": popSD, "z": nil, "C_z": nil,
		"rtm_effect_magnitude": nil, "expected_change": nil,
	}
	if r.score.Cutoff == nil {
		return c
	}
	sign := 1.0
	if r.score.Cutoff.Side == measure.Below {
		sign = -1
	}
	z := sign * (r.score.Cutoff.Points - popMean) / popSD
	beyond := meanBeyond(z)
	c["cutoff"], c["side"], c["z"], c["C_z"] = r.score.Cutoff.Points, string(r.score.Cutoff.Side), z, beyond
	c["rtm_effect_magnitude"], c["expected_change"] = popSD*(1-rel)*beyond, -sign*popSD*(1-rel)*beyond
	return c
}

// end is the scale's end in a direction, where it has one.
func (r rows) end(towards measure.Direction) float64 {
	lowest, highest := measure.OpenRange()
	end, none := r.score.Max, highest
	if towards < 0 {
		end, none = r.score.Min, lowest
	}
	if r.score.Open && end == none {
		return math.NaN()
	}
	return float64(end) / math.Pow10(r.score.Decimals)
}

// began counts who began at an end.
func (r rows) began(end float64) obj {
	if math.IsNaN(end) {
		return uncounted(len(r.baselines))
	}
	there := 0
	for _, x := range r.baselines {
		if x == end {
			there++
		}
	}
	return proportion(there, len(r.baselines))
}

func (r rows) bounds() obj {
	filled := func(end float64) float64 {
		all := slices.Clone(r.changes)
		for _, x := range r.lost {
			all = append(all, end-x)
		}
		if math.IsNaN(end) {
			return end
		}
		return mean(all)
	}
	carried := append(slices.Clone(r.changes), make([]float64, len(r.lost))...)
	n := float64(len(carried))
	test := student(mean(carried), sd(carried)/math.Sqrt(n), n-1)
	b := obj{
		"n_denominator": len(r.baselines), "n_lost": len(r.lost),
		"mean_change_best_case": filled(r.end(r.score.Direction)), "mean_change_worst_case": filled(r.end(-r.score.Direction)),
		"bocf":          obj{"mean": mean(carried), "sd": sd(carried), "ci_lo": test["ci_lo"], "ci_hi": test["ci_hi"], "t": test["t"], "p": test["p"]},
		"tipping_point": r.tippingPoint(),
	}
	f := far{points: 1.96 * math.Sqrt2 * r.referenceSD() * math.Sqrt(1-r.coefficient())}
	if t := r.score.Threshold; t != nil {
		f = far{t.Points, t.Inclusive}
	}
	all := len(r.baselines)
	share := func(x int) obj {
		if math.IsNaN(f.points) {
			return uncounted(all)
		}
		return proportion(x, all)
	}
	better, worse := r.reached(f)
	b["improved_worst"], b["improved_best"] = share(better), share(better+len(r.lost))
	b["deteriorated_best"], b["deteriorated_worst"] = share(worse), share(worse+len(r.lost))
	return b
}

// tippingPoint is where the interval of everybody's mean would touch zero.
func (r rows) tippingPoint() any {
	c := r.change()
	low, ok := c["ci_lo"].(float64)
	if !ok || len(r.lost) == 0 {
		return nil
	}
	high, _ := c["ci_hi"].(float64)
	if low <= 0 && high >= 0 {
		return nil
	}
	nearest := low
	if high < 0 {
		nearest = high
	}
	return nearest * float64(len(r.baselines)) / float64(len(r.lost))
}
