package charts

import (
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"cairn/internal/evidence"
)

// A supposed is the mean change had the people who were lost fared in one way.
type supposed struct {
	name, long string
	mean       *float64 // score points
	lo, hi     *float64
}

// Bounds draws what the people who were lost could hide: the mean change of
// everybody with a baseline had none of the lost changed, had all come to the
// worst end of the scale, and to the best one. None of these is likely.
func Bounds(f evidence.Finding) (Figure, error) {
	s := f.Score
	fig := Figure{
		ID: "lost", Question: "What could those who were lost hide?", Answer: boundsAnswer(f),
		Head: []string{"Supposing", "Mean change", "95% interval", "People"},
	}
	all := suppositions(f)
	for i, one := range all {
		n := f.Bounds.N
		if i == 0 {
			n = f.Counts.Paired
		}
		between := ""
		switch {
		case i < 2 && f.TooFew() != "":
			_, _, between = f.Told()
		case i < 2:
			between = signedEnds(one.lo, one.hi, s)
		}
		fig.Rows = append(fig.Rows, []string{one.long, evidence.Signed(one.mean, s), between, evidence.People(n)})
	}
	fig.Rows = append(fig.Rows, []string{"Tipping point", tippingCell(f), "", ""})
	if f.Change.Mean == nil || f.Bounds.Lost == 0 || f.Counts.Paired < 2 {
		return fig, nil
	}
	fig.Notes = []string{
		"Dots are mean changes, lines their 95% intervals; the two ends have none, since they are supposed and not measured. The solid upright is no change. How far the ends lie apart is what is not known.",
	}
	axis := boundsAxis(all).even(s)
	fig.Notes = append(fig.Notes, axis.note(s))
	var err error
	fig.Option, err = option(boundsChart(f, all, axis))
	return fig, err
}

func suppositions(f evidence.Finding) []supposed {
	b, ch := f.Bounds, f.Change
	lo, hi, _ := f.Told()
	carriedLo, carriedHi := b.Carried.CILo, b.Carried.CIHi
	if f.TooFew() != "" { // the lost were not seen, and make nobody's interval
		carriedLo, carriedHi = nil, nil
	}
	return []supposed{
		{"Measured twice", "Nothing: the people measured twice", ch.Mean, lo, hi},
		{"Lost unchanged", "None of the lost had changed", b.Carried.Mean, carriedLo, carriedHi},
		{"Lost at worst", "All of the lost had come to the worst end of the scale", b.Worst, nil, nil},
		{"Lost at best", "All of the lost had come to the best end of the scale", b.Best, nil, nil},
	}
}

func tippingCell(f evidence.Finding) string {
	switch p := f.Bounds.TippingPoint; {
	case p == nil:
		return f.Tipping()
	case f.TooFew() != "":
		return evidence.NotEstimable
	default:
		return evidence.Signed(p, f.Score)
	}
}

// boundsAnswer says how far those who were lost could move the mean, and how far
// they would have to.
func boundsAnswer(f evidence.Finding) string {
	b, s := f.Bounds, f.Score
	switch {
	case f.Counts.Paired == 0:
		return "Nobody was measured twice, so there is no change that those who were lost could hide."
	case b.Lost == 0:
		return "Nobody was lost: everybody with a baseline who was due was measured again."
	case f.Spread():
		return "No mean is given of these answers, and so none of what those who were lost could hide."
	case b.Best == nil || b.Worst == nil:
		return fmt.Sprintf("%s of %s were lost. The scale lacks an end, so what they could hide has none either.", evidence.People(b.Lost), evidence.People(b.N))
	}
	text := fmt.Sprintf("%s of %s with a baseline were lost. Depending on how they fared, the mean change of all of them lies anywhere from %s to %s points.",
		evidence.People(b.Lost), evidence.People(b.N), evidence.Signed(b.Worst, s), evidence.Signed(b.Best, s))
	return text + " " + f.TippingSentence()
}

// boundsAxis holds every mean that there is, and its interval.
func boundsAxis(all []supposed) (a span) {
	for _, one := range all {
		for _, v := range []*float64{one.mean, one.lo, one.hi} {
			if v != nil {
				a = a.with(*v, *v)
			}
		}
	}
	return a
}

func boundsChart(f evidence.Finding, all []supposed, a span) *charts.Custom {
	var names []string
	var data []opts.CustomData
	for i, one := range all {
		names = append(names, one.name)
		if one.mean == nil {
			continue
		}
		value := []any{i, *one.mean, nil, nil}
		if one.lo != nil && one.hi != nil {
			value = []any{i, *one.mean, *one.lo, *one.hi}
		}
		data = append(data, opts.CustomData{Name: one.name, Value: value})
	}
	custom := charts.NewCustom()
	custom.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{Top: "8"}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "value", Min: a.low, Max: a.top, MinInterval: a.step(), MaxInterval: a.step(),
			Name: "Change in " + unit(f.Score), NameLocation: "middle", NameGap: 32,
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "category", Data: names, Inverse: opts.Bool(true),
			AxisLine: &opts.AxisLine{OnZero: opts.Bool(false)},
		}),
	)...)
	custom.AddSeries("Mean change", data,
		charts.WithCustomChartOpts(opts.CustomChart{RenderItem: "interval"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: blue}),
		withUprights(upright{0, opts.LineStyle{Type: "solid", Width: 1.5, Color: grey}}),
	)
	custom.Validate()
	return custom
}
