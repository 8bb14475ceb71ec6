package stat

// pauleMandel is the variance between groups at which their weighted spread is
// what chance would make it.
//
//	Q(τ²) = k − 1, or 0 where Q(0) is below that already
//
// Unit: that of the effects, squared.
// Source: Paule & Mandel (1982), J Res Natl Bur Stand 87:377-385; metafor's
// rma(method="PM").
// Vectors: testdata/vectors/pooling.json.
func (e effects) pauleMandel() float64 { return e.spreadIs(e.df()) }

// qProfile is the 95% interval of the variance between groups: the variances
// under which a spread as large, or as small, as this one has a chance of 2.5%.
// Where groups agree better than chance lets them the interval would lie below
// zero, and is [0, 0].
//
//	Q(low) = χ²₀.₉₇₅(k−1),  Q(high) = χ²₀.₀₂₅(k−1)
//
// Unit: that of the effects, squared.
// Source: Viechtbauer (2007), Stat Med 26:37-52; metafor's confint(), which
// stops looking at 100 or ten times τ² where this goes on.
// Vectors: testdata/vectors/pooling.json.
func (e effects) qProfile() Interval {
	return Interval{
		Low:  Known(e.spreadIs(chiSquareExceeded(0.025, e.df()))),
		High: Known(e.spreadIs(chiSquareExceeded(0.975, e.df()))),
	}
}

// spreadIs returns the τ² ≥ 0 at which Q(τ²) falls to the value wanted, and 0
// where it is below that from the start. Q is convex (it is the smallest over μ
// of functions that are convex in μ and τ² together), so Newton's method from 0
// climbs to the root and never passes it, whatever the unit.
func (e effects) spreadIs(wanted float64) float64 {
	var tau2 float64
	for range 500 { // each step at least doubles τ² until it is near
		q, slope := e.spread(tau2)
		next := tau2 + (q-wanted)/-slope
		if !(q > wanted) || !(next > tau2) {
			break
		}
		tau2 = next
	}
	return tau2
}
