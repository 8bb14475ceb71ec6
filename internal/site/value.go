package site

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// valuePage is GET /schemes/:scheme/value: what each person cost, and what the
// change would be worth under the reader's ifs; the internal view.
type valuePage struct {
	evidencePage
	Value app.ValueView
}

func (valuePage) folder() string { return "value" }

func (s *Site) value(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := blank("measure", "occasion", "from", "to", "rule", "set_up", "caused", "weeks")
	if err != nil {
		return err
	}
	unknown := form.asked(c)
	ask := app.ValueAsk{
		EvidenceAsk: app.EvidenceAsk{
			Scheme: scheme.ID(c.Param("scheme")), Measure: form.text("measure"), Occasion: form.text("occasion"),
			From: form.text("from"), To: form.text("to"), Rule: form.text("rule"),
		},
		SetUp: form.text("set_up"), Caused: form.text("caused"), Weeks: form.text("weeks"),
	}
	view, err := s.app.Value(ctx, server.ActorOf(ctx), ask)
	wrong, err := atFilters(unknown, err)
	if err != nil {
		return err
	}
	p := valuePage{evidencePage: evidencePage{Here: "value"}}
	status := http.StatusOK
	if wrong != nil {
		if status, err = s.refuse(ctx, &form, wrong); err != nil {
			return err
		}
		if view, err = s.valueAgain(c, ask, form); err != nil {
			return err
		}
	}
	p.Value, p.View, p.About = view, view.EvidenceView, view.About()
	p.Form, p.Shown = form, !asksOthers(form)
	if p.Shown {
		p.Form = form.chosen(view.EvidenceView)
		p.Form.typed.Set("set_up", string(view.Value.SetUp))
	}
	p.Frame = s.frame(c, "schemes").refused(form)
	return s.render(c, status, p)
}

// valueAgain is what there is to choose from when something was refused: of the
// figures as they were asked for where only the reader's ifs were.
func (s *Site) valueAgain(c *gin.Context, ask app.ValueAsk, form Form) (app.ValueView, error) {
	ctx := c.Request.Context()
	ask.Caused, ask.Weeks = "", ""
	if asksOthers(form) {
		ask.SetUp, ask.EvidenceAsk = "", app.EvidenceAsk{Scheme: ask.Scheme}
	}
	return s.app.Value(ctx, server.ActorOf(ctx), ask)
}

// asksOthers reports that more was refused than the reader's ifs, so that figures
// would be the answer to another question.
func asksOthers(form Form) bool {
	return slices.ContainsFunc(form.Wrong(), func(w Wrong) bool { return w.name != "caused" && w.name != "weeks" })
}

// Supposing reports that the reader's ifs can be asked for: they were refused, or
// there is a cost and a change of life satisfaction.
func (p valuePage) Supposing() bool {
	return p.View.Score.Series == evidence.LifeSatisfaction && p.Value.Value.Entered() && p.View.Finding.Change.Mean != nil
}

// Satisfied reports that the figures are of life satisfaction.
func (p valuePage) Satisfied() bool { return p.View.Score.Series == evidence.LifeSatisfaction }

// Satisfaction is the series that has a value in money.
func (valuePage) Satisfaction() string { return string(evidence.LifeSatisfaction) }

// SetUps are what can become of set-up costs.
func (valuePage) SetUps() []scheme.Term { return evidence.SetUps() }

// Money, Between, Caused and the others write numbers as sentences do.
func (valuePage) Money(v *float64) string        { return evidence.Money(v) }
func (valuePage) Rounded(v *float64) string      { return evidence.Rounded(v) }
func (valuePage) Between(lo, hi *float64) string { return evidence.MoneyInterval(lo, hi) }
func (valuePage) Roughly(lo, hi *float64) string { return evidence.RoundedInterval(lo, hi) }
func (valuePage) Count(n *int) string            { return evidence.People(*n) }
func (valuePage) Cautions() []string             { return evidence.WellbyCautions() }
func (valuePage) Pounds(w evidence.Worth) string { return evidence.Money(&w.Pounds) }
func (p valuePage) Change() string               { return evidence.Signed(p.View.Finding.Change.Mean, p.View.Score) }
func (p valuePage) Interval() string {
	return evidence.ToldEnds(p.View.Finding, p.View.Score)
}

// ByItself says how much of the change regression to the mean alone could give, and
// that nothing may be left to put a value on.
func (p valuePage) ByItself() string {
	said := p.View.Finding.ExpectedWords()
	if p.View.Finding.Bearing() == evidence.ByItself {
		said += " So all of this change may have come by itself, and nothing be left to put a value on."
	}
	return said
}
