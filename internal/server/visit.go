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

// ActorOf is who asks, once the route's policy has let them in. It is the zero
// Actor for somebody who is not signed in.
func ActorOf(ctx context.Context) app.Actor { return visitOf(ctx).actor }

// RequestID names the request in the log, in problems and in the audit.
func RequestID(ctx context.Context) string { return visitOf(ctx).id }
