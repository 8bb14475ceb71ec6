package stat

// A Description is what is said of one set of scores.
type Description struct {
	N      int64  // people
	Mean   Number // score points
	SD     Number // score points, n−1
	Median Number // score points
	Min    Number // score points
	Max    Number // score points
}

// Describe returns the usual description of one set of scores.
//
// Unit: score points.
// Source: CONVENTIONS C3; R's mean(), sd(), median(), range().
// Vectors: testdata/vectors/descriptives.json.
func (h Histogram) Describe() Description {
	m := h.margin()
	return Description{
		N:      h.n,
		Mean:   m.mean(h.scale()),
		SD:     m.sd(h.scale()),
		Median: h.Median(),
		Min:    h.points(0),
		Max:    h.points(h.n - 1),
	}
}

// points is the score in place i of all scores in order.
func (h Histogram) points(i int64) Number {
	if h.n == 0 {
		return Refused(ErrNobody)
	}
	return Known(float64(h.at(i)) / h.scale())
}
