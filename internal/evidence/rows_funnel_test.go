package evidence_test

import (
	"math"
	"slices"
)

func list(v []float64) []any {
	all := []any{}
	for _, x := range v {
		all = append(all, x)
	}
	return all
}

// quantile is R's type 7.
func quantile(v []float64, share float64) float64 {
	s := slices.Sorted(slices.Values(v))
	h := float64(len(s)-1) * share
	low := int(h)
	if low+1 == len(s) {
		return s[low]
	}
	return s[low] + (h-float64(low))*(s[low+1]-s[low])
}

// dispersed is where groups lie about a target in standard errors, and how much
// more they differ than by chance.
func (e estimates) dispersed(target float64) (of obj, tau2 float64) {
	var z, drawn []float64
	for i, y := range e.y {
		z = append(z, (y-target)/math.Sqrt(e.v[i]))
	}
	q10, q90 := quantile(z, 0.1), quantile(z, 0.9)
	for _, one := range z {
		drawn = append(drawn, min(max(one, q10), q90))
	}
	s1, s2 := e.sums()
	spread := func(z []float64) (obj, float64) {
		phi := dot(z, z) / e.k()
		tau2 := max(0, (e.k()*phi-(e.k()-1))/(s1-s2/s1))
		return obj{"phi": phi, "tau2": tau2}, tau2
	}
	raw, _ := spread(z)
	winsorised, tau2 := spread(drawn)
	return obj{
		"z": list(z), "z_winsorised": list(drawn), "wins_q10": q10, "wins_q90": q90, "raw": raw, "winsorised10": winsorised,
	}, tau2
}

// band is target +- z*s, and outside the names of who is beyond it.
func (e estimates) band(target, z float64, s func(v float64) float64) (band obj, outside []any) {
	var lo, hi []float64
	outside = []any{}
	for i, v := range e.v {
		lo, hi = append(lo, target-z*s(v)), append(hi, target+z*s(v))
		if e.y[i] < lo[i] || e.y[i] > hi[i] {
			outside = append(outside, e.names[i])
		}
	}
	return obj{"lo": list(lo), "hi": list(hi)}, outside
}

func (e estimates) funnel() any {
	if len(e.y) < 2 {
		return nil
	}
	target, _, _ := e.weighted(0)
	f, tau2 := e.dispersed(target)
	phi := f["winsorised10"].(obj)["phi"].(float64)
	limits := func(s func(v float64) float64) (both obj, outside []any) {
		l95, _ := e.band(target, z975, s)
		l998, outside := e.band(target, z999, s)
		return obj{"l95": l95, "l998": l998}, outside
	}
	f["limits_unadjusted"], f["outside998_unadjusted"] = limits(math.Sqrt)
	f["limits_multiplicative_wins"], _ = limits(func(v float64) float64 { return math.Sqrt(v * max(1, phi)) })
	f["limits_additive_wins"], f["outside998_additive_wins"] = limits(func(v float64) float64 { return math.Sqrt(v + tau2) })
	var se []float64
	names := []any{}
	for i, v := range e.v {
		se, names = append(se, math.Sqrt(v)), append(names, e.names[i])
	}
	f["scheme"], f["y"], f["se"], f["target"] = names, list(e.y), list(se), target
	return f
}

// shareFunnel is that of x of n people, of groups with anybody.
func shareFunnel(names []string, x, n []int) any {
	var e estimates
	var scheme, xs, ns []any
	var counted, all float64
	for i, name := range names {
		if n[i] == 0 {
			continue
		}
		scheme, xs, ns = append(scheme, name), append(xs, x[i]), append(ns, n[i])
		e.take(name, math.Asin(math.Sqrt(float64(x[i])/float64(n[i]))), 1/(4*float64(n[i])))
		counted, all = counted+float64(x[i]), all+float64(n[i])
	}
	if len(e.y) < 2 {
		return nil
	}
	target := counted / all
	normal := func(z float64) obj {
		band, _ := e.band(target, z, func(v float64) float64 { return math.Sqrt(target * (1 - target) * 4 * v) })
		return band
	}
	exact := func(outside float64) obj {
		var lo, hi []float64
		for _, v := range e.v {
			n := int(math.Round(1 / (4 * v)))
			lo, hi = append(lo, interpolated(outside, n, target)), append(hi, interpolated(1-outside, n, target))
		}
		return obj{"lo": list(lo), "hi": list(hi)}
	}
	turned := math.Asin(math.Sqrt(target))
	a, tau2 := e.dispersed(turned)
	a["target"] = turned
	back := func(z, tau2 float64) obj {
		band, _ := e.band(turned, z, func(v float64) float64 { return math.Sqrt(v + tau2) })
		for _, side := range band {
			for i, at := range side.([]any) {
				side.([]any)[i] = math.Pow(math.Sin(min(max(at.(float64), 0), math.Pi/2)), 2)
			}
		}
		return band
	}
	a["l95_unadjusted"], a["l998_unadjusted"] = back(z975, 0), back(z999, 0)
	a["l95_additive_wins"], a["l998_additive_wins"] = back(z975, tau2), back(z999, tau2)
	return obj{
		"scheme": scheme, "x": xs, "n": ns, "target": target, "arcsine": a,
		"normal":                      obj{"l95": normal(z975), "l998": normal(z999)},
		"exact_binomial_interpolated": obj{"l95": exact(0.025), "l998": exact(0.001)},
	}
}

// interpolated adds up the binomial from 0 on until a share is reached.
func interpolated(share float64, n int, p float64) float64 {
	var below float64
	for r := range n + 1 {
		own := math.Exp(logChoose(n, r)) * math.Pow(p, float64(r)) * math.Pow(1-p, float64(n-r))
		if below += own; below >= share*(1-1e-14) {
			return (float64(r) - (below-share)/own) / float64(n)
		}
	}
	return math.NaN()
}

func logChoose(n, r int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(r + 1))
	c, _ := math.Lgamma(float64(n - r + 1))
	return a - b - c
}

// completion tests whether groups differ in who was measured again.
func completion(names []string, completed, baseline []int) any {
	var groups, done, lost []any
	var sizes, stayed []int
	c, n := 0, 0
	for i, name := range names {
		if baseline[i] == 0 {
			continue
		}
		groups, done, lost = append(groups, name), append(done, completed[i]), append(lost, baseline[i]-completed[i])
		sizes, stayed = append(sizes, baseline[i]), append(stayed, completed[i])
		c, n = c+completed[i], n+baseline[i]
	}
	if len(groups) < 2 || c == 0 || c == n {
		return nil
	}
	chi2, smallest := 0.0, math.Inf(1)
	for i, size := range sizes {
		for _, cell := range [][2]float64{{float64(stayed[i]), float64(c)}, {float64(size - stayed[i]), float64(n - c)}} {
			expected := float64(size) * cell[1] / float64(n)
			chi2 += (cell[0] - expected) * (cell[0] - expected) / expected
			smallest = min(smallest, expected)
		}
	}
	return obj{
		"groups": groups, "completed": done, "lost": lost, "chisq_nocc": chi2, "df": len(groups) - 1,
		"p": upperChi2(chi2, len(groups)-1), "fisher_p": fisher(sizes, stayed), "min_expected": smallest,
	}
}

// fisher goes through every table with the same margins.
func fisher(sizes, stayed []int) float64 {
	if len(sizes) > 3 {
		return math.NaN()
	}
	all := 0
	for _, c := range stayed {
		all += c
	}
	chance := func(cells []int) float64 {
		log := 0.0
		for i, c := range cells {
			log += logChoose(sizes[i], c)
		}
		return math.Exp(log)
	}
	var total, extreme float64
	seen := chance(stayed)
	var deal func(cells []int, left int)
	deal = func(cells []int, left int) {
		at := len(cells)
		if at == len(sizes)-1 {
			if left > sizes[at] {
				return
			}
			p := chance(append(slices.Clone(cells), left))
			total += p
			if p <= seen*(1+1e-7) {
				extreme += p
			}
			return
		}
		for c := range min(left, sizes[at]) + 1 {
			deal(append(slices.Clone(cells), c), left-c)
		}
	}
	deal(nil, all)
	return extreme / total
}
