package site

import (
	"context"
	"net/url"

	"github.com/gin-gonic/gin"

	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// evidencePage is GET /schemes/:scheme/evidence, the internal view: exact and
// live. Shown is false when the filters were refused; the page then says why
// and shows no figure.
type evidencePage struct {
	Frame        Frame
	Form         Form
	Here         string // the last part of the page's address
	View         app.EvidenceView
	Shown        bool
	About        evidence.Context
	Sentence     string
	Basis        string
	Cautions     []string
	Movement     charts.Figure
	Change       charts.Figure
	Distribution charts.Figure
	Bounds       charts.Figure
	Way          journeySection
	PrintAt      string // the same figures on one page
}

func (evidencePage) folder() string { return "evidence" }

func (s *Site) evidence(c *gin.Context) error {
	form, view, answered, err := s.evidenceAsked(c)
	if err != nil || answered {
		return err
	}
	p := evidencePage{Form: form.chosen(view), Here: here(c), View: view, Shown: true, About: view.About()}
	p.Sentence, p.Basis, p.Cautions = view.Sentence(), p.About.Basis(), view.Cautions()
	if err := p.draw(); err != nil {
		return err
	}
	if p.Way, err = journeyOf(view); err != nil {
		return err
	}
	p.PrintAt = printedAt(c)
	p.Frame = s.frame(c, "schemes")
	p.Frame.Charts = true
	return s.renderFigures(c, &p, s.maker().Scheme(view))
}

func (p *evidencePage) figures() []*charts.Figure {
	all := []*charts.Figure{&p.Way.Flow}
	if p.Drawn() {
		all = append(all, &p.Movement, &p.Change, &p.Distribution, &p.Bounds)
	}
	for i := range p.Way.Runs {
		all = append(all, &p.Way.Runs[i])
	}
	return all
}

// evidenceAsked reads the filters and works the figures out. Where a filter is wrong
// it has answered with the page that says so, and there are no figures.
func (s *Site) evidenceAsked(c *gin.Context) (form Form, view app.EvidenceView, answered bool, err error) {
	ctx := c.Request.Context()
	form, ask, unknown, err := evidenceForm(c)
	if err != nil {
		return form, view, false, err
	}
	view, err = s.app.Evidence(ctx, server.ActorOf(ctx), ask)
	wrong, err := atFilters(unknown, err)
	if err == nil && wrong != nil {
		return form, view, true, s.refuseEvidence(c, form, ask, wrong)
	}
	return form, view, false, err
}

// evidenceForm reads the filters of a scheme's figures, and what else a page's
// address may say.
func evidenceForm(c *gin.Context, also ...string) (form Form, ask app.EvidenceAsk, unknown fault.List, err error) {
	if form, err = blank(append([]string{"measure", "occasion", "from", "to", "rule"}, also...)...); err != nil {
		return form, ask, unknown, err
	}
	unknown = form.asked(c)
	ask = app.EvidenceAsk{
		Scheme: scheme.ID(c.Param("scheme")), Measure: form.text("measure"), Occasion: form.text("occasion"),
		From: form.text("from"), To: form.text("to"), Rule: form.text("rule"),
	}
	return form, ask, unknown, nil
}

// atFilters parts what came of asking for figures into what is wrong with the
// filters, to be said at them, and what is not there or an accident.
func atFilters(unknown fault.List, err error) (wrong, other error) {
	if fault.Is(err, fault.NotFound) {
		return nil, err
	}
	if accident := unknown.Note("", err); accident != nil {
		return nil, accident
	}
	return unknown.Err(), nil
}

// draw makes the figures.
func (p *evidencePage) draw() (err error) {
	for _, one := range []struct {
		to *charts.Figure
		by func(evidence.Finding) (charts.Figure, error)
	}{{&p.Movement, charts.Movement}, {&p.Change, charts.Change}, {&p.Distribution, charts.Distribution}, {&p.Bounds, charts.Bounds}} {
		if *one.to, err = one.by(p.View.Finding); err != nil {
			return err
		}
	}
	return nil
}

// Small reports that so few people are in the figures that the page says first
// what they cannot say.
func (p evidencePage) Small() bool { return p.View.Finding.Counts.Persons < evidence.FewPeople }

// Drawn reports whether there is anything to draw: two people measured twice.
func (p evidencePage) Drawn() bool { return p.View.Finding.Counts.Paired > 1 }

// refuseEvidence shows the filters again with what is wrong at each, and no
// figures: those of another question would be taken for the answer.
func (s *Site) refuseEvidence(c *gin.Context, form Form, ask app.EvidenceAsk, refusal error) error {
	status, err := s.refuse(c.Request.Context(), &form, refusal)
	if err != nil {
		return err
	}
	view, err := s.rest(c.Request.Context(), ask, refusal)
	if err != nil {
		return err
	}
	if form.text("rule") == "" {
		form.start("rule", string(view.Rule))
	}
	p := evidencePage{Frame: s.frame(c, "schemes").refused(form), Form: form, Here: here(c), View: view}
	return s.render(c, status, p)
}

// rest is what there is to choose from: the filters of the score that was asked
// for, unless it was refused itself. Nothing else is asked again, so that this
// answers however much is wrong.
func (s *Site) rest(ctx context.Context, ask app.EvidenceAsk, refusal error) (app.EvidenceView, error) {
	all, _ := fault.All(refusal)
	again := app.EvidenceAsk{Scheme: ask.Scheme, Measure: ask.Measure}
	for _, f := range all {
		if f.Field == "measure" {
			again.Measure = ""
		}
	}
	return s.app.Evidence(ctx, server.ActorOf(ctx), again)
}

// chosen fills in what an empty filter came to mean.
func (f Form) chosen(v app.EvidenceView) Form {
	filled := url.Values{}
	for name := range f.typed {
		filled[name] = f.typed[name]
	}
	filled.Set("measure", string(v.Score.Series))
	filled.Set("occasion", string(v.Occasion))
	filled.Set("rule", string(v.Rule))
	f.typed = filled
	return f
}

// NoStarts reports that nobody's first activity was recorded though people were
// measured, as after an import: that is unknown and not nobody.
func (p evidencePage) NoStarts() bool {
	return p.View.Finding.Flow.Started == 0 && p.View.Finding.Flow.Baseline > 0
}

// most quarters offered in a filter: ten years.
const mostQuarters = 40

// Quarters are the ends that a period can have, newest first.
func (p evidencePage) Quarters() []scheme.Term {
	last := p.View.Today.Quarter()
	first := min(p.View.Scheme.Plan.EffectiveFrom.Quarter(), last)
	for _, chosen := range []scheme.Quarter{p.View.Period.From, p.View.Period.To} {
		if chosen != 0 {
			first, last = min(first, chosen), max(last, chosen)
		}
	}
	var all []scheme.Term
	for q := last; q >= first && q > last-mostQuarters; q-- {
		all = append(all, scheme.Term{Value: q.String(), Label: q.String()})
	}
	return all
}

// Scores and Occasions are what the filters offer.
func (p evidencePage) Scores() []scheme.Term {
	var all []scheme.Term
	for _, sc := range p.View.Scores {
		all = append(all, scheme.Term{Value: string(sc.Series), Label: sc.Name})
	}
	return all
}

func (p evidencePage) Occasions() []scheme.Term {
	var all []scheme.Term
	for _, o := range p.View.Occasions {
		all = append(all, scheme.Term{Value: string(o), Label: o.Label()})
	}
	return all
}
