// Package server is everything a request passes through before and after the
// page or operation that answers it: the router with its table of who may ask
// for what, sessions and tokens, limits, headers, one funnel for errors, and
// the log.
//
// It knows nothing of schemes, measures, templates or JSON bodies, and it never
// decides a right: it asks app. It promises that no route answers without a row
// in the policy table, that a fault becomes one status in one place, that an
// accident is logged whole and shown to nobody, and that neither personal data
// nor a secret reaches the log.
package server

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"cairn/internal/app"
)

// Config is what a Server is told at start.
type Config struct {
	Addr     string // host and port to listen on
	App      *app.App
	Sessions scs.CtxStore                // keeps a hash of each token and not the token
	Ready    func(context.Context) error // nil when the database answers
	Now      func() time.Time            // the only clock
	Secure   bool                        // people reach it by https, here or at a proxy
	Demo     bool                        // invented data, said on every page
	Log      *slog.Logger
	Limits   Limits
}

// A Server is the whole stack, without a listener. Routes are added before it
// serves and never after.
type Server struct {
	cfg      Config
	engine   *gin.Engine
	sessions *scs.SessionManager
	origin   *http.CrossOriginProtection
	rows     []Row
	local    bool // only this machine reaches it, under no name but its own
	render   func(*gin.Context, Problem)
	tongues  []tongue
	assets   assets
}

// New returns a Server with its health routes and nothing else.
func New(cfg Config) *Server {
	cfg.Limits = cfg.Limits.orStandard()
	gin.SetMode(gin.ReleaseMode)
	s := &Server{
		cfg:      cfg,
		engine:   gin.New(),
		sessions: newSessions(cfg),
		origin:   http.NewCrossOriginProtection(),
		local:    !cfg.Secure && ownName(cfg.Addr),
	}
	e := s.engine
	e.ContextWithFallback = true
	e.HandleMethodNotAllowed = true
	e.RedirectTrailingSlash = false // one address for one thing
	e.RedirectFixedPath = false
	e.ForwardedByClientIP = false
	if err := e.SetTrustedProxies(nil); err != nil {
		panic("server: no proxies at all were refused: " + err.Error())
	}
	e.Use(s.recovered, s.guarded)
	e.NoRoute(s.funnelled(s.notFound))
	e.NoMethod(s.funnelled(s.noMethod))
	s.health()
	s.problems()
	return s
}

// Engine is the router, for tests that walk it. Routes are added with Route.
func (s *Server) Engine() *gin.Engine { return s.engine }

// Demo reports whether the data is invented.
func (s *Server) Demo() bool { return s.cfg.Demo }

// Root is the address under which whoever asks reached this server.
func (s *Server) Root(r *http.Request) string {
	if s.cfg.Secure {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// Handler is the whole stack, from the outside in: request id and log, headers,
// the session, the router with the limit on bodies.
func (s *Server) Handler() http.Handler {
	h := withHead(s.engine)
	h = s.withSession(h)
	h = s.withHeaders(h)
	return s.withVisit(h)
}
