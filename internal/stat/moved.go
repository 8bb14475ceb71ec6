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
// unchanged and anyone down. It returns ErrThreshold for a negative or infinite
// threshold, for AtLeast 0, which everyone unchanged would reach both ways, and
// for a Reach that is neither.
//
// Change and threshold are both rounded to 10 decimals first: 1.96·√2·2.5·√0.5 is
// 4.9 in arithmetic but not quite in floating point, and a tie must not be
// decided by the last bit.
//
// Unit: people.
// Source: CONVENTIONS C1 (rounding), C8 (strictly or not).
// Vectors: testdata/vectors/reliable_change.json.
func (h Histogram) Moved(far Threshold) (Moved, error) {
	limit := tenDecimals(far.Points)
	switch {
	case math.IsNaN(limit) || math.IsInf(limit, 0) || limit < 0:
		return Moved{}, ErrThreshold
	case far.Reach == AtLeast && limit > 0:
	case far.Reach == Past:
	default:
		return Moved{}, ErrThreshold
	}
	var m Moved
	for _, b := range h.bins {
		change := tenDecimals(float64(b.Level) / h.scale())
		reached := math.Abs(change) > limit || far.Reach == AtLeast && math.Abs(change) == limit
		switch {
		case !reached:
			m.Within += b.Count
		case change > 0:
			m.Up += b.Count
		default:
			m.Down += b.Count
		}
	}
	return m, nil
}

// tenDecimals returns v in whole units of 10⁻¹⁰.
func tenDecimals(v float64) float64 { return math.Round(v * 1e10) }
