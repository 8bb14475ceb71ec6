package charts

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"cairn/internal/evidence"
)

// places is at how many places on the axis a limit is worked out: so many that no
// corner can be seen.
const places = 40

// meanCurves are the limits of a funnel of means over precision.
func meanCurves(f evidence.Funnel) func(from, to float64) []point {
	return func(from, to float64) []point {
		across := spaced(from, to)
		errors := make([]float64, len(across))
		for i, x := range across {
			errors[i] = 1 / x
		}
		return curved(across, f.Curves(errors), func(v float64) float64 { return v })
	}
}

// shareCurves are those of a funnel of shares over people, in per cent. Nobody is
// half a person, so there are no more places than numbers.
func shareCurves(f evidence.ShareFunnel) func(from, to float64) []point {
	return func(from, to float64) []point {
		var across []float64
		var people []int64
		for _, x := range spaced(max(1, math.Floor(from)), math.Ceil(to)) {
			n := max(1, math.Round(x))
			if len(across) > 0 && across[len(across)-1] == n {
				continue
			}
			across, people = append(across, n), append(people, int64(n))
		}
		return curved(across, f.Curves(people), func(v float64) float64 { return 100 * math.Max(0, math.Min(1, v)) })
	}
}

// spaced are places from one end to the other, both included. The limits bend most
// where x is small, so the places lie closer there: each is further by one factor.
func spaced(from, to float64) []float64 {
	across := make([]float64, places)
	for i := range across {
		across[i] = from * math.Pow(to/from, float64(i)/(places-1))
	}
	return across
}

func curved(across []float64, c evidence.Curves, unit func(float64) float64) []point {
	all := make([]point, len(across))
	for i, x := range across {
		all[i] = point{x: x, p95: at(c.P95, i).each(unit), p998: at(c.P998, i).each(unit), additive: at(c.Additive, i).each(unit)}
	}
	return all
}

// funnelLines are the common mean and the limits, from the smallest scheme to
// the largest and a little beyond, since all may be of one size. Lower and upper
// limit share a name, and so a place in the legend.
func funnelLines(points []point, target float64, curves func(from, to float64) []point) *charts.Line {
	across := span{points[0].x, points[0].x}
	for _, p := range points {
		across = across.with(p.x, p.x)
	}
	ordered := curves(across.low*0.95, across.top*1.03)
	line := charts.NewLine()
	add := func(name string, through []point, style opts.LineStyle, y func(point) *float64) {
		var data []opts.LineData
		for _, p := range through {
			data = append(data, opts.LineData{Value: []any{p.x, y(p)}})
		}
		line.AddSeries(name, data,
			charts.WithLineChartOpts(opts.LineChart{Symbol: "none", ShowSymbol: opts.Bool(false)}),
			charts.WithLineStyleOpts(style), charts.WithItemStyleOpts(opts.ItemStyle{Color: style.Color}))
	}
	add(commonMean, []point{ordered[0], ordered[len(ordered)-1]}, opts.LineStyle{Type: "solid", Width: 2.5, Color: ink}, func(point) *float64 { return &target })
	for _, l := range []struct {
		name  string
		style opts.LineStyle
		of    func(point) limits
	}{
		{limits95, opts.LineStyle{Type: "dotted", Width: 2, Color: grey}, func(p point) limits { return p.p95 }},
		{limits998, opts.LineStyle{Type: "solid", Width: 1.25, Color: grey}, func(p point) limits { return p.p998 }},
		{additive, opts.LineStyle{Type: "dashed", Width: 1.25, Color: grey}, func(p point) limits { return p.additive }},
	} {
		add(l.name, ordered, l.style, func(p point) *float64 { return l.of(p).low })
		add(l.name, ordered, l.style, func(p point) *float64 { return l.of(p).top })
	}
	return line
}
