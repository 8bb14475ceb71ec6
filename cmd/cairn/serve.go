package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"sync"
	"time"

	"cairn/internal/api"
	"cairn/internal/fault"
	"cairn/internal/server"
	"cairn/internal/site"
)

// serveCommand serves.
type serveCommand struct {
	listenFlags
	databaseFlags
	codesFlag
	proxyFlag
	mailFlags
	printFlag
}

func (serveCommand) Help() string {
	return `Without any settings it listens on http://127.0.0.1:8080 and keeps its data in your own
data directory. It stops on Ctrl-C, or when a supervisor asks it to.

  cairn serve
  CAIRN_ADDR=127.0.0.1:9000 cairn serve --database-url sqlite:/srv/cairn/cairn.db
  cairn serve --config /etc/cairn.yaml`
}

func (c *serveCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	return c.serve(ctx, t, all, func(string) {})
}

// serve calls ready with the address to open, once the listener takes
// connections.
func (c *serveCommand) serve(ctx context.Context, t *terminal, all *commands, ready func(address string)) error {
	s, err := all.settings(t)
	if err != nil {
		return err
	}
	at := s.address(c.Addr)
	secure, format := s.transport(at, c.PlainHTTPBehindProxy), s.logFormat(c.LogFormat, "text")
	codes, letters, printer := s.codes(c.CodesFile), s.mailer(c.mailFlags), s.printer(c.Browser)
	p, err := s.place(c.databaseFlags)
	if err != nil {
		return err
	}
	p.codes, p.mail = codes, letters
	open, err := p.open(ctx, t)
	if err != nil {
		return err
	}
	defer open.close(t)
	v := venue{address: at, secure: secure, logger: t.logger(format), printer: printer}
	return v.serve(ctx, open, func(base string) {
		front := base + "/"
		t.say("Cairn is ready at %s\n", base)
		if open.code != "" {
			front = base + "/set-up?code=" + url.QueryEscape(open.code)
			t.say("Nobody can sign in yet. Set up your service here, once:\n  %s\n", front)
		}
		t.say("Stop it with Ctrl-C.\n")
		ready(front)
	})
}

// A venue is where and how something is served.
type venue struct {
	address
	secure bool
	demo   []site.DemoLogin // of a demonstration only
	logger *slog.Logger

	printer site.Printer // nil: none is there
}

// serve answers until ctx ends, and lets what is under way finish.
func (v venue) serve(ctx context.Context, s *service, ready func(base string)) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", v.String())
	if err != nil {
		return fault.New(fault.Unavailable, fault.SettingsInvalid, "Nothing can listen on %s (%v). Is Cairn running already? If not, choose another address.", v.address, err).At("--addr (CAIRN_ADDR)")
	}
	if _, port, err := net.SplitHostPort(listener.Addr().String()); err == nil {
		v.port = port // the one that was found where 0 was asked for
	}
	stack, err := v.stack(s)
	if err != nil {
		return fmt.Errorf("prepare to serve: %w", err)
	}
	ctx, stop := context.WithCancel(ctx)
	var tidying sync.WaitGroup
	defer tidying.Wait()
	defer stop()
	tidying.Go(func() { v.tidy(ctx, s) })
	tidying.Go(func() { v.mail(ctx, s) })
	ready(v.url())
	return stack.Serve(ctx, listener)
}

// betweenTidying is how long expired sessions and remembered requests may lie
// about; they have no power any more.
const betweenTidying = time.Hour

// tidy deletes what has expired, at once and then now and again until ctx ends.
func (v venue) tidy(ctx context.Context, s *service) {
	again := time.NewTicker(betweenTidying)
	defer again.Stop()
	for {
		if err := s.store.ForgetExpired(ctx); err != nil && ctx.Err() == nil {
			v.logger.ErrorContext(ctx, "what has expired could not be deleted", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// stack is the server with every page and operation.
func (v venue) stack(s *service) (*server.Server, error) {
	stack := server.New(server.Config{
		Addr: v.String(), App: s.App, Sessions: s.store.Sessions(), Ready: s.store.Ping, Now: s.clock,
		Secure: v.secure, Demo: len(v.demo) > 0, Log: v.logger,
	})
	pages, err := site.New(s.App, stack, v.demo)
	if err != nil {
		return nil, err
	}
	pages.PrintWith(v.printer)
	if err := pages.Routes(); err != nil {
		return nil, err
	}
	return stack, api.Register(stack, s.App, pages)
}

// logger writes one line for each request: never an address's identifiers, a
// name or a score.
func (t *terminal) logger(format string) *slog.Logger {
	switch format {
	case "json":
		return slog.New(slog.NewJSONHandler(t.err, nil))
	case "none":
		return slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	return slog.New(slog.NewTextHandler(t.err, nil))
}
