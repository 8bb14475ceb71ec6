package site

import (
	"github.com/gin-gonic/gin"

	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/figures"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// equityPage is GET /schemes/:scheme/equity: who takes part, who is measured
// again and who changes, by age, sex, ethnic group and deprivation; the internal
// view.
type equityPage struct {
	evidencePage
	Parts    []equityPart
	Reliable string // the threshold of reliable change in words, if there is one
}

func (equityPage) folder() string { return "equity" }

// An equityPart is one trait.
type equityPart struct {
	By         scheme.Dimension
	Label      string
	Lines      []groupLine
	Completion string // whether the share measured again differs, in a sentence
	Adjusted   string // whether the change differs at the same baseline
	Figure     charts.Figure
}

func (s *Site) equity(c *gin.Context) error {
	ctx := c.Request.Context()
	form, ask, unknown, err := evidenceForm(c)
	if err != nil {
		return err
	}
	view, err := s.app.Equity(ctx, server.ActorOf(ctx), ask)
	wrong, err := atFilters(unknown, err)
	if err != nil {
		return err
	}
	if wrong != nil {
		return s.refuseEvidence(c, form, ask, wrong)
	}
	p := equityPage{evidencePage: evidencePage{Form: form.chosen(view.EvidenceView), Here: "equity", View: view.EvidenceView, Shown: true, About: view.About()}}
	for _, part := range view.Parts {
		p.Reliable = reliably(part.Groups)
		drawn, err := equityOf(part, view.Score.Name)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, drawn)
	}
	p.Frame = s.frame(c, "schemes")
	p.Frame.Charts = true
	return s.renderFigures(c, &p, s.maker().Scheme(p.View))
}

func (p *equityPage) figures() (all []*charts.Figure) {
	for i := range p.Parts {
		if p.Parts[i].Figure.Option != "" {
			all = append(all, &p.Parts[i].Figure)
		}
	}
	return all
}

func equityOf(part app.EquityPart, score string) (equityPart, error) {
	p := equityPart{By: part.By, Label: part.Label, Lines: groupLines(part.Groups)}
	if c := part.Together.CompletionByScheme; c != nil {
		p.Completion = c.Sentence("group")
	}
	if part.Adjusted != nil {
		p.Adjusted = part.Adjusted.Together()
	}
	var err error
	p.Figure, err = figures.EquityPart(part, score)
	return p, err
}
