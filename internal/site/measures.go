package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/measure"
	"cairn/internal/server"
)

// measuresPage is GET /measures, the library.
type measuresPage struct {
	Frame    Frame
	Measures []measure.Definition
}

func (measuresPage) folder() string { return "measures" }

func (s *Site) measures(c *gin.Context) error {
	ctx := c.Request.Context()
	all, err := s.app.Measures(ctx, server.ActorOf(ctx))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, measuresPage{Frame: s.frame(c, "measures"), Measures: all})
}
