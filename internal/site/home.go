package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/server"
)

// homePage is GET / for those who see neither schemes nor releases: exports come
// later, and until then there is nothing for them.
type homePage struct{ Frame Frame }

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
	if actor.May(app.ReadGranted) {
		c.Redirect(http.StatusSeeOther, "/granted")
		return nil
	}
	return s.render(c, http.StatusOK, homePage{Frame: s.frame(c, "home")})
}
