package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// newSchemePage is GET and POST /schemes/new.
type newSchemePage struct {
	Frame    Frame
	Form     Form
	Measures []measure.Definition
	Scores   []scheme.Term // that can be the primary one
	Profiles []scheme.Term
}

func (newSchemePage) folder() string { return "scheme-new" }

// Library is the question of which measures, with the library as answers.
func (p newSchemePage) Library() (Field, error) {
	f, err := p.Form.Field("measures")
	for _, m := range p.Measures {
		f = f.OrExplained(string(m.Key), m.Name, m.About)
	}
	return f, err
}

func schemeForm() []string {
	return []string{"name", "measures", "primary", "weeks", "started_on", "profile"}
}

func (s *Site) newScheme(c *gin.Context) error {
	form, err := blank(schemeForm()...)
	if err != nil {
		return err
	}
	form.start("weeks", "12")
	form.start("profile", string(scheme.ByContact))
	return s.showNewScheme(c, http.StatusOK, form)
}

func (s *Site) addScheme(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, schemeForm()...)
	if err != nil {
		return err
	}
	form.at = map[string]string{"plan": "weeks"}
	in := app.NewScheme{
		Key: form.sentKey(), Name: form.text("name"), Primary: measure.Series(form.text("primary")),
		Weeks: form.number("weeks"), StartedOn: form.day("started_on"), Profile: scheme.Profile(form.text("profile")),
	}
	for _, key := range form.typed["measures"] {
		in.Measures = append(in.Measures, measure.Key(key))
	}
	made, err := s.app.AddScheme(ctx, server.ActorOf(ctx), in)
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showNewScheme(c, status, form)
	}
	c.Redirect(http.StatusSeeOther, "/schemes/"+string(made.ID))
	return nil
}

func (s *Site) showNewScheme(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	defs, err := s.app.Measures(ctx, server.ActorOf(ctx))
	if err != nil {
		return err
	}
	p := newSchemePage{Frame: s.frame(c, "schemes").refused(form), Form: form, Measures: defs, Profiles: scheme.Profiles()}
	for _, d := range defs {
		for _, sc := range d.Reported() {
			p.Scores = append(p.Scores, scheme.Term{Value: string(sc.Series), Label: d.Short + ": " + sc.Name})
		}
	}
	return s.render(c, status, p)
}
