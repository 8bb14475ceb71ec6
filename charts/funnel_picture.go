package charts

import (
	"fmt"
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"cairn/internal/evidence"
)

// funnelAnswer names the schemes outside of the limits and calls them neither
// good nor bad: they lie far out, and a funnel does not know why.
func funnelAnswer(of Groups, points []point, common string) string {
	var beyond, still []string
	for _, p := range points {
		if p.beyond {
			beyond = append(beyond, p.name)
		}
		if p.still {
			still = append(still, p.name)
		}
	}
	around := fmt.Sprintf("The common mean is %s. ", common)
	if len(beyond) == 0 {
		text := fmt.Sprintf("None of the %d %s is further from the common mean than chance alone would put it (99.8%% limits).", len(points), of.Many)
		return around + text
	}
	lie := "lie"
	if len(beyond) == 1 {
		lie = "lies"
	}
	text := fmt.Sprintf("%s of the %d %s %s further from the common mean than chance alone would put them (99.8%% limits): %s.",
		count(len(beyond)), len(points), of.Many, lie, evidence.Several(beyond))
	switch {
	case len(still) == 0:
		text += " Allowing for " + of.Many + " that differ anyhow (overdispersion), none does."
	case slices.Equal(still, beyond):
		text += " The same holds when " + of.Many + " are allowed to differ anyhow (overdispersion)."
	default:
		text += " Allowing for " + of.Many + " that differ anyhow (overdispersion), still: " + evidence.Several(still) + "."
	}
	return around + text
}

// count writes a number that begins a sentence.
func count(n int) string {
	if n == 1 {
		return "One"
	}
	return fmt.Sprint(n)
}

func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

func funnelNotes(of Groups, across, target string) []string {
	return []string{
		"Each dot is one " + of.One + ", with its number in the table below where there is room for it; those outside of the 99.8% limits are diamonds with their names. Across: " + across + ".",
		target + ". Around it, at the size of each, are the limits that chance alone would keep to: 19 of 20 inside the dotted lines, 499 of 500 inside the solid ones. The dashed lines are 99.8% limits that allow for " + of.Many + " to differ by more than chance (additive overdispersion, winsorised at a tenth).",
		"Being outside says that something other than chance is at work, in who comes, how they are measured or what is done. It does not say which.",
	}
}

// meanAxis covers every scheme and every scheme's limits: a dot without the limits
// about it could not be read, and they are furthest about the smallest scheme.
func meanAxis(points []point, target float64) span {
	all := span{target, target}
	for _, p := range points {
		all = all.with(p.y, p.y)
		for _, l := range []limits{p.p95, p.p998, p.additive} {
			if l.low != nil && l.top != nil {
				all = all.with(*l.low, *l.top)
			}
		}
	}
	return all
}

type funnelAxes struct {
	X, Y string
	span span // of Y
	// curves are the limits from one place on X to another.
	curves func(from, to float64) []point
}

func funnelChart(points []point, target float64, axes funnelAxes) chart {
	widest := 0.0
	for _, p := range points {
		widest = math.Max(widest, p.x)
	}
	across := span{0, widest * 1.04}.rounded()
	custom := charts.NewCustom()
	custom.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Data: legend(points)}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item", Formatter: "{b}"}),
		charts.WithGridOpts(opts.Grid{Top: "48"}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "value", Min: across.low, Max: across.top, MinInterval: across.step(), MaxInterval: across.step(),
			Name: axes.X, NameLocation: "middle", NameGap: 32, AxisLine: &opts.AxisLine{OnZero: opts.Bool(false)},
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "value", Min: axes.span.low, Max: axes.span.top, MinInterval: axes.span.step(), MaxInterval: axes.span.step(),
			Name: axes.Y, NameLocation: "middle", NameGap: 48, AxisLine: &opts.AxisLine{OnZero: opts.Bool(false)},
		}),
	)...)
	custom.Overlap(funnelLines(points, target, axes.curves), funnelDots(points, across, axes.span))
	custom.Validate()
	above := func(top int, orient string) map[string]any {
		return map[string]any{"grid": map[string]any{"top": top}, "legend": map[string]any{"orient": orient}}
	}
	return narrowing{chart: custom, under: 700, narrow: above(150, "vertical"), wide: above(48, "horizontal")}
}

// Names of what a funnel draws, in its legend.
const (
	commonMean = "Common mean"
	limits95   = "95% limits"
	limits998  = "99.8% limits"
	additive   = "99.8%, overdispersion"
	within     = "Inside 99.8%"
	beyond     = "Outside 99.8%"
)

// legend explains lines by lines alone: ECharts would put a dot on each.
func legend(points []point) []map[string]any {
	var entries []map[string]any
	for _, name := range []string{commonMean, limits95, limits998, additive} {
		entries = append(entries, map[string]any{"name": name, "itemStyle": map[string]any{"opacity": 0}})
	}
	for _, name := range []string{within, beyond} {
		if slices.ContainsFunc(points, func(p point) bool { return p.beyond == (name == beyond) }) {
			entries = append(entries, map[string]any{"name": name})
		}
	}
	return entries
}

// funnelDots are the schemes: those outside of the limits have another shape,
// not only another colour, and their names. Text stands on the side where there
// is room.
func funnelDots(points []point, across, shown span) *charts.Scatter {
	scatter := charts.NewScatter()
	for _, kind := range []struct {
		name, colour string
		look         opts.ScatterChart
		beyond       bool
	}{
		{within, blue, opts.ScatterChart{Symbol: "circle", SymbolSize: 9}, false},
		{beyond, orange, opts.ScatterChart{Symbol: "diamond", SymbolSize: 15}, true},
	} {
		sides := map[string][]opts.ScatterData{}
		for _, p := range points {
			if p.beyond != kind.beyond {
				continue
			}
			side, text := "right", fmt.Sprint(p.number)
			if p.x > (across.low+across.top)/2 {
				side = "left"
			}
			if p.beyond {
				text = p.name
			}
			sides[side] = append(sides[side], opts.ScatterData{
				Name:  fmt.Sprintf("%d. %s: %s", p.number, p.name, p.said),
				Value: []any{p.x, math.Max(shown.low, math.Min(shown.top, p.y)), text},
			})
		}
		for _, side := range []string{"left", "right"} {
			if len(sides[side]) == 0 {
				continue
			}
			scatter.AddSeries(kind.name, sides[side], charts.WithScatterChartOpts(kind.look),
				charts.WithItemStyleOpts(opts.ItemStyle{Color: kind.colour}),
				charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: side, Color: ink, FontSize: 12, Formatter: "{@[2]}"}))
		}
	}
	return scatter
}
