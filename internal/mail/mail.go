// Package mail hands messages to a mail server. It knows SMTP and nothing of
// what a message is about; it promises that no password and no message crosses a
// network in the clear, that a message the server did not take is an error, and
// that a message sent again carries the same identifier.
package mail

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/mail"
	"net/smtp"
	"strings"
	"time"

	"cairn/internal/app"
)

// Settings say which server, and who sends.
type Settings struct {
	Addr     string // host and port
	From     string // address
	User     string // empty: the server asks for none
	Password string
	TLS      *tls.Config // nil: the host's own certificate is asked for
	Now      func() time.Time
}

// A Sender sends by SMTP. It is safe for concurrent use.
type Sender struct {
	settings Settings
	host     string
}

// ErrSettings is what New says of settings that cannot work.
var ErrSettings = errors.New("mail settings")

// atMost is how long one message may take.
const atMost = 30 * time.Second

// New checks the settings without asking the server.
func New(s Settings) (*Sender, error) {
	host, _, err := net.SplitHostPort(s.Addr)
	if err != nil || host == "" {
		return nil, fmt.Errorf("%w: the server is a host and a port, such as mail.example.org:587", ErrSettings)
	}
	from, err := mail.ParseAddress(s.From)
	if err != nil {
		return nil, fmt.Errorf("%w: the sender is a mail address", ErrSettings)
	}
	s.From = from.Address
	return &Sender{s, host}, nil
}

// Send hands one message to the server.
func (s *Sender) Send(ctx context.Context, m app.Message) error {
	ctx, done := context.WithTimeout(ctx, atMost)
	defer done()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", s.settings.Addr)
	if err != nil {
		return fmt.Errorf("reach the mail server: %w", err)
	}
	defer conn.Close() //nolint:errcheck // quit said whether all went well
	if until, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(until); err != nil {
			return fmt.Errorf("reach the mail server: %w", err)
		}
	}
	client, err := smtp.NewClient(conn, s.host)
	if err != nil {
		return fmt.Errorf("greet the mail server: %w", err)
	}
	if err := s.enter(client); err != nil {
		return err
	}
	if err := s.hand(client, m); err != nil {
		return err
	}
	// The message is taken by now; a server that is rude at the door has it.
	_ = client.Quit()
	return nil
}

// enter turns to TLS, without which only this machine's own server is spoken to,
// and signs in.
func (s *Sender) enter(client *smtp.Client) error {
	offered, _ := client.Extension("STARTTLS")
	switch {
	case offered:
		c := s.settings.TLS.Clone()
		if c == nil {
			c = &tls.Config{MinVersion: tls.VersionTLS12}
		}
		c.ServerName = s.host
		if err := client.StartTLS(c); err != nil {
			return fmt.Errorf("turn to TLS with the mail server: %w", err)
		}
	case !s.own():
		return errors.New("the mail server offers no TLS, and mail does not cross a network without")
	}
	if s.settings.User == "" {
		return nil
	}
	if err := client.Auth(smtp.PlainAuth("", s.settings.User, s.settings.Password, s.host)); err != nil {
		return fmt.Errorf("sign in to the mail server: %w", err)
	}
	return nil
}

func (s *Sender) own() bool {
	ip := net.ParseIP(s.host)
	return s.host == "localhost" || ip != nil && ip.IsLoopback()
}

func (s *Sender) hand(client *smtp.Client, m app.Message) error {
	if err := client.Mail(s.settings.From); err != nil {
		return fmt.Errorf("say who sends: %w", err)
	}
	for _, to := range m.To {
		if err := client.Rcpt(to); err != nil {
			// Its own words name the address, which has no place in a log.
			return errors.New("the mail server does not take the address of somebody who is to be told")
		}
	}
	w, err := client.Data()
	if err != nil {
		return fmt.Errorf("send a mail: %w", err)
	}
	if _, err := io.Copy(w, bytes.NewReader(s.written(m))); err != nil {
		return fmt.Errorf("send a mail: %w", err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("send a mail: %w", err)
	}
	return nil
}

// written is the message as it crosses. Those who get it do not see each other.
func (s *Sender) written(m app.Message) []byte {
	_, domain, _ := strings.Cut(s.settings.From, "@")
	var b bytes.Buffer
	for _, line := range []string{
		"From: " + (&mail.Address{Name: "Cairn", Address: s.settings.From}).String(),
		"To: undisclosed-recipients:;",
		"Subject: " + mime.QEncoding.Encode("utf-8", m.Head),
		"Date: " + s.settings.Now().UTC().Format(time.RFC1123Z),
		"Message-ID: <" + m.ID + "@" + domain + ">",
		"MIME-Version: 1.0",
		"Content-Type: text/plain; charset=utf-8",
		"Auto-Submitted: auto-generated",
		"",
	} {
		b.WriteString(line + "\r\n")
	}
	b.WriteString(m.Text)
	return b.Bytes()
}
