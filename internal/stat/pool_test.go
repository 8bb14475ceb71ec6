package stat

import (
	"errors"
	"math"
	"testing"
)

// wantTest is a MeanTest as the vectors write it.
type wantTest struct {
	SE   float64
	CILo float64 `json:"ci_lo"`
	CIHi float64 `json:"ci_hi"`
	Stat *float64
	P    *float64
}

func (w wantTest) check(t *testing.T, what string, got MeanTest, tolerance float64) {
	t.Helper()
	near(t, what+" se", got.SE, &w.SE, tolerance)
	near(t, what+" low", got.CI.Low, &w.CILo, tolerance)
	near(t, what+" high", got.CI.High, &w.CIHi, tolerance)
	near(t, what+" stat", got.Stat, w.Stat, tolerance)
	// A statistic's error counts for as much more as it lies far out.
	far := 1.0
	if w.Stat != nil {
		far = max(1, *w.Stat**w.Stat)
	}
	nearP(t, what+" p", got.P, w.P, tolerance*far)
}

// wantRandom is a RandomEffects as the vectors write it.
type wantRandom struct {
	Tau2, Tau, Estimate float64
	Tau2CI              [2]float64 `json:"tau2_ci"`
	I2, H2              float64
	TypicalV            float64 `json:"typical_v"`
	HKScaleQ            float64 `json:"hk_scale_q"`
	Wald, HK            wantTest
	HKAdHoc             wantTest `json:"hk_adhoc"`
	Normal              [2]*float64
	TK1                 [2]*float64 `json:"t_k1"`
	TK2                 [2]*float64 `json:"t_k2"`
	HKTK1               [2]*float64 `json:"hk_t_k1"`
	HKTK2               [2]*float64 `json:"hk_t_k2"`
	Weights             []float64   `json:"weights_pct"`
}

func (w wantRandom) check(t *testing.T, what string, got RandomEffects, tolerance float64) {
	t.Helper()
	for key, c := range map[string]struct {
		got  Number
		want float64
	}{
		" tau2": {got.Tau2, w.Tau2}, " tau": {got.Tau, w.Tau}, " estimate": {got.Estimate, w.Estimate},
		" tau2 low": {got.Tau2CI.Low, w.Tau2CI[0]}, " tau2 high": {got.Tau2CI.High, w.Tau2CI[1]},
		" I2": {got.I2, w.I2}, " H2": {got.H2, w.H2}, " typical v": {got.TypicalVariance, w.TypicalV}, " q": {got.HKScale, w.HKScaleQ},
	} {
		near(t, what+key, c.got, &c.want, tolerance)
	}
	w.Wald.check(t, what+" wald", got.Wald, tolerance)
	w.HK.check(t, what+" hk", got.HK, tolerance)
	w.HKAdHoc.check(t, what+" hk ad hoc", got.HKAdHoc, tolerance)
	for key, c := range map[string]struct {
		got  Interval
		want [2]*float64
	}{
		" normal": {got.Prediction.Normal, w.Normal}, " t k-1": {got.Prediction.TK1, w.TK1}, " t k-2": {got.Prediction.TK2, w.TK2},
		" hk t k-1": {got.Prediction.HKTK1, w.HKTK1}, " hk t k-2": {got.Prediction.HKTK2, w.HKTK2},
	} {
		near(t, what+key+" low", c.got.Low, c.want[0], tolerance)
		near(t, what+key+" high", c.got.High, c.want[1], tolerance)
	}
	for i := range w.Weights {
		near(t, what+" weight", got.Weights[i], &w.Weights[i], tolerance)
	}
}

func effectsOf(t testing.TB, y, v []float64) []Effect {
	t.Helper()
	if len(y) != len(v) || len(y) == 0 {
		t.Fatalf("%d values, %d variances", len(y), len(v))
	}
	groups := make([]Effect, len(y))
	for i := range y {
		groups[i] = Effect{Value: y[i], Variance: v[i]}
	}
	return groups
}

func TestPool_R(t *testing.T) {
	v := vectors[[]struct {
		Name  string
		Y, V  []float64
		Fixed struct {
			Estimate float64
			wantTest
		}
		Q            float64
		QP           float64 `json:"q_p"`
		I2           float64 `json:"i2_higgins"`
		DL, REML, PM wantRandom
	}](t, "pooling")
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			got, err := Pool(effectsOf(t, c.Y, c.V))
			if err != nil {
				t.Fatal(err)
			}
			if got.K != len(c.Y) || got.DF != len(c.Y)-1 || len(got.REML.Weights) != len(c.Y) {
				t.Errorf("%d groups, df %d, %d weights of %d", got.K, got.DF, len(got.REML.Weights), len(c.Y))
			}
			near(t, "fixed", got.Fixed.Estimate, &c.Fixed.Estimate, 1e-9)
			c.Fixed.check(t, "fixed", got.Fixed.MeanTest, 1e-9)
			near(t, "Q", got.Q, &c.Q, 1e-9)
			nearP(t, "Q's p", got.P, &c.QP, 1e-9*max(1, c.Q))
			near(t, "I2", got.I2, &c.I2, 1e-9)
			c.DL.check(t, "DL", got.DerSimonianLaird, v.Tolerance)
			c.REML.check(t, "REML", got.REML, v.Tolerance)
			c.PM.check(t, "PM", got.PauleMandel, v.Tolerance)
		})
	}
}

func TestPool_Refusals(t *testing.T) {
	fine := Effect{Value: 1, Variance: 1}
	for what, c := range map[string]struct {
		groups []Effect
		want   Refusal
	}{
		"nobody":              {nil, ErrUnder2Groups},
		"one group":           {[]Effect{fine}, ErrUnder2Groups},
		"a variance of zero":  {[]Effect{fine, {Value: 2}}, ErrVariance},
		"a variance below":    {[]Effect{fine, {Value: 2, Variance: -1}}, ErrVariance},
		"no variance":         {[]Effect{fine, {Value: 2, Variance: math.NaN()}}, ErrVariance},
		"an endless variance": {[]Effect{fine, {Value: 2, Variance: math.Inf(1)}}, ErrVariance},
		"no value":            {[]Effect{{Value: math.NaN(), Variance: 1}, fine}, ErrEffect},
		"an endless value":    {[]Effect{fine, {Value: math.Inf(-1), Variance: 1}}, ErrEffect},
	} {
		if _, err := Pool(c.groups); !errors.Is(err, c.want) {
			t.Errorf("%s: pooled with %v, want %v", what, err, c.want)
		}
		if _, err := NewFunnel(c.groups); !errors.Is(err, c.want) {
			t.Errorf("%s: in a funnel with %v, want %v", what, err, c.want)
		}
	}
}

// Groups that agree to the last digit: no spread, no test of Hartung and Knapp,
// and the variant with max(1, q) as the way out.
func TestPool_AllAgree(t *testing.T) {
	p, err := Pool(effectsOf(t, []float64{0.1, 0.1, 0.1}, []float64{0.3, 0.7, 1.1}))
	if err != nil {
		t.Fatal(err)
	}
	r := p.REML
	nearly, err := Pool(effectsOf(t, []float64{0, 1e-8}, []float64{1, 1}))
	if err != nil || nearly.REML.HKScale != Known(0) || nearly.REML.HK.Stat.Why() != ErrAllAgree {
		t.Errorf("nearly agreeing: %v, %v, %v", nearly.REML.HKScale, nearly.REML.HK.Stat, err)
	}
	if p.Q != Known(0) || p.P != Known(1) || p.I2 != Known(0) || r.Tau2 != Known(0) || r.HKScale != Known(0) {
		t.Errorf("Q %v, p %v, I2 %v, tau2 %v, q %v", p.Q, p.P, p.I2, r.Tau2, r.HKScale)
	}
	if r.Tau2CI != (Interval{Known(0), Known(0)}) {
		t.Errorf("interval of tau2 %v", r.Tau2CI)
	}
	if r.HK.SE != Known(0) || r.HK.Stat.Why() != ErrAllAgree || r.HK.P.Why() != ErrAllAgree {
		t.Errorf("hk %v", r.HK)
	}
	if r.HKAdHoc.SE != r.Wald.SE || r.HKAdHoc.P.Ptr() == nil {
		t.Errorf("ad hoc %v, wald %v", r.HKAdHoc, r.Wald)
	}
}

// Numbers at the ends of what a float64 holds: each is finite or refused, and
// every search ends.
func TestPool_Extremes(t *testing.T) {
	for _, y := range []float64{0, 1e-300, 1, 1e150, 1e300} {
		for _, v := range []float64{5e-324, 1e-300, 1e-12, 1, 1e12, 1e300} {
			p, err := Pool(effectsOf(t, []float64{y, -y, 1}, []float64{v, 1, 3 * v}))
			if err != nil {
				t.Fatal(err)
			}
			for what, n := range map[string]Number{
				"tau2": p.REML.Tau2, "estimate": p.PauleMandel.Estimate, "Q": p.Q, "p": p.P, "high": p.REML.Tau2CI.High,
				"se": p.REML.HK.SE, "prediction": p.DerSimonianLaird.Prediction.HKTK1.High, "weight": p.REML.Weights[1],
			} {
				if value, err := n.Value(); err == nil && (math.IsNaN(value) || math.IsInf(value, 0)) {
					t.Errorf("y=%g v=%g: %s is %g", y, v, what, value)
				}
			}
			if _, err := NewFunnel(effectsOf(t, []float64{y, -y, 1}, []float64{v, 1, 3 * v})); err != nil {
				t.Fatal(err)
			}
		}
	}
}
