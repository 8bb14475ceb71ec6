package stat

import "math"

// z999 is the standard normal quantile at 0.999.
const z999 = 3.090232306167813

// A Band is a lower and an upper limit for each group, in the order of the
// groups.
type Band struct{ Low, High []Number }

// A FunnelLimits is where groups lie by chance about a target: 95% of them, and
// 99.8%.
type FunnelLimits struct{ P95, P998 Band }

// A Funnel holds groups against what chance would do about their common mean.
type Funnel struct {
	Target Number   // the groups' unit
	SE     []Number // the groups' unit
	Spread

	Unadjusted     FunnelLimits // the groups' unit; chance alone
	Multiplicative FunnelLimits // the groups' unit; every error √φ as large, φ winsorised
	Additive       FunnelLimits // the groups' unit; τ² between groups, winsorised

	Outside         []int // places of the groups beyond the unadjusted 99.8% limits
	OutsideAdditive []int // places of the groups beyond the additive 99.8% limits
}

// NewFunnel sets groups about their inverse-variance mean. A group beyond the
// limits is one to look at, and not one that is better or worse. It returns
// ErrUnder2Groups, ErrEffect or ErrVariance as Pool does.
//
//	target ± z₀.₉₇₅·s and target ± z₀.₉₉₉·s
//	multiplicative: s·√max(1, φ); additive: √(s² + τ²)
//
// Unit: that of the groups.
// Source: Spiegelhalter (2005), Stat Med 24:1185-1202; Spiegelhalter (2005), Qual
// Saf Health Care 14:347-351; CONVENTIONS C15 and C17.
// Vectors: testdata/vectors/funnel.json.
func NewFunnel(groups []Effect) (Funnel, error) {
	e, err := newEffects(groups)
	if err != nil {
		return Funnel{}, err
	}
	mean, _ := e.mean(0)
	target := e.origin + mean
	f := Funnel{Target: Known(target), Spread: e.spreadAbout(mean)}
	stretch := f.Winsorised.Phi.then(func(phi float64) float64 { return math.Sqrt(max(1, phi)) })
	var plain, multiplied, added []Number
	for _, g := range groups {
		se := Known(math.Sqrt(g.Variance))
		plain = append(plain, se)
		multiplied = append(multiplied, se.times(stretch))
		added = append(added, f.Winsorised.Tau2.then(func(tau2 float64) float64 { return math.Sqrt(g.Variance + tau2) }))
	}
	f.SE = plain
	f.Unadjusted = limitsAbout(f.Target, plain)
	f.Multiplicative = limitsAbout(f.Target, multiplied)
	f.Additive = limitsAbout(f.Target, added)
	f.Outside = f.Unadjusted.P998.beyond(groups)
	f.OutsideAdditive = f.Additive.P998.beyond(groups)
	return f, nil
}

// limitsAbout returns normal limits about a target, given each group's error.
func limitsAbout(target Number, errors []Number) FunnelLimits {
	band := func(z float64) Band {
		var b Band
		for _, se := range errors {
			limits := around(target, se.then(func(se float64) float64 { return z * se }))
			b.Low, b.High = append(b.Low, limits.Low), append(b.High, limits.High)
		}
		return b
	}
	return FunnelLimits{P95: band(z975), P998: band(z999)}
}

// beyond returns the places of the groups that lie outside. A group on a limit
// is inside.
func (b Band) beyond(groups []Effect) []int {
	outside := []int{}
	for i, g := range groups {
		low, errLow := b.Low[i].Value()
		high, errHigh := b.High[i].Value()
		if errLow == nil && errHigh == nil && (g.Value < low || g.Value > high) {
			outside = append(outside, i)
		}
	}
	return outside
}
