package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"cairn/web"
)

// healthcheckCommand asks a running server.
type healthcheckCommand struct {
	Addr string `help:"Host and port it listens on (default 127.0.0.1:8080)." placeholder:"HOST:PORT" env:"CAIRN_ADDR"`
}

func (healthcheckCommand) Help() string {
	return "It ends with status 0 when the server and its database answer, and with 1 when not."
}

func (c *healthcheckCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	s, err := all.settings(t)
	if err != nil {
		return err
	}
	at := s.address(c.Addr)
	if err := s.wrong.Err(); err != nil {
		return err
	}
	if err := healthy(ctx, at); err != nil {
		t.say("cairn: not ready: %v\n", err)
		return ended(lookAt)
	}
	_, err = fmt.Fprintln(t.out, "ready")
	return err
}

// healthy says why the server at an address cannot be used, nothing when it
// can.
func healthy(ctx context.Context, at address) error {
	ctx, stop := context.WithTimeout(ctx, 5*time.Second)
	defer stop()
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, at.url()+"/healthz", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(ask)
	if err != nil {
		return fmt.Errorf("nothing answers at %s", at)
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, 4096))
	err = errors.Join(err, answer.Body.Close())
	switch {
	case err != nil:
		return err
	case answer.StatusCode != http.StatusOK:
		return fmt.Errorf("%s answers with status %d", at, answer.StatusCode)
	case !strings.Contains(string(body), `"ready"`):
		return fmt.Errorf("what answers at %s is something else", at)
	}
	return nil
}

// versionCommand says what this binary is.
type versionCommand struct{}

func (versionCommand) Run(t *terminal) error {
	made := "with"
	if _, err := fs.Stat(web.Files, "dist/manifest.json"); err != nil {
		made = "without" // pages then have no style and no pictures
	}
	commit := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = ", commit " + s.Value
			}
		}
	}
	_, err := fmt.Fprintf(t.out, "cairn %s%s, built %s its page assets by %s for %s/%s\n", version, commit, made, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
