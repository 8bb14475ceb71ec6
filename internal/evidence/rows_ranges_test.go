package evidence_test

import (
	"math"
	"slices"

	"cairn/internal/measure"
)

// byItself is the change that was to be expected without help, over everything
// that is stated.
func (r rows) byItself() obj {
	var rs, means, changes []float64
	for _, one := range r.score.Retests {
		rs = append(rs, one.Low, one.High)
	}
	if c := r.coefficient(); !math.IsNaN(c) {
		rs = append(rs, c)
	}
	if r.score.Norm != nil && r.score.Norm.Mean != nil {
		means = append(means, *r.score.Norm.Mean)
	}
	for _, one := range r.score.Norms {
		means = append(means, *one.Mean)
	}
	for _, one := range rs {
		for _, usual := range means {
			changes = append(changes, (1-one)*(usual-mean(r.before)))
		}
	}
	ends := func(all []float64) (low, high any) {
		if len(all) == 0 || slices.ContainsFunc(all, math.IsNaN) {
			return nil, nil
		}
		return slices.Min(all), slices.Max(all)
	}
	o := obj{}
	o["r_low"], o["r_high"] = ends(rs)
	o["mean_low"], o["mean_high"] = ends(means)
	o["expected_low"], o["expected_high"] = ends(changes)
	return o
}

// bands counts every person where they stand, one by one.
func (r rows) bands() any {
	if len(r.score.Bands) == 0 {
		return nil
	}
	of := r.score.Bands[0].From
	place := func(x float64) int {
		at := 0
		for i, b := range of {
			if math.Round(x*math.Pow10(r.score.Decimals)) >= float64(b.Level) {
				at = i
			}
		}
		return at
	}
	before, after, names := []any{0, 0, 0}, []any{0, 0, 0}, []any{}
	moved := map[int]int{}
	for i := range r.before {
		from, to := place(r.before[i]), place(r.after[i])
		before[from], after[to] = before[from].(int)+1, after[to].(int)+1
		switch {
		case to > from:
			moved[int(r.score.Direction)]++
		case to < from:
			moved[-int(r.score.Direction)]++
		default:
			moved[0]++
		}
	}
	unit := func(l int) string { return r.score.Text(measure.Level(l)) }
	lowest, highest := measure.OpenRange()
	first, last := "low ("+r.score.Text(r.score.Min)+" to "+unit(0)+")", "high ("+unit(2)+" to "+r.score.Text(r.score.Max)+")"
	if r.score.Min == lowest {
		first = "low (up to " + unit(0) + ")"
	}
	if r.score.Max == highest {
		last = "high (from " + unit(2) + ")"
	}
	names = append(names, first, "single ("+unit(1)+")", last)
	n := len(r.before)
	return obj{
		"about": "made up", "source": "a test", "names": names, "before": before, "after": after,
		"moved_better": proportion(moved[1], n), "same_band": proportion(moved[0], n), "moved_worse": proportion(moved[-1], n),
	}
}
