package measure

import (
	"fmt"
	"io"
	"strings"
)

// Preview writes the measure as a form would ask it, and what the lowest and
// the highest answers give, so that whoever wrote a definition sees what it
// does before anybody is asked.
func (d Definition) Preview(w io.Writer) error {
	p := printer{to: w}
	p.line("%s (%s), version %d", d.Name, d.Key, d.Version)
	p.line("%s", d.About)
	p.line("Licence: %s (%s)", d.Licence.Terms, d.Licence.Source)
	if c := d.Licence.Confirmed; c != nil {
		p.line("Words under licence %s, confirmed by %s on %s", c.Reference, c.By, c.On)
	}
	if len(d.Items) > 0 {
		p.line("")
		p.items(d)
	}
	p.line("")
	for _, sc := range d.Scores {
		p.score(d, sc)
	}
	for _, c := range d.Codes {
		p.line("%s %s: %s (%s)", c.System.Label(), c.Code, c.Means, c.Source)
	}
	if len(d.Items) > 0 {
		p.line("")
		p.example(d, "All answers lowest", func(it Item) int { return it.Min })
		p.example(d, "All answers highest", func(it Item) int { return it.Max })
	}
	return p.err
}

// A printer keeps the first error of many writes.
type printer struct {
	to  io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.to, format+"\n", args...)
	}
}

func (p *printer) items(d Definition) {
	if d.Intro != "" {
		p.line("%s", d.Intro)
	}
	for i, it := range d.Items {
		label := it.Label()
		if label == "" {
			label = "(in the words of the licensed form)"
		}
		reverse := ""
		if it.Reverse {
			reverse = ", counted in reverse"
		}
		p.line("%3d. %s [%s: %s to %s%s]", i+1, label, it.Key, it.Response(it.Min), it.Response(it.Max), reverse)
	}
	var words []string
	for _, o := range d.Options {
		words = append(words, fmt.Sprintf("%d %s", o.Value, o.Text))
	}
	if len(words) > 0 {
		p.line("     Answers: %s", strings.Join(words, ", "))
	}
	p.line("     At most %d left out", d.MissingItems)
}

func (p *printer) score(d Definition, sc Score) {
	ends := "no ends of its own"
	if !sc.Open {
		ends = sc.Text(sc.Min) + " to " + sc.Text(sc.Max)
	}
	p.line("%s (%s): %s, %s, %s", sc.Name, sc.Series, d.made(sc), ends, sc.Better())
	for _, t := range sc.Agreed() {
		p.line("     reliable change: %s", t.text())
	}
	if sc.Threshold == nil {
		p.line("     reliable change: no agreed threshold")
	}
	for _, t := range sc.Also {
		p.line("     also published: %s", t.text())
	}
	for _, b := range sc.Bands {
		var names []string
		for _, band := range b.From {
			names = append(names, "from "+sc.Text(band.Level)+" "+band.Name)
		}
		p.line("     %s: %s (%s)", b.About, strings.Join(names, ", "), b.Source)
	}
}

// made says how a score comes about.
func (d Definition) made(sc Score) string {
	switch {
	case sc.Kind == KindItem:
		return "the answer to " + sc.Item
	case sc.Kind == KindMetric && sc.Times > 0:
		return fmt.Sprintf("%s times %d", d.source(sc), sc.Times)
	case sc.Kind == KindMetric && len(d.Table) > 0:
		return "converted from " + string(d.source(sc)) + " by a table"
	case sc.Kind == KindRaw && sc.Rule == GAS:
		return "goal attainment T"
	case sc.Kind == KindRaw && len(d.needs(sc)) > 0:
		rule := "sum"
		if sc.Rule != "" {
			rule = string(sc.Rule)
		}
		return fmt.Sprintf("%s of %d items", rule, len(d.needs(sc)))
	}
	return "typed in"
}

func (t Threshold) text() string {
	than := "more than "
	if t.Inclusive {
		than = "at least "
	}
	of := ""
	if t.Means == Important {
		of = "an important change; "
	}
	return fmt.Sprintf("%s%g points; %s%s (%s)", than, t.Points, of, t.Population, t.Source)
}

func (p *printer) example(d Definition, name string, choose func(Item) int) {
	said := map[string]int{}
	for _, it := range d.Items {
		said[it.Key] = choose(it)
	}
	made, err := d.FromItems(said)
	if err != nil {
		p.line("%s: %v", name, err)
		return
	}
	var all []string
	for _, s := range made {
		sc, _ := d.Score(s.Series)
		all = append(all, fmt.Sprintf("%s %s", sc.Series, sc.Text(s.Level)))
	}
	p.line("%s: %s", name, strings.Join(all, ", "))
}
