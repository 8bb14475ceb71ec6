package contract

import (
	"bytes"
	"context"
	"encoding/base64"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cairn/contract/client"
)

// patience is how long a server may take to start or to stop.
const patience = time.Minute

// A service is a running server with one organisation and its manager.
type service struct {
	t      *testing.T
	binary string
	env    []string
	url    string
}

// serve starts the binary on a database of its own.
func serve(t *testing.T) *service {
	t.Helper()
	binary, err := filepath.Abs("../../bin/cairn")
	must(t, err)
	folder := t.TempDir()
	s := &service{t: t, binary: binary, env: append(os.Environ(),
		"CAIRN_DATABASE_URL=sqlite:"+filepath.Join(folder, "cairn.db"),
		"CAIRN_KEY="+base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{5}, 32)),
	)}
	s.cairn("", "migrate", "up")
	s.cairn("", "organisation", "add", "Riverside")
	s.cairn(password+"\n", "user", "add", "ann@riverside.example", "--organisation", "Riverside", "--role", "manager", "--all-schemes", "--password-file", "-")
	s.start(freeAddress(t))
	return s
}

// cairn runs a command to its end and returns what it printed.
func (s *service) cairn(in string, args ...string) string {
	s.t.Helper()
	c := exec.CommandContext(s.t.Context(), s.binary, args...)
	c.Env, c.Stdin = s.env, strings.NewReader(in)
	var out, wrong bytes.Buffer
	c.Stdout, c.Stderr = &out, &wrong
	if err := c.Run(); err != nil {
		s.t.Fatalf("cairn %s: %v\n%s", strings.Join(args, " "), err, wrong.String())
	}
	return out.String()
}

func (s *service) start(address string) {
	s.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, s.binary, "serve")
	c.Env = append(s.env, "CAIRN_ADDR="+address)
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	c.WaitDelay = patience
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	must(s.t, c.Start())
	s.t.Cleanup(func() {
		stop()
		_ = c.Wait() // it was interrupted
	})
	s.url = "http://" + address
	for until := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		answer, err := http.Get(s.url + "/healthz")
		if err == nil {
			answer.Body.Close()
			return
		}
		if time.Now().After(until) {
			s.t.Fatalf("no answer: %v\n%s", err, said.String())
		}
	}
}

// as is a client that acts with a token; the empty one is nobody's.
func (s *service) as(token string) *client.ClientWithResponses {
	s.t.Helper()
	c, err := client.NewClientWithResponses(s.url+"/api/v1", client.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		return nil
	}))
	must(s.t, err)
	return c
}

// token is one that Ann's programs act with.
func (s *service) token() string {
	return strings.TrimSpace(s.cairn("", "user", "token", "ann@riverside.example"))
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	return l.Addr().String()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
