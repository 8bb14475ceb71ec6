package site

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// projectPage is GET /projects/:project: what was asked for, where it stands, and
// every step that the reader can take.
type projectPage struct {
	Frame   Frame
	View    app.ProjectView
	Form    Form   // of the step that was refused, else blank
	Measure string // in words; empty: all
	Done    string // the step that was taken
}

func (projectPage) folder() string { return "project" }

// Traits are what its files would say of people, in words.
func (p projectPage) Traits() []scheme.Term { return traitsOf(p.View.Project) }

func traitsOf(p scheme.Project) (terms []scheme.Term) {
	for _, t := range p.Traits {
		terms = append(terms, scheme.Term{Value: t, Label: scheme.Label(scheme.ProjectTraits(), t)})
	}
	return terms
}

// Open reports whether files can be downloaded today, by whoever is named.
func (p projectPage) Open() bool { return p.View.Open(p.View.Today) }

// Asked reports whether nobody has decided yet.
func (p projectPage) Asked() bool { return p.View.State == scheme.ProjectAsked }

// Own reports whether the reader asked for it.
func (p projectPage) Own() bool { return p.View.Asked.By == p.Frame.Actor.Account }

// Ends reports whether the reader can end it; who has to decide refuses instead.
func (p projectPage) Ends() bool {
	return p.Frame.DecidesProjects() && !p.View.ToDecide && (p.Asked() || p.Open())
}

// Again reports whether asking anew is what helps.
func (p projectPage) Again() bool { return !p.Asked() && !p.Open() }

func projectSteps() []string { return []string{"decision", "fewest", "reason"} }

func (s *Site) project(c *gin.Context) error {
	form, err := blank(projectSteps()...)
	if err != nil {
		return err
	}
	form.start("fewest", strconv.Itoa(scheme.ProjectFewest))
	return s.showProject(c, http.StatusOK, form)
}

func (s *Site) showProject(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	v, err := s.app.Project(ctx, server.ActorOf(ctx), scheme.ProjectID(c.Param("project")))
	if err != nil {
		return err
	}
	p := projectPage{Frame: s.frame(c, "projects").refused(form), View: v, Form: form, Done: c.Query("done")}
	if v.Measure != "" {
		defs, err := s.app.Measures(ctx, server.ActorOf(ctx))
		if err != nil {
			return err
		}
		p.Measure = measureOf(defs, v.Measure)
	}
	return s.render(c, status, p)
}

// projectStep takes one step of a project and leads back to it.
func (s *Site) projectStep(c *gin.Context, done string, take func(Form, scheme.ProjectID) error) error {
	form, err := posted(c, projectSteps()...)
	if err != nil {
		return err
	}
	id := scheme.ProjectID(c.Param("project"))
	if err := take(form, id); err != nil {
		status, err := s.refuse(c.Request.Context(), &form, err)
		if err != nil {
			return err
		}
		return s.showProject(c, status, form)
	}
	c.Redirect(http.StatusSeeOther, "/projects/"+string(id)+"?done="+done)
	return nil
}

func (s *Site) decideProject(c *gin.Context) error {
	ctx := c.Request.Context()
	return s.projectStep(c, "decided", func(f Form, id scheme.ProjectID) error {
		_, err := s.app.DecideProject(ctx, server.ActorOf(ctx), app.ProjectDecision{
			Key: f.sentKey(), ID: id, Version: f.number("version"), Decision: f.text("decision"), Fewest: f.number("fewest"), Reason: f.text("reason"),
		})
		return err
	})
}

func (s *Site) endProject(c *gin.Context) error {
	ctx := c.Request.Context()
	return s.projectStep(c, "ended", func(f Form, id scheme.ProjectID) error {
		_, err := s.app.EndProject(ctx, server.ActorOf(ctx), app.ProjectEnd{Key: f.sentKey(), ID: id, Version: f.number("version"), Reason: f.text("reason")})
		return err
	})
}

func (s *Site) copyDeleted(c *gin.Context) error {
	ctx := c.Request.Context()
	return s.projectStep(c, "deleted", func(f Form, id scheme.ProjectID) error {
		_, err := s.app.NoteDeleted(ctx, server.ActorOf(ctx), app.CopyDeleted{Key: f.sentKey(), ID: id, File: scheme.ProjectFileID(f.text("file"))})
		return err
	})
}

// projectCheckPage is GET /projects/:project/check: what a file would be today, or
// why there would be none.
type projectCheckPage struct {
	Frame Frame
	Check app.ProjectCheck
}

func (projectCheckPage) folder() string { return "project-check" }

// Traits are what the file would say of people, in words.
func (p projectCheckPage) Traits() []scheme.Term { return traitsOf(p.Check.Project.Project) }

// A fineness is how many steps coarser than recorded a file tells a trait.
type fineness struct {
	Trait string
	Step  int
}

// Fine is how finely the file would tell a trait.
func (p projectCheckPage) Fine(trait string) fineness {
	steps := p.Check.Veil.Steps
	switch trait {
	case scheme.TraitQuarter:
		return fineness{trait, steps.Quarter}
	case scheme.TraitAge:
		return fineness{trait, steps.Age}
	case scheme.TraitEthnicity:
		return fineness{trait, steps.Ethnicity}
	case scheme.TraitDeprivation:
		return fineness{trait, steps.Deprivation}
	}
	return fineness{trait, 0}
}

func (s *Site) checkProject(c *gin.Context) error {
	ctx := c.Request.Context()
	check, err := s.app.CheckProject(ctx, server.ActorOf(ctx), scheme.ProjectID(c.Param("project")))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, projectCheckPage{Frame: s.frame(c, "projects"), Check: check})
}
