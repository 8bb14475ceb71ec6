package stat

import (
	"fmt"
	"math"
	"math/big"
	"testing"
)

// binomialOf are the densities of 0 to n in fractions.
func binomialOf(n int64, p *big.Rat) []*big.Rat {
	var all []*big.Rat
	power := func(v *big.Rat, k int64) *big.Rat {
		product := rat(1)
		for range k {
			product.Mul(product, v)
		}
		return product
	}
	for x := range n + 1 {
		d := new(big.Rat).SetInt(new(big.Int).Binomial(n, x))
		all = append(all, times(d, times(power(p, x), power(less(rat(1), p), n-x))))
	}
	return all
}

// The binomial equals what fractions give, for every count of a few people and
// shares that are small, middling, large and all or nothing.
func TestBinomial_Fractions(t *testing.T) {
	near := func(what string, got float64, want *big.Rat) {
		t.Helper()
		if exact, _ := want.Float64(); math.Abs(got-exact) > 1e-13*exact {
			t.Errorf("%s: %.17g, want %.17g", what, got, exact)
		}
	}
	for _, p := range []*big.Rat{rat(0), big.NewRat(1, 1000), big.NewRat(1, 7), big.NewRat(1, 2), big.NewRat(5, 6), rat(1)} {
		share, _ := p.Float64()
		for n := range int64(31) {
			if n == 0 {
				continue
			}
			people, below := float64(n), new(big.Rat)
			for x, density := range binomialOf(n, p) {
				what := fmt.Sprintf("%d of %d at %v", x, n, share)
				below.Add(below, density)
				near("the density of "+what, binomialDensity(float64(x), people, share), density)
				if share > 0 && share < 1 {
					near("at most "+what, binomialBelow(float64(x), people, share), below)
				}
			}
			for _, outside := range []float64{-1, people + 1} {
				if d := binomialDensity(outside, people, share); d != 0 {
					t.Errorf("the density of %v of %d is %v", outside, n, d)
				}
			}
			if binomialBelow(-1, people, share) != 0 || binomialBelow(people, people, share) != 1 {
				t.Errorf("%d people at %v: fewer than none, or at most all, is not 0 and 1", n, share)
			}
			for _, wanted := range []*big.Rat{big.NewRat(1, 1000), big.NewRat(1, 40), big.NewRat(1, 2), big.NewRat(39, 40), big.NewRat(999, 1000)} {
				quantileInFractions(t, wanted, n, p)
			}
		}
	}
}

// quantileInFractions holds the smallest count that is reached with a share of
// chance, and the limit that is drawn in from it.
func quantileInFractions(t *testing.T, wanted *big.Rat, n int64, p *big.Rat) {
	t.Helper()
	share, _ := wanted.Float64()
	chance, _ := p.Float64()
	below := new(big.Rat)
	for r, density := range binomialOf(n, p) {
		if below.Add(below, density); below.Cmp(wanted) < 0 {
			continue
		}
		got, reached := binomialQuantile(share, float64(n), chance)
		exact, _ := below.Float64()
		if got != float64(r) || math.Abs(reached-exact) > 1e-13 {
			t.Errorf("the %v quantile of %d at %v: %v with %v, want %d with %v", share, n, chance, got, reached, r, exact)
		}
		drawn := new(big.Rat).Quo(less(below, wanted), density)
		limit, _ := new(big.Rat).Quo(less(rat(int64(r)), drawn), rat(n)).Float64()
		if v, err := binomialInterpolated(share, float64(n), chance).Value(); err != nil || math.Abs(v-limit) > 1e-9*max(1, math.Abs(limit)) {
			t.Errorf("the %v limit of %d at %v: %v (%v), want %v", share, n, chance, v, err, limit)
		}
		return
	}
}

// As many people as there may be, where a search that comes from the far side
// would add up a hundred thousand roundings: the probability up to the quantile
// is still what the tail adds up to, and one person fewer is too few.
func TestBinomialQuantile_MostPeople(t *testing.T) {
	for _, p := range []float64{0.3, 0.5} {
		for _, share := range []float64{0.001, 0.025, 0.975, 0.999} {
			r, below := binomialQuantile(share, maxPeople, p)
			what := fmt.Sprintf("%g of %d at %g", share, int64(maxPeople), p)
			nearP(t, "the probability up to "+what, Known(below), new(binomialBelow(r, maxPeople, p)), 1e-13)
			if below < share || binomialBelow(r-1, maxPeople, p) >= share {
				t.Errorf("the quantile at %s: %v with %v", what, r, below)
			}
		}
	}
}
