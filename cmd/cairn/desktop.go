package main

import (
	"context"
	"runtime"
)

// startFromDesktop is a start without arguments, as by a double-click: serve,
// and open the browser where the person goes on. If Cairn runs already, only
// the browser is opened.
func startFromDesktop(ctx context.Context, t *terminal) error {
	var c commands
	if _, err := parse(&c, t, []string{"serve"}); err != nil {
		return err
	}
	err := c.Serve.fromDesktop(ctx, t, &c)
	if err != nil && runtime.GOOS == "windows" && t.hidden != nil {
		t.complain(err)
		t.say("Press Enter to close this window.")
		if _, err := t.line(); err != nil {
			return err
		}
		return ended(notDone)
	}
	return err
}

func (c *serveCommand) fromDesktop(ctx context.Context, t *terminal, all *commands) error {
	open := func(address string) {
		if err := t.browse(address); err != nil {
			t.say("Open this address in your browser: %s\n", address)
		}
	}
	s, err := all.settings(t)
	if err != nil {
		return err
	}
	if at := s.address(c.Addr); len(s.wrong) == 0 && healthy(ctx, at) == nil {
		open(at.url() + "/")
		return nil
	}
	return c.serve(ctx, t, all, open)
}
