package stat

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What must hold for any data at all.

// drawCells draws between low and high cells on a scale of 7 to 35.
func drawCells(t *rapid.T, low, high int) []Cell {
	level := rapid.Int64Range(7, 35)
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Cell {
		return Cell{
			Before: level.Draw(t, "before"), After: level.Draw(t, "after"),
			Count: rapid.Int64Range(1, 6).Draw(t, "count"),
		}
	}), low, high).Draw(t, "cells")
}

// rows is everybody by name, as a program without tables would have them.
func rows(cells []Cell) (before, after, change []float64) {
	for _, c := range cells {
		for range c.Count {
			before, after = append(before, float64(c.Before)), append(after, float64(c.After))
			change = append(change, float64(c.After-c.Before))
		}
	}
	return before, after, change
}

func meanSD(x []float64) (mean, sd float64) {
	for _, v := range x {
		mean += v
	}
	mean /= float64(len(x))
	for _, v := range x {
		sd += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(sd / float64(len(x)-1))
}

func mustTable(t *rapid.T, decimals int, cells []Cell) Table {
	table, err := NewTable(decimals, cells)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// alike fails unless both are there and agree, or both are missing.
func alike(t *rapid.T, what string, a, b Number) {
	x, errA := a.Value()
	y, errB := b.Value()
	if (errA == nil) != (errB == nil) || errA == nil && math.Abs(x-y) > 1e-9*max(1, math.Abs(x)) {
		t.Fatalf("%s: %+v and %+v", what, a, b)
	}
}

func TestLaw_TableEqualsRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := drawCells(t, 2, 30)
		table := mustTable(t, 0, cells)
		p, changes := table.Paired(), table.Changes()
		before, after, change := rows(cells)

		for what, c := range map[string]struct {
			mean, sd Number
			rows     []float64
		}{
			"before": {p.MeanBefore, p.SDBefore, before},
			"after":  {p.MeanAfter, p.SDAfter, after},
			"change": {p.MeanChange, p.SDChange, change},
		} {
			mean, sd := meanSD(c.rows)
			alike(t, what+" mean", c.mean, Known(mean))
			alike(t, what+" sd", c.sd, Known(sd))
		}
		slices.Sort(change)
		n := len(change)
		alike(t, "median", changes.Median(), Known((change[(n-1)/2]+change[n/2])/2))
		alike(t, "median as a quantile", changes.Median(), changes.Quantile(0.5))

		var walsh []float64
		for i := range change {
			for j := range i + 1 {
				walsh = append(walsh, (change[i]+change[j])/2)
			}
		}
		slices.Sort(walsh)
		w := len(walsh)
		alike(t, "Hodges-Lehmann", changes.HodgesLehmann(), Known((walsh[(w-1)/2]+walsh[w/2])/2))
	})
}

// Order, and how people are gathered into cells, changes not one bit.
func TestLaw_OrderIsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := drawCells(t, 1, 30)
		var single []Cell
		for _, c := range cells {
			for range c.Count {
				single = append(single, Cell{c.Before, c.After, 1})
			}
		}
		a, b := mustTable(t, 0, cells), mustTable(t, 0, rapid.Permutation(single).Draw(t, "order"))
		if a.Paired() != b.Paired() || a.Paired().PairedT() != b.Paired().PairedT() {
			t.Fatalf("%+v\n%+v", a.Paired().PairedT(), b.Paired().PairedT())
		}
		if a.Changes().SignedRank() != b.Changes().SignedRank() || a.Spearman() != b.Spearman() {
			t.Fatal("ranks depend on the order")
		}
	})
}

// ds are the statistics that have no unit of the score in them.
func ds(p Paired) map[string]Number {
	test := p.PairedT()
	return map[string]Number{
		"t": test.T, "p": test.P, "log10 p": test.Log10P, "r": p.R, "r low": p.RInterval().Low,
		"d_z": p.DZ(), "d_z exact low": p.DZExact().Low, "d_z normal high": p.DZNormal().High,
		"d_av mean": p.DAvMean(), "d_av rms": p.DAvRootMeanSquare(), "d_rm": p.DRM(), "d_baseline": p.DBaseline(),
		"smcr v": p.SMCR().Variance, "smcc high": p.SMCC().CI.High, "smcrh v": p.SMCRH().Variance,
	}
}

// Ten times the score, or a score written with one decimal more, is the same
// finding; so is a score that starts to count elsewhere.
func TestLaw_UnitIsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := drawCells(t, 1, 20)
		times := rapid.Int64Range(2, 1000).Draw(t, "times")
		plus := rapid.Int64Range(-1e6, 1e6).Draw(t, "plus")
		stretched := slices.Clone(cells)
		for i, c := range cells {
			stretched[i] = Cell{c.Before*times + plus, c.After*times + plus, c.Count}
		}
		want := ds(mustTable(t, 0, cells).Paired())
		for what, got := range ds(mustTable(t, 2, stretched).Paired()) {
			alike(t, what, got, want[what])
		}
	})
}

// What swapping before and after does: changes change sign, chance does not.
func TestLaw_SwapFlipsTheSign(t *testing.T) {
	minus := func(n Number) Number { return n.then(func(v float64) float64 { return -v }) }
	rapid.Check(t, func(t *rapid.T) {
		cells := drawCells(t, 1, 20)
		swapped := slices.Clone(cells)
		for i, c := range cells {
			swapped[i] = Cell{c.After, c.Before, c.Count}
		}
		a, b := mustTable(t, 1, cells), mustTable(t, 1, swapped)
		x, y := a.Paired(), b.Paired()
		alike(t, "t", x.PairedT().T, minus(y.PairedT().T))
		alike(t, "p", x.PairedT().P, y.PairedT().P)
		alike(t, "interval", x.PairedT().CI.Low, minus(y.PairedT().CI.High))
		alike(t, "d_z", x.DZ(), minus(y.DZ()))
		alike(t, "d_z exact", x.DZExact().Low, minus(y.DZExact().High))
		alike(t, "d_av", x.DAvMean(), minus(y.DAvMean()))
		alike(t, "r", x.R, y.R)
		alike(t, "Spearman", a.Spearman(), b.Spearman())
		alike(t, "median", a.Changes().Median(), minus(b.Changes().Median()))
		alike(t, "Hodges-Lehmann", a.Changes().HodgesLehmann(), minus(b.Changes().HodgesLehmann()))

		v, w := a.Changes().SignedRank(), b.Changes().SignedRank()
		alike(t, "V", v.VPlus, w.VMinus)
		alike(t, "rank-biserial", v.RankBiserial, minus(w.RankBiserial))
		alike(t, "z", v.ZCorrected, minus(w.ZCorrected))
		alike(t, "p exact", v.PExact, w.PExact)
		alike(t, "p Pratt", v.PPrattExact, w.PPrattExact)
	})
}

// Everyone is counted once whatever the threshold, and a share lies in its own
// interval and mirrors the other share.
func TestLaw_Counting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := mustTable(t, 1, drawCells(t, 1, 20)).Changes()
		far := Threshold{Points: rapid.Float64Range(0.01, 3).Draw(t, "points"), Reach: AtLeast}
		inclusive, err := h.Moved(far)
		if err != nil {
			t.Fatal(err)
		}
		far.Reach = Past
		strict, err := h.Moved(far)
		if err != nil {
			t.Fatal(err)
		}
		if strict.Up+strict.Within+strict.Down != h.N() || inclusive.Up+inclusive.Within+inclusive.Down != h.N() {
			t.Fatalf("%+v and %+v of %d", strict, inclusive, h.N())
		}
		if strict.Up > inclusive.Up || strict.Down > inclusive.Down {
			t.Fatalf("past %+v, at least %+v", strict, inclusive)
		}
		share, rest := Wilson(strict.Up, h.N()), Wilson(h.N()-strict.Up, h.N())
		p, low, high := *share.P.Ptr(), *share.CI.Low.Ptr(), *share.CI.High.Ptr()
		if !(0 <= low && low <= p && p <= high && high <= 1 && low < high) {
			t.Fatalf("%+v", share)
		}
		alike(t, "mirror", share.CI.Low, rest.CI.High.then(func(v float64) float64 { return 1 - v }))
	})
}

// A d lies within its exact interval, and more of the same people narrow it.
func TestLaw_ExactInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := drawCells(t, 2, 12)
		p := mustTable(t, 0, cells).Paired()
		d, ci := p.DZ(), p.DZExact()
		if ci.Low.Ptr() == nil {
			return // everyone changed alike, or t is beyond 30
		}
		if *ci.Low.Ptr() > *d.Ptr() || *ci.High.Ptr() < *d.Ptr() {
			t.Fatalf("d_z %v outside %v to %v", *d.Ptr(), *ci.Low.Ptr(), *ci.High.Ptr())
		}
		more := p
		more.N *= 4
		wide := *ci.High.Ptr() - *ci.Low.Ptr()
		if narrow := more.DZExact(); narrow.Low.Ptr() != nil && *narrow.High.Ptr()-*narrow.Low.Ptr() >= wide {
			t.Fatalf("four times the people: %v to %v, was %v wide", *narrow.Low.Ptr(), *narrow.High.Ptr(), wide)
		}
	})
}
