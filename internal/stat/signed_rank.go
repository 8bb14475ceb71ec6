package stat

// A Method names how a p-value was found, in R's words.
type Method string

const (
	SignedRankExact      Method = "Wilcoxon signed rank exact test"
	SignedRankCorrection Method = "Wilcoxon signed rank test with continuity correction"
)

// A SignedRank is Wilcoxon's signed-rank test of changes in the variants that
// are in use. They differ in what is done with people who did not change and in
// how the distribution is had; a page that shows one names it.
type SignedRank struct {
	Pairs         int64 // people
	Zero          int64 // people who did not change
	NonZero       int64 // people who did
	TiesInNonZero bool  // two of them changed by the same amount, either way

	VPlus  Number // sum of the ranks of those who went up, zeros dropped before ranking
	VMinus Number // the same for those who went down

	PDefault      Number // 0 to 1, what R's wilcox.test gives when asked for nothing
	DefaultMethod Method // which of the two that was; empty when PDefault is refused

	ZPlain     Number // standard errors, no continuity correction
	PPlain     Number // 0 to 1
	ZCorrected Number // standard errors, continuity correction 0.5 towards the mean
	PCorrected Number // 0 to 1
	PExact     Number // 0 to 1, every arrangement of signs, ties as they are

	ZPratt      Number // standard errors, zeros ranked first and dropped then
	PPratt      Number // 0 to 1
	PPrattExact Number // 0 to 1

	RankBiserial Number // −1 to 1
}

// SignedRank tests, in a histogram of changes, whether ups and downs balance.
// With r the mid-ranks of |change| and t the size of each group of ties,
//
//	V₊ = Σr over ups,  z = (V₊ − n(n+1)/4)/√(n(n+1)(2n+1)/24 − Σ(t³−t)/48)
//	Pratt: z = (V₊ − Σr/2)/√(Σr²/4),  rank-biserial = (V₊ − V₋)/(V₊ + V₋)
//
// The two z are one formula: n(n+1)(2n+1)/6 − Σ(t³−t)/12 is the sum of the
// squared mid-ranks.
//
// When nobody changed every z and p is refused.
//
// Unit: ranks for V, standard errors for z, 0 to 1 for p.
// Source: Wilcoxon (1945), Biometrics Bull 1:80-83; Pratt (1959), J Am Stat
// Assoc 54:655-667; Hollander & Wolfe (1999), 3.1; Kerby (2014), Compr Psychol
// 3:11; R's wilcox.test and coin's wilcoxsign_test; CONVENTIONS C5.
// Vectors: testdata/vectors/signed_rank.json.
func (h Histogram) SignedRank() SignedRank {
	r := SignedRank{Pairs: h.n}
	for _, b := range h.bins {
		if b.Level != 0 {
			r.NonZero += b.Count
		}
	}
	r.Zero = h.n - r.NonZero
	dropped, pratt := h.signedRanks(0), h.signedRanks(r.Zero)
	r.VPlus, r.VMinus = Known(dropped.plus/2), Known(dropped.minus/2)
	switch {
	case h.n == 0:
		return r.without(ErrNobody)
	case r.NonZero == 0:
		return r.without(ErrNoChange)
	}
	r.TiesInNonZero = dropped.ties()
	r.RankBiserial = Known((dropped.plus - dropped.minus) / (dropped.plus + dropped.minus))

	r.ZPlain, r.ZCorrected, r.ZPratt = Known(dropped.z(0)), Known(dropped.z(0.5)), Known(pratt.z(0))
	r.PPlain, r.PCorrected = r.ZPlain.then(normalTwoSided), r.ZCorrected.then(normalTwoSided)
	r.PPratt = r.ZPratt.then(normalTwoSided)
	r.PExact, r.PPrattExact = dropped.exact(), pratt.exact()

	r.PDefault, r.DefaultMethod = r.PCorrected, SignedRankCorrection
	if r.NonZero < 50 && !r.TiesInNonZero && r.Zero == 0 {
		r.PDefault, r.DefaultMethod = r.PExact, SignedRankExact
	}
	return r
}

// without refuses every number that a test without changes does not have.
func (r SignedRank) without(why Refusal) SignedRank {
	missing := Refused(why)
	r.PDefault, r.PExact, r.PPrattExact = missing, missing, missing
	r.ZPlain, r.ZCorrected, r.ZPratt = missing, missing, missing
	r.PPlain, r.PCorrected, r.PPratt = missing, missing, missing
	r.RankBiserial = missing
	return r
}
