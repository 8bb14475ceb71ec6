package stat

import "math"

// LimitsAbout are a funnel's limits for groups of any standard error, in the unit
// of the target: those of NewFunnel where a group has that error, and between them
// what a curve goes through.
//
// Vectors: testdata/vectors/funnel.json.
func LimitsAbout(target float64, errors []float64) FunnelLimits {
	all := make([]Number, len(errors))
	for i, se := range errors {
		all[i] = Known(se)
	}
	return limitsAbout(Known(target), all)
}

// ShareLimitsAbout are the exact limits of NewShareFunnel about a share, 0 to 1,
// for groups of any number of people.
//
// Vectors: testdata/vectors/funnel_proportion.json.
func ShareLimitsAbout(target float64, people []int64) FunnelLimits {
	groups := make([]Share, len(people))
	for i, n := range people {
		groups[i] = Share{N: n}
	}
	return FunnelLimits{P95: exactBand(groups, target, 0.025), P998: exactBand(groups, target, 0.001)}
}

// ArcsineLimitsAbout are the additive limits of an ArcsineFunnel, as shares, about
// a target in radians for groups of any number of people.
//
// Vectors: testdata/vectors/funnel_proportion.json.
func ArcsineLimitsAbout(target, tau2 float64, people []int64) FunnelLimits {
	errors := make([]float64, len(people))
	for i, n := range people {
		errors[i] = math.Sqrt(1/(4*float64(n)) + tau2)
	}
	return LimitsAbout(target, errors).turnedBack()
}
