package stat

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
