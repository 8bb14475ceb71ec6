package charts

import (
	"fmt"
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"cairn/internal/evidence"
)

// A third is one of the three shares of the people measured twice.
type third struct {
	name   string
	share  evidence.Proportion
	colour string
}

// Movement draws who got better, who neither and who worse as one bar, always
// together: by reliable change where there is a threshold, else by moves between
// published bands, else by any amount; the last two are named “not reliable
// change”.
func Movement(f evidence.Finding) (Figure, error) {
	parts, words := thirds(f)
	fig := Figure{
		ID: "better-worse", Question: words.question, Answer: movementAnswer(f, parts, words), Size: "low",
		Notes: []string{words.note}, Missing: missing(f),
		Head: []string{"Among people measured twice", "People", "Share", "95% interval"},
	}
	for _, p := range parts {
		between := evidence.NotEstimable
		if p.share.Lo != nil && p.share.Hi != nil {
			between = evidence.Percent(p.share.Lo) + " to " + evidence.Percent(p.share.Hi)
		}
		fig.Rows = append(fig.Rows, []string{p.name, evidence.People(p.share.X), evidence.Percent(p.share.P), between})
	}
	if f.Counts.Paired == 0 {
		return fig, nil
	}
	var err error
	fig.Option, err = option(movementChart(parts))
	return fig, err
}

// movementWords are what the three shares are called.
type movementWords struct{ question, note, kind string }

func thirds(f evidence.Finding) ([]third, movementWords) {
	better, same, worse, by := f.Movement()
	switch {
	case by != "":
		return []third{{"Reliably better", better, blue}, {"No reliable change", same, pale}, {"Reliably worse", worse, orange}},
			movementWords{"How many got reliably better, and how many worse?", "Reliable is " + by + ". A smaller movement may be the measure's own error.", "reliably "}
	case f.Bands != nil:
		b := f.Bands
		return []third{{"Moved to a better band", b.Better, blue}, {"Same band", b.Same, pale}, {"Moved to a worse band", b.Worse, orange}},
			movementWords{"How many moved to another band, and which way?", fmt.Sprintf(
				"This is not reliable change: no threshold is agreed for this score. %s (%s). One point at a border is a move, several within a band are none.", b.About, b.Source), ""}
	}
	return []third{{"Better by any amount", f.Counted(better), blue}, {"The same", f.Counted(same), pale}, {"Worse by any amount", f.Counted(worse), orange}},
		movementWords{"How many scored better or worse by any amount?", "This is not reliable change: no threshold is agreed for this score, so every movement is counted, however small.", ""}
}

func movementAnswer(f evidence.Finding, parts []third, words movementWords) string {
	if f.Counts.Paired == 0 {
		return "Nobody was measured twice, so nobody can be told to have moved."
	}
	switch {
	case words.kind != "":
		return fmt.Sprintf("Of %s, %s got reliably better, %s reliably worse and %s neither.", measuredTwice(f), counted(parts[0]), counted(parts[2]), counted(parts[1]))
	case f.Bands != nil:
		ch := f.Change
		return fmt.Sprintf("Of %s, %s moved to a better band, %s to a worse one and %s stayed. By any amount, %s scored better, %s worse and %s the same.",
			measuredTwice(f), counted(parts[0]), counted(parts[2]), counted(parts[1]), evidence.People(ch.ImprovedAny), evidence.People(ch.WorseAny), evidence.People(ch.Unchanged))
	}
	return fmt.Sprintf("Of %s, %s scored better by any amount, %s worse and %s the same.", measuredTwice(f), counted(parts[0]), counted(parts[2]), counted(parts[1]))
}

// counted is people with their share, of a whole that is named already.
func counted(t third) string {
	return fmt.Sprintf("%s (%s)", evidence.People(t.share.X), evidence.Percent(t.share.P))
}

func movementChart(parts []third) *charts.Bar {
	bar := charts.NewBar()
	bar.SetGlobalOptions(append(frame(),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Orient: "vertical"}),
		charts.WithGridOpts(opts.Grid{Top: "88"}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "value", Min: 0, Max: 100, Name: "Share of the people measured twice, %", NameLocation: "middle", NameGap: 32,
		}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: []string{""}, Show: opts.Bool(false)}),
	)...)
	bar.SetXAxis([]string{""})
	for _, p := range parts {
		share := 0.0
		if p.share.P != nil {
			share = 100 * *p.share.P
		}
		bar.AddSeries(p.name+": "+counted(p), []opts.BarData{{Value: math.Round(share*10) / 10}},
			charts.WithBarChartOpts(opts.BarChart{Stack: "everybody", BarWidth: "40"}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: p.colour, BorderColor: ink, BorderWidth: 1}),
		)
	}
	bar.XYReversal()
	bar.Validate()
	return bar
}
