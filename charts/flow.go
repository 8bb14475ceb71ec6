package charts

import (
	"fmt"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"cairn/internal/evidence"
)

// notRecorded stands where nobody wrote a step down.
const notRecorded = "not recorded"

// Flow draws how far the people referred came, a bar for each step. What nobody
// recorded has no bar and says so: a bar of no length would be nobody.
func Flow(j evidence.Journey) (Figure, error) {
	fig := Figure{
		ID:       "flow",
		Question: "Who is in these figures?",
		Answer:   j.Sentence(),
		Head:     []string{"Step", "People", "Of those referred"},
		Notes:    append([]string{"Each bar counts its step by itself: somebody may be seen before the referral is accepted, or measured without a session on record."}, j.Gaps()...),
		Missing:  flowMissing(j),
	}
	referred := j.People("referred")
	for _, s := range j.Steps {
		people, share := notRecorded, notRecorded
		if s.People != nil {
			people, share = evidence.People(*s.People), ""
			if referred > 0 {
				of := float64(*s.People) / float64(referred)
				share = evidence.Percent(&of)
			}
		}
		fig.Rows = append(fig.Rows, []string{s.Name, people, share})
	}
	if referred == 0 {
		fig.Rows, fig.Notes = nil, nil
		return fig, nil
	}
	var err error
	fig.Option, err = option(flowChart(j))
	return fig, err
}

func flowMissing(j evidence.Journey) string {
	var all []string
	switch {
	case j.Running == 1:
		all = append(all, "1 person whose time for the later score is not over is in no number here.")
	case j.Running > 1:
		all = append(all, evidence.People(j.Running)+" people whose time for the later score is not over are in no number here.")
	}
	switch {
	case j.Again == 1:
		all = append(all, "1 further referral of somebody who is here already is not counted again.")
	case j.Again > 1:
		all = append(all, evidence.People(j.Again)+" further referrals of people who are here already are not counted again.")
	}
	return strings.Join(all, " ")
}

func flowChart(j evidence.Journey) *charts.Bar {
	var names []string
	var bars []opts.BarData
	for _, s := range j.Steps {
		if s.People == nil {
			names = append(names, fmt.Sprintf("%s\n(%s)", s.Name, notRecorded))
			bars = append(bars, opts.BarData{Value: "-"})
			continue
		}
		names = append(names, s.Name)
		bars = append(bars, opts.BarData{Value: *s.People})
	}
	bar := charts.NewBar()
	bar.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{Top: "4", Right: "48"}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Min: 0, Show: opts.Bool(false)}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "category", Data: names, Inverse: opts.Bool(true),
		}),
	)...)
	bar.AddSeries("People", bars,
		charts.WithItemStyleOpts(opts.ItemStyle{Color: blue}),
		charts.WithBarChartOpts(opts.BarChart{BarCategoryGap: "28%"}),
		charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "right", Color: ink, FontSize: 16, FontWeight: "bold"}))
	bar.Validate()
	return bar
}
