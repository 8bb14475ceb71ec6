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
	low, high, known := f.ByItself()
	if f.Regression.Range != nil {
		fig.Rows = append(fig.Rows, []string{"Could be expected without any help", f.ByItselfText(), "", ""})
	}
	if ch.Mean == nil {
		return fig, nil
	}
	fig.Notes = []string{"The dot is the mean change, the line through it its 95% interval, the solid upright no change."}
	lines, axis := []any{upright{0, opts.LineStyle{Type: "solid", Width: 1.5, Color: grey}}}, span{}.with(*ch.Mean, *ch.Mean)
	if ch.Lo != nil && ch.Hi != nil {
		axis = axis.with(*ch.Lo, *ch.Hi)
	}
	var more []charts.SeriesOpts
	switch {
	case known:
		fig.Notes = append(fig.Notes, byItselfNotes(low, high, f.ByItselfWords(), evidence.ExpectedFrom(s))...)
		for _, x := range []float64{low, high} {
			lines = append(lines, upright{x, opts.LineStyle{Type: "dotted", Width: 2, Color: orange}})
		}
		axis, more = axis.with(min(low, high), max(low, high)), append(more, withColumn(low, high))
	case f.Regression.Range != nil:
		fig.Notes = append(fig.Notes, f.ByItselfWords())
	}
	if t := f.Movement.Threshold; t != nil {
		fig.Notes = append(fig.Notes, fmt.Sprintf("The dashed uprights, %s points either way, are how far one person's score must move to count as reliable change. They are no target for a mean.", evidence.Fixed(t, 2)))
		for _, x := range []float64{-*t, *t} {
			lines = append(lines, upright{x, opts.LineStyle{Type: "dashed", Width: 1.5, Color: grey}})
		}
		axis = axis.with(-*t, *t)
	}
	axis = axis.even(s)
	fig.Notes = append(fig.Notes, axis.note(s))
	var err error
	fig.Option, err = option(releasedChart(f, s, axis, append(more, withUprights(lines...))))
	return fig, err
}

// byItselfNotes say what the picture of a change marks as what comes by itself.
func byItselfNotes(low, high float64, words, from string) []string {
	notes := []string{"In the band between the dotted uprights lies what people who begin here could change without any help. " + words}
	if low == high {
		notes[0] = "The dotted upright is what people who begin here could change without any help. " + words
	}
	if from != "" {
		notes = append(notes, from)
	}
	return notes
}

func releasedChart(f disclosure.Figure, s measure.Score, axis span, more []charts.SeriesOpts) chart {
	ch := f.Change
	value := []any{0, *ch.Mean, nil, nil}
	if ch.Lo != nil && ch.Hi != nil {
		value = []any{0, *ch.Mean, *ch.Lo, *ch.Hi}
	}
	custom := charts.NewCustom()
	custom.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{Top: "12"}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "value", Min: axis.low, Max: axis.top, MinInterval: axis.step(), MaxInterval: axis.step(),
			Name: "Change in " + unit(s), NameLocation: "middle", NameGap: 32,
		}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: []string{"Mean change"}, Show: opts.Bool(false)}),
	)...)
	custom.AddSeries("Mean change", []opts.CustomData{{Value: value}}, append(more,
		charts.WithCustomChartOpts(opts.CustomChart{RenderItem: "interval"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: blue}),
	)...)
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
