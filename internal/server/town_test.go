package server_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/server"
	kit "cairn/internal/testkit/town"
)

const password = kit.Password

// A town is the one that the rooms share behind a server with a few routes that
// stand for pages and operations.
type town struct {
	*kit.Town
	server *server.Server
	stack  http.Handler
	token  string // ann's, for a day
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// each builds a town on either database.
func each(t *testing.T, fn func(t *testing.T, w *town)) {
	t.Helper()
	kit.Each(t, func(t *testing.T, w *kit.Town) { fn(t, found(w, server.Config{})) })
}

// onSQLite is a town for what no database can change, told some things.
func onSQLite(t *testing.T, told server.Config) *town {
	t.Helper()
	return found(kit.OnSQLite(t), told)
}

func found(settled *kit.Town, told server.Config) *town {
	settled.T.Helper()
	settled.Settle("swemwbs", "ons4")
	w := &town{Town: settled, server: settled.Server(told)}
	w.routes(w.App)
	w.stack = w.server.Handler()
	ann, err := w.App.SignIn(w.T.Context(), "ann", password)
	must(w.T, err)
	w.token, err = w.App.AddToken(w.T.Context(), ann, "for a day", 1)
	must(w.T, err)
	return w
}

// routes are one of each sort.
func (w *town) routes(a *app.App) {
	open := server.Policy{Right: server.Public, Why: "a test"}
	s := w.server
	who := func(c *gin.Context) error {
		by := server.ActorOf(c.Request.Context())
		c.String(http.StatusOK, "%s", by.Login+" from "+by.Source+" as "+by.RequestID)
		return nil
	}
	s.Route(http.MethodGet, "/who", server.Policy{Right: server.SignedIn, Why: "a test"}, who)
	s.Route(http.MethodGet, "/api/v1/who", server.Policy{Right: app.SeePeople}, who)
	s.Route(http.MethodGet, "/front", open, who)
	s.Route(http.MethodPost, "/sign-in", open, func(c *gin.Context) error {
		if err := c.Request.ParseForm(); err != nil {
			return err
		}
		acc, err := a.SignIn(c.Request.Context(), c.PostForm("login"), c.PostForm("password"))
		if err != nil {
			return err
		}
		return s.SignIn(c.Request.Context(), acc, acc.Memberships[0].Org)
	})
	s.Route(http.MethodPost, "/sign-out", open, func(c *gin.Context) error { return s.SignOut(c.Request.Context()) })
	s.Route(http.MethodGet, "/broken/:id", open, func(*gin.Context) error { panic("secret-of-the-house") })
	s.Route(http.MethodPost, "/echo", open, func(c *gin.Context) error {
		body, err := io.ReadAll(c.Request.Body)
		if err != nil {
			return err
		}
		c.Data(http.StatusOK, "text/plain", body)
		return nil
	})
}

// A call is one request; header is name, value, name, value.
func (w *town) call(method, path, body string, header ...string) *httptest.ResponseRecorder {
	w.T.Helper()
	r := httptest.NewRequestWithContext(w.T.Context(), method, path, strings.NewReader(body))
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	got := httptest.NewRecorder()
	w.stack.ServeHTTP(got, r)
	return got
}

func (w *town) get(path string, header ...string) *httptest.ResponseRecorder {
	w.T.Helper()
	return w.call(http.MethodGet, path, "", header...)
}

const form = "application/x-www-form-urlencoded"

// signIn sends ann's password and returns the Cookie header that follows.
func (w *town) signIn(header ...string) (*http.Cookie, string) {
	w.T.Helper()
	body := url.Values{"login": {"ann"}, "password": {password}}.Encode()
	got := w.call(http.MethodPost, "/sign-in", body, append(header, "Content-Type", form)...)
	all := got.Result().Cookies()
	if got.Code != http.StatusOK || len(all) != 1 {
		w.T.Fatalf("sign in: %d %s %v", got.Code, got.Body, all)
	}
	return all[0], all[0].Name + "=" + all[0].Value
}
