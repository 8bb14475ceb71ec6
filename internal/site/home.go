package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/server"
)

// home leads each role to its own first page.
func (s *Site) home(c *gin.Context) error {
	actor := server.ActorOf(c.Request.Context())
	first := "/schemes"
	switch {
	case actor.Role == app.Practitioner:
		first = "/caseload"
	case actor.May(app.SeeSchemes):
	case actor.May(app.ReadGranted):
		first = "/granted"
	default:
		first = "/projects"
	}
	c.Redirect(http.StatusSeeOther, first)
	return nil
}
