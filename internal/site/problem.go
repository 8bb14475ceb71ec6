package site

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"cairn/internal/server"
)

// problemPage is how a page says that it could not do what was asked: with the
// sentence and the status that the API gives.
type problemPage struct {
	Frame   Frame
	Problem server.Problem
}

func (problemPage) folder() string { return "problem" }

// problem answers what no form could show. Who asks for a page without being
// signed in is led to sign in and back.
func (s *Site) problem(c *gin.Context, p server.Problem) {
	if p.Status == http.StatusUnauthorized && c.Request.Method == http.MethodGet {
		c.Redirect(http.StatusSeeOther, "/sign-in?"+url.Values{"next": {c.Request.URL.RequestURI()}}.Encode())
		return
	}
	if err := s.render(c, p.Status, problemPage{Frame: s.frame(c, ""), Problem: p}); err != nil {
		// The page about a problem has one of its own; the words still go out.
		_ = c.Error(err)
		c.String(p.Status, "%s", p.Detail)
	}
}
