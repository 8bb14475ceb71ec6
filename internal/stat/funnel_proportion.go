package stat

import "math"

// A Share is how many of a group's people count.
type Share struct {
	X int64 // people who count
	N int64 // people looked at
}

// A ShareFunnel holds shares against what chance would do about the share of
// all groups together.
type ShareFunnel struct {
	Groups  []int        // places of the groups that have anybody; all lists run so
	Target  Number       // 0 to 1
	Normal  FunnelLimits // 0 to 1 and beyond
	Exact   FunnelLimits // 0 to 1 and beyond, from the binomial itself, interpolated
	Arcsine ArcsineFunnel
}

// An ArcsineFunnel works with asin(√share), whose error depends on the number
// of people alone. Its limits are brought back to shares.
type ArcsineFunnel struct {
	Target     Number       // radians, 0 to π/2
	Spread                  // z in standard errors, τ² in radians²
	Unadjusted FunnelLimits // 0 to 1
	Additive   FunnelLimits // 0 to 1; τ² between groups, winsorised
}

// NewShareFunnel sets groups about the share of all of them together. Groups
// with nobody are left out. It returns ErrImpossible when a count is below zero
// or above its total, ErrTooMany when people cannot be counted exactly, and
// ErrUnder2Groups when fewer than two groups have anybody.
//
// Where nobody counts, or everybody, the normal limits fall together with the
// target: a page prefers the others.
//
//	normal: target ± z·√(target·(1−target)/n)
//	arcsine: sin²(asin(√target) ± z·√(1/(4n) + τ²))
//
// Unit: 0 to 1.
// Source: Spiegelhalter (2005), Stat Med 24:1185-1202, with appendix A.1.1; the
// variance of the arcsine is Freeman & Tukey's (1950), Ann Math Stat 21:607-611;
// CONVENTIONS C15 and C17.
// Vectors: testdata/vectors/funnel_proportion.json.
func NewShareFunnel(groups []Share) (ShareFunnel, error) {
	var f ShareFunnel
	var all Share
	var kept []Share
	for i, g := range groups {
		switch {
		case g.X < 0 || g.X > g.N:
			return ShareFunnel{}, ErrImpossible
		case g.N > maxPeople:
			return ShareFunnel{}, ErrTooMany
		}
		if g.N > 0 {
			f.Groups, kept = append(f.Groups, i), append(kept, g)
			all.X, all.N = all.X+g.X, all.N+g.N
		}
	}
	var err error
	if f.Arcsine, err = arcsineFunnel(kept, arcsine(all.X, all.N)); err != nil {
		return ShareFunnel{}, err
	}
	target := float64(all.X) / float64(all.N)
	f.Target = Known(target)
	var errors []Number
	for _, g := range kept {
		errors = append(errors, Known(math.Sqrt(target*(1-target)/float64(g.N))))
	}
	f.Normal = limitsAbout(f.Target, errors)
	f.Exact = FunnelLimits{P95: exactBand(kept, target, 0.025), P998: exactBand(kept, target, 0.001)}
	return f, nil
}

// exactBand returns the limits that leave a share of chance outcomes on either
// side.
func exactBand(groups []Share, target, outside float64) Band {
	var b Band
	for _, g := range groups {
		b.Low = append(b.Low, binomialInterpolated(outside, float64(g.N), target))
		b.High = append(b.High, binomialInterpolated(1-outside, float64(g.N), target))
	}
	return b
}

func arcsineFunnel(groups []Share, target float64) (ArcsineFunnel, error) {
	var turned []Effect
	for _, g := range groups {
		turned = append(turned, Effect{Value: arcsine(g.X, g.N), Variance: 1 / (4 * float64(g.N))})
	}
	e, err := newEffects(turned)
	if err != nil {
		return ArcsineFunnel{}, err
	}
	a := ArcsineFunnel{Target: Known(target), Spread: e.spreadAbout(target - e.origin)}
	var plain, added []Number
	for _, g := range turned {
		plain = append(plain, Known(math.Sqrt(g.Variance)))
		added = append(added, a.Winsorised.Tau2.then(func(tau2 float64) float64 { return math.Sqrt(g.Variance + tau2) }))
	}
	a.Unadjusted, a.Additive = limitsAbout(a.Target, plain).turnedBack(), limitsAbout(a.Target, added).turnedBack()
	return a, nil
}

// arcsine is asin(√(x/n)), whose standard error is 1/(2√n) whatever the share.
// From both counts it keeps its digits near 0 and near 1 alike.
func arcsine(x, n int64) float64 {
	return math.Atan2(math.Sqrt(float64(x)), math.Sqrt(float64(n-x)))
}

// turnedBack turns limits in radians back into shares. A limit beyond 0 or π/2
// is cut off there before it is squared, or it would come back in again.
func (l FunnelLimits) turnedBack() FunnelLimits {
	back := func(limits []Number) []Number {
		var shares []Number
		for _, limit := range limits {
			shares = append(shares, limit.then(func(v float64) float64 {
				sine := math.Sin(min(max(v, 0), math.Pi/2))
				return sine * sine
			}))
		}
		return shares
	}
	return FunnelLimits{
		P95:  Band{Low: back(l.P95.Low), High: back(l.P95.High)},
		P998: Band{Low: back(l.P998.Low), High: back(l.P998.High)},
	}
}
