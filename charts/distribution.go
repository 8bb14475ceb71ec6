package charts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"cairn/internal/evidence"
)

// Distribution draws how the people measured twice were spread over the whole
// scale, before and after: in the measure's published bands where it has any,
// else level by level. What nobody scored is drawn as empty.
func Distribution(f evidence.Finding) (Figure, error) {
	bins := evidence.Bins(f.Score, f.Before, f.After)
	if f.Bands != nil {
		bins = f.Bands.Bins()
	}
	fig := Figure{
		ID:       "distribution",
		Question: f.Score.Name + ": how were scores spread before and after?",
		Answer:   distributionAnswer(f),
		Head:     []string{"Score", "Before (people)", "After (people)"},
		Missing:  missing(f),
	}
	for _, b := range bins {
		fig.Rows = append(fig.Rows, []string{b.Label, evidence.People(b.Before), evidence.People(b.After)})
	}
	n := evidence.People(f.Counts.Paired)
	fig.Rows = append(fig.Rows, []string{"Everybody measured twice", n, n})
	if f.Counts.Paired == 0 {
		return fig, nil
	}
	if f.Bands != nil {
		fig.Notes = []string{fmt.Sprintf("%s: %s.", f.Bands.About, f.Bands.Source)}
	}
	var err error
	fig.Option, err = option(distributionChart(f, bins))
	return fig, err
}

func distributionAnswer(f evidence.Finding) string {
	if f.Counts.Paired == 0 {
		return "Nobody was measured twice, so there is nothing to compare."
	}
	ch := f.Change
	return fmt.Sprintf("Of %s, %s moved in the better direction, %s did not move and %s moved in the worse one. Every movement counts here, however small.",
		measuredTwice(f), evidence.People(ch.ImprovedAny), evidence.People(ch.Unchanged), evidence.People(ch.WorseAny))
}

// everyLabel keeps the name of every band; levels may be left out where there is
// no room.
func everyLabel(f evidence.Finding) string {
	if f.Bands != nil {
		return "0"
	}
	return ""
}

func distributionChart(f evidence.Finding, bins []evidence.Bin) *charts.Bar {
	var labels []string
	var before, after []opts.BarData
	for _, b := range bins {
		label := b.Label
		if f.Bands != nil {
			label = strings.Replace(label, " (", "\n(", 1) // the name over its scores: bands stand close on a phone
		}
		labels = append(labels, label)
		before = append(before, opts.BarData{Value: b.Before})
		after = append(after, opts.BarData{Value: b.After})
	}
	turn, gap := 0.0, 32
	if f.Bands != nil {
		gap = 52
	} else if slices.ContainsFunc(bins, func(b evidence.Bin) bool { return b.To > b.From }) {
		turn, gap = 60, 84 // ranges are long, and every part of the scale keeps its name
	}
	bar := charts.NewBar()
	bar.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true)}),
		charts.WithGridOpts(opts.Grid{Top: "36"}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "category", Name: "Score (" + f.Score.Better() + ")", NameLocation: "middle", NameGap: gap,
			AxisLabel: &opts.AxisLabel{Rotate: turn, Interval: everyLabel(f)},
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "value", Name: "People", NameLocation: "middle", NameGap: 40, MinInterval: 1,
		}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
	)...)
	bar.SetXAxis(labels).
		AddSeries("Before", before, charts.WithItemStyleOpts(opts.ItemStyle{Color: orange})).
		AddSeries("After", after, charts.WithItemStyleOpts(opts.ItemStyle{Color: blue}))
	bar.Validate()
	return bar
}
