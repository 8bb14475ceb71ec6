package stat

// ErrIncludesZero is why an interval has no tipping point.
const ErrIncludesZero Refusal = "the interval already includes zero"

// TippingPoint is how far the mean change of the people lost would have to lie
// from that of the people found for the interval of everybody's mean to reach
// zero. Its sign is the interval's: with 2, the lost must have risen by 2 points
// less than the found for a rise to be in doubt, with −2, have fallen by 2 points
// less for a fall to be. It assumes that the interval keeps its width.
//
//	(limit nearest zero) / (lost/(found + lost))
//
// Unit: score points.
// Source: moving everybody's mean by share·difference; after Yan, Lee & Li
// (2009), J Biopharm Stat 19:1085-1098, for one group.
// Vectors: by hand in the test.
func TippingPoint(change Interval, found, lost int64) Number {
	low, err := change.Low.Value()
	if err != nil {
		return Refused(change.Low.Why())
	}
	high, err := change.High.Value()
	if err != nil {
		return Refused(change.High.Why())
	}
	nearest := low
	if high < 0 {
		nearest = high
	}
	switch {
	case found < 0 || lost < 0:
		return Refused(ErrImpossible)
	case lost == 0:
		return Refused(ErrNobodyLost)
	case low <= 0 && high >= 0:
		return Refused(ErrIncludesZero)
	}
	return Known(nearest * float64(found+lost) / float64(lost))
}
