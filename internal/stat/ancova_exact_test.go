package stat

import (
	"cmp"
	"math"
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A fractional group is people by rows, in fractions, where nothing is rounded.
type fractional struct{ x, y []*big.Rat }

func rat(v int64) *big.Rat { return new(big.Rat).SetInt64(v) }

func meanOf(v []*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, x := range v {
		sum.Add(sum, x)
	}
	return sum.Quo(sum, rat(int64(len(v))))
}

func less(a, b *big.Rat) *big.Rat  { return new(big.Rat).Sub(a, b) }
func times(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

// hc3Of is HC3's standard error of each group less the first: NaN where somebody
// decides their own fitted score, and -1 where there is no slope.
func hc3Of(groups []fractional) []float64 {
	sxx, sxy := new(big.Rat), new(big.Rat)
	for _, g := range groups {
		for i := range g.x {
			x := less(g.x[i], meanOf(g.x))
			sxx.Add(sxx, times(x, x))
			sxy.Add(sxy, times(x, less(g.y[i], meanOf(g.y))))
		}
	}
	all := make([]float64, len(groups)-1)
	if sxx.Sign() == 0 {
		return slices.Repeat([]float64{-1}, len(all))
	}
	for k := range all {
		squares, distance := new(big.Rat), less(meanOf(groups[k+1].x), meanOf(groups[0].x))
		for j, g := range groups {
			for i := range g.x {
				x := less(g.x[i], meanOf(g.x))
				share := new(big.Rat).Quo(times(distance, x), sxx)
				share.Neg(share)
				switch j {
				case 0:
					share.Sub(share, big.NewRat(1, int64(len(g.x))))
				case k + 1:
					share.Add(share, big.NewRat(1, int64(len(g.x))))
				}
				left := less(rat(1), big.NewRat(1, int64(len(g.x))))
				left.Sub(left, new(big.Rat).Quo(times(x, x), sxx))
				if left.Sign() == 0 {
					return slices.Repeat([]float64{math.NaN()}, len(all))
				}
				residual := less(less(g.y[i], meanOf(g.y)), new(big.Rat).Quo(times(sxy, x), sxx))
				own := times(share, residual.Quo(residual, left))
				squares.Add(squares, times(own, own))
			}
		}
		v, _ := squares.Float64()
		all[k] = math.Sqrt(v)
	}
	return all
}

// HC3 equals what fractions give, with scores far from zero, with all but a few
// on one line, and with somebody so far out that they all but decide the slope:
// for groups they are not in to the last digits. What their own group has from
// them cancels, and is not asked for.
func TestHC3_Fractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		far := rapid.SampledFrom([]int64{0, 300, 1e5, 1e8}).Draw(t, "far out")
		away := rapid.SampledFrom([]int64{0, 1e9}).Draw(t, "from zero")
		line := rapid.IntRange(0, 2).Draw(t, "on a line") == 0
		tables, groups := []Table{}, []fractional{}
		for g := range rapid.IntRange(2, 3).Draw(t, "groups") {
			var cells []Cell
			var rows fractional
			for i := range rapid.IntRange(2, 6).Draw(t, "people") {
				x := rapid.Int64Range(-9, 9).Draw(t, "before")
				y := x/2 + rapid.Int64Range(-5, 5).Draw(t, "after")
				if g == 2 && i == 0 {
					x += far
				}
				if line && (g != 1 || i > 1) {
					y = 3*x + int64(g)
				}
				cells = append(cells, Cell{x + away, y + away, 1})
				rows.x, rows.y = append(rows.x, rat(x+away)), append(rows.y, rat(y+away))
			}
			tables, groups = append(tables, mustTable(t, 0, cells)), append(groups, rows)
		}
		a := mustANCOVA(t, tables)
		for k, want := range hc3Of(groups) {
			se := a.Contrasts[k].SEHC3
			got, err := se.Value()
			switch {
			case want == -1, k == 1 && far > 300:
			case math.IsNaN(want) != (err != nil):
				t.Fatalf("group %d: HC3 %v (%v), in fractions %v", k+1, got, err, want)
			case err == nil && math.Abs(got-want) > 1e-9*want:
				t.Fatalf("group %d: HC3 %v, in fractions %v", k+1, got, want)
			}
		}
	})
}

// However the cells of a group lie and however people are split among them, not
// one bit of a comparison changes.
func TestANCOVA_CellsInAnyOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	draw := func(n int64) (cells []Cell) {
		for before := range n {
			for after := range n {
				cells = append(cells, Cell{before, after, 1 + random.Int64N(7)})
			}
		}
		return cells
	}
	reference, group := draw(7), draw(9)
	want, err := NewANCOVA([]Table{tableOf(t, 1, reference), tableOf(t, 1, group)})
	if err != nil {
		t.Fatal(err)
	}
	by := func(order func(a, b Cell) int) []Cell { return slices.SortedStableFunc(slices.Values(group), order) }
	halves := func(c Cell) []Cell { return []Cell{{c.Before, c.After, c.Count - 1}, {c.Before, c.After, 1}} }
	var split, empty []Cell
	for _, c := range group {
		split, empty = append(split, halves(c)...), append(empty, Cell{c.Before, c.After, 0}, c, Cell{c.Before, c.After + 1, 0})
	}
	shuffled := slices.Clone(split)
	random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for name, cells := range map[string][]Cell{
		"downwards":                    by(func(a, b Cell) int { return cmp.Or(cmp.Compare(b.Before, a.Before), cmp.Compare(b.After, a.After)) }),
		"by the score after":           by(func(a, b Cell) int { return cmp.Compare(a.After, b.After) }),
		"after downwards":              by(func(a, b Cell) int { return cmp.Or(cmp.Compare(a.Before, b.Before), cmp.Compare(b.After, a.After)) }),
		"by the number of people":      by(func(a, b Cell) int { return cmp.Compare(a.Count, b.Count) }),
		"each in two":                  split,
		"each in two and shuffled":     shuffled,
		"with cells of nobody between": empty,
	} {
		got, err := NewANCOVA([]Table{tableOf(t, 1, reference), tableOf(t, 1, cells)})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}

// Everybody on parallel lines leaves nothing to test by, and every number says
// that this is why.
func TestANCOVA_PerfectFit(t *testing.T) {
	line := func(height int64) []Cell {
		return []Cell{{1, 3 + height, 1}, {2, 6 + height, 2}, {5, 15 + height, 1}}
	}
	a, err := NewANCOVA([]Table{tableOf(t, 0, line(0)), tableOf(t, 0, line(4))})
	if err != nil {
		t.Fatal(err)
	}
	c := a.Contrasts[0]
	near(t, "difference", c.Difference, new(4.0), 1e-15)
	near(t, "HC3", c.SEHC3, new(0.0), 1e-15)
	for i, n := range []Number{c.T, c.P, c.Log10P, c.CI.Low, c.CI.High, c.PHC3, a.Omnibus.F, a.Omnibus.P, a.Interaction.P} {
		if n.Why() != ErrPerfectFit {
			t.Errorf("number %d is %+v, want it refused: %q", i, n, ErrPerfectFit)
		}
	}
}

// The same where everybody came down a long way, so that no score after reaches
// any score before. One set of people may come to the same sum by chance.
func TestANCOVA_CellsInAnyOrderFarApart(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		var reference, group []Cell
		for before := range int64(7) {
			for after := range int64(7) {
				reference = append(reference, Cell{20 + before, after, 1 + random.Int64N(7)})
				group = append(group, Cell{20 + before, after, 1 + random.Int64N(7)})
			}
		}
		want, err := NewANCOVA([]Table{tableOf(t, 1, reference), tableOf(t, 1, group)})
		if err != nil {
			t.Fatal(err)
		}
		for name, order := range map[string]func(a, b Cell) int{
			"downwards":       func(a, b Cell) int { return cmp.Compare(b.Before, a.Before) },
			"after downwards": func(a, b Cell) int { return cmp.Or(cmp.Compare(a.Before, b.Before), cmp.Compare(b.After, a.After)) },
		} {
			cells := slices.SortedStableFunc(slices.Values(group), order)
			got, err := NewANCOVA([]Table{tableOf(t, 1, reference), tableOf(t, 1, cells)})
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v (%v), want %+v", name, got, err, want)
			}
		}
	}
}

// Nobody decides nothing: a cell without people, so far out that somebody there
// would decide their own fitted score, leaves HC3 as it was.
func TestHC3_NobodyFarOut(t *testing.T) {
	reference := tableOf(t, 0, []Cell{{0, 1, 1}, {4, 2, 1}})
	somebody := []Cell{{0, 2, 2}, {2, 7, 2}}
	nobody := Cell{4, 5, 0} // h = 1/4 + 3²/12
	want, err := NewANCOVA([]Table{reference, tableOf(t, 0, somebody)})
	if err != nil || want.Contrasts[0].SEHC3.Ptr() == nil {
		t.Fatalf("without the cell: %+v (%v)", want, err)
	}
	for what, cells := range map[string][]Cell{
		"in order":     {somebody[0], somebody[1], nobody},
		"out of order": {nobody, somebody[1], somebody[0]},
	} {
		got, err := NewANCOVA([]Table{reference, tableOf(t, 0, cells)})
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v (%v), want %+v", what, got, err, want)
		}
	}
}
