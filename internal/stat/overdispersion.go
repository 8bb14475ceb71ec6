package stat

import (
	"math"
	"slices"
)

// An Overdispersion is how much more groups differ than chance alone would make
// them.
type Overdispersion struct {
	Phi  Number // a ratio: the mean squared z, about 1 by chance
	Tau2 Number // the groups' unit²: variance between groups
}

// A Spread is where groups lie about a target, in standard errors, and how much
// more they differ than by chance. Winsorised, the outermost groups are drawn in
// to the 10th and 90th percentile first, so that a few odd ones do not make the
// rest look alike.
type Spread struct {
	Z           []Number // standard errors
	ZWinsorised []Number // standard errors
	Q10         Number   // standard errors: the 10th percentile of z
	Q90         Number   // standard errors: the 90th percentile of z
	Raw         Overdispersion
	Winsorised  Overdispersion
}

// spreadAbout returns where groups lie about a target, which is given less the
// origin.
//
//	z = (y − target)/s,  φ = Σz²/I
//	τ² = max(0, (I·φ − (I−1))/(Σw − Σw²/Σw)),  w = 1/s²
//
// Percentiles are of R's type 7.
//
// Unit: standard errors for z; the groups' unit² for τ².
// Source: Spiegelhalter (2005), Stat Med 24:1185-1202; Spiegelhalter et al.
// (2012), J R Stat Soc A 175:1-47; CONVENTIONS C15.
// Vectors: testdata/vectors/funnel.json, testdata/vectors/funnel_proportion.json.
func (e effects) spreadAbout(target float64) Spread {
	z := make([]float64, len(e.given))
	for i, g := range e.given {
		z[i] = (g.Value - e.origin - target) / math.Sqrt(g.Variance)
	}
	sorted := slices.Sorted(slices.Values(z))
	q10, q90 := quantileOf(sorted, 0.1), quantileOf(sorted, 0.9)
	within := func(z float64) float64 { return min(max(z, q10), q90) }

	s := Spread{Q10: Known(q10), Q90: Known(q90)}
	for _, z := range z {
		s.Z, s.ZWinsorised = append(s.Z, Known(z)), append(s.ZWinsorised, Known(within(z)))
	}
	var raw, winsorised float64 // summed in order, so that who comes first changes no digit
	for _, z := range sorted {
		raw += z * z
		winsorised += within(z) * within(z)
	}
	s.Raw, s.Winsorised = e.overdispersion(raw), e.overdispersion(winsorised)
	return s
}

// overdispersion is what a sum of squared z says.
func (e effects) overdispersion(squares float64) Overdispersion {
	return Overdispersion{
		Phi:  Known(squares / float64(len(e.given))),
		Tau2: Known(max(0, (squares-e.df())/e.trace(0))),
	}
}

// quantileOf is R's type 7 quantile of numbers in order; Histogram.Quantile is
// the same for counted scores.
func quantileOf(sorted []float64, share float64) float64 {
	place := float64(len(sorted)-1) * share
	low := int(place)
	part := place - float64(low)
	return (1-part)*sorted[low] + part*sorted[min(low+1, len(sorted)-1)]
}
