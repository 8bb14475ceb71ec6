package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"cairn/internal/fault"
)

// A terminal is what a command can touch of the world around it.
type terminal struct {
	in          io.Reader
	out         io.Writer // results
	err         io.Writer // everything said to the person
	env         func(name string) string
	now         func() time.Time
	browse      func(address string) error          // opens a browser
	hidden      func(prompt string) (string, error) // asks without echo; nil where nobody can be asked
	interactive bool                                // err is a screen
	throttle    time.Duration                       // between two drawings of a bar
}

func thisTerminal() *terminal {
	t := &terminal{
		in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv, now: time.Now, browse: browse,
		interactive: term.IsTerminal(int(os.Stderr.Fd())), throttle: 100 * time.Millisecond,
	}
	if term.IsTerminal(int(os.Stdin.Fd())) {
		t.hidden = t.askHidden
	}
	return t
}

func (t *terminal) askHidden(prompt string) (string, error) {
	t.say("%s ", prompt)
	typed, err := term.ReadPassword(int(os.Stdin.Fd()))
	t.say("\n")
	if err != nil {
		return "", fmt.Errorf("read what is typed: %w", err)
	}
	return string(typed), nil
}

// line is the first line of the input, without its end.
func (t *terminal) line() (string, error) {
	text, err := bufio.NewReader(io.LimitReader(t.in, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the input: %w", err)
	}
	return strings.TrimRight(text, "\r\n"), nil
}

// say tells the person something. A screen that is gone is no reason to stop.
func (t *terminal) say(format string, args ...any) {
	_, _ = fmt.Fprintf(t.err, format, args...)
}

// complain says what went wrong. Faults are sentences for whoever is at the
// terminal; an accident is theirs too, since this is where the log is.
func (t *terminal) complain(err error) {
	faults, accident := fault.All(err)
	if errors.Is(accident, context.Canceled) {
		t.say("cairn: stopped.\n")
		return
	}
	if fault.IsFull(accident) {
		t.say("cairn: No room is left on the disk, so what was being written is not there. Make room, then run the same command again.\n")
		return
	}
	if accident != nil {
		t.say("cairn: something went wrong: %v\n", accident)
		return
	}
	if len(faults) == 1 {
		t.say("cairn: %s\n", sentence(faults[0]))
		return
	}
	t.say("cairn: %d things need to be put right:\n", len(faults))
	for _, f := range faults {
		t.say("  - %s\n", sentence(f))
	}
}

func sentence(f *fault.Fault) string {
	if f.Field == "" {
		return f.Detail
	}
	return f.Field + ": " + f.Detail
}

// progress shows how far something has come, on a screen only.
func (t *terminal) progress(what string, of int) (done func(n int), finish func()) {
	if !t.interactive {
		return func(int) {}, func() {}
	}
	bar := progressbar.NewOptions(of,
		progressbar.OptionSetWriter(t.err), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(t.throttle), progressbar.OptionClearOnFinish())
	return func(n int) { _ = bar.Set(n) }, func() { _ = bar.Finish() }
}
