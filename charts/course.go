package charts

import (
	"fmt"
	"math"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// Course draws what one person scored over time, on the measure's whole range.
// Around the first score lies the band that the measure's own error could fill;
// where no threshold is agreed there is none, and the notes say so. What others
// answered is a line of its own.
func Course(r evidence.Reading) (Figure, error) {
	fig := Figure{
		ID:       "course-" + string(r.Score.Series),
		Question: r.Measure.Titled(r.Score),
		Answer:   r.Sentence(),
		Size:     "course",
		Notes:    courseNotes(r),
	}
	fig.Head, fig.Rows = courseTable(r)
	var err error
	fig.Option, err = option(courseChart(r))
	return fig, err
}

// courseTable has a column for whose answers they are where several people
// answered, and one for how they were taken where that is known.
func courseTable(r evidence.Reading) (head []string, rows [][]string) {
	several, taken := len(r.Lines()) > 1, false
	for _, l := range r.Lines() {
		for _, d := range l.Dots {
			taken = taken || d.How != ""
		}
	}
	cells := func(day, score, whose, how string) []string {
		row := []string{day, score}
		if several {
			row = append(row, whose)
		}
		if taken {
			row = append(row, how)
		}
		return row
	}
	for _, l := range r.Lines() {
		for _, d := range l.Dots {
			score := r.Score.Text(d.Level)
			if d.Over != "" {
				score += " (" + d.Over + ")"
			}
			rows = append(rows, cells(d.When, score, l.Name, d.How))
		}
	}
	return cells("Day", "Score", "Whose answer", "How taken"), rows
}

func courseNotes(r evidence.Reading) []string {
	notes := []string{"Scale: " + r.Scale() + "."}
	if _, _, ok := r.Band(); ok {
		notes[0] += fmt.Sprintf(" In the shaded band, %s points around the first score, a later score can lie by the measure's own error alone.", evidence.Fixed(r.Threshold, 2))
	} else if r.Base != nil {
		notes[0] += " No threshold of reliable change is agreed for this score, so no band is drawn."
	}
	if ordered(r) {
		notes = append(notes, "The days of some scores are not known. They stand in their order, so the axis has no dates.")
	}
	if r.Score.Open {
		notes = append(notes, "This scale lacks an end of its own, so the axis reaches as far as the scores do.")
	}
	return notes
}

// ordered reports whether the place of any score says no more than its order.
func ordered(r evidence.Reading) bool {
	return slices.ContainsFunc(r.Lines(), func(l evidence.Line) bool {
		return slices.ContainsFunc(l.Dots, func(d evidence.Dot) bool { return d.Order })
	})
}

// months are how the axis of days is marked.
func months(r evidence.Reading) *opts.AxisLabel {
	if ordered(r) {
		return &opts.AxisLabel{Show: opts.Bool(false)}
	}
	return &opts.AxisLabel{HideOverlap: opts.Bool(true), Formatter: "{MMM} {yyyy}"}
}

// heights are the part of the scale that the picture shows: all of it, or, of a
// scale without ends, what holds every score and the band.
func heights(r evidence.Reading) span {
	s := r.Score
	if !s.Open {
		return span{s.Min.Points(s.Decimals), s.Max.Points(s.Decimals)}
	}
	seen := span{math.Inf(1), math.Inf(-1)}
	for _, l := range r.Lines() {
		for _, d := range l.Dots {
			at := d.Level.Points(s.Decimals)
			seen = seen.with(at, at)
		}
	}
	if low, high, ok := r.Band(); ok {
		seen = seen.with(low, high)
	}
	seen = seen.rounded()
	if end, ok := s.End(measure.LowerIsBetter); ok {
		seen.low = end.Points(s.Decimals)
	}
	if end, ok := s.End(measure.HigherIsBetter); ok {
		seen.top = end.Points(s.Decimals)
	}
	return seen
}

// Lines differ by colour, by stroke and by the shape of their dots.
func strokes() []struct{ colour, stroke, dot string } {
	return []struct{ colour, stroke, dot string }{
		{blue, "solid", "circle"}, {orange, "dashed", "diamond"}, {grey, "dotted", "triangle"},
	}
}

const (
	aside = 14                       // days left free before the first score and after the last
	month = 28 * 24 * 60 * 60 * 1000 // milliseconds, the least between two marks of the axis
)

func courseChart(r evidence.Reading) *charts.Line {
	all, lines := heights(r), r.Lines()
	first, last := lines[0].Dots[0].On, lines[0].Dots[0].On
	for _, l := range lines {
		for _, d := range l.Dots {
			if d.On.Before(first) {
				first = d.On
			}
			if d.On.After(last) {
				last = d.On
			}
		}
	}
	line := charts.NewLine()
	line.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(len(lines) > 1)}),
		charts.WithGridOpts(opts.Grid{Top: courseTop(len(lines))}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "time", Min: first.Plus(-aside).String(), Max: last.Plus(aside).String(),
			SplitNumber: 3, MinInterval: month,
			AxisLabel: months(r),
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "value", Min: all.low, Max: all.top,
			Name: "Score (" + r.Score.Better() + ")", NameLocation: "middle", NameGap: 36,
		}),
	)...)
	for i, l := range lines {
		look := strokes()[i%len(strokes())]
		var dots []opts.LineData
		for _, d := range l.Dots {
			dots = append(dots, opts.LineData{Value: []any{d.On.String(), d.Level.Points(r.Score.Decimals)}, Symbol: look.dot, SymbolSize: 10})
		}
		more := []charts.SeriesOpts{
			charts.WithLineStyleOpts(opts.LineStyle{Color: look.colour, Type: look.stroke, Width: 2}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: look.colour}),
			charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "top", Color: ink}),
		}
		if low, high, ok := r.Band(); ok && l.Compared {
			more = append(more, withBand(low, high))
		}
		line.AddSeries(l.Name, dots, more...)
	}
	line.Validate()
	return line
}

// courseTop leaves room for the names of lines where there are several.
func courseTop(lines int) string {
	if lines > 1 {
		return "48"
	}
	return "24"
}

// withBand shades the part of the scale between two scores.
func withBand(low, high float64) charts.SeriesOpts {
	return charts.WithSeriesOpts(func(s *charts.SingleSeries) {
		s.MarkAreas = &opts.MarkAreas{
			Data: []any{[]any{opts.MarkAreaNameYAxisItem{YAxis: low}, opts.MarkAreaNameYAxisItem{YAxis: high}}},
			MarkAreaStyle: opts.MarkAreaStyle{
				Label:     &opts.Label{Show: opts.Bool(false)},
				ItemStyle: &opts.ItemStyle{Color: blue, Opacity: opts.Float(0.12)},
			},
		}
	})
}
