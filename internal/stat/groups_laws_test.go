package stat

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What must hold for any groups at all.

func minus(n Number) Number { return n.then(func(v float64) float64 { return -v }) }

// drawGroups draws the cells of two to five groups, of which some may be of one
// person or of nobody.
func drawGroups(t *rapid.T) [][]Cell {
	groups := make([][]Cell, rapid.IntRange(2, 5).Draw(t, "groups"))
	for i := range groups {
		groups[i] = drawCells(t, 0, 12)
		if rapid.IntRange(0, 4).Draw(t, "one person") == 0 {
			groups[i] = []Cell{{20, rapid.Int64Range(7, 35).Draw(t, "after"), 1}}
		}
	}
	return groups
}

// each makes tables of cells, changed or not.
func each(t *rapid.T, decimals int, groups [][]Cell, change func(i int, c Cell) Cell) []Table {
	tables := make([]Table, len(groups))
	for i, cells := range groups {
		changed := slices.Clone(cells)
		for j, c := range cells {
			changed[j] = change(i, c)
		}
		tables[i] = mustTable(t, decimals, changed)
	}
	return tables
}

func asIs(_ int, c Cell) Cell { return c }

func mustANCOVA(t *rapid.T, groups []Table) ANCOVA {
	a, err := NewANCOVA(groups)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func mustUnadjusted(t *rapid.T, groups []Table) []Unadjusted {
	u, err := NewUnadjusted(groups)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// How people are gathered into cells, and in which order, changes not one bit.
func TestLaw_OrderIsNothingToGroups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := drawGroups(t)
		mixed := make([][]Cell, len(groups))
		for i, cells := range groups {
			var single []Cell
			for _, c := range cells {
				for range c.Count {
					single = append(single, Cell{c.Before, c.After, 1})
				}
			}
			mixed[i] = rapid.Permutation(single).Draw(t, "order")
		}
		a, b := each(t, 0, groups, asIs), each(t, 0, mixed, asIs)
		if x, y := mustANCOVA(t, a), mustANCOVA(t, b); !reflect.DeepEqual(x, y) {
			t.Fatalf("%+v\n%+v", x, y)
		}
		if x, y := mustUnadjusted(t, a), mustUnadjusted(t, b); !reflect.DeepEqual(x, y) {
			t.Fatalf("%+v\n%+v", x, y)
		}
		x, err := NewAttrition(a[0].Before(), a[1].Before())
		if err != nil {
			t.Fatal(err)
		}
		y, err := NewAttrition(b[0].Before(), b[1].Before())
		if err != nil {
			t.Fatal(err)
		}
		if x != y {
			t.Fatalf("%+v\n%+v", x, y)
		}
	})
}

// A score that is stretched and starts to count elsewhere stretches what is in
// score points and leaves the rest.
func TestLaw_UnitOfGroups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := drawGroups(t)
		times, plus := rapid.Int64Range(2, 50).Draw(t, "times"), rapid.Int64Range(-1e5, 1e5).Draw(t, "plus")
		stretch := func(n Number) Number { return n.times(Known(float64(times) / 10)) }
		a := mustANCOVA(t, each(t, 0, groups, asIs))
		b := mustANCOVA(t, each(t, 1, groups, func(_ int, c Cell) Cell {
			return Cell{c.Before*times + plus, c.After*times + plus, c.Count}
		}))
		alike(t, "sigma", stretch(a.Sigma), b.Sigma)
		alike(t, "slope", a.Slope, b.Slope)
		alike(t, "slope se", a.SlopeSE, b.SlopeSE)
		alike(t, "r squared", a.RSquared, b.RSquared)
		alike(t, "omnibus", a.Omnibus.P, b.Omnibus.P)
		alike(t, "interaction", a.Interaction.P, b.Interaction.P)
		for i := range a.AdjustedMeans {
			moved := stretch(a.AdjustedMeans[i]).then(func(v float64) float64 { return v + float64(plus)/10 })
			alike(t, "adjusted mean", moved, b.AdjustedMeans[i])
			alike(t, "adjusted mean se", stretch(a.AdjustedMeanSEs[i]), b.AdjustedMeanSEs[i])
		}
		for i, c := range a.Contrasts {
			alike(t, "difference", stretch(c.Difference), b.Contrasts[i].Difference)
			alike(t, "se", stretch(c.SE), b.Contrasts[i].SE)
			alike(t, "low", stretch(c.CI.Low), b.Contrasts[i].CI.Low)
			alike(t, "se HC3", stretch(c.SEHC3), b.Contrasts[i].SEHC3)
			alike(t, "p", c.P, b.Contrasts[i].P)
		}
	})
}

// Points given to everybody in one group after are points of its contrast, and
// of nothing else.
func TestLaw_GiftToOneGroup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups, gift := drawGroups(t), rapid.Int64Range(-20, 20).Draw(t, "gift")
		a, before := each(t, 0, groups, asIs), each(t, 0, groups, func(i int, c Cell) Cell {
			if i == 1 {
				c.After += gift
			}
			return c
		})
		x, y := mustANCOVA(t, a), mustANCOVA(t, before)
		alike(t, "sigma", x.Sigma, y.Sigma)
		alike(t, "slope", x.Slope, y.Slope)
		alike(t, "interaction", x.Interaction.F, y.Interaction.F)
		for i, c := range x.Contrasts {
			want := c.Difference
			if i == 0 {
				want = want.then(func(v float64) float64 { return v + float64(gift) })
			}
			alike(t, "difference", want, y.Contrasts[i].Difference)
			alike(t, "se", c.SE, y.Contrasts[i].SE)
			alike(t, "se HC3", c.SEHC3, y.Contrasts[i].SEHC3)
		}
	})
}

// Who is called the reference turns signs round. With two groups the omnibus test
// is the contrast's.
func TestLaw_SwapGroups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := each(t, 0, drawGroups(t), asIs)
		swapped := slices.Clone(groups)
		swapped[0], swapped[1] = groups[1], groups[0]
		a, b := mustANCOVA(t, groups), mustANCOVA(t, swapped)
		x, y := a.Contrasts[0], b.Contrasts[0]
		alike(t, "difference", x.Difference, minus(y.Difference))
		alike(t, "se", x.SE, y.SE)
		alike(t, "p", x.P, y.P)
		alike(t, "interval", x.CI.Low, minus(y.CI.High))
		alike(t, "se HC3", x.SEHC3, y.SEHC3)
		alike(t, "omnibus", a.Omnibus.F, b.Omnibus.F)
		alike(t, "adjusted mean", a.AdjustedMeans[0], b.AdjustedMeans[1])
		alike(t, "adjusted difference", x.Difference, a.AdjustedMeans[1].and(a.AdjustedMeans[0], func(a, b float64) float64 { return a - b }))
		if two := mustANCOVA(t, groups[:2]); two.Contrasts[0].T.Ptr() != nil {
			alike(t, "F", two.Omnibus.F, two.Contrasts[0].T.times(two.Contrasts[0].T))
			alike(t, "p of F", two.Omnibus.P, two.Contrasts[0].P)
		}

		u, v := mustUnadjusted(t, groups)[0], mustUnadjusted(t, swapped)[0]
		alike(t, "change", u.DiffInMeanChange, minus(v.DiffInMeanChange))
		alike(t, "Welch", u.Welch.T, minus(v.Welch.T))
		alike(t, "Welch's df", u.Welch.DF, v.Welch.DF)
		alike(t, "Student's interval", u.Student.CI.Low, minus(v.Student.CI.High))
		alike(t, "Morris", u.MorrisDPPC2, minus(v.MorrisDPPC2))
		alike(t, "smd", u.BaselineSMDPooled, minus(v.BaselineSMDPooled))

		w, err := NewRankSum(groups[0].After(), groups[1].After())
		if err != nil {
			t.Fatal(err)
		}
		z, err := NewRankSum(groups[1].After(), groups[0].After())
		if err != nil {
			t.Fatal(err)
		}
		alike(t, "W", w.W, z.W.then(func(v float64) float64 { return float64(groups[0].N()*groups[1].N()) - v }))
		alike(t, "rank-sum z", w.Z, minus(z.Z))
		alike(t, "rank-sum p", w.P, z.P)
	})
}

// The order of the groups is nothing to who was lost, nor which of the two
// columns is called lost.
func TestLaw_Completion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.Int64Range(0, 30)
		groups := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Followed {
			return Followed{Completed: count.Draw(t, "completed"), Lost: count.Draw(t, "lost")}
		}), 2, 3).Draw(t, "groups")
		mixed := rapid.Permutation(groups).Draw(t, "order")
		for i, g := range mixed {
			mixed[i] = Followed{Completed: g.Lost, Lost: g.Completed}
		}
		x, y := NewChiSquare(groups), NewChiSquare(mixed)
		alike(t, "χ²", x.Statistic, y.Statistic)
		alike(t, "p", x.P, y.P)
		alike(t, "smallest expected", x.MinExpected, y.MinExpected)
		exact := FisherExact(groups)
		alike(t, "Fisher's p", exact, FisherExact(mixed))
		if p := exact.Ptr(); p != nil && (*p <= 0 || *p > 1) {
			t.Fatalf("Fisher's p = %v", *p)
		}
	})
}

// Oldham's correlation asks whether the two spreads differ: before and after
// exchanged turn its sign round.
func TestLaw_Oldham(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := drawCells(t, 1, 12)
		turned := slices.Clone(cells)
		for i, c := range cells {
			turned[i] = Cell{c.After, c.Before, c.Count}
		}
		a, b := mustTable(t, 0, cells), mustTable(t, 0, turned)
		x, y := a.Oldham(), b.Oldham()
		// The mean of both stays, the change and with it the sign turns.
		alike(t, "r", x.R, minus(y.R))
		alike(t, "p", x.P, y.P)
		if p := x.P.Ptr(); p != nil && *p <= 0 {
			t.Fatalf("p = %v", *p)
		}
		// Cov(x, d) = Cov(x, y) − Var(x).
		p := a.Paired()
		naive := a.SlopeAfterOnBefore().and(p.SDBefore, func(slope, sd float64) float64 { return (slope - 1) * sd }).over(p.SDChange, ErrSameChange)
		alike(t, "naive", a.RBaselineChange(), naive)
	})
}
