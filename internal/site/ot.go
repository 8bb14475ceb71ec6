package site

import (
	"github.com/gin-gonic/gin"

	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/figures"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// otPage is GET /ot: people with and without an occupational therapist's part,
// side by side and at the same baseline; the internal view. Its filters are those
// of the page that compares schemes.
type otPage struct {
	comparePage
	View    app.ContributionView
	Lines   []groupLine // with, without
	Later   []groupLine // of those who are in neither group
	Levels  []groupLine // by the strongest part, for description
	Figure  charts.Figure
	Overlap string // how alike the people compared began, in a sentence; empty where a side has none
	Hands   string // who stands behind them, in a sentence; empty where Overlap is
	Strata  []stratumLine
}

func (otPage) folder() string { return "ot" }

// Landmark is how many days after the start involvement counts.
func (otPage) Landmark() int { return scheme.Landmark }

// NotCausal is what the difference is not.
func (otPage) NotCausal() string { return evidence.NotCausal }

// Reliable is the threshold of reliable change in words.
func (p otPage) Reliable() string {
	return reliably([]app.ComparedGroup{p.View.With, p.View.Without, p.View.Later})
}

// stratumLine is the people of both groups who began in one part of the scale.
type stratumLine struct {
	Name          string
	With, Without stratumSide
}

// stratumSide is one group's part of a stratum.
type stratumSide struct {
	People           int
	Change, Interval string // the interval is empty where there is none
}

func stratumSideOf(f evidence.Finding) stratumSide {
	line := groupLines([]app.ComparedGroup{{Finding: f}})[0]
	return stratumSide{f.Counts.Paired, line.Change, line.Interval}
}

func (s *Site) ot(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := blank("scheme", "measure", "occasion", "from", "to", "rule")
	if err != nil {
		return err
	}
	unknown := form.asked(c)
	ask := app.CompareAsk{
		Scheme: scheme.ID(form.text("scheme")), Measure: form.text("measure"), Occasion: form.text("occasion"),
		From: form.text("from"), To: form.text("to"), Rule: form.text("rule"),
	}
	view, err := s.app.Contribution(ctx, server.ActorOf(ctx), ask)
	wrong, err := atFilters(unknown, err)
	if err != nil {
		return err
	}
	if wrong != nil {
		return s.refuseOT(c, form, wrong)
	}
	p := otPage{comparePage: comparePage{Form: form.chosen(view.EvidenceView), View: view.CompareView, Shown: view.Score.Series != ""}, View: view}
	if p.Shown {
		p.About = view.About()
		p.About.Scheme = view.Only.Name
		if err := p.fill(); err != nil {
			return err
		}
	}
	p.Frame = s.frame(c, "compare")
	p.Frame.Charts = true
	return s.renderFigures(c, &p, s.maker().Schemes(view.CompareView, p.Frame.Actor.OrgName))
}

func (p *otPage) figures() []*charts.Figure { return []*charts.Figure{&p.Figure} }

// refuseOT shows the filters with what is wrong at each, and no figures.
func (s *Site) refuseOT(c *gin.Context, form Form, refusal error) error {
	ctx := c.Request.Context()
	status, err := s.refuse(ctx, &form, refusal)
	if err != nil {
		return err
	}
	view, err := s.app.Contribution(ctx, server.ActorOf(ctx), app.CompareAsk{})
	if err != nil {
		return err
	}
	return s.render(c, status, otPage{comparePage: comparePage{Frame: s.frame(c, "compare").refused(form), Form: form, View: view.CompareView}, View: view})
}

// fill makes what the page shows of the figures.
func (p *otPage) fill() (err error) {
	v, names := p.View, evidence.TherapySides()
	without, with := v.Sides.Overlap.N[0], v.Sides.Overlap.N[1]
	p.Lines = groupLines([]app.ComparedGroup{v.With, v.Without})
	if v.Later.Finding.Flow.Referred > 0 {
		p.Later = groupLines([]app.ComparedGroup{v.Later})
	}
	p.Levels = groupLines(v.Groups)
	if with > 0 && without > 0 {
		p.Overlap, p.Hands = v.Sides.Overlap.Sentence(names.Reference, names.Other), evidence.HandsSentence(v.Hands, without, with)
	}
	for _, part := range v.Sides.Strata {
		p.Strata = append(p.Strata, stratumLine{part.Name, stratumSideOf(part.Other), stratumSideOf(part.Reference)})
	}
	p.Figure, err = figures.Contribution(v)
	return err
}
