package charts

import (
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// A differenceRow is what is left between two groups; score points, nil where
// that is not estimable.
type differenceRow struct {
	name           string
	diff, low, top *float64
}

// Difference draws what is left between two groups at the same baseline, with
// its 95% interval, beside no difference. Without one there is a table and the
// sentence that says so.
func Difference(question string, s evidence.Sides, names evidence.SideNames) (Figure, error) {
	row := differenceRow{name: "Difference"}
	row.diff, row.low, row.top = s.Difference()
	fig := Figure{
		ID: "difference", Question: question, Answer: s.Sentence(names),
		Head:  []string{"", "Difference, later score", "95% interval", "Measured twice"},
		Rows:  [][]string{row.cells("People "+names.Other+", against people "+names.Reference, s)},
		Notes: []string{"The square is the difference at the same baseline, the line through it its 95% interval (HC3), the upright no difference. An arrow says that the line goes on, and the table has its end."},
	}
	return differences(fig, []differenceRow{row}, s.Reference.Score)
}

func (r differenceRow) cells(name string, s evidence.Sides) []string {
	score := s.Reference.Score
	reference, other := s.People()
	return []string{name, evidence.Signed(r.diff, score), signedEnds(r.low, r.top, score), evidence.People(other) + " and " + evidence.People(reference)}
}

// differences draws the rows into fig. One without an interval leaves fig
// undrawn.
func differences(fig Figure, rows []differenceRow, score measure.Score) (Figure, error) {
	axis := span{}
	var names []string
	var data []opts.CustomData
	for i, r := range rows {
		if r.diff == nil || r.low == nil || r.top == nil {
			fig.Notes = nil
			return fig, nil
		}
		axis = axis.with(*r.low, *r.top)
		names = append(names, r.name)
		data = append(data, opts.CustomData{Name: r.name, Value: []any{i, *r.diff, *r.low, *r.top, 0.3}})
	}
	axis = axis.within(possible(score)).rounded()
	fig.Lines, fig.Notes = len(rows), append(fig.Notes, axis.note(score))
	custom := charts.NewCustom()
	custom.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{Top: "8"}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "value", Min: axis.low, Max: axis.top, MinInterval: axis.step(), MaxInterval: axis.step(),
			Name: fmt.Sprintf("Difference (%s)", score.Better()), NameLocation: "middle", NameGap: 32,
			AxisLabel: &opts.AxisLabel{HideOverlap: opts.Bool(true)},
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "category", Data: names, Inverse: opts.Bool(true),
			AxisLine: &opts.AxisLine{OnZero: opts.Bool(false)},
		}),
	)...)
	custom.AddSeries("Difference", data,
		charts.WithCustomChartOpts(opts.CustomChart{RenderItem: "square"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: blue}),
		withUprights(upright{0, opts.LineStyle{Type: "solid", Width: 1.5, Color: grey}}),
	)
	custom.Validate()
	var err error
	fig.Option, err = option(custom)
	return fig, err
}
