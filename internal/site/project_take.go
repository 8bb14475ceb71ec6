package site

import (
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/exchange/extract"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// projectTakePage is GET and POST /projects/:project/download: the password once
// more, then one button that downloads once. The ticket goes from page to server
// in a form and stands in no address.
type projectTakePage struct {
	Frame  Frame
	View   app.ProjectView
	Form   Form
	Ticket string // empty: the password was not typed yet, or not rightly
	Shown  string // the password, in a demonstration alone
}

func (projectTakePage) folder() string { return "project-take" }

func (s *Site) stepUp(c *gin.Context) error {
	form, err := blank("password")
	if err != nil {
		return err
	}
	return s.showStepUp(c, http.StatusOK, projectTakePage{Form: form})
}

// showStepUp fills the rest of the page. A project with nothing to download says
// on its own page why.
func (s *Site) showStepUp(c *gin.Context, status int, p projectTakePage) error {
	ctx := c.Request.Context()
	v, err := s.app.Project(ctx, server.ActorOf(ctx), scheme.ProjectID(c.Param("project")))
	if err != nil {
		return err
	}
	if !v.Mine && len(p.Form.Wrong()) == 0 {
		c.Redirect(http.StatusSeeOther, "/projects/"+string(v.ID))
		return nil
	}
	p.Frame, p.View = s.frame(c, "projects").refused(p.Form), v
	for _, d := range s.demo {
		if d.Login == p.Frame.Actor.Login {
			p.Shown = d.Password
		}
	}
	return s.render(c, status, p)
}

func (s *Site) doStepUp(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "password")
	if err != nil {
		return err
	}
	t, err := s.app.StepUp(ctx, server.ActorOf(ctx), app.StepUp{ID: scheme.ProjectID(c.Param("project")), Password: form.typed.Get("password")})
	if err != nil {
		return s.refuseStepUp(c, form, err)
	}
	return s.showStepUp(c, http.StatusOK, projectTakePage{Form: form, Ticket: t.Ticket})
}

func (s *Site) refuseStepUp(c *gin.Context, form Form, err error) error {
	status, err := s.refuse(c.Request.Context(), &form, err)
	if err != nil {
		return err
	}
	return s.showStepUp(c, status, projectTakePage{Form: form})
}

// takeProject is POST /projects/:project/file: the download.
func (s *Site) takeProject(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "password")
	if err != nil {
		return err
	}
	parcel, err := s.app.TakeProject(ctx, server.ActorOf(ctx), app.ProjectTaking{ID: scheme.ProjectID(c.Param("project")), Ticket: form.text("ticket")})
	if err != nil {
		if fault.Is(err, fault.TicketGone) {
			form.at = map[string]string{"": "password"} // which is what gives another
		}
		return s.refuseStepUp(c, form, err)
	}
	defer parcel.File.Close() //nolint:errcheck // it was read, and is gone in any case
	return s.server.Send(c, server.Download{Name: parcel.Name, Media: extract.Package.Media(), Write: func(w io.Writer) error {
		_, err := parcel.WriteTo(w)
		return err
	}})
}
