package charts

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"cairn/internal/disclosure"
	"cairn/internal/measure"
)

// ReleasedBands draws how many people lay in each part of the scale, before and
// after. Where a number is not shown the picture says so in the place of its bar,
// so that nobody takes it for nobody.
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
	var before, after []disclosure.Count
	drawn, withheld := false, false
	for _, b := range f.Distribution.Bands {
		fig.Rows = append(fig.Rows, []string{b.Name, b.Before.Text(), b.After.Text()})
		labels, before, after = append(labels, b.Name), append(before, b.Before), append(after, b.After)
		drawn = drawn || b.Before.Known() || b.After.Known()
		withheld = withheld || !b.Before.Known() || !b.After.Known()
	}
	if !drawn {
		return fig, nil
	}
	if withheld {
		fig.Notes = append(fig.Notes, "A dashed place has no bar, since its number is not shown: there may be nobody, or some.")
	}
	bar := bandsChart(s, labels)
	for slot, one := range []struct {
		name, colour string
		counts       []disclosure.Count
	}{{"Before", orange, before}, {"After", blue, after}} {
		bar.AddSeries(one.name, bars(one.counts), charts.WithItemStyleOpts(opts.ItemStyle{Color: one.colour}),
			charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "top", Color: ink}))
		if places := withoutBars(one.counts, slot); len(places) > 0 {
			custom := charts.NewCustom()
			custom.AddSeries(one.name, places, charts.WithCustomChartOpts(opts.CustomChart{RenderItem: "withheld"}))
			bar.Overlap(custom)
		}
	}
	bar.Validate()
	var err error
	fig.Option, err = option(bar)
	return fig, err
}

func bandsChart(s measure.Score, labels []string) *charts.Bar {
	bar := charts.NewBar()
	bar.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true)}),
		charts.WithGridOpts(opts.Grid{Top: "36"}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category", Name: "Score (" + s.Better() + ")", NameLocation: "middle", NameGap: 48, AxisLabel: &opts.AxisLabel{Interval: "0", Overflow: "break"}}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Name: "People, rounded", NameLocation: "middle", NameGap: 40, MinInterval: 5}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(false)}), // every bar has its number
	)...)
	bar.SetXAxis(labels)
	return bar
}

// bars are those of the numbers that are shown.
func bars(counts []disclosure.Count) []opts.BarData {
	all := make([]opts.BarData, len(counts))
	for i, c := range counts {
		if c.Known() {
			all[i].Value = *c.N
		}
	}
	return all
}

// withoutBars are the places of the others, each up to what its number lies below
// as far as that is told.
func withoutBars(counts []disclosure.Count, slot int) (all []opts.CustomData) {
	for i, c := range counts {
		if !c.Known() {
			all = append(all, opts.CustomData{Name: c.Text(), Value: []any{i, slot, c.Under}})
		}
	}
	return all
}
