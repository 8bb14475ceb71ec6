package charts

import (
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"cairn/internal/evidence"
)

// Difference draws what is left between two groups at the same baseline, with
// its 95% interval, beside no difference. Without one there is a table and the
// sentence that says so.
func Difference(question string, s evidence.Sides, names evidence.SideNames) (Figure, error) {
	score := s.Reference.Score
	diff, lo, hi := s.Difference()
	fig := Figure{
		ID: "difference", Question: question, Answer: s.Sentence(names),
		Head: []string{"", "Difference, later score", "95% interval", "Measured twice"},
		Rows: [][]string{{
			"People " + names.Other + ", against people " + names.Reference, evidence.Signed(diff, score), signedEnds(lo, hi, score),
			evidence.People(s.Other.Counts.Paired) + " and " + evidence.People(s.Reference.Counts.Paired),
		}},
	}
	if diff == nil || lo == nil || hi == nil {
		return fig, nil
	}
	axis := span{}.with(*lo, *hi).within(possible(score)).rounded()
	fig.Lines = 1
	fig.Notes = []string{
		"The square is the difference at the same baseline, the line through it its 95% interval (HC3), the upright no difference. An arrow says that the line goes on, and the table has its end.",
		axis.note(score),
	}
	custom := charts.NewCustom()
	custom.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{Top: "8"}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "value", Min: axis.low, Max: axis.top, MinInterval: axis.step(), MaxInterval: axis.step(),
			Name: fmt.Sprintf("Difference (%s)", score.Better()), NameLocation: "middle", NameGap: 32,
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "category", Data: []string{"Difference"}, Inverse: opts.Bool(true),
			AxisLine: &opts.AxisLine{OnZero: opts.Bool(false)},
		}),
	)...)
	custom.AddSeries("Difference", []opts.CustomData{{Name: "Difference", Value: []any{0, *diff, *lo, *hi, 0.3}}},
		charts.WithCustomChartOpts(opts.CustomChart{RenderItem: "square"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: blue}),
		withUprights(upright{0, opts.LineStyle{Type: "solid", Width: 1.5, Color: grey}}),
	)
	custom.Validate()
	var err error
	fig.Option, err = option(custom)
	return fig, err
}
