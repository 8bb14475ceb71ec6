package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/internal/fault"
)

// retryAfter is how long a caller waits before it asks again, in seconds.
const retryAfter = "5"

// OnProblem installs how a page says a problem. Without it, and always under
// /api, a problem is problem+json.
func (s *Server) OnProblem(render func(*gin.Context, Problem)) { s.render = render }

// OnProblemUnder installs how problems are said to whoever asks below a path, where
// they speak neither problem+json nor pages.
func (s *Server) OnProblemUnder(path string, say func(*gin.Context, Problem)) {
	s.tongues = append(s.tongues, tongue{path, say})
}

// A tongue is how problems are said below a path.
type tongue struct {
	path string
	say  func(*gin.Context, Problem)
}

// funnelled turns a handler that returns an error into gin's, and is the only
// way an error is answered.
func (s *Server) funnelled(h func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		visitOf(c).pattern = c.FullPath()
		if err := h(c); err != nil {
			s.answer(c, err)
		}
	}
}

// answer says err to whoever asked. What has already been sent cannot be taken
// back; the error is then in the log alone.
func (s *Server) answer(c *gin.Context, err error) {
	p := s.Problem(c, err)
	if c.Writer.Written() {
		return
	}
	for name, values := range p.GetHeaders() {
		c.Header(name, values[0])
	}
	for _, t := range s.tongues {
		if path := c.Request.URL.Path; path == t.path || strings.HasPrefix(path, t.path+"/") {
			t.say(c, p)
			return
		}
	}
	if s.render == nil || strings.HasPrefix(c.Request.URL.Path, "/api/") {
		s.sendJSON(c, p)
		return
	}
	s.render(c, p)
}

func (s *Server) sendJSON(c *gin.Context, p Problem) {
	body, err := json.Marshal(p)
	if err != nil {
		s.logAccident(c, "problem cannot be encoded", err)
	}
	c.Data(p.Status, "application/problem+json", body)
}

// Problem turns any error into the answer that its reader gets, and logs what
// is an accident. It is called once for an error.
func (s *Server) Problem(ctx context.Context, err error) Problem {
	var told Problem
	if errors.As(err, &told) {
		return told
	}
	id := RequestID(ctx)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return tell(fault.List{s.tooLarge(large.Limit)}, id)
	case ctx.Err() != nil && errors.Is(context.Cause(ctx), context.Canceled):
		return Problem{Type: "about:blank", Title: "Client Closed Request", Status: clientGone, Instance: instance(id)}
	case fault.IsFull(err): // of a file that was being made
		err = fault.Full(err)
	case errors.Is(err, context.DeadlineExceeded):
		err = fault.New(fault.Unavailable, fault.Busy, "The answer took too long. Wait a moment and try again.").Because(err)
	}
	all, other := fault.All(err)
	if other != nil {
		s.logAccident(ctx, "accident", other)
		return accident(id)
	}
	for _, f := range all {
		if f.Kind == fault.Unavailable {
			s.logAccident(ctx, "unavailable", err)
			break
		}
	}
	return tell(all, id)
}

func (s *Server) tooLarge(limit int64) *fault.Fault {
	if limit == s.cfg.Limits.File {
		return fault.New(fault.Invalid, fault.InputTooLarge, "The file has more than %d MB, which is too much to send at once. Split it, or import it at the terminal (cairn import).", limit>>20)
	}
	return fault.New(fault.Invalid, fault.InputTooLarge, "That is more than %d kB, which is too much to send at once. Shorten what you typed, or send less at a time. A whole file is brought in on the page Imports, with POST /api/v1/import-files, or at the terminal (cairn import).", limit/1024)
}

func (s *Server) logAccident(ctx context.Context, what string, err error) {
	attrs := []slog.Attr{
		slog.String("request", RequestID(ctx)),
		slog.String("route", visitOf(ctx).pattern),
		slog.String("error", err.Error()),
	}
	// A fault's own words leave its cause out.
	var f *fault.Fault
	if errors.As(err, &f) && f.Unwrap() != nil {
		attrs = append(attrs, slog.String("cause", f.Unwrap().Error()))
	}
	s.cfg.Log.LogAttrs(ctx, slog.LevelError, what, attrs...)
}

// recovered answers a panic like any other accident.
func (s *Server) recovered(c *gin.Context) {
	defer func() {
		switch r := recover(); r {
		case nil:
		case http.ErrAbortHandler:
			panic(r)
		default:
			s.answer(c, fmt.Errorf("panic: %v\n%s", r, debug.Stack()))
			c.Abort()
		}
	}()
	c.Next()
}
