package server

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/google/uuid"
)

// withVisit gives the request a name of our own and writes one line to the log
// when it is answered: the route's pattern, never the path, its identifiers or
// its query.
func (s *Server) withVisit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.cfg.Now()
		sent := &sent{ResponseWriter: w}
		v := &visit{id: uuid.NewString(), method: r.Method, writer: sent}
		w.Header().Set("X-Request-Id", v.id)
		next.ServeHTTP(sent, r.WithContext(context.WithValue(r.Context(), visitKey{}, v)))
		s.cfg.Log.LogAttrs(r.Context(), slog.LevelInfo, "request",
			slog.String("request", v.id),
			slog.String("method", known(r.Method)),
			slog.String("route", v.pattern),
			slog.Int("status", sent.status),
			slog.Int64("ms", s.cfg.Now().Sub(began).Milliseconds()),
		)
	})
}

// known is the method when HTTP has it; anything else is the sender's own text.
func known(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch,
		http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

// sent remembers the status for the log.
type sent struct {
	http.ResponseWriter
	status int
}

func (s *sent) WriteHeader(code int) {
	if s.status == 0 {
		s.status = code
	}
	s.ResponseWriter.WriteHeader(code)
}

func (s *sent) Write(b []byte) (int, error) {
	if s.status == 0 {
		s.status = http.StatusOK
	}
	return s.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach deadlines and flushing.
func (s *sent) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// Flush sends what there is; gin asks for it by this name.
func (s *sent) Flush() {
	if f, ok := s.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}

// withHead routes HEAD as GET, so that every address that can be read takes it
// and the policy table has one row for both. net/http sends no body to HEAD.
func withHead(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			r = r.Clone(r.Context())
			r.Method = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}

// Limits bounds one request and one connection. A zero field takes the
// standard.
type Limits struct {
	Body       int64         // bytes of one request
	File       int64         // the same, where a file is sent
	Header     int           // bytes of one request's header
	ReadHeader time.Duration // for the header to arrive
	Read       time.Duration // for header and body
	Write      time.Duration // for the answer to be taken
	Idle       time.Duration // between two requests of one connection
	Shutdown   time.Duration // for what is under way when the server stops
	Open       int           // connections at once
}

func (l Limits) orStandard() Limits {
	standard := Limits{
		Body: 1 << 20, File: 50<<20 + 64<<10, Header: 32 << 10,
		ReadHeader: 5 * time.Second, Read: 30 * time.Second, Write: 60 * time.Second,
		Idle: 120 * time.Second, Shutdown: 15 * time.Second, Open: 2000,
	}
	or(&l.Body, standard.Body)
	or(&l.File, standard.File)
	or(&l.Header, standard.Header)
	or(&l.ReadHeader, standard.ReadHeader)
	or(&l.Read, standard.Read)
	or(&l.Write, standard.Write)
	or(&l.Idle, standard.Idle)
	or(&l.Shutdown, standard.Shutdown)
	or(&l.Open, standard.Open)
	return l
}

func or[T comparable](v *T, standard T) {
	var zero T
	if *v == zero {
		*v = standard
	}
}
