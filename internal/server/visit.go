package server

import (
	"context"
	"net/http"
	"time"

	"cairn/internal/app"
)

// A visit is what is known about one request while it is answered.
type visit struct {
	id       string // of the request
	method   string // as it was sent: HEAD is routed as GET
	pattern  string // of the route, never the path itself
	writer   http.ResponseWriter
	signedIn identity // what the session says; not yet checked
	broken   error    // why the session could not be read
	actor    app.Actor
	opens    bool   // the route shows people referred
	of       string // whose or what, by the identifier in the address
	patient  bool   // the route has no limit of time: see Policy.File
}

// identity is what a session remembers.
type identity struct {
	account app.AccountID
	org     app.OrgID
	since   time.Time // signed in
	seen    time.Time // last time that was written down
}

type visitKey struct{}

// visitOf is the visit of ctx; a context from elsewhere has an empty one.
func visitOf(ctx context.Context) *visit {
	if v, ok := ctx.Value(visitKey{}).(*visit); ok {
		return v
	}
	return &visit{}
}

// About says whose or what a request is about, where its query says so and not its
// address.
func About(ctx context.Context, id string) { visitOf(ctx).of = id }

// Opened keeps that people are about to be shown, where the route of the request
// shows any. It is called once the answer is known and before anything of it goes
// out; where it fails, nothing must.
func (s *Server) Opened(ctx context.Context) error {
	v := visitOf(ctx)
	if !v.opens {
		return nil
	}
	return s.cfg.App.Opened(ctx, v.actor, app.Opening{Page: v.pattern, Of: v.of})
}

// ActorOf is who asks, once the route's policy has let them in. It is the zero
// Actor for somebody who is not signed in.
func ActorOf(ctx context.Context) app.Actor { return visitOf(ctx).actor }

// RequestID names the request in the log, in problems and in the audit.
func RequestID(ctx context.Context) string { return visitOf(ctx).id }
