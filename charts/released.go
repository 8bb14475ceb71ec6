package charts

import (
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"cairn/internal/disclosure"
	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// ReleasedChange is Change for a figure of a release: it draws what is shown and
// knows nothing else. A mean that is hidden is told in words, with its reason.
func ReleasedChange(f disclosure.Figure, s measure.Score) (Figure, error) {
	ch := f.Change
	fig := Figure{
		ID:       "change",
		Question: s.Name + ": how much did it change?",
		Answer:   releasedAnswer(f, s),
		Size:     "low",
		Head:     []string{"", "Mean change", "95% interval", "People"},
		Rows: [][]string{{
			"Follow-up minus baseline", orHidden(f, "change.mean", ch.Mean), releasedEnds(f), f.Flow.Paired.Text(),
		}},
		Missing: "Measured at the start and not again: " + f.Flow.Lost.Text() + " people. They are not in this figure.",
	}
	if ch.Mean == nil || s.Open {
		return fig, nil
	}
	fig.Notes = []string{"The dot is the mean change, the line through it its 95% interval, the solid upright no change. The axis is as wide as the largest change that the measure could show."}
	lines := []any{upright{0, opts.LineStyle{Type: "solid", Width: 1.5, Color: grey}}}
	if t := f.Movement.Threshold; t != nil {
		fig.Notes = append(fig.Notes, fmt.Sprintf("The dashed uprights, %s points either way, are how far one person's score must move to count as reliable change. They are no target for a mean.", evidence.Fixed(t, 2)))
		for _, x := range []float64{-*t, *t} {
			lines = append(lines, upright{x, opts.LineStyle{Type: "dashed", Width: 1.5, Color: grey}})
		}
	}
	var err error
	fig.Option, err = option(releasedChart(f, s, lines))
	return fig, err
}

func releasedChart(f disclosure.Figure, s measure.Score, lines []any) chart {
	ch, far := f.Change, (s.Max - s.Min).Points(s.Decimals)
	value := []any{0, *ch.Mean, nil, nil}
	if ch.Lo != nil && ch.Hi != nil {
		value = []any{0, *ch.Mean, *ch.Lo, *ch.Hi}
	}
	custom := charts.NewCustom()
	custom.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{Top: "12"}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Min: -far, Max: far, Name: "Change in " + unit(s), NameLocation: "middle", NameGap: 32}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: []string{"Mean change"}, Show: opts.Bool(false)}),
	)...)
	custom.AddSeries("Mean change", []opts.CustomData{{Value: value}},
		charts.WithCustomChartOpts(opts.CustomChart{RenderItem: "interval"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: blue}),
		withUprights(lines...),
	)
	custom.Validate()
	return custom
}

func releasedAnswer(f disclosure.Figure, s measure.Score) string {
	ch := f.Change
	switch {
	case ch.Mean == nil:
		return "The mean change is not shown: it is " + f.Hidden["change.mean"] + "."
	case ch.Lo == nil || ch.Hi == nil:
		return fmt.Sprintf("Among %s people measured twice the mean change was %s points (%s). Its interval is not shown.", f.Flow.Paired.Text(), tenths(ch.Mean), s.Better())
	}
	return fmt.Sprintf("Among %s people measured twice the mean change was %s points, 95%% interval from %s to %s (%s).",
		f.Flow.Paired.Text(), tenths(ch.Mean), tenths(ch.Lo), tenths(ch.Hi), s.Better())
}

// tenths writes a change with its sign and the one decimal that is shown.
func tenths(v *float64) string {
	text := evidence.Fixed(v, 1)
	if v != nil && *v > 0 {
		return "+" + text
	}
	return text
}

func orHidden(f disclosure.Figure, path string, v *float64) string {
	if v == nil {
		return disclosure.NotShown + ": " + f.Hidden[path]
	}
	return tenths(v)
}

func releasedEnds(f disclosure.Figure) string {
	if f.Change.Lo == nil || f.Change.Hi == nil {
		return orHidden(f, "change.ci_lo", nil)
	}
	return tenths(f.Change.Lo) + " to " + tenths(f.Change.Hi)
}

// ReleasedBands draws how many people lay in each part of the scale, before and
// after. A part with few is drawn empty and says so in the table.
func ReleasedBands(f disclosure.Figure, s measure.Score) (Figure, error) {
	fig := Figure{
		ID:       "bands",
		Question: s.Name + ": where on the scale were people, before and after?",
		Answer:   "The same " + f.Flow.Paired.Text() + " people at both times, in " + f.Distribution.About + ".",
		Head:     []string{"Part of the scale", "Before (people)", "After (people)"},
		Missing:  "Numbers are rounded one by one, so that columns may not add up.",
	}
	if f.Distribution.Source != "" {
		fig.Notes = append(fig.Notes, "Parts of the scale from: "+f.Distribution.Source)
	}
	var labels []string
	var before, after []opts.BarData
	drawn := false
	for _, b := range f.Distribution.Bands {
		fig.Rows = append(fig.Rows, []string{b.Name, b.Before.Text(), b.After.Text()})
		labels = append(labels, b.Name)
		before, after = append(before, barOf(b.Before)), append(after, barOf(b.After))
		drawn = drawn || b.Before.Known() || b.After.Known()
	}
	if !drawn {
		return fig, nil
	}
	fig.Notes = append(fig.Notes, "A part with too few people to show has no bar. That does not mean that nobody was there.")
	bar := charts.NewBar()
	bar.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true)}),
		charts.WithGridOpts(opts.Grid{Top: "36"}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category", Name: "Score (" + s.Better() + ")", NameLocation: "middle", NameGap: 48, AxisLabel: &opts.AxisLabel{Overflow: "break"}}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Name: "People, rounded", NameLocation: "middle", NameGap: 40, MinInterval: 5}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
	)...)
	bar.SetXAxis(labels).
		AddSeries("Before", before, charts.WithItemStyleOpts(opts.ItemStyle{Color: orange})).
		AddSeries("After", after, charts.WithItemStyleOpts(opts.ItemStyle{Color: blue}))
	bar.Validate()
	var err error
	fig.Option, err = option(bar)
	return fig, err
}

func barOf(c disclosure.Count) opts.BarData {
	if !c.Known() {
		return opts.BarData{}
	}
	return opts.BarData{Value: *c.N}
}
