package stat

import (
	"cmp"
	"math"
	"slices"
)

// An Effect is what one group of people contributes to a pooled figure.
type Effect struct {
	Value    float64 // any one unit, the same for all that are pooled
	Variance float64 // that unit², of the value as an estimate; above 0
}

// Reasons why groups cannot be pooled or compared with one another.
const (
	ErrUnder3Groups Refusal = "fewer than 3 groups"
	ErrVariance     Refusal = "a group's variance is not a number above zero"
	ErrEffect       Refusal = "a group's value is not a number"
	ErrAllAgree     Refusal = "the groups agree exactly"
)

// A Pooled is what several groups say together. The fixed figures answer "what
// is the mean of these groups, were they all alike"; the random ones allow each
// group its own true value and answer "about which mean do groups like these
// lie, and how far apart". Between is how far apart, estimated in three ways.
type Pooled struct {
	K     int // groups
	Fixed FixedEffect

	Q  Number // squares of standard errors: how much the groups differ
	DF int    // groups, k − 1: what Q would be by chance alone
	P  Number // 0 to 1, of a Q as large by chance
	I2 Number // per cent, Higgins': max(0, (Q − df)/Q)

	DerSimonianLaird RandomEffects
	REML             RandomEffects
	PauleMandel      RandomEffects
}

// A FixedEffect is a mean with the inverse variances for weights.
type FixedEffect struct {
	Estimate Number // the effects' unit
	MeanTest
}

// A RandomEffects is what follows from one estimate of the variance between
// groups.
type RandomEffects struct {
	Tau2     Number   // the effects' unit²: variance between groups
	Tau      Number   // the effects' unit: standard deviation between groups
	Tau2CI   Interval // the effects' unit², by the Q-profile; the same for every estimate
	Estimate Number   // the effects' unit

	TypicalVariance Number // the effects' unit²: within groups
	I2              Number // per cent: τ²/(τ² + typical variance)
	H2              Number // a ratio: (τ² + typical variance)/typical variance

	Wald    MeanTest // as though τ² were known
	HKScale Number   // a ratio: Hartung and Knapp's q, 1 where τ² explains the spread
	HK      MeanTest // Hartung and Knapp's, t on k − 1
	HKAdHoc MeanTest // the same with q not below 1, so never narrower than Wald's

	Prediction Prediction
	Weights    []Number // per cent, in the order of the effects
}

// A MeanTest is a pooled mean's uncertainty in one variant. Where the standard
// error is 0 the statistic and p are refused.
type MeanTest struct {
	SE   Number   // the effects' unit
	CI   Interval // the effects' unit
	Stat Number   // standard errors: z, or t in the variants of Hartung and Knapp
	P    Number   // 0 to 1, two-sided, that the mean is zero
}

// Pool pools groups. They are summed from the surest to the least sure and as
// differences from the surest, so that the order in which they come changes no
// digit and one very sure group costs none. It returns ErrUnder2Groups,
// ErrEffect or ErrVariance when there is nothing to pool.
//
// Unit: that of the effects.
// Source: CONVENTIONS C14 and C17; metafor's rma(yi, vi). Each part names its own.
// Vectors: testdata/vectors/pooling.json.
func Pool(studies []Effect) (Pooled, error) {
	e, err := newEffects(studies)
	if err != nil {
		return Pooled{}, err
	}
	p := Pooled{K: len(studies), DF: len(studies) - 1, Fixed: e.fixed()}
	p.Q, p.P, p.I2 = e.heterogeneity()
	ci := e.qProfile()
	p.DerSimonianLaird = e.random(e.derSimonianLaird(), ci)
	p.REML = e.random(e.reml(), ci)
	p.PauleMandel = e.random(e.pauleMandel(), ci)
	return p, nil
}

// effects are groups from the surest to the least sure, as differences from the
// surest, and the value of that.
type effects struct {
	origin  float64
	given   []Effect // in the order in which they came
	ordered []Effect // values less the origin
}

func newEffects(studies []Effect) (effects, error) {
	for _, s := range studies {
		switch {
		case math.IsNaN(s.Value) || math.IsInf(s.Value, 0):
			return effects{}, ErrEffect
		case !(s.Variance > 0) || math.IsInf(s.Variance, 1):
			return effects{}, ErrVariance
		}
	}
	if len(studies) < 2 {
		return effects{}, ErrUnder2Groups
	}
	ordered := slices.SortedFunc(slices.Values(studies), func(a, b Effect) int {
		return cmp.Or(cmp.Compare(a.Variance, b.Variance), cmp.Compare(a.Value, b.Value))
	})
	e := effects{origin: ordered[0].Value, given: studies, ordered: ordered}
	for i := range ordered {
		ordered[i].Value -= e.origin
	}
	return e, nil
}

// df is k − 1.
func (e effects) df() float64 { return float64(len(e.ordered) - 1) }

// mean is the mean with weights 1/(v + τ²), less the origin, and the sum of the
// weights.
func (e effects) mean(tau2 float64) (mean, weight float64) {
	for _, s := range e.ordered {
		w := 1 / (s.Variance + tau2)
		weight += w
		mean += w * s.Value
	}
	return mean / weight, weight
}

// spread is the weighted sum of squares about the mean, and its slope in τ².
//
//	Q(τ²) = Σ W·(y − μ)²,  W = 1/(v + τ²),  dQ/dτ² = −Σ W²·(y − μ)²
//
// Source: DerSimonian & Kacker (2007), Contemp Clin Trials 28:105-114.
func (e effects) spread(tau2 float64) (q, slope float64) {
	mean, _ := e.mean(tau2)
	for _, s := range e.ordered {
		w := 1 / (s.Variance + tau2)
		square := w * (s.Value - mean) * (s.Value - mean)
		q += square
		slope -= w * square
	}
	return q, slope
}

// trace is ΣW − ΣW²/ΣW, the weight that is left when the mean is taken from the
// same data, as 2·Σ_{i<j} WᵢWⱼ/ΣW, which does not cancel.
func (e effects) trace(tau2 float64) float64 {
	var pairs, before float64
	for _, s := range e.ordered {
		w := 1 / (s.Variance + tau2)
		pairs += w * before
		before += w
	}
	return 2 * pairs / before
}
