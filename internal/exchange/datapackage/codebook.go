package datapackage

import (
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"

	"cairn/internal/exchange/extract"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

func codebookColumns() []extract.Column {
	return []extract.Column{
		{Name: "file", About: "The table.", Always: true},
		{Name: "column", About: "The column, as its first line names it.", Always: true},
		{Name: "type", About: "What its cells hold.", Values: types(), Always: true},
		{Name: "unit", About: "What a number counts."},
		{Name: "meaning", About: "What it says.", Always: true},
		{Name: "allowed_values", About: "Every value there can be, with what each means, where there is a list."},
		{Name: "lowest", About: "The lowest score there can be."},
		{Name: "highest", About: "The highest score there can be."},
		{Name: "may_be_empty", About: "Whether a cell may be empty: not recorded, or nothing to record.", Values: []scheme.Term{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}}, Always: true},
		{Name: "instrument", About: "Of a score: the measure that gives it."},
		{Name: "measure_version", Kind: extract.KindWhole, About: "Of a score: the newest version of the measure and of its scoring."},
		{Name: "licence", About: "Of a score: the terms that the measure comes under."},
	}
}

// kind is a type of the Frictionless Table Schema.
func kind(k extract.Kind) string {
	switch k {
	case extract.KindWhole:
		return "integer"
	case extract.KindScore:
		return "number"
	case extract.KindDate:
		return "date"
	case extract.KindYes:
		return "boolean"
	}
	return "string"
}

func types() []scheme.Term {
	return []scheme.Term{
		{Value: "string", Label: "Text"}, {Value: "integer", Label: "A whole number"}, {Value: "number", Label: "A number"},
		{Value: "date", Label: "A day, as 2026-03-31"}, {Value: "boolean", Label: "yes or no"},
	}
}

// allowed writes a list of values with what they mean.
func allowed(values []scheme.Term) string {
	var all []string
	for _, v := range values {
		if v.Value == v.Label {
			all = append(all, v.Value)
			continue
		}
		all = append(all, v.Value+" = "+v.Label)
	}
	return strings.Join(all, "; ")
}

func ends(c extract.Column) (lowest, highest string) {
	if c.Lowest != nil {
		lowest = c.Lowest.Text(c.Decimals)
	}
	if c.Highest != nil {
		highest = c.Highest.Text(c.Decimals)
	}
	return lowest, highest
}

// measureOf is the measure that a column of scores is of.
func (p *pack) measureOf(c extract.Column) (measure.Definition, bool) {
	for _, d := range p.x.Measures {
		if c.Measure != "" && d.Key == c.Measure {
			return d, true
		}
	}
	return measure.Definition{}, false
}

func terms(d measure.Definition) string {
	text := d.Licence.Terms
	if d.Licence.Holder != "" {
		text = d.Licence.Holder + ". " + text
	}
	return text
}

func (p *pack) writeCodebook(w io.Writer) error {
	sheet, err := extract.NewCSV(w, codebookColumns())
	if err != nil {
		return err
	}
	for _, f := range p.files {
		for _, c := range f.columns {
			lowest, highest := ends(c)
			empty := "yes"
			if c.Always {
				empty = "no"
			}
			row := []extract.Cell{
				extract.Text(f.name), extract.Text(c.Name), extract.Text(kind(c.Kind)), extract.Text(c.Unit), extract.Text(c.About),
				extract.Text(allowed(c.Values)), extract.Text(lowest), extract.Text(highest), extract.Text(empty), {}, {}, {},
			}
			if d, ok := p.measureOf(c); ok {
				row[9], row[10], row[11] = extract.Text(d.Key), extract.Whole(d.Version), extract.Text(terms(d))
			}
			if err := sheet.Row(row); err != nil {
				return err
			}
		}
	}
	return sheet.Close()
}

func measureColumns() []extract.Column {
	return []extract.Column{
		{Name: "measure", About: "The score, as the tables name it.", Always: true},
		{Name: "name", About: "In words.", Always: true},
		{Name: "instrument", About: "The measure that gives it.", Always: true},
		{Name: "instrument_name", About: "In full.", Always: true},
		{Name: "measure_version", Kind: extract.KindWhole, About: "The newest version; each score of long.csv says the one it was made by.", Always: true},
		{Name: "score_kind", About: "What sort of number it is.", Always: true},
		{Name: "in_figures", Kind: extract.KindYes, About: "Whether figures are made of it; a raw score from which another is converted is only kept.", Values: []scheme.Term{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}}, Always: true},
		{Name: "better", About: "Which way is better.", Always: true},
		{Name: "lowest", About: "The lowest score there can be; empty where the scale has no end."},
		{Name: "highest", About: "The highest score there can be."},
		{Name: "decimals", Kind: extract.KindWhole, About: "How many decimals a score has at most.", Always: true},
		{Name: "rater", About: "Whose judgement it is meant to be.", Always: true},
		{Name: "reliable_change", About: "The published threshold of reliable change that is applied, in score points; empty where none is agreed."},
		{Name: "reliable_change_source", About: "Where it was published."},
		{Name: "licence_holder", About: "Who holds the rights."},
		{Name: "licence_terms", About: "The terms, in one sentence."},
		{Name: "licence_source", About: "Where the terms were read."},
	}
}

func (p *pack) writeMeasures(w io.Writer) error {
	sheet, err := extract.NewCSV(w, measureColumns())
	if err != nil {
		return err
	}
	for _, m := range p.measured() {
		var c extract.Column
		c.Decimals = m.score.Decimals
		if l, ok := m.score.End(measure.LowerIsBetter); ok {
			c.Lowest = &l
		}
		if l, ok := m.score.End(measure.HigherIsBetter); ok {
			c.Highest = &l
		}
		lowest, highest := ends(c)
		counts := extract.No()
		for _, sc := range p.x.Scores {
			if sc.Series == m.score.Series {
				counts = extract.Yes()
			}
		}
		var points, source string
		if t := m.score.Threshold; t != nil {
			points, source = strconv.FormatFloat(t.Points, 'f', -1, 64), t.Source
		}
		row := []extract.Cell{
			extract.Text(m.score.Series), extract.Text(m.score.Name), extract.Text(m.of.Key), extract.Text(m.of.Name), extract.Whole(m.of.Version),
			extract.Text(m.score.Kind), counts, extract.Text(m.score.Better()), extract.Text(lowest), extract.Text(highest), extract.Whole(m.score.Decimals),
			extract.Text(m.of.Rater), extract.Text(points), extract.Text(source), extract.Text(m.of.Licence.Holder), extract.Text(m.of.Licence.Terms), extract.Text(m.of.Licence.Source),
		}
		if err := sheet.Row(row); err != nil {
			return err
		}
	}
	return sheet.Close()
}

// A book is the codebook for people.
type book struct {
	Title string
	About []string
	Files []bookFile
}

type bookFile struct {
	Name, About string
	Columns     []bookColumn
}

type bookColumn struct {
	extract.Column
	Type            string
	Lowest, Highest string
	Licence         string
}

func (p *pack) writeBook(w io.Writer) error {
	page, err := template.New("codebook").Parse(codebookPage)
	if err != nil {
		return fmt.Errorf("codebook: %w", err)
	}
	b := book{Title: p.title(), About: p.about()}
	for _, f := range p.files {
		if f.columns == nil {
			continue
		}
		of := bookFile{Name: f.name, About: f.about}
		for _, c := range f.columns {
			line := bookColumn{Column: c, Type: scheme.Label(types(), kind(c.Kind))}
			line.Lowest, line.Highest = ends(c)
			if d, ok := p.measureOf(c); ok {
				line.Licence = terms(d)
			}
			of.Columns = append(of.Columns, line)
		}
		b.Files = append(b.Files, of)
	}
	return page.Execute(w, b)
}
