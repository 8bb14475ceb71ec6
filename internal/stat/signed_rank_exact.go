package stat

import "math"

// exact is the two-sided p over all 2ⁿ arrangements of signs on the ranks as
// they are, ties included: twice the smaller tail, at most 1. The number of
// arrangements with each sum is counted by adding one person at a time; only
// sums up to the smaller of the two that were seen are needed.
//
// Unit: 0 to 1.
// Source: Hollander & Wolfe (1999), 3.1, comment 8; coin's
// wilcoxsign_test(distribution="exact").
// Vectors: testdata/vectors/signed_rank.json.
func (r signedRanks) exact() Number {
	const (
		mostPeople = 200         // as in CONVENTIONS C5
		mostSteps  = 400_000_000 // about half a second
	)
	var people int64
	for _, s := range r.sizes {
		people += s.up + s.down
	}
	if people > mostPeople {
		return Refused(ErrOver200)
	}
	limit := min(r.plus, r.minus) // twice the smaller rank sum
	if limit*float64(people) > mostSteps {
		return Refused(ErrManyZeros)
	}
	ways := make([]float64, int64(limit)+1) // by twice the rank sum
	ways[0] = 1
	for _, s := range r.sizes {
		for range s.up + s.down {
			for sum := int64(len(ways)) - 1; sum >= s.twice; sum-- {
				ways[sum] += ways[sum-s.twice]
			}
		}
	}
	var tail float64
	for _, w := range ways {
		tail += w
	}
	return Known(min(1, math.Ldexp(tail, 1-int(people))))
}
