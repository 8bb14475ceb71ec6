package server

import (
	"errors"
	"io"
	"mime"
	"net/http"

	"github.com/gin-gonic/gin"
)

// A Download is a file that is made while it is taken.
type Download struct {
	Name  string
	Media string
	Write func(io.Writer) error
}

// Send answers with a file. What goes wrong before the first byte is handed back
// to be answered; after it the connection is cut, so that nobody takes half a file
// for the whole. A reader may take as long as it likes, as long as it goes on.
func (s *Server) Send(c *gin.Context, d Download) error {
	c.Header("Content-Type", d.Media)
	c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.Name}))
	if visitOf(c).method == http.MethodHead {
		c.Status(http.StatusOK)
		return nil
	}
	to := &patient{to: c.Writer, until: http.NewResponseController(c.Writer), server: s, unlimited: visitOf(c).patient}
	err := d.Write(to)
	if err == nil || !to.begun {
		if err != nil {
			c.Writer.Header().Del("Content-Disposition")
			c.Writer.Header().Del("Content-Type")
		}
		return err
	}
	s.logAccident(c, "a download broke off", err)
	panic(http.ErrAbortHandler)
}

// Answer says err to whoever asked, for a room whose framework takes no errors.
func (s *Server) Answer(c *gin.Context, err error) { s.answer(c, err) }

// patient gives every write the time of a whole answer.
type patient struct {
	to     io.Writer
	until  *http.ResponseController
	server *Server
	begun  bool

	unlimited bool // the route has no limit of time to begin with
}

func (p *patient) Write(b []byte) (int, error) {
	p.begun = true
	if p.unlimited {
		return p.to.Write(b)
	}
	limit := p.server.cfg.Now().Add(p.server.cfg.Limits.Write)
	if err := p.until.SetWriteDeadline(limit); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return p.to.Write(b)
}
