package stat

import "math/big"

// Followed is how many people of a group were measured again and how many not.
type Followed struct {
	Completed int64 // people
	Lost      int64 // people
}

// A ChiSquare is Pearson's test of whether completion differs between groups.
type ChiSquare struct {
	Statistic   Number // χ²
	DF          Number // degrees of freedom
	P           Number // 0 to 1
	MinExpected Number // people, the smallest expected count; below 5 the P is rough
}

// NewChiSquare tests whether groups differ in who was measured again, without
// Yates's correction. With c of n people completed in a group and C of N in all,
//
//	χ² = Σ (c·N − C·n)²/(n·C·(N−C)),  df = groups − 1
//
// which is Σ(O−E)²/E over both columns. Groups of nobody are left out. It is
// refused with fewer than two groups, and when nobody was lost or nobody
// completed.
//
// Unit: χ² for the statistic, 0 to 1 for p, people for the expected count.
// Source: Pearson (1900), Phil Mag 50:157-175; R's
// chisq.test(cbind(completed, lost), correct=FALSE); CONVENTIONS C12.
// Vectors: testdata/vectors/contingency.json.
func NewChiSquare(groups []Followed) ChiSquare {
	groups, all, why := followed(groups)
	if why != "" {
		missing := Refused(why)
		return ChiSquare{missing, missing, missing, missing}
	}
	n := all.Completed + all.Lost
	var statistic float64
	smallest := n
	for _, g := range groups {
		size := g.Completed + g.Lost
		smallest = min(smallest, size)
		off := new(big.Int).Mul(big.NewInt(g.Completed), big.NewInt(n))
		off.Sub(off, new(big.Int).Mul(big.NewInt(all.Completed), big.NewInt(size)))
		far := float(off)
		statistic += far / float64(size) * far / (float64(all.Completed) * float64(all.Lost))
	}
	df := float64(len(groups) - 1)
	return ChiSquare{
		Statistic:   Known(statistic),
		DF:          Known(df),
		P:           Known(upperChiSquare(statistic, df)),
		MinExpected: Known(float64(smallest) * float64(min(all.Completed, all.Lost)) / float64(n)),
	}
}

// followed leaves out groups of nobody, adds up the others and says why they
// cannot be compared, if they cannot.
func followed(groups []Followed) (some []Followed, all Followed, why Refusal) {
	for _, g := range groups {
		if countable(g.Completed) != nil || countable(g.Lost) != nil {
			return nil, all, ErrImpossible
		}
		if g.Completed+g.Lost > 0 {
			some = append(some, g)
		}
		all.Completed, all.Lost = all.Completed+g.Completed, all.Lost+g.Lost
	}
	switch {
	case len(some) == 0:
		why = ErrNobody
	case countable(all.Completed+all.Lost) != nil:
		why = ErrTooMany
	case len(some) < 2:
		why = ErrUnder2Groups
	case all.Lost == 0:
		why = ErrNobodyLost
	case all.Completed == 0:
		why = ErrNobodyStayed
	}
	return some, all, why
}
