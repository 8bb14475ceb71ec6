package mail_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/mail"
)

// A door is how a mail server lets in: it turns to TLS, and then asks who it is.
type door struct {
	shows    tls.Certificate
	user     string
	password string
	mu       sync.Mutex
	clear    []string // what came before TLS
	inside   bool     // somebody signed in
}

func (d *door) heard(conn net.Conn, line string) {
	if _, sealed := conn.(*tls.Conn); !sealed {
		d.mu.Lock()
		d.clear = append(d.clear, line)
		d.mu.Unlock()
	}
}

// answer is what the door says; empty where the post goes on.
func (d *door) answer(conn net.Conn, word, line string) string {
	_, sealed := conn.(*tls.Conn)
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case word == "EHLO" && !sealed:
		return "250-post\r\n250 STARTTLS"
	case word == "EHLO":
		return "250-post\r\n250 AUTH PLAIN"
	case word == "AUTH":
		want := base64.StdEncoding.EncodeToString([]byte("\x00" + d.user + "\x00" + d.password))
		if d.inside = line == "AUTH PLAIN "+want; d.inside {
			return "235 come in"
		}
		return "535 no"
	case word == "MAIL" && !d.inside:
		return "530 sign in first"
	}
	return ""
}

// guarded is a mail server with a door, and who vouches for it.
func guarded(t *testing.T) (*post, *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	raw, err := x509.CreateCertificate(rand.Reader, &about, &about, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	known, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AddCert(known)
	d := &door{shows: tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}, user: "cairn", password: "canary-password"}
	return listen(t, &post{door: d}), &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: trusted}
}

// Nothing but the wish for TLS crosses in the clear; then Cairn signs in, and the
// message is taken.
func TestAMessageCrossesSealed(t *testing.T) {
	p, trusted := guarded(t)
	send := func(s mail.Settings) error {
		t.Helper()
		s.Addr, s.From, s.Now = p.addr, "cairn@example.org", time.Now
		sender, err := mail.New(s)
		if err != nil {
			t.Fatal(err)
		}
		return sender.Send(t.Context(), app.Message{ID: "one.lead", To: []string{"ann@example.org"}, Head: "Cairn needs you", Text: "Sign in.\r\n"})
	}
	for name, s := range map[string]mail.Settings{
		"a certificate that nobody vouches for": {User: "cairn", Password: "canary-password"},
		"a wrong password":                      {User: "cairn", Password: "canary-wrong", TLS: trusted},
		"nobody signs in":                       {TLS: trusted},
	} {
		err := send(s)
		if err == nil || len(p.got) > 0 {
			t.Errorf("%s: %v, and %d messages were taken", name, err, len(p.got))
		} else if strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: the password is in %q", name, err)
		}
	}
	if err := send(mail.Settings{User: "cairn", Password: "canary-password", TLS: trusted}); err != nil {
		t.Fatal(err)
	}
	if len(p.got) != 1 || !strings.Contains(p.got[0], "RCPT TO:<ann@example.org>") || !p.door.inside {
		t.Errorf("signed in: %v, taken: %q", p.door.inside, p.got)
	}
	for _, line := range p.door.clear {
		if word := strings.SplitN(line, " ", 2)[0]; word != "EHLO" && word != "STARTTLS" && word != "QUIT" {
			t.Errorf("%q crossed in the clear", line)
		}
	}
}

// A server elsewhere that offers no TLS is told nothing. A name in capitals leads
// to this machine and is not taken for it.
func TestNothingCrossesANetworkInTheClear(t *testing.T) {
	p := open(t, "")
	_, port, err := net.SplitHostPort(p.addr)
	if err != nil {
		t.Fatal(err)
	}
	err = sender(t, "LOCALHOST:"+port).Send(t.Context(), app.Message{ID: "x", To: []string{"ann@example.org"}, Head: "x", Text: "x"})
	if err == nil || !strings.Contains(err.Error(), "offers no TLS") || len(p.got) > 0 {
		t.Errorf("%v, and %d messages crossed", err, len(p.got))
	}
}
