package exchange

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"cairn/internal/evidence"
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
	columns(b, [][]string{
		{"In the file", evidence.People(c.Persons)},
		{"With a baseline", evidence.People(c.Baseline)},
		{"Measured twice", evidence.Share(c.OfBaseline) + " with a baseline; " + evidence.Share(c.OfPersons) + " in the file"},
		{"Lost", evidence.People(c.Lost)},
		{"Later score only", evidence.People(c.FollowupOnly) + ", never paired"},
	})
}

func numbers(b *bytes.Buffer, f evidence.Finding) {
	s, before, after, ch := f.Score, f.BaselinePaired, f.FollowupPaired, f.Change
	columns(b, [][]string{
		{"Score points", "before", "after", "change"},
		{"Mean", evidence.Points(before.Mean, s), evidence.Points(after.Mean, s), evidence.Signed(ch.Mean, s)},
		{"SD", evidence.Points(before.SD, s), evidence.Points(after.SD, s), evidence.Points(ch.SD, s)},
		{"Median", evidence.Points(before.Median, s), evidence.Points(after.Median, s), evidence.Signed(ch.Median, s)},
		{"Lowest", evidence.Points(before.Min, s), evidence.Points(after.Min, s)},
		{"Highest", evidence.Points(before.Max, s), evidence.Points(after.Max, s)},
	})
}

func change(b *bytes.Buffer, f evidence.Finding) {
	ch, e := f.Change, f.Effect
	test := f.Reasons["change.t"]
	if ch.T != nil && ch.DF != nil {
		degrees := "degrees"
		if *ch.DF == 1 {
			degrees = "degree"
		}
		test = fmt.Sprintf("t = %s, %d %s of freedom, p %s", evidence.Fixed(ch.T, 2), *ch.DF, degrees, evidence.PValue(ch.P))
	}
	interval := evidence.NotEstimable
	if ch.CILo != nil {
		interval = evidence.Interval(ch.CILo, ch.CIHi, f.Score) + " points (" + f.Score.Better() + ")"
	}
	columns(b, [][]string{
		{"95% interval", interval},
		{"Paired t test", test},
		{"Correlation", evidence.Fixed(f.Correlation.Pearson, 2)},
		{"Standardised", "d_z " + evidence.Fixed(e.DZ, 2) + ", by the SD of the change"},
		{"", "d_av " + evidence.Fixed(e.DAvMeanSD, 2) + ", by the mean of the SDs before and after"},
		{"", "SMCR " + evidence.Fixed(e.SMCR.Y, 2) + ", by the SD before, without small-sample bias"},
		{"By any amount", fmt.Sprintf("%s better, %s the same, %s worse",
			evidence.People(ch.ImprovedAny), evidence.People(ch.Unchanged), evidence.People(ch.WorseAny))},
		{"Reliable, fixed SD", reliable(f.RCIFixedSD)},
		{"Reliable, baseline SD", reliable(f.RCIBaselineSD)},
	})
}

func reliable(r evidence.ReliableChange) string {
	if !r.Known() {
		return evidence.NotEstimable
	}
	return fmt.Sprintf("%s better, %s neither, %s worse (past %s points)", evidence.People(r.Improved.X),
		evidence.People(r.NoChange.X), evidence.People(r.Deteriorated.X), evidence.Fixed(r.Threshold196, 2))
}

// columns writes rows of cells in line with each other.
func columns(b *bytes.Buffer, rows [][]string) {
	var widths []int
	for _, cells := range rows {
		for i, cell := range cells[:len(cells)-1] { // the last of a row may run on
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	fmt.Fprintln(b)
	for _, cells := range rows {
		b.WriteString("  ")
		for i, cell := range cells[:len(cells)-1] {
			b.WriteString(cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
		}
		fmt.Fprintln(b, cells[len(cells)-1])
	}
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
