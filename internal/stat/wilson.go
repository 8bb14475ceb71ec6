package stat

import "math"

// A Proportion is a share of people with its 95% interval.
type Proportion struct {
	X  int64    // people who count
	N  int64    // people looked at
	P  Number   // 0 to 1
	CI Interval // 0 to 1
}

// Wilson returns the share x/n with its score interval. Unlike p ± 1.96·se it
// stays between 0 and 1 and does not shrink to nothing at x = 0 or x = n, where
// its outer end is exactly 0 or 1.
//
//	(p + z²/(2n) ± z·√(p(1−p)/n + z²/(4n²))) / (1 + z²/n),  z = z₀.₉₇₅
//
// Unit: 0 to 1.
// Source: Wilson (1927), J Am Stat Assoc 22:209-212; R's
// prop.test(x, n, correct=FALSE); CONVENTIONS C9.
// Vectors: testdata/vectors/wilson.json.
func Wilson(x, n int64) Proportion {
	share := Proportion{X: x, N: n}
	if n == 0 || x < 0 || x > n {
		why := ErrImpossible
		if n == 0 && x == 0 {
			why = ErrNobody
		}
		share.P, share.CI = Refused(why), Interval{Refused(why), Refused(why)}
		return share
	}
	people := float64(n)
	p, z2 := float64(x)/people, z975*z975/people
	centre := (p + z2/2) / (1 + z2)
	half := math.Sqrt(z2*(p*(1-p)+z2/4)) / (1 + z2)
	low, high := centre-half, centre+half
	if x == 0 {
		low = 0
	}
	if x == n {
		high = 1
	}
	share.P, share.CI = Known(p), Interval{Known(low), Known(high)}
	return share
}
