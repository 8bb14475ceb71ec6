package charts

import (
	"fmt"
	"math"

	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// A span is the part of an axis that a picture shows, in the axis' unit.
type span struct{ low, top float64 }

// with is the span made wide enough to hold both values.
func (a span) with(low, top float64) span {
	return span{math.Min(a.low, low), math.Max(a.top, top)}
}

// within is the span cut off where b ends.
func (a span) within(b span) span {
	return span{math.Max(a.low, b.low), math.Min(a.top, b.top)}
}

// step is the round number that divides the span into four to ten parts.
func (a span) step() float64 {
	step := math.Pow(10, math.Floor(math.Log10((a.top-a.low)/4)))
	for _, times := range []float64{5, 2} {
		if step*times <= (a.top-a.low)/4 {
			return step * times
		}
	}
	return step
}

// rounded ends at round numbers outside of the span, so that axes have round
// labels, and is never empty. It is as wide as its own step asks for.
func (a span) rounded() span {
	if a.top-a.low < 1e-9 {
		a = span{a.low - 1, a.top + 1}
	}
	for step := 0.0; step != a.step(); {
		step = a.step()
		a = span{dusted(math.Floor(a.low/step+1e-9) * step), dusted(math.Ceil(a.top/step-1e-9) * step)}
	}
	return a
}

// dusted is free of what products of a step such as 0.2 carry in the last
// place, which a label would show.
func dusted(v float64) float64 { return math.Round(v*1e6) / 1e6 }

// possible is every change that the measure could show.
func possible(s measure.Score) span {
	if s.Open {
		return span{math.Inf(-1), math.Inf(1)}
	}
	far := (s.Max - s.Min).Points(s.Decimals)
	return span{-far, far}
}

// even reaches as far for the worse as for the better, so that the two look alike,
// and never further than the measure can change.
func (a span) even(s measure.Score) span {
	far := math.Max(-a.low, a.top)
	return span{-far, far}.within(possible(s)).rounded().within(possible(s))
}

// note says how much of all possible change an axis shows. Means of schemes lie
// close together on a long scale; on an axis of the whole scale they could not
// be told apart, so the axis is cut and says so.
func (a span) note(s measure.Score) string { return a.noteIn(evidence.PointsOf(s), s) }

// noteIn is note with the decimals of another unit.
func (a span) noteIn(u evidence.Unit, s measure.Score) string {
	ends := fmt.Sprintf("The axis shows changes from %s to %s points", u.Signed(&a.low), u.Signed(&a.top))
	if s.Open {
		return ends + "; this scale lacks an end of its own."
	}
	all := possible(s)
	return fmt.Sprintf("%s; the scale could show changes from %s to %s.", ends, u.Signed(&all.low), u.Signed(&all.top))
}

// A chart is what go-echarts can encode.
type chart interface{ JSON() map[string]any }

// A narrowing is a chart with what is different where it has little room. Both
// are given, since ECharts does not undo the one when there is room again.
type narrowing struct {
	chart
	under  int // how wide a picture may be to count as narrow, CSS pixels
	narrow map[string]any
	wide   map[string]any
}

// JSON is the option in ECharts' form for several sizes.
func (n narrowing) JSON() map[string]any {
	return map[string]any{
		"baseOption": n.chart.JSON(),
		"media": []any{
			map[string]any{"query": map[string]any{"maxWidth": n.under}, "option": n.narrow},
			map[string]any{"option": n.wide},
		},
	}
}
