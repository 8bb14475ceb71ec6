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
func Forest(title string, of Groups, p evidence.Pooled, s measure.Score) (Figure, error) {
	w := forestWords{of: of, score: s, unit: evidence.PointsOf(s), own: "from its own spread and the normal distribution"}
	if len(p.Ends) > 0 {
		w.own = "from its own spread and Student’s t, the same as in every table"
	}
	w.missing = "fewer than 2 people were measured twice or all changed alike"
	w.small = fmt.Sprintf("fewer than %d people were measured twice", evidence.LeastOnASide)
	return w.forest(title, p)
}

// ReleasedForest is Forest for what releases show of schemes, in the decimals in
// which they show it: each scheme's interval is the one that its release says.
func ReleasedForest(title string, p evidence.Pooled, s measure.Score) (Figure, error) {
	w := forestWords{of: Schemes(), score: s, unit: evidence.PointsOf(s), own: "as its release shows it: by the least number of people that the rounded one can stand for. Its weight is by the rounded one"}
	w.unit.Decimals = 1
	w.missing = "their releases show no interval of this score and follow-up"
	return w.forest(title, p)
}

// forestWords are what a forest says, and how.
type forestWords struct {
	of      Groups
	score   measure.Score
	unit    evidence.Unit
	own     string // what each one's interval is
	missing string // why some are left out
	small   string // why those are that are too small
}

func (w forestWords) forest(title string, p evidence.Pooled) (Figure, error) {
	rows := forestRows(p)
	fig := Figure{
		ID:       "forest",
		Question: title + ": how much change in each " + w.of.One + ", and in all together?",
		Answer:   p.Sentence("Mean change", w.of.Many, w.unit),
		Head:     []string{capital(w.of.One), "Mean change", "95% interval", "Weight"},
		Rows:     w.table(p, rows),
		Missing:  w.leftOut(p),
		Lines:    len(rows) + 2,
	}
	if len(rows) == 0 {
		return fig, nil
	}
	axis := forestAxis(p, rows, w.score)
	fig.Notes = w.notes(p, axis.noteIn(w.unit, w.score))
	var err error
	fig.Option, err = option(forestChart(p, rows, axis, w))
	return fig, err
}

func forestRows(p evidence.Pooled) []forestRow {
	var rows []forestRow
	for i, name := range p.Schemes {
		r := forestRow{name: name, value: p.Y[i]}
		r.low, r.top = p.Interval(i)
		if p.REML != nil && i < len(p.REML.Weights) {
			r.weight = p.REML.Weights[i]
		}
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, func(a, b forestRow) int { return cmp.Compare(a.name, b.name) })
	return rows
}

// prediction is where another scheme's mean would lie; neither end or both.
func prediction(p evidence.Pooled) (low, top *float64) {
	if p.REML == nil {
		return nil, nil
	}
	ends := p.REML.Predicted()
	if ends[0] == nil || ends[1] == nil {
		return nil, nil
	}
	return ends[0], ends[1]
}

func (w forestWords) table(p evidence.Pooled, rows []forestRow) [][]string {
	var table [][]string
	for _, r := range rows {
		table = append(table, []string{r.name, w.unit.Signed(&r.value), signedIn(w.unit, &r.low, &r.top), perCent(r.weight)})
	}
	var pooled evidence.RandomEffects
	if p.REML != nil {
		pooled = *p.REML
	}
	low, top := prediction(p)
	return append(table,
		[]string{"All together (pooled)", w.unit.Signed(pooled.Estimate), signedIn(w.unit, pooled.HKAdhoc.CILo, pooled.HKAdhoc.CIHi), ""},
		[]string{"True mean of another " + w.of.One + " like these (prediction)", "", signedIn(w.unit, low, top), ""},
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
	return signedIn(evidence.PointsOf(s), low, top)
}

func signedIn(u evidence.Unit, low, top *float64) string {
	if low == nil || top == nil {
		return evidence.NotEstimable
	}
	return u.Signed(low) + " to " + u.Signed(top)
}

func (w forestWords) leftOut(p evidence.Pooled) string {
	var rest, said []string
	for _, name := range p.Excluded {
		if !slices.Contains(p.Small, name) {
			rest = append(rest, name)
		}
	}
	for _, of := range []struct {
		why   string
		names []string
	}{{w.small, p.Small}, {w.missing, rest}} {
		if len(of.names) > 0 {
			said = append(said, "Not in this figure, since "+of.why+": "+evidence.Several(slices.Sorted(slices.Values(of.names)))+".")
		}
	}
	return strings.Join(said, " ")
}

func (w forestWords) notes(p evidence.Pooled, axis string) []string {
	predicted := ". Where the true mean of another " + w.of.One + " would lie cannot be estimated from so few."
	if low, top := prediction(p); low != nil && top != nil {
		predicted = ", the open bar the 95% prediction interval: where the true mean of another " + w.of.One + " would lie, and not what would be measured of it."
	}
	return []string{
		"Each square is the mean change of one " + w.of.One + ", larger where it weighs more; the line through it is its 95% interval, " + w.own + ". They stand in order of name.",
		"The diamond is the pooled mean with its 95% interval" + predicted + " The solid upright is no change; an arrow says that a line goes on, and the table has its end.",
		evidence.PoolMethod,
		axis,
	}
}

// forestAxis covers every scheme's interval, that of all together and no change:
// what is cut reads shorter than it is. Where another scheme's mean would lie may
// reach much further and would make the schemes a speck. If it takes more than half
// of the picture's width to hold, it is cut, at both ends alike.
func forestAxis(p evidence.Pooled, rows []forestRow, s measure.Score) span {
	a := span{}
	for _, r := range rows {
		a = a.with(r.low, r.top)
	}
	low, top := prediction(p)
	if p.REML == nil || p.REML.Estimate == nil {
		return a.within(possible(s)).rounded()
	}
	mean := *p.REML.Estimate
	if ends := p.REML.HKAdhoc; ends.CILo != nil && ends.CIHi != nil {
		a = a.with(*ends.CILo, *ends.CIHi)
	}
	if low != nil && top != nil {
		far := math.Max(mean-a.low, a.top-mean)
		if all := a.with(*low, *top); all.top-all.low <= 2*(a.top-a.low) {
			a = all
		} else {
			a = span{mean - far, mean + far}
		}
	}
	return a.within(possible(s)).rounded()
}

func forestChart(p evidence.Pooled, rows []forestRow, a span, w forestWords) chart {
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
	names = append(names, "All together")
	low, top := prediction(p)
	another := "Another " + w.of.One
	if low != nil && top != nil {
		names = append(names, another)
	}
	custom := charts.NewCustom()
	custom.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{Top: "8"}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "value", Min: a.low, Max: a.top, MinInterval: a.step(), MaxInterval: a.step(),
			Name: "Mean change (" + w.score.Better() + ")", NameLocation: "middle", NameGap: 32,
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "category", Data: names, Inverse: opts.Bool(true),
			AxisLine:  &opts.AxisLine{OnZero: opts.Bool(false)},
			AxisLabel: &opts.AxisLabel{Overflow: "break"},
		}),
	)...)
	mark := func(name string) charts.SeriesOpts {
		return charts.WithCustomChartOpts(opts.CustomChart{RenderItem: types.FuncStr(name)})
	}
	custom.AddSeries(capital(w.of.Many), schemes, mark("square"), charts.WithItemStyleOpts(opts.ItemStyle{Color: blue}),
		withUprights(upright{0, opts.LineStyle{Type: "solid", Width: 1.5, Color: grey}}))
	if p.REML != nil && p.REML.Estimate != nil {
		value := []any{len(rows), *p.REML.Estimate, nil, nil}
		if ci := p.REML.HKAdhoc; ci.CILo != nil && ci.CIHi != nil {
			value = []any{len(rows), *p.REML.Estimate, *ci.CILo, *ci.CIHi}
		}
		custom.AddSeries("All together", []opts.CustomData{{Value: value}}, mark("diamond"),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: ink}))
	}
	if low != nil && top != nil {
		custom.AddSeries(another, []opts.CustomData{{Value: []any{len(rows) + 1, *low, *low, *top}}}, mark("openbar"),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: ink}))
	}
	custom.Validate()
	labels := func(width int) map[string]any {
		return map[string]any{"yAxis": map[string]any{"axisLabel": map[string]any{"width": width}}}
	}
	return narrowing{chart: custom, under: 520, narrow: labels(104), wide: labels(260)}
}
