package stat

import "math"

// Quantile returns the score below which the given share (0 to 1) of the people
// lie, by R's default, type 7: with the scores x in order from 0, and
// h = (n−1)·share,
//
//	Q = x[⌊h⌋] + (h − ⌊h⌋)·(x[⌊h⌋+1] − x[⌊h⌋])
//
// gonum's stat.Quantile offers types 1 and 4 only.
//
// Unit: score points.
// Source: Hyndman & Fan (1996), Am Stat 50:361-365, definition 7; R's
// quantile(x, share).
// Vectors: testdata/vectors/descriptives.json.
func (h Histogram) Quantile(share float64) Number {
	switch {
	case h.n == 0:
		return Refused(ErrNobody)
	case !(share >= 0 && share <= 1):
		return Refused(ErrShare)
	}
	place := float64(h.n-1) * share
	low := math.Floor(place)
	below := float64(h.at(int64(low)))
	above := float64(h.at(min(int64(low)+1, h.n-1)))
	part := place - low
	return Known(((1-part)*below + part*above) / h.scale())
}
