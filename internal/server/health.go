package server

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"cairn/internal/fault"
)

const readyWithin = 2 * time.Second

type health struct {
	Status string `json:"status"`
}

// health adds the two addresses that supervisors ask: alive, and ready to
// answer. Neither says anything about data.
func (s *Server) health() {
	open := Policy{Right: Public, Why: "a supervisor asks without an account; the answer is one word"}
	s.Route(http.MethodGet, "/livez", open, func(c *gin.Context) error {
		c.JSON(http.StatusOK, health{"alive"})
		return nil
	})
	s.Route(http.MethodGet, "/healthz", open, func(c *gin.Context) error {
		ctx, done := context.WithTimeout(c.Request.Context(), readyWithin)
		defer done()
		if err := s.cfg.Ready(ctx); err != nil {
			return fault.New(fault.Unavailable, fault.Busy, "The database does not answer. Wait a moment and try again.").Because(err)
		}
		c.JSON(http.StatusOK, health{"ready"})
		return nil
	})
}
