package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"cairn/internal/api"
	"cairn/internal/scheme"
	"cairn/internal/server"
	"cairn/internal/site"
	kit "cairn/internal/testkit/town"
)

const password = kit.Password

// A town is the one that the rooms share, whole: the pages and the API on one
// server.
type town struct {
	*kit.Town
	server  *server.Server
	stack   http.Handler
	cookies map[string]*http.Cookie // by login
}

// each builds a town on either database.
func each(t *testing.T, fn func(t *testing.T, w *town)) {
	t.Helper()
	kit.Each(t, func(t *testing.T, w *kit.Town) { fn(t, found(w)) })
}

// onSQLite is a town for what no database can change.
func onSQLite(t *testing.T) *town {
	t.Helper()
	return found(kit.OnSQLite(t))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func found(settled *kit.Town) *town {
	settled.T.Helper()
	w := &town{Town: settled, server: settled.Server(server.Config{}), cookies: map[string]*http.Cookie{}}
	pages, err := site.New(w.App, w.server, nil)
	must(w.T, err)
	must(w.T, pages.Routes())
	must(w.T, api.Register(w.server, w.App, pages))
	w.stack = w.server.Handler()
	w.Settle("swemwbs", "ons4")
	return w
}

// A request to the API; the zero parts are left out.
type request struct {
	as     string // login whose token is sent; empty for nobody
	method string // GET unless there is a body
	path   string // after /api/v1
	body   any    // a string goes out as it is, anything else as JSON
	key    string // Idempotency-Key
	header map[string]string
}

// An answer is what came back.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   string
}

func (w *town) do(r request) answer {
	w.T.Helper()
	made := r.made(w.T, w.Tokens)
	got := httptest.NewRecorder()
	w.stack.ServeHTTP(got, made)
	a := answer{w.T, got.Code, got.Header(), got.Body.String()}
	w.matchesDocument(made, a)
	return a
}

func (r request) made(t *testing.T, tokens map[string]string) *http.Request {
	t.Helper()
	var body string
	switch b := r.body.(type) {
	case nil:
	case string:
		body = b
	default:
		raw, err := json.Marshal(b)
		must(t, err)
		body = string(raw)
	}
	if r.method == "" {
		r.method = http.MethodGet
		if r.body != nil {
			r.method = http.MethodPost
		}
	}
	made := httptest.NewRequestWithContext(t.Context(), r.method, "/api/v1"+r.path, strings.NewReader(body))
	if r.body != nil {
		made.Header.Set("Content-Type", "application/json")
	}
	if r.as != "" {
		made.Header.Set("Authorization", "Bearer "+tokens[r.as])
	}
	if r.key != "" {
		made.Header.Set("Idempotency-Key", r.key)
	}
	for k, v := range r.header {
		made.Header.Set(k, v)
	}
	return made
}

// is demands a status.
func (a answer) is(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
	return a
}

// m is a JSON object of a test.
type m = map[string]any

// json reads the body as an object, numbers as they were written.
func (a answer) json() m {
	a.t.Helper()
	var v m
	dec := json.NewDecoder(strings.NewReader(a.body))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		a.t.Fatalf("not a JSON object: %v: %s", err, a.body)
	}
	return v
}

func (a answer) id() string {
	a.t.Helper()
	id, _ := a.json()["id"].(string)
	if id == "" {
		a.t.Fatalf("no id in %s", a.body)
	}
	return id
}

// A problem is read from an answer; it is no error of the test's.
type problem server.Problem

// problem reads a problem and checks what every one of them has.
func (a answer) problem() problem {
	a.t.Helper()
	if got := a.header.Get("Content-Type"); got != "application/problem+json" {
		a.t.Fatalf("a refusal with content type %q: %d %s", got, a.status, a.body)
	}
	var p problem
	dec := json.NewDecoder(strings.NewReader(a.body))
	dec.DisallowUnknownFields()
	must(a.t, dec.Decode(&p))
	if p.Status != a.status || !strings.HasPrefix(p.Type, "/problems/") || p.Title == "" || p.Detail == "" {
		a.t.Errorf("an incomplete problem: %s", a.body)
	}
	if p.Instance != "urn:uuid:"+a.header.Get("X-Request-Id") {
		a.t.Errorf("instance %q does not name the request", p.Instance)
	}
	return p
}

// person registers somebody and returns their identifier.
func (w *town) person(as, reference string) string {
	w.T.Helper()
	return w.do(request{as: as, path: "/people", body: m{"reference": reference}}).is(201).id()
}

// referral refers a new person, received and accepted on that day.
func (w *town) referral(as string, to scheme.Scheme, reference, on string) string {
	w.T.Helper()
	return w.do(request{as: as, path: "/referrals", body: m{
		"person": w.person(as, reference), "scheme": string(to.ID), "source": "self", "received_on": on, "accepted_on": on,
	}}).is(201).id()
}
