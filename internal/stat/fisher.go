package stat

import (
	"cmp"
	"math"
	"slices"
)

// FisherExact is the probability, given how many people completed in all and
// how large the groups are, of a table at most as likely as the one seen. Unlike
// χ² it holds for the smallest groups. Tables within a ten-millionth of the one
// seen count as equally likely.
//
// Groups of nobody are left out. It is refused as NewChiSquare is, with more
// than three groups, and when so many people were counted that the tables could
// not be gone through in a moment.
//
// Unit: 0 to 1.
// Source: Fisher (1934), Statistical Methods for Research Workers, 5th ed.,
// section 21.02; Freeman & Halton (1951), Biometrika 38:141-149; R's
// fisher.test(cbind(completed, lost)) with its relative tolerance of 1e-7;
// CONVENTIONS C17.
// Vectors: testdata/vectors/contingency.json.
func FisherExact(groups []Followed) Number {
	some, all, why := followed(groups)
	if why == "" && len(some) > 3 {
		why = ErrOver3Groups
	}
	if why != "" {
		return Refused(why)
	}
	slices.SortFunc(some, func(a, b Followed) int { return cmp.Compare(a.Completed+a.Lost, b.Completed+b.Lost) })
	if len(some) == 2 {
		some = append([]Followed{{}}, some...) // with one way to fill it
	}
	deals := dealing{completed: all.Completed, share: float64(all.Completed) / float64(all.Completed+all.Lost)}
	for i, g := range some {
		deals.size[i] = g.Completed + g.Lost
	}
	return deals.atMost(some[0].Completed, some[1].Completed)
}

// A dealing is all the ways in which a number of people who completed can lie in
// three groups. A way is named by how many lie in the first and in the second.
type dealing struct {
	size      [3]int64
	completed int64
	share     float64 // completed of all, 0 to 1
}

// atMost adds up all ways that are at most as likely as the one seen. Given the
// first group, the others' likelihoods rise to one top and fall, so that those
// which count are two tails, whose ends are found by halving.
func (d dealing) atMost(first, second int64) Number {
	const (
		negligible = 60         // e⁻⁶⁰ of the one seen is below its last digit
		mostSteps  = 30_000_000 // about a third of a second
	)
	n := d.size[0] + d.size[1] + d.size[2]
	seen := d.row(first).log(second)
	low, high := max(0, d.completed-d.size[1]-d.size[2]), min(d.size[0], d.completed)
	top := int64(float64(d.completed+1) * float64(d.size[0]+1) / float64(n+2))
	top = min(max(top, low), high)

	var sum float64 // in units of the one seen
	var steps int64
	visit := func(first int64) (more bool) {
		row := d.row(first)
		if row.whole < seen-negligible || steps > mostSteps {
			return false
		}
		part, used := row.atMost(seen)
		sum, steps = sum+part, steps+used
		return true
	}
	for first := top; first <= high && visit(first); first++ {
	}
	for first := top - 1; first >= low && visit(first); first-- {
	}
	if steps > mostSteps {
		return Refused(ErrFisherTooMany)
	}
	return Known(min(1, math.Exp(seen+math.Log(sum))))
}

// A dealtRow is the ways that have the same number in the first group.
type dealtRow struct {
	a, b  int64   // people in the second and in the third group
	left  int64   // who completed in these two
	share float64 // completed of all, 0 to 1
	whole float64 // log of the probability of the row
	given float64 // log of the probability of left in a + b
}

func (d dealing) row(first int64) dealtRow {
	r := dealtRow{a: d.size[1], b: d.size[2], left: d.completed - first, share: d.share}
	r.given = logBinomialDensity(r.left, r.a+r.b, d.share)
	r.whole = logBinomialDensity(first, d.size[0], d.share) + r.given -
		logBinomialDensity(d.completed, d.size[0]+r.a+r.b, d.share)
	return r
}

// log is the logarithm of the probability of one way.
func (r dealtRow) log(second int64) float64 {
	return r.whole - r.given +
		logBinomialDensity(second, r.a, r.share) + logBinomialDensity(r.left-second, r.b, r.share)
}

// atMost adds up the ways of the row that are at most as likely as the one seen,
// whose logarithm is given, in units of it, and says how many steps that took.
func (r dealtRow) atMost(seen float64) (sum float64, steps int64) {
	const aWhile = 20 // steps that one logarithm takes
	limit := seen + 1e-7
	low, high := max(0, r.left-r.b), min(r.a, r.left)
	top := int64(float64(r.left+1) * float64(r.a+1) / float64(r.a+r.b+2))
	top = min(max(top, low), high)
	steps = aWhile
	if r.log(top) <= limit {
		return math.Exp(r.whole - seen), steps
	}
	for _, direction := range []int64{-1, 1} {
		end := low
		if direction > 0 {
			end = high
		}
		// Between the top, which is above the limit, and one past the end.
		above, from := top, end+direction
		for (from-above)*direction > 1 {
			middle := above + (from-above)/2
			if r.log(middle) > limit {
				above = middle
			} else {
				from = middle
			}
			steps += aWhile
		}
		if from == end+direction {
			continue
		}
		term := math.Exp(r.log(from) - seen)
		tail := term
		for at := from; at != end && term > 1e-18*tail; at += direction {
			term *= r.ratio(at, direction)
			tail += term
			steps++
		}
		sum += tail
	}
	return sum, steps
}

// ratio is how much more likely the next way in a direction is.
func (r dealtRow) ratio(second, direction int64) float64 {
	third := r.left - second
	if direction > 0 {
		return float64(r.a-second) * float64(third) / (float64(second+1) * float64(r.b-third+1))
	}
	return float64(second) * float64(r.b-third) / (float64(r.a-second+1) * float64(third+1))
}

// logBinomialDensity is the natural logarithm of the probability that x of n
// people do what a share (0 to 1, neither end) of people do.
//
// Source: Loader (2000), Fast and accurate computation of binomial
// probabilities; R's dbinom(x, n, share, log=TRUE).
// Vectors: testdata/vectors/contingency.json, through FisherExact.
func logBinomialDensity(x, n int64, share float64) float64 {
	yes, no, all := float64(x), float64(n-x), float64(n)
	log := -deviance(yes, all*share) - deviance(no, all*(1-share))
	if yes == 0 || no == 0 {
		return log
	}
	return log + stirlingError(all) - stirlingError(yes) - stirlingError(no) +
		math.Log(all/(2*math.Pi*yes*no))/2
}
