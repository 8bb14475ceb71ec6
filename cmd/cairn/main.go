// Command cairn is the whole product in one binary: it serves, and it does the
// things that are done at a terminal.
//
// This is the only place that reads flags, the environment, files named on the
// command line and the clock, and the only one that knows every room and puts
// them together. It decides nothing about scores, rights or figures. It
// promises that everything wrong with the configuration is said at once and in
// plain sentences, that a secret never passes through the command line, and
// that its exit status means the same everywhere: 0 done, 1 done with something
// to look at, 2 not done.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // time zones, where the system has none
)

// version is set by the linker (see Makefile).
var version = "unversioned"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, thisTerminal(), os.Args[1:])
	stop()
	os.Exit(code)
}
