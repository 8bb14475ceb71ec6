package charts

import (
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"cairn/internal/evidence"
)

// Change draws the mean change with its 95% interval beside no change, the
// threshold of reliable change and what comes by itself. The axis holds these, as
// far either way, and says what the measure could show: on the axis of the whole
// scale they lay on one another, and harm looked like nothing.
func Change(f evidence.Finding) (Figure, error) {
	ch, s := f.Change, f.Score
	fig := Figure{
		ID:       "change",
		Question: s.Name + ": how much did it change?",
		Answer:   changeAnswer(f),
		Size:     "low",
		Head:     []string{"", "Mean change", "95% interval", "People"},
		Rows: [][]string{{
			"Follow-up minus baseline", evidence.Signed(ch.Mean, s),
			evidence.ToldEnds(f, s), evidence.People(f.Counts.Paired),
		}},
		Missing: missing(f),
	}
	if low, high, ok := f.Expected(); ok && f.Counts.Paired > 0 {
		by := "Could be expected without any help"
		if cut := f.ByCutoff(); cut != nil {
			fig.Rows = append(fig.Rows, []string{by + ", by the cut-off for entry", evidence.Signed(cut, s), "", ""})
			by += ", by where people began"
		}
		fig.Rows = append(fig.Rows, []string{by, evidence.Between(low, high, s), "", ""})
	}
	if points, ok := f.Threshold(); ok {
		fig.Rows = append(fig.Rows, []string{"Reliable change of one person", "±" + evidence.Fixed(&points, 2), "", ""})
	}
	if ch.Mean == nil {
		return fig, nil
	}
	axis := changeAxis(f)
	fig.Notes = append(changeNotes(f), axis.note(s))
	var err error
	fig.Option, err = option(changeChart(f, axis))
	return fig, err
}

func changeAnswer(f evidence.Finding) string {
	ch, s := f.Change, f.Score
	switch {
	case f.Spread():
		return "No mean change is given: the answers of this score are told as the share of people at each, since a mean of them says nothing."
	case ch.Mean == nil:
		return "The mean change is not estimable: nobody was measured twice."
	}
	text := fmt.Sprintf("Among %s the mean change was %s points", measuredTwice(f), evidence.Signed(ch.Mean, s))
	switch _, _, why := f.Told(); {
	case why == "":
		return fmt.Sprintf("%s, 95%% interval from %s (%s).", text, evidence.ToldEnds(f, s), s.Better())
	case f.TooFew() != "":
		return fmt.Sprintf("%s (%s). %s", text, s.Better(), f.TooFew())
	}
	return fmt.Sprintf("%s (%s). An interval is not estimable.", text, s.Better())
}

func changeNotes(f evidence.Finding) []string {
	notes := []string{"The dot is the mean change, the line through it its 95% interval, the solid upright no change."}
	if _, _, why := f.Told(); why != "" {
		notes[0] = "The dot is the mean change, the solid upright no change. There is no interval."
	}
	if points, ok := f.Threshold(); ok {
		notes = append(notes, fmt.Sprintf("The dashed uprights, %s points either way, are how far one person's score must move to count as reliable change. They are no target for a mean.",
			evidence.Fixed(&points, 2)))
	}
	if low, high, ok := f.Expected(); ok {
		return append(notes, byItselfNotes(low, high, f.ExpectedWords(), f.ExpectedFrom())...)
	}
	return append(notes, f.ExpectedWords())
}

// changeAxis holds whatever the picture marks.
func changeAxis(f evidence.Finding) span {
	a := span{}.with(*f.Change.Mean, *f.Change.Mean)
	if lo, hi, why := f.Told(); why == "" {
		a = a.with(*lo, *hi)
	}
	if points, ok := f.Threshold(); ok {
		a = a.with(-points, points)
	}
	if low, high, ok := f.Expected(); ok {
		a = a.with(min(low, high), max(low, high))
	}
	return a.even(f.Score)
}

// An upright is a line across the picture at one value.
type upright struct {
	X     float64        `json:"xAxis"` // score points
	Style opts.LineStyle `json:"lineStyle"`
}

// withUprights draws lines across a series, without arrows or labels.
func withUprights(lines ...any) charts.SeriesOpts {
	return charts.WithSeriesOpts(func(s *charts.SingleSeries) {
		s.MarkLines = &opts.MarkLines{
			Data:          lines,
			MarkLineStyle: opts.MarkLineStyle{Symbol: []string{"none", "none"}, Label: &opts.Label{Show: opts.Bool(false)}},
		}
	})
}

func changeChart(f evidence.Finding, axis span) *charts.Custom {
	ch := f.Change
	value := []any{0, *ch.Mean, nil, nil}
	if lo, hi, why := f.Told(); why == "" {
		value = []any{0, *ch.Mean, *lo, *hi}
	}
	lines := []any{upright{0, opts.LineStyle{Type: "solid", Width: 1.5, Color: grey}}}
	if points, ok := f.Threshold(); ok {
		for _, x := range []float64{-points, points} {
			lines = append(lines, upright{x, opts.LineStyle{Type: "dashed", Width: 1.5, Color: grey}})
		}
	}
	var more []charts.SeriesOpts
	if low, high, ok := f.Expected(); ok {
		for _, x := range []float64{low, high} {
			lines = append(lines, upright{x, opts.LineStyle{Type: "dotted", Width: 2, Color: orange}})
		}
		more = append(more, withColumn(low, high))
	}
	custom := charts.NewCustom()
	custom.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{Top: "12"}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "value", Min: axis.low, Max: axis.top, MinInterval: axis.step(), MaxInterval: axis.step(),
			Name: "Change in " + unit(f.Score), NameLocation: "middle", NameGap: 32,
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "category", Data: []string{"Mean change"}, Show: opts.Bool(false),
		}),
	)...)
	custom.AddSeries("Mean change", []opts.CustomData{{Value: value}}, append(more,
		charts.WithCustomChartOpts(opts.CustomChart{RenderItem: "interval"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: blue}),
		withUprights(lines...),
	)...)
	custom.Validate()
	return custom
}

// withColumn shades what lies between two values of the x axis.
func withColumn(low, high float64) charts.SeriesOpts {
	return charts.WithSeriesOpts(func(s *charts.SingleSeries) {
		s.MarkAreas = &opts.MarkAreas{
			Data: []any{[]any{opts.MarkAreaNameXAxisItem{XAxis: low}, opts.MarkAreaNameXAxisItem{XAxis: high}}},
			MarkAreaStyle: opts.MarkAreaStyle{
				Label:     &opts.Label{Show: opts.Bool(false)},
				ItemStyle: &opts.ItemStyle{Color: orange, Opacity: opts.Float(0.18)},
			},
		}
	})
}
