package main

import (
	"errors"
	"strings"
	"testing"
)

func TestPeopleAndTokensFromTheTerminal(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		long, settings, _, _ := files("madeup")
		w.mustOn("import", long, "--settings", settings, "--organisation", "Riverside", "--create-organisation")
		password := w.file("password", "correct horse battery\n")
		add := func(login string, more ...string) said {
			return w.on(append([]string{"user", "add", login, "--organisation", "Riverside", "--password-file", password}, more...)...)
		}
		saying(t, add("Ann@Example.org", "--role", "practitioner", "--profession", "occupational therapist", "--scheme", "Choir", "--scheme", "garden").err, "ann@example.org can sign in now")
		w.refused(add("ann@example.org", "--role", "manager"), "login")
		w.refused(add("bo", "--role", "practitioner"), "--all-schemes")
		w.refused(add("bo", "--role", "practitioner", "--scheme", "Pottery"), "Pottery")
		w.refused(add("bo", "--role", "owner"), "role")
		w.in = "too short\n"
		w.refused(w.on("user", "add", "bo", "--organisation", "Riverside", "--role", "manager"), "12 to 200")

		s, _ := w.open()
		acc, err := s.SignIn(t.Context(), "ann@example.org", "correct horse battery")
		if err != nil {
			t.Fatal(err)
		}
		if m := acc.Memberships[0]; m.AllSchemes || len(m.Schemes) != 2 || m.Profession != "occupational therapist" {
			t.Errorf("ann is %+v", m)
		}
		made := w.mustOn("user", "token", "ann@example.org", "--days", "1")
		ann, err := s.Bearer(t.Context(), strings.TrimSpace(made.out))
		if err != nil || ann.Login != "ann@example.org" {
			t.Errorf("the token acts as %q: %v", ann.Login, err)
		}
		if strings.Contains(made.err, strings.TrimSpace(made.out)) {
			t.Error("the token is said twice")
		}
		w.refused(w.on("user", "token", "nobody"), "Nobody signs in as")
		w.refused(w.on("user", "token", "ann@example.org", "--days", "0"), "--days")
	})
}

func TestAPasswordIsTypedTwice(t *testing.T) {
	w := newWorld(t)
	typed := []string{"correct horse battery", "correct horse batery"}
	w.hidden = func(string) (string, error) {
		if len(typed) == 0 {
			return "", errors.New("asked too often")
		}
		next := typed[0]
		typed = typed[1:]
		return next, nil
	}
	var out, err shared
	term := w.terminal(&out, &err)
	if _, failed := term.password(""); failed == nil || !strings.Contains(failed.Error(), "not the same") {
		t.Errorf("two different passwords: %v", failed)
	}
	typed = []string{"correct horse battery", "correct horse battery"}
	if got, failed := term.password(""); failed != nil || got != "correct horse battery" {
		t.Errorf("got %q, %v", got, failed)
	}
	w.hidden, w.in = nil, "from the pipe\r\nand more\n"
	if got, failed := w.terminal(&out, &err).password("-"); failed != nil || got != "from the pipe" {
		t.Errorf("got %q, %v", got, failed)
	}
}
