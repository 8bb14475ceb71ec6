package evidence_test

import (
	"math"
	"slices"
)

// tail is the two-sided p of a statistic over equally likely outcomes: twice the
// smaller tail.
func tail(outcomes map[int]float64, seen int) float64 {
	var all, below, above float64
	for value, ways := range outcomes {
		all += ways
		if value <= seen {
			below += ways
		}
		if value >= seen {
			above += ways
		}
	}
	return min(1, 2*min(below, above)/all)
}

// signSums are the sums of positive ranks under every pattern of signs. Ranks
// come doubled, as whole numbers. Up to a dozen people the patterns are gone
// through one by one; beyond, one person is added to all sums so far.
func signSums(doubled []int) map[int]float64 {
	sums := map[int]float64{}
	if len(doubled) <= 12 {
		for pattern := range 1 << len(doubled) {
			sum := 0
			for i, rank := range doubled {
				sum += rank * (pattern >> i & 1)
			}
			sums[sum]++
		}
		return sums
	}
	sums[0] = 1
	for _, rank := range doubled {
		next := map[int]float64{}
		for sum, ways := range sums {
			next[sum] += ways
			next[sum+rank] += ways
		}
		sums = next
	}
	return sums
}

// signedRanks are the doubled mid-ranks of the sizes of changes. After zeros
// are ranked first with all others, the ranks of zeros are dropped.
type signedRanks struct {
	doubled              []int
	up                   int // doubled sum of the ranks of ups
	plus, minus, squares float64
}

func signed(changes []float64) signedRanks {
	var sizes []float64
	for _, c := range changes {
		sizes = append(sizes, math.Abs(c))
	}
	var s signedRanks
	for i, rank := range ranks(sizes) {
		if changes[i] == 0 {
			continue
		}
		s.doubled = append(s.doubled, int(math.Round(2*rank)))
		s.squares += rank * rank
		if changes[i] > 0 {
			s.plus += rank
			s.up += int(math.Round(2 * rank))
		} else {
			s.minus += rank
		}
	}
	return s
}

func (s signedRanks) z(correction float64) float64 {
	off := s.plus - (s.plus+s.minus)/2
	switch {
	case off > 0:
		off -= correction
	case off < 0:
		off += correction
	}
	return off / math.Sqrt(s.squares/4)
}

// exact is refused beyond 200 people who changed.
func (s signedRanks) exact() float64 {
	if len(s.doubled) == 0 || len(s.doubled) > 200 {
		return math.NaN()
	}
	return tail(signSums(s.doubled), s.up)
}

func wilcoxon(changes []float64) obj {
	var moved []float64
	sizes := map[float64]int{}
	ties := false
	for _, c := range changes {
		if c != 0 {
			moved = append(moved, c)
			sizes[math.Abs(c)]++
			ties = ties || sizes[math.Abs(c)] > 1
		}
	}
	dropped, pratt := signed(moved), signed(changes)
	zero := len(changes) - len(moved)
	plain, corrected := dropped.z(0), dropped.z(0.5)
	byDefault, method := normalP(corrected), any("Wilcoxon signed rank test with continuity correction")
	switch {
	case len(moved) == 0:
		method = nil
	case len(moved) < 50 && !ties && zero == 0:
		byDefault, method = dropped.exact(), "Wilcoxon signed rank exact test"
	}
	return obj{
		"n_pairs": len(changes), "n_zero": zero, "n_nonzero": len(moved), "ties_in_nonzero": ties,
		"V_plus": dropped.plus, "V_minus": dropped.minus,
		"p_r_default": byDefault, "r_default_method": method,
		"z_nocc": plain, "p_normal_nocc": normalP(plain), "z_cc": corrected, "p_normal_cc": normalP(corrected),
		"p_exact": dropped.exact(),
		"z_pratt": pratt.z(0), "p_pratt_normal": normalP(pratt.z(0)), "p_pratt_exact": pratt.exact(),
		"rank_biserial":  (dropped.plus - dropped.minus) / (dropped.plus + dropped.minus),
		"hodges_lehmann": hodgesLehmann(changes),
	}
}

// hodgesLehmann lists every mean of two people, each also with themselves.
func hodgesLehmann(changes []float64) float64 {
	var means []float64
	for i, a := range changes {
		for _, b := range changes[i:] {
			means = append(means, (a+b)/2)
		}
	}
	return median(means)
}

// rankSum is W and R's default p for the first group against the second.
func rankSum(first, second []float64) (w, p float64) {
	both := slices.Concat(first, second)
	all := ranks(both)
	n, m := len(first), len(second)
	var ties, squares float64
	middle := float64(n+m+1) / 2
	for i, rank := range all {
		if i < n {
			w += rank
		}
		squares += (rank - middle) * (rank - middle)
		for _, other := range all[:i] {
			if other == rank {
				ties++
			}
		}
	}
	w -= float64(n*(n+1)) / 2
	if n < 50 && m < 50 && ties == 0 {
		return w, tail(dealt(n, n+m), int(w))
	}
	off := w - float64(n*m)/2
	switch {
	case off > 0:
		off -= 0.5
	case off < 0:
		off += 0.5
	}
	return w, normalP(off / math.Sqrt(float64(n*m)/float64((n+m)*(n+m-1))*squares))
}

// dealt are the W of every way to deal n of the places 1 to all.
func dealt(n, all int) map[int]float64 {
	ways := make([][]float64, n+1) // by how many are dealt, then by their sum
	for i := range ways {
		ways[i] = make([]float64, all*(all+1)/2+1)
	}
	ways[0][0] = 1
	for place := 1; place <= all; place++ {
		for i := min(n, place); i >= 1; i-- {
			for sum := place; sum < len(ways[i]); sum++ {
				ways[i][sum] += ways[i-1][sum-place]
			}
		}
	}
	by := map[int]float64{}
	for sum, count := range ways[n] {
		if count > 0 {
			by[sum-n*(n+1)/2] = count
		}
	}
	return by
}
