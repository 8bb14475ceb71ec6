package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
)

// setUpPage is GET and POST /set-up, the first run.
type setUpPage struct {
	Frame Frame
	Form  Form
}

func (setUpPage) folder() string { return "set-up" }

func setUpForm() []string { return []string{"name", "time_zone", "login", "password", "code"} }

func (s *Site) setUp(c *gin.Context) error {
	needed, err := s.app.NeedsSetUp(c.Request.Context())
	if err != nil {
		return err
	}
	if !needed {
		c.Redirect(http.StatusSeeOther, "/sign-in")
		return nil
	}
	form, err := blank(setUpForm()...)
	if err != nil {
		return err
	}
	form.start("time_zone", "Europe/London")
	form.start("code", c.Query("code"))
	return s.render(c, http.StatusOK, setUpPage{Frame: s.frame(c, ""), Form: form})
}

// doSetUp makes the organisation and signs its manager in.
func (s *Site) doSetUp(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, setUpForm()...)
	if err != nil {
		return err
	}
	login, password := form.text("login"), form.typed.Get("password")
	err = s.app.SetUp(ctx, app.NewService{
		Code: form.text("code"), Name: form.text("name"), TimeZone: form.text("time_zone"), Login: login, Password: password,
	})
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.render(c, status, setUpPage{Frame: s.frame(c, "").refused(form), Form: form})
	}
	account, err := s.app.SignIn(ctx, login, password)
	if err != nil {
		return err
	}
	if err := s.server.SignIn(ctx, account, account.Memberships[0].Org); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/")
	return nil
}
