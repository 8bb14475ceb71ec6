package main

import (
	"bufio"
	"net"
	"strings"
	"testing"
	"time"

	"cairn/internal/app"
)

// Settings that cannot work are refused at the start, under every name they have,
// and without the password.
func TestMailSettingsThatCannotWork(t *testing.T) {
	w := newWorld(t)
	w.env["CAIRN_SMTP_PASSWORD"] = "canary-password"
	for _, c := range []struct{ addr, from, says string }{
		{"mail.example.org", "cairn@example.org", "a host and a port"},
		{":587", "cairn@example.org", "a host and a port"},
		{"mail.example.org:587", "", "a mail address"},
		{"mail.example.org:587", "nobody", "a mail address"},
	} {
		s := w.cairn("serve", "--addr", "127.0.0.1:0", "--database-url", w.url, "--smtp-addr", c.addr, "--smtp-from", c.from)
		w.refused(s, "--smtp-addr (CAIRN_SMTP_ADDR)", c.says)
		if strings.Contains(s.err, "canary") {
			t.Errorf("the password is repeated:\n%s", s.err)
		}
	}
}

// Without a server there is no mail; with one, what the flags, the environment
// and the file say is what that server hears.
func TestMailSettingsReachTheServer(t *testing.T) {
	w := newWorld(t)
	mailer := func(args ...string) app.Mailer {
		t.Helper()
		var c commands
		term := w.terminal(&shared{}, &shared{})
		if _, err := parse(&c, term, append([]string{"serve"}, args...)); err != nil {
			t.Fatal(err)
		}
		s, err := c.settings(term)
		if err != nil {
			t.Fatal(err)
		}
		return s.mailer(c.Serve.mailFlags)
	}
	if mailer() != nil {
		t.Error("mail without a server to send it")
	}
	addr, heard := listening(t)
	t.Setenv("CAIRN_CONFIG", w.file("cairn.yaml", "smtp-addr: "+addr+"\nsmtp-from: file@example.org\n"))
	for _, c := range []struct {
		env, flag, want string
	}{{"", "", "file@"}, {"env@example.org", "", "env@"}, {"env@example.org", "flag@example.org", "flag@"}} {
		t.Setenv("CAIRN_SMTP_FROM", c.env)
		var args []string
		if c.flag != "" {
			args = []string{"--smtp-from", c.flag}
		}
		if err := mailer(args...).Send(t.Context(), app.Message{ID: "x", To: []string{"ann@example.org"}, Head: "x", Text: "x"}); err == nil {
			t.Error("a server that takes nothing took a message")
		}
		select {
		case line := <-heard:
			if !strings.Contains(line, "<"+c.want+"example.org>") {
				t.Errorf("the server heard %q, want %s", line, c.want)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("the server heard nothing")
		}
	}
}

// listening is a mail server on this machine that hears who sends and takes
// nothing.
func listening(t *testing.T) (addr string, heard chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	heard = make(chan string, 9)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			say := func(text string) { _, _ = conn.Write([]byte(text + "\r\n")) }
			say("220 post")
			for lines := bufio.NewScanner(conn); lines.Scan(); {
				if strings.HasPrefix(lines.Text(), "MAIL") {
					heard <- lines.Text()
					say("451 not now")
					break
				}
				say("250 post")
			}
			conn.Close()
		}
	}()
	return l.Addr().String(), heard
}
