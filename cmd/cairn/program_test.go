package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// asProgram makes the binary of these tests the program itself, in a process
// that can be killed.
const asProgram = "CAIRN_TEST_AS_PROGRAM"

// stopAt is how far such a program comes: it stands still where the bar of its
// publication shows so many percent, in the midst of the transaction.
const stopAt = "CAIRN_TEST_STOP_AT"

func TestMain(m *testing.M) {
	if args := os.Getenv(asProgram); args != "" {
		t := thisTerminal()
		t.interactive = true // show bars
		if at, err := strconv.Atoi(os.Getenv(stopAt)); err == nil {
			t.err, t.throttle = &standing{to: t.err, at: at}, 0 // no percent goes by unseen
		}
		os.Exit(run(context.Background(), t, strings.Split(args, "\n")))
	}
	os.Exit(m.Run())
}

// standing is a screen on which nothing moves any more from some point on.
type standing struct {
	to io.Writer
	at int
}

func (s *standing) Write(p []byte) (int, error) {
	n, err := s.to.Write(p)
	if published(string(p)) >= s.at {
		time.Sleep(time.Minute) // it is killed long before
	}
	return n, err
}

// published is how much of a publication a screen showed at the last, in percent;
// -1 where it showed none.
func published(screen string) int {
	percent := -1
	_, _ = fmt.Sscanf(screen[max(0, strings.LastIndex(screen, bringing)):], bringing+" %d", &percent)
	return percent
}

const bringing = "Bringing people in"

// program is the program in a process of its own, begun.
func (w *world) program(args ...string) (*exec.Cmd, *shared) {
	w.t.Helper()
	child, said := exec.Command(os.Args[0]), &shared{}
	child.Env = append(os.Environ(), asProgram+"="+strings.Join(args, "\n"), "CAIRN_KEY="+w.env["CAIRN_KEY"], stopAt+"="+w.env[stopAt])
	child.Stderr = said
	if err := child.Start(); err != nil {
		w.t.Fatal(err)
	}
	return child, said
}

// A program is one that came to its end.
type program struct {
	said string
	peak int // MB
}

func (w *world) ended(args ...string) program {
	w.t.Helper()
	child, said := w.program(args...)
	ended, most := make(chan error, 1), 0
	go func() { ended <- child.Wait() }()
	for {
		select {
		case err := <-ended:
			if err != nil {
				w.t.Errorf("cairn %s does not come to a good end: %v\n%s", strings.Join(args, " "), err, said)
			}
			return program{said.String(), most}
		case <-time.After(20 * time.Millisecond):
			most = max(most, peak(child.Process.Pid))
		}
	}
}
