package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"

	"golang.org/x/net/netutil"
)

// HTTP is the stack as a server with its time-outs.
func (s *Server) HTTP() *http.Server {
	l := s.cfg.Limits
	return &http.Server{
		Addr:              s.cfg.Addr,
		Handler:           s.Handler(),
		ReadHeaderTimeout: l.ReadHeader,
		ReadTimeout:       l.Read,
		WriteTimeout:      l.Write,
		IdleTimeout:       l.Idle,
		MaxHeaderBytes:    l.Header,
		ErrorLog:          slog.NewLogLogger(s.cfg.Log.Handler(), slog.LevelDebug),
	}
}

// Serve answers on l until ctx ends, then lets what is under way finish. It
// returns nil when it was asked to stop.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h := s.HTTP()
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(netutil.LimitListener(l, s.cfg.Limits.Open)) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	last, done := context.WithTimeout(context.WithoutCancel(ctx), s.cfg.Limits.Shutdown)
	defer done()
	if err := h.Shutdown(last); err != nil {
		return fmt.Errorf("stop %s: %w", l.Addr(), errors.Join(err, h.Close()))
	}
	return nil
}
