package site

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// costsPage is GET and POST /schemes/:scheme/costs: the lines, and a form for one
// more below them.
type costsPage struct {
	Frame    Frame
	View     app.CostsView
	Form     Form
	Saved    string   // what was done, in words
	Warnings []string // of lines that may be the same money
}

func (costsPage) folder() string { return "costs" }

// costPage is GET and POST /costs/:cost: one line is changed or removed.
type costPage struct {
	Frame   Frame
	Now     app.CostView // as it stands
	Form    Form
	Changed bool // by somebody else since it was read
}

func (costPage) folder() string { return "cost" }

func costForm() []string {
	return []string{"kind", "pounds", "from", "to", "source", "note", "version"}
}

func (f *Form) costLine() app.CostLine {
	return app.CostLine{
		Kind: scheme.CostKind(f.text("kind")), Pounds: f.text("pounds"), From: f.text("from"), To: f.text("to"),
		Source: f.text("source"), Note: f.text("note"),
	}
}

// saysCost fills a form with what is there.
func (f *Form) saysCost(c scheme.Cost) {
	f.start("kind", string(c.Kind))
	f.start("pounds", c.Amount.Pounds())
	f.start("from", c.Over.From.String())
	f.start("to", c.Over.To.String())
	f.start("source", c.Source)
	f.start("note", c.Note)
	f.start("version", strconv.Itoa(c.Revision))
}

func (s *Site) costs(c *gin.Context) error {
	form, err := blank(costForm()...)
	if err != nil {
		return err
	}
	return s.showCosts(c, http.StatusOK, form)
}

func (s *Site) addCost(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, costForm()...)
	if err != nil {
		return err
	}
	of := scheme.ID(c.Param("scheme"))
	_, err = s.app.AddCost(ctx, server.ActorOf(ctx), app.NewCost{Key: form.sentKey(), Scheme: of, CostLine: form.costLine()})
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showCosts(c, status, form)
	}
	c.Redirect(http.StatusSeeOther, "/schemes/"+string(of)+"/costs?saved=added")
	return nil
}

func (s *Site) showCosts(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	view, err := s.app.Costs(ctx, server.ActorOf(ctx), scheme.ID(c.Param("scheme")))
	if err != nil {
		return err
	}
	p := costsPage{Frame: s.frame(c, "schemes").refused(form), View: view, Form: form}
	switch c.Query("saved") {
	case "added":
		p.Saved = "Cost added"
	case "changed":
		p.Saved = "Cost changed"
	case "removed":
		p.Saved = "Cost removed: it is counted nowhere"
	}
	for _, o := range view.Overlaps {
		p.Warnings = append(p.Warnings, evidence.OverlapSentence(o))
	}
	return s.render(c, status, p)
}

func (s *Site) cost(c *gin.Context) error {
	ctx := c.Request.Context()
	now, err := s.app.Cost(ctx, server.ActorOf(ctx), scheme.CostID(c.Param("cost")))
	if err != nil {
		return err
	}
	form, err := blank(costForm()...)
	if err != nil {
		return err
	}
	form.saysCost(now.Cost)
	return s.render(c, http.StatusOK, costPage{Frame: s.frame(c, "schemes"), Now: now, Form: form})
}

func (s *Site) changeCost(c *gin.Context) error {
	ctx := c.Request.Context()
	by, id := server.ActorOf(ctx), scheme.CostID(c.Param("cost"))
	form, err := posted(c, costForm()...)
	if err != nil {
		return err
	}
	before, err := s.app.Cost(ctx, by, id)
	if err != nil {
		return err
	}
	in := app.CostChange{Key: form.sentKey(), Cost: id, Version: form.number("version"), CostLine: form.costLine(), Removed: before.Removed}
	said := "changed"
	if quick := form.text("quick"); quick != "" { // the rest as it is
		read := form.text("version")
		form.saysCost(before.Cost)
		form.start("version", read)
		in.CostLine, in.Removed = form.costLine(), quick == "remove"
		if in.Removed {
			said = "removed"
		}
	}
	if _, err = s.app.ChangeCost(ctx, by, in); err == nil {
		c.Redirect(http.StatusSeeOther, "/schemes/"+string(before.Scheme)+"/costs?saved="+said)
		return nil
	}
	p := costPage{Changed: fault.Is(err, fault.Stale)}
	status, err := s.refuse(ctx, &form, err)
	if err != nil {
		return err
	}
	if p.Now, err = s.app.Cost(ctx, by, id); err != nil {
		return err
	}
	if p.Changed {
		form.start("version", strconv.Itoa(p.Now.Revision))
	}
	p.Form, p.Frame = form, s.frame(c, "schemes").refused(form)
	return s.render(c, status, p)
}

// Kinds are what money is spent on.
func (costsPage) Kinds() []scheme.Term { return scheme.CostKinds() }
func (costPage) Kinds() []scheme.Term  { return scheme.CostKinds() }

const (
	costsBack  = 12 // three years that a new line can be for
	costsAhead = 8
)

// Quarters are those that a line can be for, the oldest first.
func (p costsPage) Quarters() []scheme.Term {
	return quartersAround(p.View.Today.Quarter(), scheme.Period{})
}
func (p costPage) Quarters() []scheme.Term {
	return quartersAround(p.Now.Today.Quarter(), p.Now.Over)
}

func quartersAround(now scheme.Quarter, with scheme.Period) (all []scheme.Term) {
	from, to := now-costsBack, now+costsAhead
	if with.From != 0 {
		from, to = min(from, with.From), max(to, with.To)
	}
	for q := from; q <= to; q++ {
		all = append(all, scheme.Term{Value: q.String(), Label: q.String() + ", " + q.First().Month().Label() + " to " + q.Last().Month().Label()})
	}
	return all
}

// Exactly writes an amount to the penny.
func (costsPage) Exactly(p scheme.Pence) string { return evidence.Exactly(p) }
func (costPage) Exactly(p scheme.Pence) string  { return evidence.Exactly(p) }
