package stat

import "math"

// binomialDensity is the probability that x of n happen, each with probability
// p.
//
//	√(n/(2πx(n−x)))·exp(δ(n) − δ(x) − δ(n−x) − D(x, np) − D(n−x, n(1−p)))
//
// with D the deviance. Outside 0 to n it is 0.
//
// Unit: 0 to 1.
// Source: Loader (2000), Fast and accurate computation of binomial
// probabilities; R's dbinom.
// Vectors: testdata/vectors/binomial.json.
func binomialDensity(x, n, p float64) float64 {
	switch {
	case x < 0 || x > n:
		return 0
	case x == 0:
		return math.Exp(n * math.Log1p(-p))
	case x == n:
		return math.Pow(p, n)
	}
	rest := n - x
	log := stirlingError(n) - stirlingError(x) - stirlingError(rest) - deviance(x, n*p) - deviance(rest, n*(1-p))
	return math.Exp(log) * math.Sqrt(n/(2*math.Pi*x*rest))
}

// binomialBelow is the probability that at most r of n happen: the sum of the
// densities on the smaller side, from r outwards, until they no longer count.
//
// Unit: 0 to 1.
// Source: R's pbinom(r, n, p).
// Vectors: testdata/vectors/binomial.json.
func binomialBelow(r, n, p float64) float64 {
	switch {
	case r < 0:
		return 0
	case r >= n:
		return 1
	}
	odds := p / (1 - p)
	if r > n*p {
		var above float64
		for x, d := r+1, binomialDensity(r+1, n, p); d > 1e-18*above; x++ {
			above += d
			d *= (n - x) / (x + 1) * odds
		}
		return 1 - above
	}
	var below float64
	for x, d := r, binomialDensity(r, n, p); d > 1e-18*below; x-- {
		below += d
		d *= x / (n - x + 1) / odds
	}
	return below
}

// binomialQuantile is the smallest r with a probability of at least share that
// r or fewer of n happen, and that probability. As in R, a probability that is
// below the share by rounding alone will do.
//
// Unit: people.
// Source: R's qbinom(share, n, p); the start is the normal's, a step or two off.
// Vectors: testdata/vectors/binomial.json.
func binomialQuantile(share, n, p float64) (r, below float64) {
	const nearly = 1 - 8*0x1p-52
	z := math.Sqrt2 * math.Erfinv(2*share-1)
	sd := math.Sqrt(n * (p - p*p))
	r = min(max(math.Floor(n*p+z*sd), 0), n)
	below = binomialBelow(r, n, p)
	for r < n && below < share*nearly {
		r++
		below += binomialDensity(r, n, p)
	}
	for r > 0 {
		less := below - binomialDensity(r, n, p)
		if less < share*nearly {
			break
		}
		r, below = r-1, less
	}
	return r, below
}

// binomialInterpolated is the share of n people below which a share of chance
// outcomes lies: the quantile, drawn in by how far it overshoots. Without that
// the limits of a funnel would be stairs.
//
//	(r − α)/n,  r = the quantile,  α = (F(r) − share)/(F(r) − F(r−1)),  F(−1) = 0
//
// It may lie outside 0 to 1.
//
// Unit: 0 to 1 and a little beyond.
// Source: Spiegelhalter (2005), Stat Med 24:1185-1202, appendix A.1.1.
// Vectors: testdata/vectors/binomial.json.
func binomialInterpolated(share, n, p float64) Number {
	r, below := binomialQuantile(share, n, p)
	return Known((r - (below-share)/binomialDensity(r, n, p)) / n)
}
