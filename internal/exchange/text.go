package exchange

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// lineWidth is how many characters a line of the report has at most; columns of
// numbers are narrower.
const lineWidth = 78

// WriteText writes the results for a terminal: for everybody and for each
// scheme the plain sentence, who is counted, the numbers, and the cautions.
func (r Results) WriteText(w io.Writer) error {
	var b bytes.Buffer
	if r.Case != "" {
		fmt.Fprintln(&b, r.Case)
	}
	if r.Source != "" {
		paragraph(&b, "", "Source: "+r.Source)
	}
	paragraph(&b, "", "Paired by the names of the time points: the first against each later one.")
	for _, s := range r.spans {
		heading(&b, fmt.Sprintf("%s, %s to %s", s.Measure, s.Baseline, s.Followup), "=")
		group := r.Results[s.Key()]
		section(&b, s, "", group.Overall)
		for _, name := range s.names() {
			section(&b, s, name, group.ByScheme[name])
		}
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

func section(b *bytes.Buffer, s Span, scheme string, f evidence.Finding) {
	title := scheme
	if title == "" {
		title = "All schemes"
	}
	heading(b, title, "-")
	paragraph(b, "", f.Sentence(evidence.Context{Scheme: scheme, Measure: s.Measure, Occasion: s.Followup}))
	flow(b, f.Counts)
	numbers(b, f)
	change(b, f)
	fmt.Fprintln(b, "\n  Cautions")
	for _, c := range f.Cautions() {
		paragraph(b, "  - ", c)
	}
}

func flow(b *bytes.Buffer, c evidence.Counts) {
	fmt.Fprintln(b)
	t := columns(b)
	row(t, "In the file", evidence.People(c.Persons))
	row(t, "With a baseline", evidence.People(c.Baseline))
	row(t, "Measured twice", evidence.Share(c.OfBaseline)+" with a baseline; "+evidence.Share(c.OfPersons)+" in the file")
	row(t, "Lost", evidence.People(c.Lost))
	row(t, "Later score only", evidence.People(c.FollowupOnly)+", never paired")
	flush(t)
}

func numbers(b *bytes.Buffer, f evidence.Finding) {
	s := f.Score
	fmt.Fprintln(b)
	t := columns(b)
	row(t, "Score points", "before", "after", "change")
	row(t, "Mean", evidence.Points(f.BaselinePaired.Mean, s), evidence.Points(f.FollowupPaired.Mean, s), evidence.Signed(f.Change.Mean, s))
	row(t, "SD", evidence.Points(f.BaselinePaired.SD, s), evidence.Points(f.FollowupPaired.SD, s), evidence.Points(f.Change.SD, s))
	row(t, "Median", evidence.Points(f.BaselinePaired.Median, s), evidence.Points(f.FollowupPaired.Median, s), evidence.Signed(f.Change.Median, s))
	row(t, "Lowest", evidence.Points(f.BaselinePaired.Min, s), evidence.Points(f.FollowupPaired.Min, s))
	row(t, "Highest", evidence.Points(f.BaselinePaired.Max, s), evidence.Points(f.FollowupPaired.Max, s))
	flush(t)
}

func change(b *bytes.Buffer, f evidence.Finding) {
	ch, e := f.Change, f.Effect
	fmt.Fprintln(b)
	t := columns(b)
	row(t, "95% interval", evidence.Interval(ch.CILo, ch.CIHi, f.Score)+" points ("+f.Score.Better()+")")
	if ch.T != nil && ch.DF != nil {
		row(t, "Paired t test", fmt.Sprintf("t = %s, %d degrees of freedom, p %s", evidence.Fixed(ch.T, 2), *ch.DF, evidence.PValue(ch.P)))
	} else {
		row(t, "Paired t test", f.Reasons["change.t"])
	}
	row(t, "Correlation", evidence.Fixed(f.Correlation.Pearson, 2))
	row(t, "Standardised", "d_z "+evidence.Fixed(e.DZ, 2)+", by the SD of the change")
	row(t, "", "d_av "+evidence.Fixed(e.DAvMeanSD, 2)+", by the mean of the SDs before and after")
	row(t, "", "SMCR "+evidence.Fixed(e.SMCR.Y, 2)+", by the SD before, without small-sample bias")
	row(t, "By any amount", fmt.Sprintf("%s better, %s the same, %s worse",
		evidence.People(ch.ImprovedAny), evidence.People(ch.Unchanged), evidence.People(ch.WorseAny)))
	reliable(t, "Reliable, fixed SD", f.RCIFixedSD, f.Score)
	reliable(t, "Reliable, baseline SD", f.RCIBaselineSD, f.Score)
	flush(t)
}

func reliable(t *tabwriter.Writer, title string, r *evidence.ReliableChange, s measure.Score) {
	if r == nil {
		row(t, title, evidence.NotEstimable)
		return
	}
	row(t, title, fmt.Sprintf("%s better, %s neither, %s worse (past %s points)",
		evidence.People(r.Improved.X), evidence.People(r.NoChange.X), evidence.People(r.Deteriorated.X), evidence.Fixed(r.Threshold196, max(2, evidence.Decimals(s)))))
}

// columns lines up the cells of a few rows.
func columns(b *bytes.Buffer) *tabwriter.Writer { return tabwriter.NewWriter(b, 0, 0, 2, ' ', 0) }

func row(t *tabwriter.Writer, cells ...string) {
	fmt.Fprintln(t, "  "+strings.Join(cells, "\t")) //nolint:errcheck // into memory, which does not fail
}

func flush(t *tabwriter.Writer) {
	t.Flush() //nolint:errcheck // into memory, which does not fail
}

func heading(b *bytes.Buffer, text, under string) {
	fmt.Fprintf(b, "\n%s\n%s\n", text, strings.Repeat(under, len([]rune(text))))
}

// paragraph writes text in lines that fit, the first behind lead and the others
// in line with it.
func paragraph(b *bytes.Buffer, lead, text string) {
	line, length := lead, len([]rune(lead))
	indent := strings.Repeat(" ", length)
	start := true
	for _, word := range strings.Fields(text) {
		n := len([]rune(word))
		if !start && length+1+n > lineWidth {
			fmt.Fprintln(b, line)
			line, length, start = indent, len(indent), true
		}
		if !start {
			line, length = line+" ", length+1
		}
		line, length, start = line+word, length+n, false
	}
	fmt.Fprintln(b, line)
}
