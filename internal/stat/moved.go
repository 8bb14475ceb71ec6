package stat

import "math"

// Reach says whether a change that equals a threshold has reached it.
type Reach uint8

const (
	Past    Reach = iota + 1 // only what lies beyond the threshold counts
	AtLeast                  // the threshold itself counts too
)

// A Threshold is how far a change has to go to count.
type Threshold struct {
	Points float64 // score points, not negative
	Reach  Reach
}

// Moved counts people by how far they moved. Which way is better is not said
// here.
type Moved struct {
	Up     int64 // people
	Within int64 // people who did not reach the threshold either way
	Down   int64 // people
}

// Moved counts, in a histogram of changes, who reached a threshold upwards, who
// downwards and who neither. With a threshold of 0, Past, it is anyone up,
// unchanged and anyone down. It returns ErrThreshold as Reached does, and for
// AtLeast 0, which everyone unchanged would reach both ways.
//
// Unit: people.
// Source: CONVENTIONS C1 (rounding), C8 (strictly or not).
// Vectors: testdata/vectors/reliable_change.json.
func (h Histogram) Moved(far Threshold) (Moved, error) {
	if far.Reach == AtLeast && tenDecimals(far.Points) == 0 {
		return Moved{}, ErrThreshold
	}
	up, down, err := h.Reached(far)
	return Moved{Up: up, Within: h.n - up - down, Down: down}, err
}

// Reached counts, in a histogram of changes, who reached a threshold upwards and
// who downwards, each by itself: AtLeast 0 is reached both ways by everyone
// unchanged. It returns ErrThreshold for a negative or infinite threshold and
// for a Reach that is neither.
//
// Change and threshold are both rounded to 10 decimals first: 1.96·√2·2.5·√0.5 is
// 4.9 in arithmetic but not quite in floating point, and a tie must not be
// decided by the last bit.
//
// Unit: people.
// Source: CONVENTIONS C1 (rounding), C8 (strictly or not).
// Vectors: testdata/vectors/reliable_change.json.
func (h Histogram) Reached(far Threshold) (up, down int64, err error) {
	limit := tenDecimals(far.Points)
	if math.IsNaN(limit) || math.IsInf(limit, 0) || limit < 0 || far.Reach != AtLeast && far.Reach != Past {
		return 0, 0, ErrThreshold
	}
	reached := func(change float64) bool {
		return change > limit || far.Reach == AtLeast && change == limit
	}
	for _, b := range h.bins {
		change := tenDecimals(float64(b.Level) / h.scale())
		if reached(change) {
			up += b.Count
		}
		if reached(-change) {
			down += b.Count
		}
	}
	return up, down, nil
}

// tenDecimals returns v in whole units of 10⁻¹⁰.
func tenDecimals(v float64) float64 { return math.Round(v * 1e10) }
