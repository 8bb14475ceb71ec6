package stat

// Spearman is the rank correlation of before and after: Pearson's correlation
// of the mid-ranks. Ranks are kept twice as large, where they are integers, so
// that ties cost no digit.
//
// Unit: −1 to 1.
// Source: Spearman (1904), Am J Psychol 15:72-101; R's
// cor(x, y, method="spearman").
// Vectors: testdata/vectors/correlation.json.
func (t Table) Spearman() Number {
	before, after := t.Before().ranks(), t.After().ranks()
	ranked := make([]Cell, len(t.cells))
	for i, c := range t.cells {
		ranked[i] = Cell{Before: before[c.Before], After: after[c.After], Count: c.Count}
	}
	var s sums
	s.addAll(ranked, magnitude(2*t.n))
	return s.pearson()
}

// ranks returns twice the mid-rank of each level.
func (h Histogram) ranks() map[int64]int64 {
	twice := make(map[int64]int64, len(h.bins))
	var below int64
	for _, b := range h.bins {
		twice[b.Level] = 2*below + b.Count + 1
		below += b.Count
	}
	return twice
}
