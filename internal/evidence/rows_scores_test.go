package evidence_test

import (
	"math"
	"slices"
)

// The row route: plain loops over people. NaN (or an infinity) stands for a
// number that there is not.

// obj is an object under the names of the JSON.
type obj = map[string]any

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

// alike says that nobody differs from the others.
func alike(v []float64) bool {
	return !slices.ContainsFunc(v, func(x float64) bool { return x != v[0] })
}

func variance(v []float64) float64 {
	switch {
	case len(v) < 2:
		return math.NaN()
	case alike(v):
		return 0 // and not what rounding leaves
	}
	m, sum := mean(v), 0.0
	for _, x := range v {
		sum += (x - m) * (x - m)
	}
	return sum / float64(len(v)-1)
}

func sd(v []float64) float64 { return math.Sqrt(variance(v)) }

func median(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	s := slices.Sorted(slices.Values(v))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

// pearson is refused where one of the two has no spread.
func pearson(x, y []float64) float64 {
	if len(x) < 2 || alike(x) || alike(y) {
		return math.NaN()
	}
	mx, my, sum := mean(x), mean(y), 0.0
	for i := range x {
		sum += (x[i] - mx) * (y[i] - my)
	}
	r := sum / float64(len(x)-1) / sd(x) / sd(y)
	if 1-math.Abs(r) < 1e-12 {
		return math.Copysign(1, r)
	}
	return r
}

// ranks are mid-ranks: how many are below, and half of those who are level.
func ranks(v []float64) []float64 {
	all := make([]float64, len(v))
	for i, x := range v {
		for _, y := range v {
			switch {
			case y < x:
				all[i]++
			case y == x:
				all[i] += 0.5
			}
		}
		all[i] += 0.5
	}
	return all
}

func descriptives(v []float64) obj {
	low, high := math.NaN(), math.NaN()
	if len(v) > 0 {
		low, high = slices.Min(v), slices.Max(v)
	}
	return obj{"n": len(v), "mean": mean(v), "sd": sd(v), "median": median(v), "min": low, "max": high}
}

// proportion solves |p - pi| = z*sqrt(pi(1-pi)/n) on both sides of p.
func proportion(x, n int) obj {
	if n == 0 {
		return obj{"x": 0, "n": 0, "p": nil, "lo": nil, "hi": nil}
	}
	p := float64(x) / float64(n)
	near := func(share float64) float64 {
		return z975*math.Sqrt(share*(1-share)/float64(n)) - math.Abs(p-share)
	}
	low, high := 0.0, 1.0
	if x > 0 {
		low = bisect(0, p, func(share float64) float64 { return -near(share) })
	}
	if x < n {
		high = bisect(p, 1, near)
	}
	return obj{"x": x, "n": n, "p": p, "lo": low, "hi": high}
}

// uncounted is a proportion of n people by a threshold that there is not.
func uncounted(n int) obj {
	if n == 0 {
		return proportion(0, 0)
	}
	return obj{"x": nil, "n": n, "p": nil, "lo": nil, "hi": nil}
}

// student is a t test of an estimate that stands by itself.
func student(estimate, se, df float64) obj {
	if !(se > 0) || math.IsNaN(estimate) {
		return obj{"t": nil, "p": nil, "log10_p": nil, "ci_lo": nil, "ci_hi": nil}
	}
	t, reach := estimate/se, student975(df)*se
	return obj{
		"t": t, "p": studentP(t, df), "log10_p": logStudentP(t, df) / math.Ln10,
		"ci_lo": estimate - reach, "ci_hi": estimate + reach,
	}
}

// welch is the test of two means that does not take their spreads to be alike,
// and df its degrees of freedom.
func welch(first, second []float64) (test obj, df float64) {
	a, b := variance(first)/float64(len(first)), variance(second)/float64(len(second))
	if !(a+b > 0) {
		return student(math.NaN(), 0, 1), math.NaN()
	}
	df = (a + b) * (a + b) / (a*a/float64(len(first)-1) + b*b/float64(len(second)-1))
	return student(mean(first)-mean(second), math.Sqrt(a+b), df), df
}

// pooledSD is the spread within two groups; NaN where there is none, since all
// that is divided by it is refused then.
func pooledSD(first, second []float64) float64 {
	n, m := float64(len(first)), float64(len(second))
	v := ((n-1)*variance(first) + (m-1)*variance(second)) / (n + m - 2)
	if !(v > 0) {
		return math.NaN()
	}
	return math.Sqrt(v)
}

// studentPooled is the p of the test that takes the spreads to be alike.
func studentPooled(first, second []float64) float64 {
	n, m := float64(len(first)), float64(len(second))
	t := (mean(first) - mean(second)) / (pooledSD(first, second) * math.Sqrt(1/n+1/m))
	return studentP(t, n+m-2)
}
