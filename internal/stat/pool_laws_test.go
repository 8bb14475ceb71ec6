package stat

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawEffects draws groups like schemes: a few points apart, variances over
// four orders.
func drawEffects(t *rapid.T, low, high int) []Effect {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Effect {
		return Effect{
			Value:    rapid.Float64Range(-6, 6).Draw(t, "value"),
			Variance: math.Exp(rapid.Float64Range(-5, 4).Draw(t, "log variance")),
		}
	}), low, high).Draw(t, "groups")
}

func mustPool(t *rapid.T, groups []Effect) Pooled {
	p, err := Pool(groups)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func mustFunnel(t *rapid.T, groups []Effect) Funnel {
	f, err := NewFunnel(groups)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (p Pooled) estimates() map[string]RandomEffects {
	return map[string]RandomEffects{"DL": p.DerSimonianLaird, "REML": p.REML, "PM": p.PauleMandel}
}

// Who comes first changes not one bit, and everybody keeps their own weight.
func TestLaw_PoolOrderIsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := drawEffects(t, 2, 12)
		order := make([]int, len(groups))
		for i := range order {
			order[i] = i
		}
		order = rapid.Permutation(order).Draw(t, "order")
		mixed := make([]Effect, len(groups))
		for to, from := range order {
			mixed[to] = groups[from]
		}
		given := slices.Clone(mixed)
		a, b := mustPool(t, groups), mustPool(t, mixed)
		f, g := mustFunnel(t, groups), mustFunnel(t, mixed)
		for to, from := range order {
			if a.REML.Weights[from] != b.REML.Weights[to] || f.Z[from] != g.Z[to] || f.Additive.P998.Low[from] != g.Additive.P998.Low[to] {
				t.Fatalf("group %d", from)
			}
		}
		if !slices.Equal(given, mixed) {
			t.Fatal("what was given has been moved")
		}
		for _, p := range []*Pooled{&a, &b} {
			p.DerSimonianLaird.Weights, p.REML.Weights, p.PauleMandel.Weights = nil, nil, nil
		}
		if !reflect.DeepEqual(a, b) || f.Winsorised != g.Winsorised {
			t.Fatalf("%+v\n%+v", a, b)
		}
	})
}

// Another unit, and another place to count from: the mean goes along, the
// variance with the square, and what has no unit stays.
func TestLaw_PoolUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := drawEffects(t, 2, 12)
		times := math.Exp2(float64(rapid.IntRange(-12, 12).Draw(t, "times")))
		plus := rapid.Float64Range(-50, 50).Draw(t, "plus")
		moved := make([]Effect, len(groups))
		for i, g := range groups {
			moved[i] = Effect{Value: times*g.Value + plus, Variance: times * times * g.Variance}
		}
		back := func(n Number) Number { return n.then(func(v float64) float64 { return (v - plus) / times }) }
		by := func(n Number, f float64) Number { return n.then(func(v float64) float64 { return v / f }) }
		a, b := mustPool(t, groups), mustPool(t, moved)
		alike(t, "Q", a.Q, b.Q)
		alike(t, "I2", a.I2, b.I2)
		alike(t, "fixed", a.Fixed.Estimate, back(b.Fixed.Estimate))
		for what, r := range a.estimates() {
			s := b.estimates()[what]
			closely(t, what+" tau2", r.Tau2, by(s.Tau2, times*times))
			closely(t, what+" tau2 high", r.Tau2CI.High, by(s.Tau2CI.High, times*times))
			closely(t, what+" estimate", r.Estimate, back(s.Estimate))
			closely(t, what+" I2", r.I2, s.I2)
			closely(t, what+" hk se", r.HK.SE, by(s.HK.SE, times))
			closely(t, what+" prediction", r.Prediction.HKTK2.Low, back(s.Prediction.HKTK2.Low))
		}
		f, g := mustFunnel(t, groups), mustFunnel(t, moved)
		alike(t, "phi", f.Winsorised.Phi, g.Winsorised.Phi)
		alike(t, "tau2", f.Winsorised.Tau2, by(g.Winsorised.Tau2, times*times))
		alike(t, "limit", f.Multiplicative.P95.High[0], back(g.Multiplicative.P95.High[0]))
	})
}

// closely is alike for what is searched for.
func closely(t *rapid.T, what string, a, b Number) {
	x, errA := a.Value()
	y, errB := b.Value()
	if (errA == nil) != (errB == nil) || errA == nil && math.Abs(x-y) > 1e-6*max(1, math.Abs(x)) {
		t.Fatalf("%s: %+v and %+v", what, a, b)
	}
}

// What each search promises: a root of its own equation, or 0 where that lies
// below; an interval that holds Paule and Mandel's estimate.
func TestLaw_PoolRoots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := drawEffects(t, 2, 15)
		p := mustPool(t, groups)
		e, err := newEffects(groups)
		if err != nil {
			t.Fatal(err)
		}
		pm := *p.PauleMandel.Tau2.Ptr()
		switch q, _ := e.spread(pm); {
		case pm == 0 && q > e.df():
			t.Fatalf("Paule and Mandel's is 0 and Q %v", q)
		case pm > 0 && math.Abs(q-e.df()) > 1e-9*e.df():
			t.Fatalf("Q is %v at Paule and Mandel's", q)
		}
		if pm > 0 {
			closely(t, "q", p.PauleMandel.HKScale, Known(1))
		}
		low, high := *p.REML.Tau2CI.Low.Ptr(), *p.REML.Tau2CI.High.Ptr()
		if low < 0 || low > pm || high < low || high < pm && high > 0 {
			t.Fatalf("%v not between %v and %v", pm, low, high)
		}
		reml := *p.REML.Tau2.Ptr()
		if score, information, slope := e.remlScore(reml); reml > 0 && (math.Abs(score) > 1e-9*information*reml || slope > 1e-6*information) {
			t.Fatalf("at %v the score is %v and its slope %v", reml, score, slope)
		}
		if beside := reml + 1e-3; e.logLikelihood(beside) > e.logLikelihood(reml)+1e-9 && reml > 0 {
			t.Fatalf("likelier at %v than at %v", beside, reml)
		}
	})
}

// What holds between the variants.
func TestLaw_PoolVariants(t *testing.T) {
	width := func(i Interval) float64 { return *i.High.Ptr() - *i.Low.Ptr() }
	rapid.Check(t, func(t *rapid.T) {
		groups := drawEffects(t, 2, 12)
		p := mustPool(t, groups)
		values := make([]float64, len(groups))
		for i, g := range groups {
			values[i] = g.Value
		}
		for what, r := range p.estimates() {
			var sum float64
			for _, w := range r.Weights {
				sum += *w.Ptr()
			}
			if math.Abs(sum-100) > 1e-9 {
				t.Fatalf("%s: weights sum to %v", what, sum)
			}
			if m := *r.Estimate.Ptr(); m < slices.Min(values)-1e-9 || m > slices.Max(values)+1e-9 {
				t.Fatalf("%s: a mean of %v", what, m)
			}
			if *r.HKAdHoc.SE.Ptr() < *r.Wald.SE.Ptr() || *r.HKAdHoc.SE.Ptr() < *r.HK.SE.Ptr() || width(r.HKAdHoc.CI) < width(r.Wald.CI) {
				t.Fatalf("%s: ad hoc is narrower", what)
			}
			if width(r.Prediction.Normal) < width(r.Wald.CI)-1e-9 || width(r.Prediction.TK1) < width(r.Prediction.Normal) {
				t.Fatalf("%s: prediction is narrower than the mean", what)
			}
			if two := len(groups) == 2; two != (r.Prediction.TK2.Low.Why() == ErrUnder3Groups) || two != (r.Prediction.HKTK2.High.Why() == ErrUnder3Groups) {
				t.Fatalf("%s: t on k-2 with %d groups: %v", what, len(groups), r.Prediction.TK2)
			}
			if *r.Tau2.Ptr() == 0 {
				alike(t, what+" estimate without variance", r.Estimate, p.Fixed.Estimate)
			}
		}
	})
}

// Allowing for more than chance never narrows a funnel, and whoever is outside
// then was outside before.
func TestLaw_FunnelLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := drawEffects(t, 2, 30)
		f := mustFunnel(t, groups)
		for i, g := range groups {
			for what, wide := range map[string]FunnelLimits{"additive": f.Additive, "multiplicative": f.Multiplicative} {
				if *wide.P95.Low[i].Ptr() > *f.Unadjusted.P95.Low[i].Ptr() || *wide.P998.High[i].Ptr() < *f.Unadjusted.P998.High[i].Ptr() {
					t.Fatalf("%s limits of group %d are narrower", what, i)
				}
			}
			outside := math.Abs(*f.Z[i].Ptr()) > z999
			if near := math.Abs(math.Abs(*f.Z[i].Ptr())-z999) < 1e-9; !near && outside != slices.Contains(f.Outside, i) {
				t.Fatalf("group %d with z %v and value %v: outside %v", i, f.Z[i], g.Value, f.Outside)
			}
		}
		for _, i := range f.OutsideAdditive {
			if !slices.Contains(f.Outside, i) {
				t.Fatalf("group %d is outside the wider limits only", i)
			}
		}
		if *f.Winsorised.Phi.Ptr() > *f.Raw.Phi.Ptr()+1e-12 && *f.Q10.Ptr() <= 0 && *f.Q90.Ptr() >= 0 {
			t.Fatalf("winsorising raised phi from %v to %v", f.Raw.Phi, f.Winsorised.Phi)
		}
	})
}

// A share and its complement are one funnel, seen from either side.
func TestLaw_ShareFunnelMirror(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Share {
			n := rapid.Int64Range(1, 2000).Draw(t, "n")
			return Share{X: rapid.Int64Range(0, n).Draw(t, "x"), N: n}
		}), 2, 12).Draw(t, "groups")
		mirrored := make([]Share, len(groups))
		for i, g := range groups {
			mirrored[i] = Share{X: g.N - g.X, N: g.N}
		}
		a, err := NewShareFunnel(groups)
		if err != nil {
			t.Fatal(err)
		}
		b, err := NewShareFunnel(mirrored)
		if err != nil {
			t.Fatal(err)
		}
		rest := func(n Number) Number { return n.then(func(v float64) float64 { return 1 - v }) }
		alike(t, "target", a.Target, rest(b.Target))
		closely(t, "phi", a.Arcsine.Winsorised.Phi, b.Arcsine.Winsorised.Phi)
		for i := range groups {
			alike(t, "normal", a.Normal.P95.Low[i], rest(b.Normal.P95.High[i]))
			closely(t, "arcsine", a.Arcsine.Additive.P998.High[i], rest(b.Arcsine.Additive.P998.Low[i]))
			low, high := *a.Arcsine.Additive.P998.Low[i].Ptr(), *a.Arcsine.Additive.P998.High[i].Ptr()
			if low < 0 || high > 1 || low > *a.Arcsine.Unadjusted.P998.Low[i].Ptr() || *a.Exact.P95.Low[i].Ptr() > *a.Exact.P95.High[i].Ptr() {
				t.Fatalf("limits %v to %v", low, high)
			}
		}
	})
}

// The upper and the lower side of the binomial are each other's rest.
func TestLaw_BinomialSides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := float64(rapid.Int64Range(1, 100000).Draw(t, "n"))
		p := rapid.Float64Range(0, 1).Draw(t, "p")
		r := math.Floor(n * rapid.Float64Range(0, 1).Draw(t, "where"))
		below, above := binomialBelow(r, n, p), binomialBelow(n-r-1, n, 1-p)
		if math.Abs(below+above-1) > 1e-9 {
			t.Fatalf("%v and %v", below, above)
		}
	})
}
