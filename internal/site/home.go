package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/server"
)

// homePage is GET / for those who see no schemes: releases and exports come
// later, and until then there is no figure for them.
type homePage struct {
	Frame        Frame
	Commissioner bool
}

func (homePage) folder() string { return "home" }

func (s *Site) home(c *gin.Context) error {
	actor := server.ActorOf(c.Request.Context())
	if actor.Role == app.Practitioner {
		c.Redirect(http.StatusSeeOther, "/caseload")
		return nil
	}
	if actor.May(app.SeeSchemes) {
		c.Redirect(http.StatusSeeOther, "/schemes")
		return nil
	}
	return s.render(c, http.StatusOK, homePage{Frame: s.frame(c, "home"), Commissioner: actor.Role == app.Commissioner})
}
