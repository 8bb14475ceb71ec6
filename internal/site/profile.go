package site

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// profilePage is GET and POST /schemes/:scheme/profile: how much a scheme knows of
// who people are.
type profilePage struct {
	Frame    Frame
	Scheme   scheme.Scheme
	Form     Form
	Version  string // of the scheme, as the form was read
	Profiles []scheme.Term
	Now      string // what is there, where somebody else changed it meanwhile
}

func (profilePage) folder() string { return "profile" }

func (s *Site) profile(c *gin.Context) error {
	form, err := blank("profile")
	if err != nil {
		return err
	}
	return s.showProfile(c, http.StatusOK, form, nil)
}

func (s *Site) changeProfile(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "profile")
	if err != nil {
		return err
	}
	id := scheme.ID(c.Param("scheme"))
	_, err = s.app.ChangeProfile(ctx, server.ActorOf(ctx), app.ProfileChange{
		Key: form.sentKey(), Scheme: id, Version: form.number("version"), Profile: scheme.Profile(form.text("profile")),
	})
	if err == nil {
		c.Redirect(http.StatusSeeOther, "/schemes/"+string(id))
		return nil
	}
	status, other := s.refuse(ctx, &form, err)
	if other != nil {
		return other
	}
	return s.showProfile(c, status, form, err)
}

func (s *Site) showProfile(c *gin.Context, status int, form Form, refused error) error {
	ctx := c.Request.Context()
	found, err := s.app.Scheme(ctx, server.ActorOf(ctx), scheme.ID(c.Param("scheme")))
	if err != nil {
		return err
	}
	p := profilePage{
		Frame: s.frame(c, "schemes").refused(form), Scheme: found, Form: form,
		Version: strconv.Itoa(found.Revision), Profiles: scheme.Profiles(),
	}
	if status == http.StatusOK {
		p.Form.start("profile", string(found.Profile))
	}
	if stale(refused) {
		p.Now = scheme.Label(scheme.Profiles(), string(found.Profile))
	}
	return s.render(c, status, p)
}
