package stat

import (
	"cmp"
	"math"
	"slices"
)

// A rankedSize is the people whose change has one size.
type rankedSize struct {
	twice    int64 // 2 × mid-rank, an integer
	up, down int64 // people
}

// signedRanks are the ranks of the sizes of changes, with twice the sums.
type signedRanks struct {
	sizes       []rankedSize
	plus, minus float64 // Σ twice over ups, over downs
	squares     float64 // Σ twice² over both
}

// signedRanks ranks the changes other than 0 by size, from the rank after the
// given number: 0 when people who did not change are dropped before ranking,
// their number when they are ranked first.
func (h Histogram) signedRanks(after int64) signedRanks {
	bySize := slices.Clone(h.bins)
	slices.SortFunc(bySize, func(a, b Bin) int { return cmp.Compare(magnitude(a.Level), magnitude(b.Level)) })
	var r signedRanks
	var size uint64
	for _, b := range bySize {
		if b.Level == 0 {
			continue
		}
		if magnitude(b.Level) != size {
			size = magnitude(b.Level)
			r.sizes = append(r.sizes, rankedSize{})
		}
		last := &r.sizes[len(r.sizes)-1]
		if b.Level > 0 {
			last.up += b.Count
		} else {
			last.down += b.Count
		}
	}
	for i := range r.sizes {
		s := &r.sizes[i]
		tied := s.up + s.down
		s.twice = 2*after + tied + 1
		after += tied

		rank := float64(s.twice)
		r.plus += rank * float64(s.up)
		r.minus += rank * float64(s.down)
		r.squares += rank * rank * float64(tied)
	}
	return r
}

// ties says whether two people changed by the same size.
func (r signedRanks) ties() bool {
	return slices.ContainsFunc(r.sizes, func(s rankedSize) bool { return s.up+s.down > 1 })
}

// z is V₊ less its mean, brought towards 0 by the correction (in ranks; 0.5 or
// none), in standard errors. At the mean itself there is nothing to correct.
func (r signedRanks) z(correction float64) float64 {
	off := (r.plus - r.minus) / 4
	if off != 0 {
		off -= math.Copysign(correction, off)
	}
	return off / (math.Sqrt(r.squares) / 4)
}
