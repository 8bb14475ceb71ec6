package evidence_test

import (
	"math"
	"slices"
)

// A design is a model matrix, a row a person.
type design [][]float64

// residual is the sum of squares that is left of y beyond a model, and the
// model's rank, by making its columns orthogonal one after the other.
func (x design) residual(y []float64) (rss float64, rank int) {
	var basis [][]float64
	left := slices.Clone(y)
	for column := range x[0] {
		v := make([]float64, len(x))
		for i := range x {
			v[i] = x[i][column]
		}
		whole := dot(v, v)
		for range 2 { // the second time for what rounding left
			for _, b := range basis {
				subtract(v, b, dot(v, b))
			}
		}
		if size := dot(v, v); size > 1e-16*whole {
			for i := range v {
				v[i] /= math.Sqrt(size)
			}
			basis = append(basis, v)
			subtract(left, v, dot(left, v))
			subtract(left, v, dot(left, v))
		}
	}
	if rss = dot(left, left); rss < 1e-18*dot(y, y) {
		rss = 0
	}
	return rss, len(basis)
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

func subtract(from, v []float64, times float64) {
	for i := range from {
		from[i] -= times * v[i]
	}
}

// inverse of X'X, by Gauss and Jordan.
func (x design) inverse() design {
	k := len(x[0])
	m := make(design, k)
	for i := range m {
		m[i] = make([]float64, 2*k)
		m[i][k+i] = 1
		for j := range k {
			for _, row := range x {
				m[i][j] += row[i] * row[j]
			}
		}
	}
	for c := range k {
		best := c
		for i := c; i < k; i++ {
			if math.Abs(m[i][c]) > math.Abs(m[best][c]) {
				best = i
			}
		}
		m[c], m[best] = m[best], m[c]
		pivot := m[c][c]
		for j := range m[c] {
			m[c][j] /= pivot
		}
		for i := range m {
			if i != c {
				subtract(m[i], m[c], m[i][c])
			}
		}
	}
	for i := range m {
		m[i] = m[i][k:]
	}
	return m
}

func (x design) times(v []float64) []float64 {
	var all []float64
	for _, row := range x {
		all = append(all, dot(row, v))
	}
	return all
}

func (x design) transposed() design {
	t := make(design, len(x[0]))
	for j := range t {
		for i := range x {
			t[j] = append(t[j], x[i][j])
		}
	}
	return t
}

// A comparedGroups is the people measured twice of some groups, the reference
// first.
type comparedGroups struct {
	names     []string
	groups    []rows
	pre, post []float64
	of        []int // group of each person
}

func groupsOf(reference string, all map[string]rows) comparedGroups {
	var c comparedGroups
	for name, r := range all {
		if name != reference && len(r.before) > 0 {
			c.names = append(c.names, name)
		}
	}
	slices.Sort(c.names)
	c.names = slices.Insert(c.names, 0, reference)
	for g, name := range c.names {
		c.groups = append(c.groups, all[name])
		c.pre, c.post = append(c.pre, all[name].before...), append(c.post, all[name].after...)
		c.of = append(c.of, slices.Repeat([]int{g}, len(all[name].before))...)
	}
	return c
}

// none says that there is no comparison at all.
func (c comparedGroups) none() bool {
	return len(c.groups[0].before) == 0 || len(c.names) < 2 || len(c.pre) < len(c.names)+2
}

// models are post ~ pre, post ~ pre + group and post ~ pre * group. The score
// before is taken less its mean, which changes no fit.
func (c comparedGroups) models() (line, parallel, own design) {
	centre := mean(c.pre)
	for i, x := range c.pre {
		x -= centre
		row := []float64{1, x}
		line = append(line, slices.Clone(row))
		for g := 1; g < len(c.names); g++ {
			row = append(row, dummy(c.of[i], g))
		}
		parallel = append(parallel, slices.Clone(row))
		for g := 1; g < len(c.names); g++ {
			row = append(row, x*dummy(c.of[i], g))
		}
		own = append(own, row)
	}
	return line, parallel, own
}

// dummy is 1 for people of a group and 0 for all others.
func dummy(of, group int) float64 {
	if of == group {
		return 1
	}
	return 0
}

// fTest holds a smaller model against a larger one.
func fTest(small, large design, y []float64) obj {
	rss0, rank0 := small.residual(y)
	rss1, rank1 := large.residual(y)
	df1, df2 := rank1-rank0, len(y)-rank1
	if df1 <= 0 || df2 <= 0 || rss1 == 0 {
		return obj{"F": nil, "df1": df1, "df2": df2, "p": nil}
	}
	f := max(0, rss0-rss1) / float64(df1) / (rss1 / float64(df2))
	return obj{"F": f, "df1": df1, "df2": df2, "p": upperF(f, float64(df1), float64(df2))}
}

func (c comparedGroups) comparison() obj {
	line, parallel, own := c.models()
	unadjusted := obj{}
	var n []any
	for g, r := range c.groups {
		n = append(n, len(r.before))
		if g > 0 {
			unadjusted[c.names[g]] = unadjustedOf(r, c.groups[0])
		}
	}
	rss, rank := parallel.residual(c.post)
	df := len(c.post) - rank
	total := variance(c.post) * float64(len(c.post)-1)
	a := obj{
		"df_resid": df, "sigma": math.Sqrt(rss / float64(df)), "r_squared": over(total-rss, total),
		"covariate_centre": mean(c.pre),
		"omnibus":          fTest(line, parallel, c.post), "interaction": fTest(parallel, own, c.post),
	}
	c.coefficients(a, parallel, math.Sqrt(rss/float64(df)), float64(df))
	var levels []any
	for _, name := range c.names {
		levels = append(levels, name)
	}
	return obj{"reference": c.names[0], "levels": levels, "n": n, "ancova": a, "unadjusted": unadjusted}
}

// coefficients adds what needs the lines' heights. Where the score before does
// not differ it is left out of the model; where it differs between groups only,
// there are no heights.
func (c comparedGroups) coefficients(a obj, x design, sigma, df float64) {
	sloped := slices.ContainsFunc(c.groups, func(r rows) bool { return len(r.before) > 0 && !alike(r.before) })
	means, errors, contrasts := obj{}, obj{}, obj{}
	a["intercept"], a["slope_pre"], a["slope_pre_se"] = nil, nil, nil
	a["adjusted_means"], a["adjusted_mean_se"], a["contrasts"] = means, errors, contrasts
	if !sloped && !alike(c.pre) {
		for g, name := range c.names {
			means[name], errors[name] = nil, nil
			if g > 0 {
				contrasts[name] = contrast(c.names[0], math.NaN(), math.NaN(), math.NaN(), df)
			}
		}
		return
	}
	group := 2 // the first group's column
	if !sloped {
		group = 1
		for i := range x {
			x[i] = slices.Delete(x[i], 1, 2)
		}
	}
	inverse := x.inverse()
	beta := inverse.times(x.transposed().times(c.post))
	a["intercept"] = beta[0]
	if sloped {
		a["intercept"] = beta[0] - beta[1]*mean(c.pre)
		a["slope_pre"], a["slope_pre_se"] = beta[1], sigma*math.Sqrt(inverse[1][1])
	}
	for g, name := range c.names {
		at := make([]float64, len(x[0])) // somebody of this group who began at the mean
		at[0] = 1
		if g > 0 {
			at[group+g-1] = 1
			hc3 := c.hc3(x, inverse, beta, group+g-1)
			if sigma == 0 {
				hc3 = min(hc3, 0) // and NaN stays
			}
			contrasts[name] = contrast(c.names[0], beta[group+g-1], sigma*math.Sqrt(inverse[group+g-1][group+g-1]), hc3, df)
		}
		means[name], errors[name] = dot(at, beta), sigma*math.Sqrt(dot(at, inverse.times(at)))
	}
}

// hc3 is the robust standard error of one coefficient.
func (c comparedGroups) hc3(x, inverse design, beta []float64, of int) float64 {
	sum := 0.0
	for i, row := range x {
		left := 1 - dot(row, inverse.times(row))
		share := dot(inverse[of], row)
		if left < 1e-9 {
			return math.NaN() // decides their own fitted score
		}
		own := share * (c.post[i] - dot(row, beta)) / left
		sum += own * own
	}
	return math.Sqrt(sum)
}

func contrast(versus string, difference, se, hc3, df float64) obj {
	test := student(difference, se, df)
	p := studentP(over(difference, hc3), df)
	return obj{
		"vs": versus, "adjusted_diff": difference, "se": se, "t": test["t"], "p": test["p"],
		"ci_lo": test["ci_lo"], "ci_hi": test["ci_hi"], "se_hc3": hc3, "p_hc3": p,
	}
}

func unadjustedOf(r, reference rows) obj {
	test, df := welch(r.changes, reference.changes)
	difference, spread := mean(r.changes)-mean(reference.changes), pooledSD(r.before, reference.before)
	return obj{
		"diff_in_mean_change": difference, "baseline_diff": mean(r.before) - mean(reference.before),
		"welch_t": test["t"], "welch_df": df, "welch_p": test["p"], "welch_ci_lo": test["ci_lo"], "welch_ci_hi": test["ci_hi"],
		"student_p":           studentPooled(r.changes, reference.changes),
		"morris_dppc2":        roughJ(r.n()+reference.n()-2) * over(difference, spread),
		"baseline_smd_pooled": over(mean(r.before)-mean(reference.before), spread),
	}
}
