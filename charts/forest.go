package charts

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// normal975 is the 97.5% point of the normal distribution: the intervals of
// single schemes take their variance as known, as the pooling does.
const normal975 = 1.959963984540054

// A forestRow is one scheme of a forest; score points.
type forestRow struct {
	name            string
	value, low, top float64
	weight          *float64 // per cent
}

// Forest draws each scheme's mean change with its 95% interval, and below them
// what they say together: the pooled mean (REML) with its Hartung-Knapp
// interval, and where another scheme's mean would lie. Schemes stand in the
// order of their names: an order by result would be a league table.
func Forest(title string, p evidence.Pooled, s measure.Score) (Figure, error) {
	rows := forestRows(p)
	fig := Figure{
		ID:       "forest",
		Question: title + ": how much change in each scheme, and in all together?",
		Answer:   forestAnswer(p, s),
		Head:     []string{"Scheme", "Mean change", "95% interval", "Weight"},
		Rows:     forestTable(p, rows, s),
		Missing:  leftOut(p.Excluded),
		Lines:    len(rows) + 2,
	}
	if len(rows) == 0 {
		return fig, nil
	}
	axis := forestAxis(p, rows, s)
	fig.Notes = forestNotes(axis, s)
	var err error
	fig.Option, err = option(forestChart(p, rows, axis, s))
	return fig, err
}

func forestRows(p evidence.Pooled) []forestRow {
	var rows []forestRow
	for i, name := range p.Schemes {
		half := normal975 * math.Sqrt(p.V[i])
		r := forestRow{name: name, value: p.Y[i], low: p.Y[i] - half, top: p.Y[i] + half}
		if p.REML != nil && i < len(p.REML.Weights) {
			r.weight = p.REML.Weights[i]
		}
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, func(a, b forestRow) int { return cmp.Compare(a.name, b.name) })
	return rows
}

// prediction is the prediction interval that goes with the pooled interval that
// is shown: k − 2 degrees of freedom, and the larger of the two standard errors.
func prediction(r *evidence.RandomEffects) (low, top *float64) {
	if r == nil {
		return nil, nil
	}
	ends := r.Prediction.TK2
	if r.HKScaleQ != nil && *r.HKScaleQ > 1 {
		ends = r.Prediction.HKTK2
	}
	return ends[0], ends[1]
}

func forestAnswer(p evidence.Pooled, s measure.Score) string {
	if p.REML == nil || p.REML.Estimate == nil {
		switch len(p.Schemes) {
		case 0:
			return "No scheme has enough people measured twice, so there is nothing to pool."
		case 1:
			return "Only " + p.Schemes[0] + " has enough people measured twice, so there is nothing to pool it with."
		}
		return "The pooled mean change is " + evidence.NotEstimable + "."
	}
	mean := p.REML.HKAdhoc
	text := fmt.Sprintf("Over %d schemes the pooled mean change was %s points", p.K, evidence.Signed(p.REML.Estimate, s))
	switch {
	case mean.CILo == nil || mean.CIHi == nil:
		text += fmt.Sprintf(" (%s). An interval is %s.", s.Better(), evidence.NotEstimable)
	case *mean.CILo <= 0 && *mean.CIHi >= 0:
		text += fmt.Sprintf(", 95%% interval from %s to %s (%s), so it includes no change.",
			evidence.Signed(mean.CILo, s), evidence.Signed(mean.CIHi, s), s.Better())
	default:
		text += fmt.Sprintf(", 95%% interval from %s to %s (%s).", evidence.Signed(mean.CILo, s), evidence.Signed(mean.CIHi, s), s.Better())
	}
	low, top := prediction(p.REML)
	if low == nil || top == nil {
		return text + " Where another scheme's mean would lie is " + evidence.NotEstimable + "."
	}
	return text + fmt.Sprintf(" Another scheme like these would be expected to have a mean change from %s to %s.",
		evidence.Signed(low, s), evidence.Signed(top, s))
}

func forestTable(p evidence.Pooled, rows []forestRow, s measure.Score) [][]string {
	var table [][]string
	for _, r := range rows {
		table = append(table, []string{r.name, evidence.Signed(&r.value, s), signedEnds(&r.low, &r.top, s), perCent(r.weight)})
	}
	var pooled evidence.RandomEffects
	if p.REML != nil {
		pooled = *p.REML
	}
	low, top := prediction(p.REML)
	return append(table,
		[]string{"All together (pooled)", evidence.Signed(pooled.Estimate, s), signedEnds(pooled.HKAdhoc.CILo, pooled.HKAdhoc.CIHi, s), ""},
		[]string{"Another scheme like these (prediction)", "", signedEnds(low, top, s), ""},
	)
}

// perCent writes a number that is a percentage already.
func perCent(v *float64) string {
	if v == nil {
		return evidence.NotEstimable
	}
	return evidence.Fixed(v, 1) + "%"
}

// signedEnds writes the two ends of an interval of change.
func signedEnds(low, top *float64, s measure.Score) string {
	if low == nil || top == nil {
		return evidence.NotEstimable
	}
	return evidence.Signed(low, s) + " to " + evidence.Signed(top, s)
}

func leftOut(schemes []string) string {
	if len(schemes) == 0 {
		return ""
	}
	return "Not in this figure, since fewer than 2 people were measured twice or all changed alike: " +
		strings.Join(slices.Sorted(slices.Values(schemes)), ", ") + "."
}

func forestNotes(a span, s measure.Score) []string {
	return []string{
		"Each square is one scheme's mean change, larger where the scheme weighs more; the line through it is its 95% interval, from its own spread and the normal distribution. Schemes stand in order of name.",
		"The diamond is the pooled mean: random effects, between-scheme variance by REML, 95% interval by Hartung and Knapp with their factor never below 1. The open bar is the 95% prediction interval. The solid upright is no change; an arrow says that a line goes on, and the table has its end.",
		a.note(s),
	}
}

// forestAxis covers every scheme's interval and no change. What is pooled from
// few schemes may reach much further and would make the schemes a speck, so it
// stretches the axis by at most half of that at either end.
func forestAxis(p evidence.Pooled, rows []forestRow, s measure.Score) span {
	a := span{}
	for _, r := range rows {
		a = a.with(r.low, r.top)
	}
	more := (a.top - a.low) / 2
	most := span{low: a.low - more, top: a.top + more}
	low, top := prediction(p.REML)
	ends := []*float64{low, top}
	if p.REML != nil {
		ends = append(ends, p.REML.HKAdhoc.CILo, p.REML.HKAdhoc.CIHi)
	}
	for _, v := range ends {
		if v != nil {
			a = a.with(*v, *v)
		}
	}
	return a.within(most).within(possible(s)).rounded()
}

func forestChart(p evidence.Pooled, rows []forestRow, a span, s measure.Score) chart {
	var names []string
	var schemes []opts.CustomData
	heaviest := 0.0
	for _, r := range rows {
		if r.weight != nil {
			heaviest = math.Max(heaviest, *r.weight)
		}
	}
	for i, r := range rows {
		size := 0.0
		if r.weight != nil && heaviest > 0 {
			size = *r.weight / heaviest
		}
		names = append(names, r.name)
		schemes = append(schemes, opts.CustomData{Name: r.name, Value: []any{i, r.value, r.low, r.top, size}})
	}
	names = append(names, "All together", "Another scheme")
	custom := charts.NewCustom()
	custom.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{Top: "8"}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "value", Min: a.low, Max: a.top, MinInterval: a.step(), MaxInterval: a.step(),
			Name: "Mean change (" + s.Better() + ")", NameLocation: "middle", NameGap: 32,
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "category", Data: names, Inverse: opts.Bool(true),
			AxisLine:  &opts.AxisLine{OnZero: opts.Bool(false)},
			AxisLabel: &opts.AxisLabel{Overflow: "truncate"},
		}),
	)...)
	mark := func(name string) charts.SeriesOpts {
		return charts.WithCustomChartOpts(opts.CustomChart{RenderItem: types.FuncStr(name)})
	}
	custom.AddSeries("Schemes", schemes, mark("square"), charts.WithItemStyleOpts(opts.ItemStyle{Color: blue}),
		withUprights(upright{0, opts.LineStyle{Type: "solid", Width: 1.5, Color: grey}}))
	if p.REML != nil && p.REML.Estimate != nil {
		value := []any{len(rows), *p.REML.Estimate, nil, nil}
		if ci := p.REML.HKAdhoc; ci.CILo != nil && ci.CIHi != nil {
			value = []any{len(rows), *p.REML.Estimate, *ci.CILo, *ci.CIHi}
		}
		custom.AddSeries("All together", []opts.CustomData{{Value: value}}, mark("diamond"),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: ink}))
	}
	if low, top := prediction(p.REML); low != nil && top != nil {
		custom.AddSeries("Another scheme", []opts.CustomData{{Value: []any{len(rows) + 1, *low, *low, *top}}}, mark("openbar"),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: ink}))
	}
	custom.Validate()
	labels := func(width int) map[string]any {
		return map[string]any{"yAxis": map[string]any{"axisLabel": map[string]any{"width": width}}}
	}
	return narrowing{chart: custom, under: 520, narrow: labels(104), wide: labels(260)}
}
