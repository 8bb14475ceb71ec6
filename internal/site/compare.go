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

// comparePage is GET /compare: schemes, or groups of their people, side by side;
// the internal view. Shown is false when the filters were refused, and when there
// is nothing to compare.
type comparePage struct {
	Frame   Frame
	Form    Form
	View    app.CompareView
	Shown   bool
	About   evidence.Context
	Lines   []groupLine // of the groups in the figures
	Apart   []groupLine // of the others
	Figures []charts.Figure
	Refused []refusal // figures that cannot be had
}

func (comparePage) folder() string { return "compare" }

// A refusal is a figure that cannot be had, and why.
type refusal struct {
	What string // a key of the template's words
	Why  string
}

// groupLine is one group in the table of all of them.
type groupLine struct {
	Name             string
	Finding          evidence.Finding
	Started          string
	Before           string // mean baseline of those measured twice; empty for nobody and for one person
	Change, Interval string // the interval is empty where there is none
	Moves            string // better, same and worse
	Apart            app.Apart
}

func groupLines(groups []app.ComparedGroup) []groupLine {
	var lines []groupLine
	for _, g := range groups {
		line := groupLine{Name: g.Label, Apart: g.Apart, Finding: g.Finding, Change: g.Finding.MeanChange(), Moves: g.Finding.Moves()}
		if g.Finding.Counts.Paired > 1 {
			line.Interval = evidence.ToldEnds(g.Finding, g.Finding.Score)
		}
		line.Started = started(g.Finding.Flow)
		if g.Finding.Counts.Paired > 1 {
			line.Before = evidence.Points(g.Finding.BaselinePaired.Mean, g.Finding.Score)
		}
		lines = append(lines, line)
	}
	return lines
}

// started is how many began an activity, or that nobody's start is on record.
func started(f scheme.Flow) string {
	if f.Started == 0 && f.Baseline > 0 {
		return "not recorded"
	}
	return evidence.People(f.Started)
}

// Reliable is the threshold of reliable change in words; empty where none is
// agreed, so that every movement is counted.
func (p comparePage) Reliable() string { return reliably(p.View.Groups) }

func reliably(groups []app.ComparedGroup) string {
	for _, g := range groups {
		if _, _, _, by := g.Finding.Movement(); by != "" {
			return by
		}
	}
	return ""
}

func (s *Site) compare(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := blank("by", "scheme", "measure", "occasion", "from", "to", "rule")
	if err != nil {
		return err
	}
	unknown := form.asked(c)
	ask := app.CompareAsk{
		By: form.text("by"), Scheme: scheme.ID(form.text("scheme")), Measure: form.text("measure"), Occasion: form.text("occasion"),
		From: form.text("from"), To: form.text("to"), Rule: form.text("rule"),
	}
	view, err := s.app.Compare(ctx, server.ActorOf(ctx), ask)
	wrong, err := atFilters(unknown, err)
	if err != nil {
		return err
	}
	if wrong != nil {
		return s.refuseCompare(c, form, wrong)
	}
	p := comparePage{Form: form.compared(view), View: view, Shown: view.Score.Series != ""}
	for _, line := range groupLines(view.Groups) {
		if line.Apart == app.Within {
			p.Lines = append(p.Lines, line)
		} else {
			p.Apart = append(p.Apart, line)
		}
	}
	if p.Shown {
		p.About = view.About()
		p.About.Scheme = view.Only.Name
		if err := p.draw(); err != nil {
			return err
		}
	}
	p.Frame = s.frame(c, "compare")
	p.Frame.Charts = true
	return s.renderFigures(c, &p, s.maker().Schemes(view, p.Frame.Actor.OrgName))
}

func (p *comparePage) figures() (all []*charts.Figure) {
	for i := range p.Figures {
		all = append(all, &p.Figures[i])
	}
	return all
}

// refuseCompare shows the filters with what is wrong at each, and no figures.
func (s *Site) refuseCompare(c *gin.Context, form Form, refusal error) error {
	ctx := c.Request.Context()
	status, err := s.refuse(ctx, &form, refusal)
	if err != nil {
		return err
	}
	view, err := s.app.Compare(ctx, server.ActorOf(ctx), app.CompareAsk{})
	if err != nil {
		return err
	}
	p := comparePage{Frame: s.frame(c, "compare").refused(form), Form: form, View: view}
	return s.render(c, status, p)
}

// compared fills in what an empty filter came to mean.
func (f Form) compared(v app.CompareView) Form {
	filled := f.chosen(v.EvidenceView)
	filled.typed.Set("by", string(v.By))
	return filled
}

// draw makes the figures that can be had, and says why of the others.
func (p *comparePage) draw() (err error) {
	t := p.View.Together
	for _, one := range []struct {
		key  string
		made bool
	}{
		{"pooled_mean_change", t.PooledMeanChange != nil}, {"funnel_mean_change", t.FunnelMeanChange != nil},
		{"funnel_completion", t.FunnelCompletion != nil}, {"funnel_reliably_improved", t.FunnelReliablyImproved != nil},
	} {
		if !one.made {
			p.Refused = append(p.Refused, refusal{one.key, t.Reasons[one.key]})
		}
	}
	p.Figures, err = figures.Compare(p.View)
	return err
}

// Least is how many people measured twice make a group that is drawn and pooled.
func (comparePage) Least() int { return evidence.LeastOnASide }

// Of says what is compared, for the template.
func (p comparePage) Of() charts.Groups { return figures.Words(p.View.By) }

// What the filters offer.
func (p comparePage) Dimensions() []scheme.Term { return app.Comparable() }
func (p comparePage) Scores() []scheme.Term     { return evidencePage{View: p.View.EvidenceView}.Scores() }
func (p comparePage) Occasions() []scheme.Term {
	return evidencePage{View: p.View.EvidenceView}.Occasions()
}

// Quarters are the ends that a period can have, newest first.
func (p comparePage) Quarters() []scheme.Term {
	view := p.View.EvidenceView
	for _, s := range p.View.Schemes {
		if from := s.Plan.EffectiveFrom; view.Scheme.Plan.EffectiveFrom.IsZero() || from.Before(view.Scheme.Plan.EffectiveFrom) {
			view.Scheme.Plan.EffectiveFrom = from
		}
	}
	return evidencePage{View: view}.Quarters()
}

// Schemes are the actor's, to choose one.
func (p comparePage) Schemes() []scheme.Term {
	var all []scheme.Term
	for _, s := range p.View.Schemes {
		all = append(all, scheme.Term{Value: string(s.ID), Label: s.Name})
	}
	return all
}
