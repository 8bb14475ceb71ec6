package site

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// A DemoLogin is shown on the sign-in page of a demonstration.
type DemoLogin struct {
	Login        string
	Password     string
	Role         string // in words
	Organisation string
}

// signInPage is GET and POST /sign-in.
type signInPage struct {
	Frame Frame
	Form  Form
	Next  string // where to go afterwards, a path of ours
	Demo  []DemoLogin
}

func (signInPage) folder() string { return "sign-in" }

func (s *Site) signIn(c *gin.Context) error {
	needed, err := s.app.NeedsSetUp(c.Request.Context())
	if err != nil {
		return err
	}
	if needed {
		c.Redirect(http.StatusSeeOther, "/set-up")
		return nil
	}
	form, err := blank("login", "password")
	if err != nil {
		return err
	}
	return s.showSignIn(c, http.StatusOK, form, c.Query("next"))
}

func (s *Site) checkSignIn(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "login", "password")
	if err != nil {
		return err
	}
	account, err := s.app.SignIn(ctx, form.text("login"), form.typed.Get("password"))
	if err != nil {
		form.at = map[string]string{"": "login"}
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showSignIn(c, status, form, form.text("next"))
	}
	if err := s.server.SignIn(ctx, account, account.Memberships[0].Org); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, ownPath(form.text("next")))
	return nil
}

func (s *Site) signOut(c *gin.Context) error {
	if err := s.server.SignOut(c.Request.Context()); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/sign-in")
	return nil
}

func (s *Site) showSignIn(c *gin.Context, status int, form Form, next string) error {
	return s.render(c, status, signInPage{
		Frame: s.frame(c, "").refused(form), Form: form, Next: ownPath(next), Demo: s.demo,
	})
}

// ownPath is next where it is a path of this server, else the home page: a
// sign-in page must not lead to another site.
func ownPath(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return next
}
