package stat

import "slices"

// Median returns the middle score, and the mean of the two middle scores when
// their number is even.
//
// Unit: score points.
// Source: CONVENTIONS C3; R's median(). Of a histogram of changes it is the
// median of the changes, which is not the change of the medians.
// Vectors: testdata/vectors/descriptives.json.
func (h Histogram) Median() Number {
	if h.n == 0 {
		return Refused(ErrNobody)
	}
	middle := h.at((h.n-1)/2) + h.at(h.n/2) // levels, twice
	return Known(float64(middle) / (2 * h.scale()))
}

// MedianOf is the median of values that are not people's scores, such as those of
// months: the centre of a run chart.
//
// Unit: that of the values.
// Source: CONVENTIONS C3; R's median().
// Vectors: testdata/vectors/xmr.json.
func MedianOf(values []float64) Number {
	if len(values) == 0 {
		return Refused(ErrNobody)
	}
	all := slices.Sorted(slices.Values(values))
	return Known((all[(len(all)-1)/2] + all[len(all)/2]) / 2)
}
