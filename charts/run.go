package charts

import (
	"fmt"
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"cairn/internal/evidence"
)

// Names of what a run draws, in its legend.
const (
	runMean   = "Mean"
	runMedian = "Median"
	runLimit  = "Limits of chance"
	runNamed  = "More than chance"
	runOpen   = "Not over yet"
	runPoints = "Whole ones"
)

// Run draws one number of a scheme over time: with its median, and from 12 points
// on with its mean and natural process limits. What the rules name is a diamond
// besides being orange; nothing is called good or bad.
func Run(r evidence.Run) (Figure, error) {
	fig := Figure{
		ID:       "run-" + r.Key,
		Question: r.Question(),
		Answer:   r.Sentence(),
		Head:     []string{capital(string(r.Grain)), r.Axis(), r.Counted()},
	}
	for i, p := range r.Points {
		fig.Rows = append(fig.Rows, runRow(r, p, named(r, i)))
	}
	if r.Open != nil {
		fig.Rows = append(fig.Rows, runRow(r, *r.Open, "not over yet"))
	}
	if r.Key == "referrals" { // the value is the count
		fig.Head = fig.Head[:2]
		for i := range fig.Rows {
			fig.Rows[i] = fig.Rows[i][:2]
		}
	}
	if r.Values() == 0 {
		if r.Open == nil {
			fig.Rows = nil // the sentence says that there is nothing
		}
		return fig, nil
	}
	fig.Notes = r.Notes()
	var err error
	fig.Option, err = option(runChart(r))
	return fig, err
}

func runRow(r evidence.Run, p evidence.RunPoint, aside string) []string {
	label := p.Label
	if aside != "" {
		label += " (" + aside + ")"
	}
	of := evidence.People(p.N)
	if r.Key == "completeness" {
		of = evidence.People(p.X) + " of " + evidence.People(p.N)
	}
	return []string{label, r.Write(p.Value), of}
}

// named says that a point is part of what the rules name; the sentence says of
// what.
func named(r evidence.Run, i int) string {
	for _, s := range r.Signals {
		if s.From <= i && i <= s.To {
			return "named above"
		}
	}
	return ""
}

// heightOf is a value as it is drawn: shares as per cent.
func heightOf(r evidence.Run, v float64) float64 {
	if r.Key == "completeness" {
		return 100 * v
	}
	return v
}

func runSpan(r evidence.Run) span {
	if r.Key == "completeness" {
		return span{0, 100}
	}
	all := span{0, 1}
	for _, p := range append(r.Points, open(r)...) {
		if p.Value != nil {
			all = all.with(0, *p.Value)
		}
	}
	if r.Limits != nil {
		all = all.with(0, r.Limits.High)
	}
	return all.rounded()
}

func open(r evidence.Run) []evidence.RunPoint {
	if r.Open == nil {
		return nil
	}
	return []evidence.RunPoint{*r.Open}
}

func runChart(r evidence.Run) chart {
	var labels []string
	for _, p := range append(r.Points, open(r)...) {
		labels = append(labels, p.Label)
	}
	all := runSpan(r)
	line := charts.NewLine()
	line.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Data: runLegend(r)}),
		charts.WithGridOpts(opts.Grid{Top: "40", Right: "32"}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item", Formatter: "{b}"}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category", AxisLabel: &opts.AxisLabel{HideOverlap: opts.Bool(true)}}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "value", Min: all.low, Max: all.top, MinInterval: math.Max(1, all.step()), MaxInterval: math.Max(1, all.step()), Name: r.Axis(), NameLocation: "middle", NameGap: 44,
		}),
	)...)
	line.SetXAxis(labels)
	runLines(line, r, len(labels))
	runDots(line, r)
	line.Validate()
	top := func(height int) map[string]any { return map[string]any{"grid": map[string]any{"top": height}} }
	return narrowing{chart: line, under: 560, narrow: top(68), wide: top(40)}
}

// runLegend explains what is drawn; the values have their axis' name.
func runLegend(r evidence.Run) []map[string]any {
	var names []string
	if r.Limits == nil {
		names = append(names, runMedian)
	} else {
		names = append(names, runMean, runLimit)
	}
	if len(r.Signals) > 0 {
		names = append(names, runNamed)
	}
	if r.Open != nil {
		names = append(names, runOpen)
	}
	var entries []map[string]any
	for _, name := range names {
		entry := map[string]any{"name": name}
		if name == runMean || name == runMedian || name == runLimit {
			entry["itemStyle"] = map[string]any{"opacity": 0}
		}
		entries = append(entries, entry)
	}
	return entries
}

// runLines are the median, or the mean and its limits, from end to end.
func runLines(line *charts.Line, r evidence.Run, points int) {
	add := func(name, stroke, colour string, at float64) {
		data := make([]opts.LineData, points)
		for i := range data {
			data[i] = opts.LineData{Value: heightOf(r, at)}
		}
		line.AddSeries(name, data,
			charts.WithLineChartOpts(opts.LineChart{Symbol: "none", ShowSymbol: opts.Bool(false)}),
			charts.WithLineStyleOpts(opts.LineStyle{Type: stroke, Width: 2, Color: colour}), charts.WithItemStyleOpts(opts.ItemStyle{Color: colour}))
	}
	switch {
	case r.Limits != nil:
		add(runMean, "solid", grey, r.Limits.Mean)
		add(runLimit, "dotted", grey, r.Limits.High)
		add(runLimit, "dotted", grey, r.Limits.Low)
	case r.Median != nil:
		add(runMedian, "dashed", grey, *r.Median)
	}
}

// runDots are the points: a line with its dots, diamonds where the rules name
// them, and a hollow dot, joined to nothing, for what is not over. Dots are a
// series of their own, since a line of many points leaves some out.
func runDots(line *charts.Line, r evidence.Run) {
	gap := opts.LineData{Value: "-"}
	var joined []opts.LineData
	var plain, signals []opts.ScatterData
	for i, p := range r.Points {
		if p.Value == nil {
			joined = append(joined, gap)
			continue
		}
		at := heightOf(r, *p.Value)
		joined = append(joined, opts.LineData{Value: at})
		dot := opts.ScatterData{Name: fmt.Sprintf("%s: %s", p.Label, r.Write(p.Value)), Value: []any{i, at}}
		if named(r, i) != "" {
			signals = append(signals, dot)
		} else {
			plain = append(plain, dot)
		}
	}
	line.AddSeries(r.Axis(), joined,
		charts.WithLineChartOpts(opts.LineChart{Symbol: "none", ShowSymbol: opts.Bool(false)}),
		charts.WithLineStyleOpts(opts.LineStyle{Width: 2, Color: blue}), charts.WithItemStyleOpts(opts.ItemStyle{Color: blue}))
	scatter := charts.NewScatter()
	add := func(name, colour string, look opts.ScatterChart, dots []opts.ScatterData) {
		if len(dots) > 0 {
			scatter.AddSeries(name, dots, charts.WithScatterChartOpts(look), charts.WithItemStyleOpts(opts.ItemStyle{Color: colour, BorderColor: ink}))
		}
	}
	add(runPoints, blue, opts.ScatterChart{Symbol: "circle", SymbolSize: 6}, plain)
	add(runNamed, orange, opts.ScatterChart{Symbol: "diamond", SymbolSize: 13}, signals)
	if r.Open != nil && r.Open.Value != nil {
		dot := opts.ScatterData{Name: fmt.Sprintf("%s: %s so far", r.Open.Label, r.Write(r.Open.Value)), Value: []any{len(r.Points), heightOf(r, *r.Open.Value)}}
		add(runOpen, blue, opts.ScatterChart{Symbol: "emptyCircle", SymbolSize: 11}, []opts.ScatterData{dot})
	}
	line.Overlap(scatter)
}
