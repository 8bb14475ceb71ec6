package site

import (
	"io"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/exchange/datapackage"
	"cairn/internal/exchange/extract"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// exportsPage is GET /exports: which rows, in which shape, and how many there are.
type exportsPage struct {
	Frame Frame
	Form  Form
	View  app.ExportView
	Shape scheme.Shape
	Shown bool // nothing was refused, so that there is something to download
}

func (exportsPage) folder() string { return "exports" }

// exportFilters are the fields that narrow an export.
func exportFilters() []string {
	return []string{"scheme", "measure", "occasion", "from", "to", "rule", "shape"}
}

// wholePackage is the shape that has all the others in it.
const wholePackage scheme.Shape = "package"

func (s *Site) exports(c *gin.Context) error {
	ctx := c.Request.Context()
	form, ask, unknown, err := exportForm(c)
	if err != nil {
		return err
	}
	view, err := s.app.Exportable(ctx, server.ActorOf(ctx), ask)
	wrong, err := atFilters(unknown, err)
	if err != nil {
		return err
	}
	p := exportsPage{Form: form, View: view, Shape: scheme.Shape(form.text("shape")), Shown: true}
	status := http.StatusOK
	if wrong != nil {
		if status, err = s.refuse(ctx, &p.Form, wrong); err != nil {
			return err
		}
		if p.View, err = s.app.Exportable(ctx, server.ActorOf(ctx), app.ExportAsk{Schemes: ask.Schemes}); err != nil {
			return err
		}
		p.Shown = false
	}
	p.Frame = s.frame(c, "exports").refused(p.Form)
	return s.render(c, status, p)
}

// exportForm reads what is asked for in an address.
func exportForm(c *gin.Context, also ...string) (form Form, ask app.ExportAsk, unknown fault.List, err error) {
	if form, err = blank(append(exportFilters(), also...)...); err != nil {
		return form, ask, unknown, err
	}
	unknown = form.asked(c)
	for _, start := range []struct{ name, value string }{{"shape", string(wholePackage)}, {"rule", string(scheme.ByPlan)}} {
		if form.text(start.name) == "" {
			form.start(start.name, start.value)
		}
	}
	if shape := form.text("shape"); shape != string(wholePackage) && !scheme.Known(scheme.Shapes(), shape) {
		unknown.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose one of these.").At("shape"))
	}
	ask = app.ExportAsk{
		Measure: form.text("measure"), Occasion: form.text("occasion"), From: form.text("from"), To: form.text("to"), Rule: form.text("rule"),
	}
	if id := form.text("scheme"); id != "" {
		ask.Schemes = []scheme.ID{scheme.ID(id)}
	}
	return form, ask, unknown, nil
}

// exportFile is GET /exports/file: the download.
func (s *Site) exportFile(c *gin.Context) error {
	ctx := c.Request.Context()
	form, ask, unknown, err := exportForm(c, "form")
	if err != nil {
		return err
	}
	order := datapackage.Order{Shape: scheme.Shape(form.text("shape")), Form: extract.Form(form.text("form"))}
	switch {
	case order.Shape == wholePackage:
		order.Form = extract.Package
	case !scheme.Known(extract.Forms(), string(order.Form)):
		unknown.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose CSV, XLSX or Parquet."))
	}
	if err := unknown.Err(); err != nil {
		return err
	}
	by := server.ActorOf(ctx)
	ask.Form = string(order.Shape) + " " + string(order.Form)
	view, err := s.app.Exportable(ctx, by, ask)
	if err != nil {
		return err
	}
	return s.server.Send(c, server.Download{Name: order.Name(view.Extract.Today), Media: order.Form.Media(), Write: func(w io.Writer) error {
		_, err := s.app.Export(ctx, by, ask, func(x scheme.Extract, rows scheme.ExtractRows) (scheme.Sent, error) {
			return datapackage.Send(w, order, x, rows)
		})
		return err
	}})
}

// Address is where what is shown is downloaded.
func (p exportsPage) Address(form string) string {
	query := url.Values{}
	for _, name := range exportFilters() {
		if value := p.Form.text(name); value != "" {
			query.Set(name, value)
		}
	}
	if p.Shape != wholePackage {
		query.Set("form", form)
	}
	return "/exports/file?" + query.Encode()
}

// IsPackage reports that everything goes out together.
func (p exportsPage) IsPackage() bool { return p.Shape == wholePackage }

// Narrowed reports that less than everything was asked for.
func (p exportsPage) Narrowed() bool {
	for _, name := range []string{"scheme", "measure", "occasion", "from", "to"} {
		if p.Form.text(name) != "" {
			return true
		}
	}
	return p.Form.text("rule") != string(scheme.ByPlan)
}

// Schemes, Measures and FollowUps are what can be chosen from.
func (p exportsPage) Schemes() (terms []scheme.Term) {
	for _, s := range p.View.Schemes {
		terms = append(terms, scheme.Term{Value: string(s.ID), Label: s.Name})
	}
	return terms
}

func (p exportsPage) Measures() (terms []scheme.Term) {
	for _, sc := range p.View.Whole.Scores {
		terms = append(terms, scheme.Term{Value: string(sc.Series), Label: sc.Name})
	}
	return terms
}

func (p exportsPage) FollowUps() (terms []scheme.Term) {
	for _, o := range p.View.Whole.FollowUps {
		terms = append(terms, scheme.Term{Value: string(o), Label: o.Label()})
	}
	return terms
}

// Quarters are the ends that a period can have, newest first.
func (p exportsPage) Quarters() []scheme.Term {
	return quartersSince(p.View.Whole.Today, p.View.Schemes)
}

// quartersSince are those from the first of the schemes' plans on, newest first.
func quartersSince(today scheme.Day, schemes []scheme.Scheme) []scheme.Term {
	view := app.EvidenceView{Today: today}
	for i, s := range schemes {
		if from := s.Plan.EffectiveFrom; i == 0 || from.Before(view.Scheme.Plan.EffectiveFrom) {
			view.Scheme.Plan.EffectiveFrom = from
		}
	}
	return evidencePage{View: view}.Quarters()
}

// Forms are how a table can be written.
func (exportsPage) Forms() []scheme.Term { return extract.Forms() }
