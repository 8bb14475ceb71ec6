package stat

import "math"

// fewestPoints is from how many points on limits are worth drawing: with fewer
// they move a good deal with each point that is added.
const fewestPoints = 12

// ErrUnder12 is why a run of values has no limits.
const ErrUnder12 Refusal = "fewer than 12 points"

// An XmR is the chart of individual values and their moving ranges: what one
// process gives month after month when nothing but chance is at work in it.
type XmR struct {
	N     int    // points
	Mean  Number // unit of the values
	Range Number // mean moving range, unit of the values
	Low   Number // lower natural process limit, unit of the values
	High  Number // upper natural process limit, unit of the values

	values []float64
}

// NewXmR works out the limits of values in their order of time. With fewer than
// 12 there is a mean and no limit.
//
//	mean ± 2.66·R̄,  R̄ = mean of |x[i] − x[i−1]|
//
// 2.66 is 3/d₂ with d₂ = 1.128 for ranges of two, as it is published and used,
// rounded. Every moving range counts, large ones too: NHS England's “Making data
// count” tool screens none.
//
// Unit: that of the values.
// Source: Wheeler (2000), Understanding Variation, 2nd ed., ch. 3; Nelson (1982),
// J Qual Technol 14:172-173, for the alternative that leaves large ranges out.
// Vectors: testdata/vectors/xmr.json.
func NewXmR(values []float64) XmR {
	x := XmR{N: len(values), values: values, Mean: average(values), Range: Refused(ErrUnder12)}
	if x.N >= fewestPoints {
		ranges := make([]float64, x.N-1)
		for i := range ranges {
			ranges[i] = math.Abs(values[i+1] - values[i])
		}
		x.Range = average(ranges)
	}
	reach := x.Range.then(func(r float64) float64 { return 2.66 * r })
	ends := around(x.Mean, reach)
	x.Low, x.High = ends.Low, ends.High
	return x
}

func average(values []float64) Number {
	if len(values) == 0 {
		return Refused(ErrNobody)
	}
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return Known(sum / float64(len(values)))
}

// A Pattern is something that chance alone rarely gives.
type Pattern int

// The four rules of NHS England's “Making data count”. The numbers are those of
// NHSRplotthedots 0.2, the NHS-R community's package that follows its tools:
// seven points on a side of the mean; seven points in a row each above, or each
// below, the one before; two of three points in the outer third, on one side.
const (
	Outside  Pattern = iota + 1 // a point beyond a limit
	Shift                       // 7 or more points in a row on one side of the mean
	Trend                       // 7 or more points in a row all rising or all falling
	NearEdge                    // 2 of 3 points in a row near one limit
)

const (
	runLength = 7         // points of a shift and of a trend
	nearness  = 2.0 / 3.0 // of the way from the mean to a limit
)

// A Signal is one pattern, from one point to another, places from 0; Up says on
// which side or which way.
type Signal struct {
	Pattern  Pattern
	From, To int
	Up       bool
}

// Signals finds every pattern, in the order of the rules and then of time. Values
// that never changed have none: limits that lie on the mean tell nothing.
//
// Source: NHS England, Making data count; NHSRplotthedots 0.2,
// ptd_calculate_point_type and ptd_spc_standard.
// Vectors: testdata/vectors/xmr.json.
func (x XmR) Signals() []Signal {
	if !x.Range.known || x.Range.value <= 0 {
		return nil
	}
	var all []Signal
	for i := range x.values {
		if zone := x.zone(i); zone == 3 || zone == -3 {
			all = append(all, Signal{Outside, i, i, zone > 0})
		}
	}
	all = append(all, x.runs(Shift, 0, x.side)...)
	all = append(all, x.runs(Trend, 1, x.step)...)
	return append(all, x.nearEdges()...)
}

// side is 1 above the mean, -1 below it and 0 on it. A value that differs from
// the mean by no more than rounding lies on it.
func (x XmR) side(i int) int {
	off := x.values[i] - x.Mean.value
	if math.Abs(off) <= 1e-12*(math.Abs(x.Mean.value)+x.Range.value) {
		return 0
	}
	return sign(off)
}

// step is which way the values went to point i.
func (x XmR) step(i int) int { return sign(x.values[i] - x.values[i-1]) }

// zone is 3 beyond a limit, 2 near it, 1 on that side of the mean and 0 on the
// mean, negative below.
func (x XmR) zone(i int) int {
	side, off := x.side(i), math.Abs(x.values[i]-x.Mean.value)
	switch reach := 2.66 * x.Range.value; {
	case off > reach:
		return 3 * side
	case off > nearness*reach:
		return 2 * side
	}
	return side
}

// runs finds where way says the same of so many points in a row that they are a
// pattern. Where way is about steps, a run begins a point before its first step.
func (x XmR) runs(of Pattern, before int, way func(int) int) (all []Signal) {
	from := before
	for i := before + 1; i <= x.N; i++ {
		if i < x.N && way(i) == way(from) {
			continue
		}
		if way(from) != 0 && i-from+before >= runLength {
			all = append(all, Signal{of, from - before, i - 1, way(from) > 0})
		}
		from = i
	}
	return all
}

// nearEdges finds two of three points in a row near one limit, all three on that
// side of the mean. Triples that overlap are one signal.
func (x XmR) nearEdges() (all []Signal) {
	for i := 0; i+2 < x.N; i++ {
		side, near := x.side(i), 0
		for j := i; j < i+3; j++ {
			if x.side(j) != side {
				side = 0
			}
			if zone := x.zone(j); zone == 2 || zone == -2 {
				near++
			}
		}
		if side == 0 || near < 2 {
			continue
		}
		if last := len(all) - 1; last >= 0 && all[last].Up == (side > 0) && all[last].To >= i {
			all[last].To = i + 2
			continue
		}
		all = append(all, Signal{NearEdge, i, i + 2, side > 0})
	}
	return all
}

func sign(v float64) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}
