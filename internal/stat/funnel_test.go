package stat

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
)

// wantSpread is a Spread as the vectors write it.
type wantSpread struct {
	Z           []float64
	ZWinsorised []float64 `json:"z_winsorised"`
	Q10, Q90    float64
	Raw         struct{ Phi, Tau2 float64 }
	Winsorised  struct{ Phi, Tau2 float64 }
}

func (w wantSpread) checkSpread(t *testing.T, got Spread, tolerance float64) {
	t.Helper()
	nearAll(t, "z", got.Z, w.Z, tolerance)
	nearAll(t, "winsorised z", got.ZWinsorised, w.ZWinsorised, tolerance)
	near(t, "10th percentile", got.Q10, &w.Q10, tolerance)
	near(t, "90th percentile", got.Q90, &w.Q90, tolerance)
	near(t, "phi", got.Raw.Phi, &w.Raw.Phi, tolerance)
	near(t, "tau2", got.Raw.Tau2, &w.Raw.Tau2, tolerance)
	near(t, "winsorised phi", got.Winsorised.Phi, &w.Winsorised.Phi, tolerance)
	near(t, "winsorised tau2", got.Winsorised.Tau2, &w.Winsorised.Tau2, tolerance)
}

func nearAll(t *testing.T, what string, got []Number, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d of %s, want %d", len(got), what, len(want))
	}
	for i := range want {
		near(t, fmt.Sprintf("%s of group %d", what, i), got[i], &want[i], tolerance)
	}
}

// wantLimits is a FunnelLimits as the vectors write it.
type wantLimits struct{ P95, P998 struct{ Low, High []float64 } }

func (w wantLimits) check(t *testing.T, what string, got FunnelLimits, tolerance float64) {
	t.Helper()
	nearAll(t, what+" 95% low", got.P95.Low, w.P95.Low, tolerance)
	nearAll(t, what+" 95% high", got.P95.High, w.P95.High, tolerance)
	nearAll(t, what+" 99.8% low", got.P998.Low, w.P998.Low, tolerance)
	nearAll(t, what+" 99.8% high", got.P998.High, w.P998.High, tolerance)
}

func TestFunnel_R(t *testing.T) {
	v := vectors[[]struct {
		Name   string
		Y, V   []float64
		Target float64
		wantSpread
		Unadjusted, Multiplicative, Additive wantLimits
		Outside                              []int
		OutsideAdditive                      []int `json:"outside_additive"`
	}](t, "funnel")
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			got, err := NewFunnel(effectsOf(t, c.Y, c.V))
			if err != nil {
				t.Fatal(err)
			}
			near(t, "target", got.Target, &c.Target, v.Tolerance)
			for i, se := range got.SE {
				want := math.Sqrt(c.V[i])
				near(t, "se", se, &want, v.Tolerance)
			}
			c.checkSpread(t, got.Spread, v.Tolerance)
			c.Unadjusted.check(t, "unadjusted", got.Unadjusted, v.Tolerance)
			c.Multiplicative.check(t, "multiplicative", got.Multiplicative, v.Tolerance)
			c.Additive.check(t, "additive", got.Additive, v.Tolerance)
			if !slices.Equal(got.Outside, c.Outside) || !slices.Equal(got.OutsideAdditive, c.OutsideAdditive) {
				t.Errorf("outside %v and %v, want %v and %v", got.Outside, got.OutsideAdditive, c.Outside, c.OutsideAdditive)
			}
		})
	}
}

func TestShareFunnel_R(t *testing.T) {
	v := vectors[[]struct {
		Name          string
		X, N          []int64
		Groups        []int
		Target        float64
		Normal, Exact wantLimits
		Arcsine       struct {
			Target float64
			wantSpread
			Unadjusted, Additive wantLimits
		}
	}](t, "funnel_proportion")
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			got, err := NewShareFunnel(sharesOf(c.X, c.N))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got.Groups, c.Groups) {
				t.Errorf("groups %v, want %v", got.Groups, c.Groups)
			}
			near(t, "target", got.Target, &c.Target, v.Tolerance)
			c.Normal.check(t, "normal", got.Normal, v.Tolerance)
			c.Exact.check(t, "exact", got.Exact, v.Tolerance)
			near(t, "arcsine target", got.Arcsine.Target, &c.Arcsine.Target, v.Tolerance)
			c.Arcsine.checkSpread(t, got.Arcsine.Spread, v.Tolerance)
			c.Arcsine.Unadjusted.check(t, "arcsine", got.Arcsine.Unadjusted, v.Tolerance)
			c.Arcsine.Additive.check(t, "arcsine additive", got.Arcsine.Additive, v.Tolerance)
		})
	}
}

func sharesOf(x, n []int64) []Share {
	groups := make([]Share, len(x))
	for i := range x {
		groups[i] = Share{X: x[i], N: n[i]}
	}
	return groups
}

func TestShareFunnel_Refusals(t *testing.T) {
	for what, c := range map[string]struct {
		groups []Share
		want   Refusal
	}{
		"no group":               {nil, ErrUnder2Groups},
		"one group with anybody": {[]Share{{0, 0}, {3, 5}, {0, 0}}, ErrUnder2Groups},
		"more than all":          {[]Share{{3, 5}, {6, 5}}, ErrImpossible},
		"fewer than none":        {[]Share{{-1, 5}, {3, 5}}, ErrImpossible},
		"more than there are":    {[]Share{{3, 5}, {6, maxPeople + 1}}, ErrTooMany},
		"fewer than nobody":      {[]Share{{0, -2}, {3, 5}, {3, 5}}, ErrImpossible},
	} {
		if _, err := NewShareFunnel(c.groups); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", what, err, c.want)
		}
	}
}

func TestBinomial_R(t *testing.T) {
	v := vectors[[]struct {
		N, P              float64
		R, Below, Density []float64
	}](t, "binomial")
	for _, c := range v.Cases {
		for i, share := range []float64{0.001, 0.025, 0.5, 0.975, 0.999} {
			what := fmt.Sprintf("%g of %g with p=%g", share, c.N, c.P)
			r, below := binomialQuantile(share, c.N, c.P)
			near(t, "the quantile at "+what, Known(r), &c.R[i], v.Tolerance)
			nearP(t, "the probability up to "+what, Known(below), &c.Below[i], v.Tolerance)
			nearP(t, "the density at "+what, Known(binomialDensity(c.R[i], c.N, c.P)), &c.Density[i], v.Tolerance)
		}
	}
}

// Next to everybody the arcsine keeps its digits, which asin(√share) would lose.
func TestArcsine_NearTheEnds(t *testing.T) {
	want := math.Pi/2 - math.Asin(1e-3)
	near(t, "all but one of a million", Known(arcsine(999999, 1000000)), &want, 4e-16)
	if none, all := arcsine(0, 7), arcsine(7, 7); none != 0 || all != math.Pi/2 {
		t.Errorf("none %v, all %v", none, all)
	}
}

// Where the variance between groups is beyond what a float64 holds there are no
// limits that allow for it, and nobody lies outside what is not there.
func TestFunnel_NoLimitsNobodyOutside(t *testing.T) {
	f, err := NewFunnel([]Effect{{1e200, 1}, {-1e200, 1}, {3e200, 1}})
	if err != nil || f.Additive.P998.Low[0].Ptr() != nil || len(f.OutsideAdditive) != 0 {
		t.Errorf("limits %v, outside %v (%v), want none", f.Additive.P998, f.OutsideAdditive, err)
	}
	if len(f.Outside) == 0 {
		t.Error("nobody is outside the limits that are there")
	}
}

func TestShareFunnel_MostPeople(t *testing.T) {
	f, err := NewShareFunnel([]Share{{maxPeople / 2, maxPeople}, {1, 2}})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "target", f.Target, new(0.5), 0)
}
