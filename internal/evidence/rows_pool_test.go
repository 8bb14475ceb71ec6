package evidence_test

import (
	"math"
	"slices"
)

// estimates are what schemes bring to a pool, in the order of their names.
type estimates struct {
	names    []string
	y, v     []float64
	excluded []any
}

func (e *estimates) take(name string, y, v float64) {
	if math.IsNaN(y) || !(v > 0) {
		e.excluded = append(e.excluded, name)
		return
	}
	e.names, e.y, e.v = append(e.names, name), append(e.y, y), append(e.v, v)
}

func (e estimates) k() float64 { return float64(len(e.y)) }

// weighted is the mean with weights 1/(v+tau2), their sum, and the sum of squares
// about the mean.
func (e estimates) weighted(tau2 float64) (mu, weight, q float64) {
	for i := range e.y {
		weight += 1 / (e.v[i] + tau2)
		mu += e.y[i] / (e.v[i] + tau2)
	}
	mu /= weight
	for i, y := range e.y {
		q += (y - mu) * (y - mu) / (e.v[i] + tau2)
	}
	return mu, weight, q
}

// sums are the sum of the weights and of their squares, without tau2.
func (e estimates) sums() (s1, s2 float64) {
	for _, v := range e.v {
		s1 += 1 / v
		s2 += 1 / v / v
	}
	return s1, s2
}

// furthest is a tau2 beyond every solution: the spread of the values, many times.
func (e estimates) furthest() float64 {
	apart := slices.Max(e.y) - slices.Min(e.y)
	return 1e6 * (apart*apart + slices.Max(e.v))
}

// qIs is where the spread about the mean is as wanted, or 0.
func (e estimates) qIs(wanted float64) float64 {
	if _, _, q := e.weighted(0); q <= wanted {
		return 0
	}
	return bisect(0, e.furthest(), func(tau2 float64) float64 {
		_, _, q := e.weighted(tau2)
		return q - wanted
	})
}

func (e estimates) dersimonianLaird() float64 {
	_, _, q := e.weighted(0)
	s1, s2 := e.sums()
	return max(0, (q-(e.k()-1))/(s1-s2/s1))
}

// score is the slope of the restricted likelihood's logarithm, twice.
func (e estimates) score(tau2 float64) float64 {
	mu, weight, _ := e.weighted(tau2)
	score := -weight
	for i, y := range e.y {
		w := 1 / (e.v[i] + tau2)
		score += w*w*(y-mu)*(y-mu) + w*w/weight
	}
	return score
}

// reml is the one root of the score, 0 where it falls from the start. ok is
// false where a scan sees more than one turn: then the likelihood has several
// peaks, and which is taken is held against R elsewhere.
func (e estimates) reml() (tau2 float64, ok bool) {
	turns, low, high := 0, 0.0, 0.0
	before, sign := 0.0, math.Signbit(e.score(0))
	rises := sign
	for at := 1e-6 * slices.Min(e.v); at < e.furthest(); at *= 1.1 {
		if now := math.Signbit(e.score(at)); now != sign {
			turns, sign, low, high = turns+1, now, before, at
		}
		before = at
	}
	switch {
	case turns == 0 && rises:
		return 0, true
	case turns == 1 && !rises:
		return bisect(low, high, e.score), true
	}
	return 0, false
}

// pool is everything that a pool of two or more holds.
func (e estimates) pool(reml float64) obj {
	mu, weight, q := e.weighted(0)
	fixed := e.wald(mu, 1/math.Sqrt(weight))
	fixed["z"] = fixed["stat"]
	fixed["estimate"] = mu
	delete(fixed, "stat")
	i2 := 0.0
	if df := e.k() - 1; q > df {
		i2 = 100 * (q - df) / q
	}
	return obj{
		"k": len(e.y), "fixed": fixed, "Q": q, "Q_df": len(e.y) - 1, "Q_p": upperChi2(q, len(e.y)-1), "I2_higgins": i2,
		"DL": e.random(e.dersimonianLaird()), "REML": e.random(reml), "PM": e.random(e.qIs(e.k() - 1)),
	}
}

func (e estimates) wald(mu, se float64) obj {
	return obj{"se": se, "ci_lo": mu - z975*se, "ci_hi": mu + z975*se, "stat": mu / se, "p": normalP(mu / se)}
}

func (e estimates) random(tau2 float64) obj {
	df := len(e.y) - 1
	quantile := func(p float64) float64 {
		return bisect(0, 1000, func(x float64) float64 { return upperChi2(x, df) - p })
	}
	mu, weight, q := e.weighted(tau2)
	s1, s2 := e.sums()
	typical := e.k() - 1
	typical *= s1 / (s1*s1 - s2)
	scale := q / float64(df)
	if scale < 1e-14 {
		scale = 0
	}
	var weights []any
	for _, v := range e.v {
		weights = append(weights, 100/(v+tau2)/weight)
	}
	se, hk := 1/math.Sqrt(weight), math.Sqrt(scale/weight)
	t2 := math.NaN()
	if df > 1 {
		t2 = student975(float64(df - 1))
	}
	within := func(c, se float64) any {
		if math.IsNaN(c) {
			return nil
		}
		reach := c * math.Sqrt(tau2+se*se)
		return []any{mu - reach, mu + reach}
	}
	return obj{
		"tau2": tau2, "tau": math.Sqrt(tau2), "tau2_ci_qprofile": []any{e.qIs(quantile(0.025)), e.qIs(quantile(0.975))},
		"estimate": mu, "I2_metafor": 100 * tau2 / (tau2 + typical), "H2_metafor": tau2/typical + 1, "typical_v": typical,
		"hk_scale_q": scale, "wald": e.wald(mu, se), "hk": e.knappHartung(mu, hk), "hk_adhoc": e.knappHartung(mu, math.Sqrt(max(1, scale)/weight)),
		"weights_pct": weights,
		"prediction": obj{
			"normal": within(z975, se), "t_k1": within(student975(float64(df)), se), "t_k2": within(t2, se),
			"hk_t_k1": within(student975(float64(df)), hk), "hk_t_k2": within(t2, hk),
		},
	}
}

func (e estimates) knappHartung(mu, se float64) obj {
	df := e.k() - 1
	reach := student975(df) * se
	test := obj{"se": se, "ci_lo": mu - reach, "ci_hi": mu + reach, "stat": nil, "p": nil}
	if se > 0 {
		test["stat"], test["p"] = mu/se, studentP(mu/se, df)
	}
	return test
}
