package stat

// HodgesLehmann is the median of all pairwise means of a histogram of changes,
// each person also paired with themselves, people who did not change included:
// a typical change that a few large ones do not move.
//
// With n people there are n(n+1)/2 means, too many to list. A mean is half the
// sum of two levels, and how many sums are at most s is counted in one walk
// along the histogram, so the middle sums are found by halving the range.
//
// Unit: score points.
// Source: Hodges & Lehmann (1963), Ann Math Stat 34:598-611; CONVENTIONS C5
// (R's wilcox.test would drop the zeros first).
// Vectors: testdata/vectors/signed_rank.json.
func (h Histogram) HodgesLehmann() Number {
	if h.n == 0 {
		return Refused(ErrNobody)
	}
	pairs := h.n * (h.n + 1) / 2
	middle := h.walshSum((pairs-1)/2) + h.walshSum(pairs/2) // levels, four times
	return Known(float64(middle) / (4 * h.scale()))
}

// walshSum returns the sum of two levels in place i, from 0, of all in order.
func (h Histogram) walshSum(i int64) int64 {
	low, high := 2*h.bins[0].Level, 2*h.bins[len(h.bins)-1].Level
	for low < high {
		middle := low + (high-low)/2
		if h.walshAtMost(middle) > i {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// walshAtMost counts the pairs of people, each also with themselves, whose
// levels add up to at most sum.
func (h Histogram) walshAtMost(sum int64) int64 {
	partners := h.n         // people at or below bin j
	j := len(h.bins) - 1    // the highest bin that may partner bin i
	var ordered, self int64 // pairs counted both ways; pairs with oneself
	for _, b := range h.bins {
		for j >= 0 && b.Level+h.bins[j].Level > sum {
			partners -= h.bins[j].Count
			j--
		}
		ordered += b.Count * partners
		if 2*b.Level <= sum {
			self += b.Count
		}
	}
	return (ordered + self) / 2
}
