package charts

import (
	"fmt"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"cairn/internal/evidence"
)

// Groups says what a picture of many sets side by side, in words.
type Groups struct {
	One  string // "scheme"
	Many string // "schemes"
}

// Schemes are the groups of most pictures of many.
func Schemes() Groups { return Groups{One: "scheme", Many: "schemes"} }

// Named is one group's finding; all of a picture are of one score.
type Named struct {
	Name    string
	Finding evidence.Finding
}

// Changes draws each group's mean change with its 95% interval, in the order
// given and with no mean of all: groups of one scheme's people are not several
// schemes. Groups without an interval are in the table alone.
func Changes(question string, groups []Named) (Figure, error) {
	fig := Figure{
		ID: "changes", Question: question, Answer: fmt.Sprintf("No group has %d people measured twice whose changes differ, so no interval is drawn.", evidence.FewestInterval),
		Head: []string{"Group", "Mean change", "95% interval", "Measured twice"},
	}
	var drawn []Named
	var thin []string
	for _, g := range groups {
		fig.Rows = append(fig.Rows, []string{g.Name, g.Finding.MeanChange(), evidence.ToldEnds(g.Finding, g.Finding.Score), evidence.People(g.Finding.Counts.Paired)})
		if _, _, why := g.Finding.Told(); why != "" {
			thin = append(thin, g.Name)
			continue
		}
		drawn = append(drawn, g)
	}
	if len(thin) > 0 {
		fig.Missing = fmt.Sprintf("Not in the picture, for want of an interval (it takes %d people measured twice, who did not all change alike): %s.", evidence.FewestInterval, strings.Join(thin, ", "))
	}
	if len(drawn) == 0 {
		return fig, nil
	}
	s := drawn[0].Finding.Score
	fig.Answer, fig.Lines = changesAnswer(drawn, len(groups)), len(drawn)
	axis := span{}
	for _, g := range drawn {
		axis = axis.with(*g.Finding.Change.CILo, *g.Finding.Change.CIHi)
	}
	axis = axis.within(possible(s)).rounded()
	fig.Notes = []string{"Each square is one group's mean change, the line through it its 95% interval, the upright no change. Few people make a long line; an arrow says that it goes on, and the table has its end.", "Whether two groups differ cannot be read off their intervals: groups whose intervals overlap may differ all the same.", axis.note(s)}
	var err error
	fig.Option, err = option(changesChart(drawn, axis))
	return fig, err
}

// changesAnswer tells the span of the means. Which group is better placed, and
// whether two of them differ, is not for a picture to say: intervals that overlap
// are no test. Of all groups, those without an interval are not in the span.
func changesAnswer(groups []Named, all int) string {
	s := groups[0].Finding.Score
	lowest, highest := groups[0].Finding.Change, groups[0].Finding.Change
	for _, g := range groups[1:] {
		ch := g.Finding.Change
		if *ch.Mean < *lowest.Mean {
			lowest = ch
		}
		if *ch.Mean > *highest.Mean {
			highest = ch
		}
	}
	if len(groups) == 1 {
		return fmt.Sprintf("One group has an interval: its mean change was %s points (%s).", evidence.Signed(lowest.Mean, s), s.Better())
	}
	of := "Mean changes"
	if len(groups) < all {
		of = fmt.Sprintf("Of the %d groups with an interval, mean changes", len(groups))
	}
	return fmt.Sprintf("%s run from %s to %s points (%s).", of, evidence.Signed(lowest.Mean, s), evidence.Signed(highest.Mean, s), s.Better())
}

func changesChart(groups []Named, axis span) chart {
	var names []string
	var data []opts.CustomData
	for i, g := range groups {
		ch := g.Finding.Change
		names = append(names, g.Name)
		data = append(data, opts.CustomData{Name: g.Name, Value: []any{i, *ch.Mean, *ch.CILo, *ch.CIHi, 0.3}})
	}
	custom := charts.NewCustom()
	custom.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{Top: "8"}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "value", Min: axis.low, Max: axis.top, MinInterval: axis.step(), MaxInterval: axis.step(),
			Name: "Mean change (" + groups[0].Finding.Score.Better() + ")", NameLocation: "middle", NameGap: 32,
			AxisLabel: &opts.AxisLabel{HideOverlap: opts.Bool(true)},
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "category", Data: names, Inverse: opts.Bool(true),
			AxisLine:  &opts.AxisLine{OnZero: opts.Bool(false)},
			AxisLabel: &opts.AxisLabel{Overflow: "truncate"},
		}),
	)...)
	custom.AddSeries("Groups", data,
		charts.WithCustomChartOpts(opts.CustomChart{RenderItem: "square"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: blue}),
		withUprights(upright{0, opts.LineStyle{Type: "solid", Width: 1.5, Color: grey}}),
	)
	custom.Validate()
	labels := func(width int) map[string]any {
		return map[string]any{"yAxis": map[string]any{"axisLabel": map[string]any{"width": width}}}
	}
	return narrowing{chart: custom, under: 520, narrow: labels(104), wide: labels(260)}
}
