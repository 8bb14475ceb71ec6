package exchange

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"

	"cairn/internal/evidence"
)

// together is what the schemes of a span say together, and why where they do
// not.
func together(b *bytes.Buffer, s Span, t evidence.Together) {
	heading(b, "Schemes together", "-")
	pooled := func(p *evidence.Pooled, key, what string, u evidence.Unit) {
		if p == nil {
			paragraph(b, "", fmt.Sprintf("%s: %s.", what, t.Reasons[key]))
			return
		}
		paragraph(b, "", p.Sentence(what, "schemes", u))
	}
	pooled(t.PooledMeanChange, "pooled_mean_change", "Mean change", evidence.PointsOf(s.Score))
	pooled(t.PooledSMCR, "pooled_smcr", "Standardised change (SMCR)", evidence.Plain())
	if p := t.PooledMeanChange; p != nil {
		forest(b, p.Schemes, p.Y, p.V, p.REML.Weights, evidence.PointsOf(s.Score))
		paragraph(b, "  ", evidence.PoolMethod)
		if len(p.Excluded) > 0 {
			paragraph(b, "  ", fmt.Sprintf("Not pooled, with fewer than 2 people measured twice or all changes equal: %s.", list(p.Excluded)))
		}
	}
	if f := t.FunnelMeanChange; f != nil {
		fmt.Fprintln(b)
		paragraph(b, "", f.Sentence())
	}
	fmt.Fprintln(b)
	if c := t.CompletionByScheme; c != nil {
		paragraph(b, "", c.Sentence("scheme"))
		return
	}
	paragraph(b, "", "Shares measured again by scheme: "+t.Reasons["completion_by_scheme"]+".")
}

// forest lists estimates with their 95% intervals and weights.
func forest(b *bytes.Buffer, names []string, y, v []float64, weights []*float64, u evidence.Unit) {
	rows := [][]string{{"", "estimate", "95% interval", "weight"}}
	for i, name := range names {
		lo, hi := evidence.NormalInterval(y[i], v[i])
		rows = append(rows, []string{name, u.Signed(&y[i]), u.Signed(&lo) + " to " + u.Signed(&hi), evidence.Fixed(weights[i], 1) + "%"})
	}
	columns(b, rows)
	fmt.Fprintln(b)
}

// compared is one comparison of groups, or why there is none.
func compared(b *bytes.Buffer, s Span, c Compared) {
	heading(b, fmt.Sprintf("Compared by %s, against %s", c.By, c.Ref), "-")
	if c.Comparison == nil {
		paragraph(b, "", "Not estimable: "+c.Why+".")
		return
	}
	rows := [][]string{{"", "people", "mean at the same baseline"}}
	for i, level := range c.Comparison.Levels {
		rows = append(rows, []string{level, strconv.Itoa(c.Comparison.N[i]), evidence.Points(c.Comparison.ANCOVA.AdjustedMeans[level], s.Score)})
	}
	for _, level := range c.Comparison.Levels[1:] {
		paragraph(b, "", c.Comparison.Sentence(level, s.Score))
	}
	columns(b, rows)
	if p := c.Comparison.ANCOVA.Interaction.P; p != nil && *p < 0.05 {
		fmt.Fprintln(b)
		paragraph(b, "  ", fmt.Sprintf("The difference itself depends on the baseline (unequal slopes, p %s): one number does not tell it.", evidence.PValue(p)))
	}
	fmt.Fprintln(b)
	paragraph(b, "  ", evidence.NotCausal)
}

// WriteText writes the pool for a terminal.
func (r PoolResult) WriteText(w io.Writer) error {
	var b bytes.Buffer
	u := evidence.PlainOf(r.estimates)
	paragraph(&b, "", r.Pool.Sentence("Mean", "studies", u))
	if r.Again > 0 {
		paragraph(&b, "", fmt.Sprintf("%s of the estimates have the name of an earlier one. Each counts; where they are of the same people the interval is too narrow.", evidence.People(r.Again)))
	}
	if r.REML != nil && r.Funnel != nil {
		v := make([]float64, len(r.Funnel.SE))
		for i, se := range r.Funnel.SE {
			v[i] = se * se
		}
		forest(&b, r.Funnel.Scheme, r.Funnel.Y, v, r.REML.Weights, u)
		paragraph(&b, "", evidence.PoolMethod)
		fmt.Fprintln(&b)
		paragraph(&b, "", r.Funnel.Sentence())
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// list joins names for a sentence; a long list is cut and says so.
func list(names []string) string {
	const most = 20
	if cut := len(names) - most; cut > 0 {
		names = append(slices.Clone(names[:most]), evidence.People(cut)+" more")
	}
	return evidence.Several(names)
}
