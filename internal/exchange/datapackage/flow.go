package datapackage

import (
	"io"
	"maps"
	"slices"
	"strings"

	"cairn/internal/exchange/extract"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A flow counts people by how far they came, apart for each scheme, score and
// follow-up.
type flow map[flowOf]*counts

type flowOf struct {
	scheme   string
	series   measure.Series
	occasion scheme.Occasion
}

type counts struct {
	first scheme.Transitions // of first referrals
	again int                // later referrals
}

func (f flow) add(p scheme.ExtractPair, today scheme.Day) {
	of := flowOf{p.Scheme, p.Pair.Series, p.Pair.Occasion}
	c := f[of]
	if c == nil {
		c = &counts{first: scheme.NewTransitions()}
		f[of] = c
	}
	if p.Pair.Ordinal > 1 {
		c.again++
		return
	}
	// Levels are left out: they would be a table as long as the scale.
	c.first.Add(scheme.Tally{State: p.Pair.State, Stage: p.Pair.Stage, Exit: p.Pair.Exit, Open: !p.Pair.Closes.Before(today), People: 1})
}

// A step is one line of the flow.
type step struct {
	name  string
	about string
	of    func(*counts) int
}

func flowSteps() []step {
	return []step{
		{"referred", "First referrals whose window has closed", func(c *counts) int { return c.first.Flow.Referred }},
		{"accepted", "Of those, accepted", func(c *counts) int { return c.first.Flow.Accepted }},
		{"started", "Of those, started an activity", func(c *counts) int { return c.first.Flow.Started }},
		{"baseline", "Of the first referrals, with a first score", func(c *counts) int { return c.first.Flow.Baseline }},
		{"died", "Died before a later score", func(c *counts) int { return c.first.Flow.Exits[scheme.ExitDied] }},
		{"moved_away", "Moved away before a later score", func(c *counts) int { return c.first.Flow.Exits[scheme.ExitMoved] }},
		{"due", "With a first score and still there to be measured", func(c *counts) int { return c.first.Flow.Due }},
		{"paired", "Of those, measured again: the people of the figures", func(c *counts) int { return c.first.Flow.Paired }},
		{"lost", "Of those due, not measured again", func(c *counts) int { return c.first.Flow.Due - c.first.Flow.Paired }},
		{"later_score_only", "A later score and no first one: never paired", func(c *counts) int { return c.first.Flow.FollowupOnly }},
		{"window_open", "First referrals whose window is still open: not counted above", func(c *counts) int { return c.first.Flow.Running }},
		{"later_referrals", "Later referrals of the same people: not counted above", func(c *counts) int { return c.again }},
	}
}

// leftOut is the step of people who said no.
const leftOut = "left_out"

// whole are the steps of everything in the package.
func (p *pack) whole() []scheme.Term {
	return []scheme.Term{
		{Value: "referrals", Label: "Referrals in the package"},
		{Value: leftOut, Label: "Referrals left out: these people said no to evaluation or research, or opted out nationally"},
		{Value: "pairs", Label: "Rows of pairs.csv"},
		{Value: "long", Label: "Rows of long.csv"},
	}
}

func flowColumns(x scheme.Extract) []extract.Column {
	steps := (&pack{}).whole()
	for _, s := range flowSteps() {
		steps = append(steps, scheme.Term{Value: s.name, Label: s.about})
	}
	pairs := extract.Columns(x, scheme.ShapePairs)
	columns := []extract.Column{pairs[0], pairs[3], pairs[4]} // scheme, measure, timepoint
	for i := range columns {
		columns[i].Always = false
		columns[i].About += " Empty in counts of everything."
	}
	return append(columns,
		extract.Column{Name: "step", About: "What is counted.", Values: steps, Always: true},
		extract.Column{Name: "people", Kind: extract.KindWhole, Unit: "people; referrals or rows in counts of everything", About: "How many.", Always: true})
}

func (p *pack) writeFlow(w io.Writer) error {
	sheet, err := extract.NewCSV(w, flowColumns(p.x))
	if err != nil {
		return err
	}
	for i, n := range []int{p.rows[scheme.ShapeWide], p.out, p.rows[scheme.ShapePairs], p.rows[scheme.ShapeLong]} {
		if p.x.Veil != nil && p.whole()[i].Value == leftOut {
			continue // told to nobody outside
		}
		if err := sheet.Row([]extract.Cell{{}, {}, {}, extract.Text(p.whole()[i].Value), extract.Whole(n)}); err != nil {
			return err
		}
	}
	for _, of := range slices.SortedFunc(maps.Keys(p.steps), flowOf.compare) {
		for _, s := range flowSteps() {
			row := []extract.Cell{extract.Text(of.scheme), extract.Text(of.series), extract.Text(of.occasion), extract.Text(s.name), extract.Whole(s.of(p.steps[of]))}
			if err := sheet.Row(row); err != nil {
				return err
			}
		}
	}
	return sheet.Close()
}

func (f flowOf) compare(o flowOf) int {
	if d := strings.Compare(f.scheme, o.scheme); d != 0 {
		return d
	}
	if d := strings.Compare(string(f.series), string(o.series)); d != 0 {
		return d
	}
	first, _ := f.occasion.Days()
	second, _ := o.occasion.Days()
	return first - second
}
