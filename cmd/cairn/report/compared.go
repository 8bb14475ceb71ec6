package report

import (
	"fmt"

	"cairn/internal/evidence"
	"cairn/internal/exchange"
	"cairn/internal/measure"
)

// compared is a comparison of groups: each against the reference, at the same
// baseline and, beside it, as they are.
func compared(id string, c exchange.Compared, s measure.Score) piece {
	p := piece{Heading: "By " + c.By}
	if c.Comparison == nil {
		p.Says = append(p.Says, "This comparison is not estimable: "+c.Why+".")
		return p
	}
	found := *c.Comparison
	p.Heading = fmt.Sprintf("By %s, against %s", c.By, found.Reference)
	for _, name := range found.Levels[1:] {
		p.Says = append(p.Says, found.Sentence(name, s))
	}
	if slope := found.ANCOVA.Interaction.P; slope != nil && *slope < 0.05 {
		p.Says = append(p.Says, fmt.Sprintf("The difference itself depends on the baseline (unequal slopes, p %s): one number does not tell it.", evidence.PValue(slope)))
	}
	p.Tables = []table{differences(id, found, s), groups(id, found, s), model(id, found, s)}
	return p
}

// differences are what a reader came for: adjusted first, unadjusted beside it.
func differences(id string, c evidence.Comparison, s measure.Score) table {
	t := table{
		ID: id, Caption: "Difference from " + c.Reference,
		Note: "Score points; " + s.Better() + ". Adjusted: of the later score, at the same baseline (ANCOVA), with a 95% interval by HC3, which holds where groups do not spread alike; a group of one person leaves none, and then the one for equal spread stands alone. Unadjusted: of the mean change (Welch).",
		Head: []string{"Group", "Adjusted difference", "95% interval (HC3)", "p (HC3)", "95% interval (equal spread)", "p (equal spread)", "Unadjusted difference", "95% interval (Welch)", "Difference at baseline"},
	}
	write := signed(s)
	for _, name := range c.Levels[1:] {
		a, u := c.ANCOVA.Contrasts[name], c.Unadjusted[name]
		lo, hi := a.Robust()
		t.Rows = append(t.Rows, row{Name: name, Cells: []string{
			write(a.Diff), ends(lo, hi, write), evidence.PValue(a.PHC3), ends(a.CILo, a.CIHi, write), evidence.PValue(a.P),
			write(u.Diff), ends(u.WelchLo, u.WelchHi, write), write(u.BaselineDiff),
		}})
	}
	return t
}

func groups(id string, c evidence.Comparison, s measure.Score) table {
	t := table{
		ID: id + "-groups", Caption: "The groups",
		Note: "Adjusted means are at the mean baseline of everybody compared, " + evidence.Points(c.ANCOVA.CovariateCentre, s) + ".",
		Head: []string{"Group", "Measured twice", "Adjusted mean", "Standard error", "Standardised difference in change", "At baseline"},
	}
	for i, name := range c.Levels {
		u, known := c.Unadjusted[name]
		effect, start := statistic(u.DPPC2), statistic(u.BaselineSMD)
		if !known {
			effect, start = "reference", "reference"
		}
		t.Rows = append(t.Rows, row{Name: name, Cells: []string{
			evidence.People(c.N[i]), evidence.Points(c.ANCOVA.AdjustedMeans[name], s),
			evidence.Fixed(c.ANCOVA.AdjustedMeanSE[name], evidence.Decimals(s)+1), effect, start,
		}})
	}
	return t
}

func model(id string, c evidence.Comparison, s measure.Score) table {
	a := c.ANCOVA
	return table{ID: id + "-model", Caption: "The model", Head: []string{"Quantity", "Value"}, Rows: []row{
		{Name: "Do the groups differ, given the baseline?", Cells: []string{ftest(a.Omnibus)}},
		{Name: "Does the baseline count differently in each?", Cells: []string{ftest(a.Interaction)}},
		{Name: "Slope on the baseline; standard error", Cells: []string{statistic(a.Slope) + "; " + statistic(a.SlopeSE)}},
		{Name: "Residual standard deviation, score points", Cells: []string{evidence.Fixed(a.Sigma, evidence.Decimals(s)+1)}},
		{Name: "R²", Cells: []string{statistic(a.RSquared)}},
	}}
}

func ftest(f evidence.FTest) string {
	if f.F == nil || f.DF1 == nil || f.DF2 == nil {
		return evidence.NotEstimable
	}
	return fmt.Sprintf("F(%d, %d) = %s, p %s", *f.DF1, *f.DF2, statistic(f.F), evidence.PValue(f.P))
}
