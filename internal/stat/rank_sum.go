package stat

import "math"

const (
	RankSumExact      Method = "Wilcoxon rank sum exact test"
	RankSumCorrection Method = "Wilcoxon rank sum test with continuity correction"
)

// A RankSum is Wilcoxon's rank-sum test of two groups of different people, as
// R's wilcox.test(first, second) does it when asked for nothing.
type RankSum struct {
	W      Number // pairs of people in which the first group's is higher, ties half
	Z      Number // standard errors, continuity correction 0.5 towards the mean
	P      Number // 0 to 1, two-sided
	Method Method // which of the two; empty when P is refused
	Ties   bool   // two people have the same score
}

// NewRankSum tests whether one group's people stand higher than the other's.
// With r the mid-ranks of everybody,
//
//	W = Σr over the first − n₁(n₁+1)/2
//	z = (W − n₁n₂/2 ∓ ½)/σ,  σ² = n₁n₂/(n(n−1))·Σ(r − (n+1)/2)²
//
// σ² is n₁n₂/12·((n+1) − Σ(t³−t)/(n(n−1))), the tie-corrected variance, as a sum
// in which nothing cancels. p is exact when both groups have fewer than 50
// people and no two people have the same score. It returns ErrUnlikeScores when
// the groups were not counted with the same decimals.
//
// Unit: pairs for W, standard errors for z, 0 to 1 for p.
// Source: Wilcoxon (1945), Biometrics Bull 1:80-83; Mann & Whitney (1947), Ann
// Math Stat 18:50-60; Hollander & Wolfe (1999), 4.1; CONVENTIONS C12.
// Vectors: testdata/vectors/rank_sum.json.
func NewRankSum(first, second Histogram) (RankSum, error) {
	if first.decimals != second.decimals {
		return RankSum{}, ErrUnlikeScores
	}
	if first.n == 0 || second.n == 0 {
		return RankSum{}.without(ErrNobody), nil
	}
	o := orderOf(first, second)
	r := RankSum{W: Known(o.wins + o.draws/2), Ties: o.ties}
	if o.variance == 0 {
		r = r.without(ErrAllAlike)
		r.W = Known(o.wins + o.draws/2)
		return r, nil
	}
	r.Z, r.Method = Known(o.z()), RankSumCorrection
	r.P = r.Z.then(normalTwoSided)
	if first.n < 50 && second.n < 50 && !o.ties {
		r.P, r.Method = rankSumExact(int(min(o.wins, o.losses)), int(first.n), int(second.n)), RankSumExact
	}
	return r, nil
}

// without refuses every number.
func (r RankSum) without(why Refusal) RankSum {
	missing := Refused(why)
	return RankSum{W: missing, Z: missing, P: missing, Ties: r.Ties}
}

// An order is how the people of one group stand to those of another.
type order struct {
	wins, draws, losses float64 // pairs of people
	variance            float64 // of W, pairs²
	ties                bool
}

// orderOf walks along both histograms at once.
func orderOf(first, second Histogram) order {
	var o order
	var below, belowSecond int64 // people at lower levels, in both and in the second
	n := float64(first.n + second.n)
	i, j := 0, 0
	for i < len(first.bins) || j < len(second.bins) {
		var a, b int64 // people at the lowest level not yet seen
		switch {
		case j == len(second.bins) || i < len(first.bins) && first.bins[i].Level < second.bins[j].Level:
			a = first.bins[i].Count
			i++
		case i == len(first.bins) || second.bins[j].Level < first.bins[i].Level:
			b = second.bins[j].Count
			j++
		default:
			a, b = first.bins[i].Count, second.bins[j].Count
			i, j = i+1, j+1
		}
		o.wins += float64(a) * float64(belowSecond)
		o.draws += float64(a) * float64(b)
		o.losses += float64(a) * float64(second.n-belowSecond-b)
		off := float64(2*below+a+b) - n // twice the mid-rank less its mean
		o.variance += float64(a+b) * off * off / 4
		o.ties = o.ties || a+b > 1
		below, belowSecond = below+a+b, belowSecond+b
	}
	o.variance *= float64(first.n) * float64(second.n) / (n * (n - 1))
	return o
}

// z is W less its mean, half a pair nearer to it, in standard errors.
func (o order) z() float64 {
	off := (o.wins - o.losses) / 2
	if off != 0 {
		off -= math.Copysign(0.5, off)
	}
	return off / math.Sqrt(o.variance)
}

// rankSumExact is the two-sided p over all ways to deal the ranks to n and m
// people without ties: twice the smaller tail, at most 1. ways[i][w] counts the
// deals of i first and j second people with W = w, for one j at a time: the
// highest person is either of the second group, or of the first and above all j.
//
// Unit: 0 to 1.
// Source: Mann & Whitney (1947), the recurrence of section 3; R's pwilcox.
// Vectors: testdata/vectors/rank_sum.json.
func rankSumExact(w, n, m int) Number {
	ways := make([][]float64, n+1)
	for i := range ways {
		ways[i] = make([]float64, w+1)
		ways[i][0] = 1 // nobody of the second group yet
	}
	for j := 1; j <= m; j++ {
		for i := 1; i <= n; i++ {
			for at := j; at <= w; at++ {
				ways[i][at] += ways[i-1][at-j]
			}
		}
	}
	var tail float64
	for _, count := range ways[n] {
		tail += count
	}
	all := 1.0 // C(n+m, n)
	for i := 1; i <= n; i++ {
		all = all * float64(m+i) / float64(i)
	}
	return Known(min(1, 2*tail/all))
}
