package exchange

import (
	"bytes"
	"fmt"
	"io"

	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// WriteText writes the results for a terminal: for everybody and for each
// scheme the plain sentence, who is counted, the numbers, and the cautions; then
// what the schemes say together, and the comparisons.
func (r Results) WriteText(w io.Writer) error {
	var b bytes.Buffer
	if r.Case != "" {
		paragraph(&b, "", r.Case)
	}
	if r.Source != "" {
		paragraph(&b, "", "Source: "+r.Source)
	}
	paragraph(&b, "", "Paired by the names of the time points: the first against each later one.")
	for _, note := range r.Notes() {
		paragraph(&b, "", note)
	}
	if many := r.Multiplicity(); many != "" {
		paragraph(&b, "", many)
	}
	for _, s := range r.spans {
		heading(&b, fmt.Sprintf("%s, %s to %s", s.Measure, s.Baseline, s.Followup), "=")
		group := r.Results[s.Key()]
		for _, text := range sections(s, group) {
			b.Write(text.Bytes())
		}
		if len(group.ByScheme) > 1 {
			together(&b, s, group.Together)
		}
		for _, c := range group.Compared {
			compared(&b, s, c)
		}
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// sections are everybody's and each scheme's, written at the same time: hundreds
// of them take as long as reading a large file.
func sections(s Span, g Group) []bytes.Buffer {
	names := s.names()
	texts := make([]bytes.Buffer, 1+len(names))
	inShares(func(part, of int) {
		for i := part; i < len(texts); i += of {
			if i == 0 {
				section(&texts[i], s, "", g.Overall)
				continue
			}
			section(&texts[i], s, names[i-1], g.ByScheme[names[i-1]])
		}
	})
	return texts
}

func section(b *bytes.Buffer, s Span, scheme string, f evidence.Finding) {
	title := scheme
	if title == "" {
		title = "All schemes"
	}
	heading(b, title, "-")
	paragraph(b, "", f.Sentence(evidence.Context{Scheme: scheme, Measure: s.Measure, Occasion: s.Followup}))
	flow(b, f.Counts)
	if f.Counts.Paired > 1 { // of one person the sentence says why there are none
		numbers(b, f)
		change(b, f)
	}
	if f.Counts.Baseline > 0 {
		unseen(b, f)
	}
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
	ch, e, w := f.Change, f.Effect, f.Wilcoxon
	interval := evidence.NotEstimable
	if ch.CILo != nil {
		interval = evidence.Interval(ch.CILo, ch.CIHi, f.Score) + " points (" + f.Score.Better() + ")"
	}
	columns(b, [][]string{
		{"95% interval", interval},
		{"Paired t test", tTest(f)},
		{"Wilcoxon test", signedRank(f)},
		{"Typical change", evidence.Signed(w.HodgesLehmann, f.Score) + " points (Hodges-Lehmann)"},
		{"Correlation", correlation(f.Correlation)},
		{"Standardised", "d_z " + evidence.Fixed(e.DZ, 2) + ", by the SD of the change"},
		{"", "d_av " + evidence.Fixed(e.DAvMeanSD, 2) + ", by the mean of the SDs before and after"},
		{"", "SMCR " + evidence.Fixed(e.SMCR.Y, 2) + ", by the SD before, without small-sample bias"},
		{"By any amount", fmt.Sprintf("%s better, %s the same, %s worse",
			evidence.People(ch.ImprovedAny), evidence.People(ch.Unchanged), evidence.People(ch.WorseAny))},
		{"Reliable, fixed SD", reliable(f.RCIFixedSD)},
		{"Reliable, baseline SD", reliable(f.RCIBaselineSD)},
	})
}

// correlation is Pearson's, with a word where all scores lie on one line, so that its
// interval is one point.
func correlation(c evidence.Correlation) string {
	text := evidence.Fixed(c.Pearson, 2)
	if c.CILo != nil && c.CIHi != nil && *c.CILo == *c.CIHi {
		text += ", since all scores lie on one straight line: no certainty"
	}
	return text
}

func tTest(f evidence.Finding) string {
	ch := f.Change
	if ch.T == nil || ch.DF == nil {
		return f.Reasons["change.t"]
	}
	degrees := "degrees"
	if *ch.DF == 1 {
		degrees = "degree"
	}
	return fmt.Sprintf("t = %s, %d %s of freedom, p %s", evidence.Fixed(ch.T, 2), *ch.DF, degrees, evidence.PValue(ch.P))
}

func signedRank(f evidence.Finding) string {
	w := f.Wilcoxon
	if w.PDefault == nil || w.Method == nil {
		return f.Reasons["wilcoxon.p_r_default"]
	}
	kind := "normal, with correction"
	if w.PExact != nil && *w.PExact == *w.PDefault {
		kind = "exact"
	}
	return fmt.Sprintf("V = %s, p %s (%s; %s did not change)", evidence.Fixed(w.VPlus, 1), evidence.PValue(w.PDefault), kind, evidence.People(w.Zero))
}

func reliable(r evidence.ReliableChange) string {
	if !r.Known() {
		return evidence.NotEstimable
	}
	return fmt.Sprintf("%s better, %s neither, %s worse (past %s points)", evidence.People(r.Improved.X),
		evidence.People(r.NoChange.X), evidence.People(r.Deteriorated.X), evidence.Fixed(r.Threshold196, 2))
}

// unseen is what the numbers above do not show: where the lost began, what they
// could have changed, and what would have come without any help.
func unseen(b *bytes.Buffer, f evidence.Finding) {
	s, bo, at, r := f.Score, f.Bounds, f.Attrition, f.RegressionToMean
	rows := [][]string{}
	if bo.Lost > 0 {
		rows = append(rows,
			[]string{"The lost began at", began(at, s)},
			[]string{"Had all been found", fmt.Sprintf("mean change from %s (each of the lost at the worst end)", evidence.Signed(bo.Worst, s))},
			[]string{"", fmt.Sprintf("to %s (at the best end); %s if none of them changed", evidence.Signed(bo.Best, s), evidence.Signed(bo.Carried.Mean, s))},
			[]string{"Tipping point", f.Tipping()},
		)
	}
	if r.ExpectedRho != nil {
		rows = append(rows, []string{"Expected anyway", fmt.Sprintf("%s by regression to the mean from where they began (reliability %s, norm %s)",
			evidence.Signed(r.ExpectedRho, s), evidence.Fixed(r.Rho, 2), evidence.Points(r.PopMean, s))})
	} else {
		rows = append(rows, []string{"Expected anyway", f.Reasons["regression_to_mean.expected_change_rho"]})
	}
	if cut := f.ByCutoff(); cut != nil {
		rows = append(rows, []string{"", fmt.Sprintf("%s by the cut-off for entry, %s: the change is held against this", evidence.Signed(cut, s), evidence.Points(r.Cutoff.Cutoff, s))})
	}
	columns(b, rows)
}

// began is where the lost began, and where those measured again did, if any.
func began(at evidence.Attrition, s measure.Score) string {
	text := evidence.Points(at.Lost.Mean, s)
	if at.Completers.Mean == nil || at.Diff == nil {
		return text
	}
	text += fmt.Sprintf(", those measured again at %s (difference %s", evidence.Points(at.Completers.Mean, s), evidence.Signed(at.Diff, s))
	if at.WelchP != nil {
		text += ", p " + evidence.PValue(at.WelchP)
	}
	return text + ")"
}
