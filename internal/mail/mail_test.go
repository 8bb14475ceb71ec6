package mail_test

import (
	"bufio"
	"crypto/tls"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/mail"
)

// A post is a mail server on this machine that keeps what it is handed.
type post struct {
	addr string
	mu   sync.Mutex
	got  []string
	deny string // an address that it does not take
	door *door  // nil: it offers neither TLS nor a place to sign in
}

func open(t *testing.T, deny string) *post {
	t.Helper()
	return listen(t, &post{deny: deny})
}

func listen(t *testing.T, p *post) *post {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	p.addr = l.Addr().String()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(conn)
		}
	}()
	return p
}

func (p *post) serve(conn net.Conn) {
	defer conn.Close()
	lines := bufio.NewScanner(conn)
	say := func(text string) { _, _ = conn.Write([]byte(text + "\r\n")) }
	say("220 post")
	var mail []string
	for lines.Scan() {
		line := lines.Text()
		word := strings.ToUpper(strings.SplitN(line, " ", 2)[0])
		if p.door != nil {
			if p.door.heard(conn, line); word == "STARTTLS" {
				say("220 go on")
				inner := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{p.door.shows}})
				conn, lines = inner, bufio.NewScanner(inner)
				continue
			}
			if answer := p.door.answer(conn, word, line); answer != "" {
				say(answer)
				continue
			}
		}
		switch {
		case word == "EHLO":
			say("250 post")
		case word == "RCPT" && p.deny != "" && strings.Contains(line, p.deny):
			say("550 " + p.deny + " is nobody")
		case word == "MAIL", word == "RCPT":
			mail = append(mail, line)
			say("250 ok")
		case word == "DATA":
			say("354 go on")
			for lines.Scan() && lines.Text() != "." {
				mail = append(mail, lines.Text())
			}
			p.mu.Lock()
			p.got = append(p.got, strings.Join(mail, "\n"))
			p.mu.Unlock()
			say("250 taken")
		case word == "QUIT":
			say("221 bye")
			return
		default:
			say("500 no")
		}
	}
}

func sender(t *testing.T, addr string) *mail.Sender {
	t.Helper()
	s, err := mail.New(mail.Settings{Addr: addr, From: "cairn@example.org", Now: func() time.Time { return time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAMessageArrivesWhole(t *testing.T) {
	p := open(t, "")
	m := app.Message{ID: "one.lead", To: []string{"ann@example.org", "bo@example.org"}, Head: "Cairn needs you", Text: "Sign in.\r\n"}
	if err := sender(t, p.addr).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if len(p.got) != 1 {
		t.Fatalf("%d messages", len(p.got))
	}
	for _, want := range []string{
		"MAIL FROM:<cairn@example.org>", "RCPT TO:<ann@example.org>", "RCPT TO:<bo@example.org>", "Subject: Cairn needs you",
		"Message-ID: <one.lead@example.org>", "Date: Tue, 30 Jun 2026 12:00:00 +0000", "To: undisclosed-recipients:;", "\n\nSign in.",
	} {
		if !strings.Contains(p.got[0], want) {
			t.Errorf("%q is not in\n%s", want, p.got[0])
		}
	}
}

// A refusal is an error that names nobody.
func TestWhatIsNotTakenIsAnError(t *testing.T) {
	p := open(t, "bo@example.org")
	err := sender(t, p.addr).Send(t.Context(), app.Message{ID: "x", To: []string{"bo@example.org"}, Head: "x", Text: "x"})
	if err == nil || strings.Contains(err.Error(), "bo@") || len(p.got) != 0 {
		t.Errorf("%v, %d messages", err, len(p.got))
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := l.Addr().String()
	l.Close()
	if err := sender(t, gone).Send(t.Context(), app.Message{ID: "x", To: []string{"ann@example.org"}}); err == nil {
		t.Error("a server that is not there took a message")
	}
}

func TestSettingsThatCannotWork(t *testing.T) {
	for _, s := range []mail.Settings{{Addr: "post", From: "a@example.org"}, {Addr: ":25", From: "a@example.org"}, {Addr: "post:25", From: "nobody"}, {}} {
		if _, err := mail.New(s); err == nil {
			t.Errorf("%+v was taken", s)
		}
	}
}
