package server_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/server"
)

// The one map from what went wrong to what HTTP says.
func TestStatusOfFaults(t *testing.T) {
	for _, c := range []struct {
		kind fault.Kind
		code fault.Code
		want int
	}{
		{fault.Invalid, fault.ScoreRange, 422},
		{fault.Invalid, fault.InputUnreadable, 400},
		{fault.Invalid, fault.InputMediaType, 415},
		{fault.Invalid, fault.InputTooLarge, 413},
		{fault.Invalid, fault.MethodNotAllowed, 405},
		{fault.Conflict, fault.KeyReused, 422},
		{fault.Conflict, fault.AssessmentTwice, 409},
		{fault.Missing, fault.NotFound, 404},
		{fault.Forbidden, fault.NotAllowed, 403},
		{fault.Anonymous, fault.SignInNeeded, 401},
		{fault.Unavailable, fault.Busy, 503},
		{fault.Unavailable, fault.NoRoom, 507},
	} {
		p := server.Tell(t.Context(), fault.List{fault.New(c.kind, c.code, "Do this.")})
		if p.Status != c.want || p.Type != "/problems/"+string(c.code) || p.Detail != "Do this." || p.Title != http.StatusText(c.want) {
			t.Errorf("%s: %+v, want %d", c.code, p, c.want)
		}
	}
}

func TestProblemSaysEverything(t *testing.T) {
	two := fault.List{
		fault.New(fault.Invalid, fault.DayFuture, "Earlier.").At("on"),
		fault.New(fault.Invalid, fault.ScoreRange, "Lower.").At("score"),
	}
	p := server.Tell(t.Context(), two)
	if p.Status != 422 || p.Type != "/problems/input.invalid" || len(p.Errors) != 2 || p.Errors[1] != (server.ProblemError{Location: "score", Message: "Lower.", Code: fault.ScoreRange}) {
		t.Errorf("%+v", p)
	}
	var many fault.List
	for range 1000 {
		many = append(many, two[0])
	}
	if p := server.Tell(t.Context(), many); len(p.Errors) != 100 || !strings.Contains(p.Detail, "1000") {
		t.Errorf("a thousand mistakes: %d told, %q", len(p.Errors), p.Detail)
	}
	if one := server.Tell(t.Context(), two[:1]); one.Detail != "Earlier." || len(one.Errors) != 1 || one.Type != "/problems/day.future" {
		t.Errorf("%+v", one)
	}
	if none := server.Tell(t.Context(), fault.List{fault.New(fault.Missing, fault.NotFound, "Elsewhere.")}); none.Errors != nil {
		t.Errorf("a fault without a place has %v", none.Errors)
	}
}

// What breaks is in the log, whole and once, and the reader is told one fixed
// sentence and under which number it is there.
func TestAccidentsAreLoggedAndNotShown(t *testing.T) {
	w := onSQLite(t, server.Config{})
	w.server.Route(http.MethodGet, "/sql/:id", server.Policy{Right: server.Public, Why: "a test"}, func(*gin.Context) error {
		return fmt.Errorf("load scheme: %w", errors.New("secret-of-the-house"))
	})
	for _, path := range []string{"/broken/7", "/sql/7"} {
		got := w.get(path)
		var p server.Problem
		must(t, json.Unmarshal(got.Body.Bytes(), &p))
		id := got.Header().Get("X-Request-Id")
		if got.Code != 500 || strings.Contains(got.Body.String(), "secret") || !strings.Contains(p.Detail, id) || p.Type != "/problems/internal" {
			t.Errorf("%s: %d %s", path, got.Code, got.Body)
		}
		found := 0
		for line := range strings.Lines(w.Log.String()) {
			if strings.Contains(line, id) && strings.Contains(line, "secret-of-the-house") {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%s: in the log %d times", path, found)
		}
	}
}

// A reader who has left is no accident of ours.
func TestReaderWhoLeft(t *testing.T) {
	w := onSQLite(t, server.Config{})
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if p := w.server.Problem(ctx, fmt.Errorf("read: %w", context.Canceled)); p.Status != 499 {
		t.Errorf("status %d", p.Status)
	}
	if said := w.Log.String(); strings.Contains(said, "ERROR") {
		t.Errorf("logged: %s", said)
	}
	if p := w.server.Problem(t.Context(), fmt.Errorf("query: %w", context.DeadlineExceeded)); p.Status != 503 || p.GetHeaders().Get("Retry-After") == "" {
		t.Errorf("a query that took too long: %+v", p)
	}
}

// Pages say problems their own way, the API never.
func TestRenderer(t *testing.T) {
	w := onSQLite(t, server.Config{})
	w.server.OnProblem(func(c *gin.Context, p server.Problem) { c.String(p.Status, "page: %s", p.Detail) })
	if got := w.get("/nowhere"); got.Code != 404 || !strings.HasPrefix(got.Body.String(), "page: ") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	if got := w.get("/api/v1/nowhere"); got.Code != 404 || got.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	if got := w.call(http.MethodDelete, "/front", ""); got.Code != 405 || got.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("%d, Allow %q", got.Code, got.Header().Get("Allow"))
	}
}

// A policy that says nothing cannot be registered.
func TestPolicyIsDemanded(t *testing.T) {
	w := onSQLite(t, server.Config{})
	for name, p := range map[string]server.Policy{
		"nothing": {}, "everybody without a reason": {Right: server.Public}, "no right of ours": {Right: "people.delete", Why: "x"},
	} {
		if !panics(func() { w.server.Route(http.MethodGet, "/x", p, func(*gin.Context) error { return nil }) }) {
			t.Errorf("%s was taken", name)
		}
	}
	if panics(func() {
		w.server.Route(http.MethodGet, "/x", server.Policy{Right: app.SeePeople}, func(*gin.Context) error { return nil })
	}) {
		t.Error("a right of ours was refused")
	}
}

func panics(fn func()) (did bool) {
	defer func() { did = recover() != nil }()
	fn()
	return false
}

// codes are the constants of fault's catalogue.
func codes(t *testing.T) map[string]bool {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../fault/catalogue.go", nil, 0)
	must(t, err)
	all := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			text, err := strconv.Unquote(lit.Value)
			must(t, err)
			all[text] = true
		}
		return true
	})
	return all
}

// The catalogue, what the server says about each code, and the document hold
// the same codes and the same words.
func TestProblemsAreDocumented(t *testing.T) {
	w := onSQLite(t, server.Config{})
	raw, err := os.ReadFile("../../docs/problems.md")
	must(t, err)
	documented := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (.+) \\|$").FindAllStringSubmatch(string(raw), -1) {
		if documented[row[1]] != "" {
			t.Errorf("%s is documented twice", row[1])
		}
		documented[row[1]] = row[2]
	}
	all := codes(t)
	all[string(server.Internal)] = true
	if len(all) < 40 {
		t.Fatalf("only %d codes were found in the catalogue", len(all))
	}
	for code := range all {
		got := w.get("/problems/" + code)
		want := code + "\n\n" + strings.ReplaceAll(documented[code], "`", "") + "\n"
		if documented[code] == "" || got.Code != 200 || got.Body.String() != want {
			t.Errorf("%s: documented as %q, told as %d %q", code, documented[code], got.Code, got.Body)
		}
	}
	for code := range documented {
		if !all[code] {
			t.Errorf("%s is documented and is no code", code)
		}
	}
	if got := w.get("/problems/none.such"); got.Code != 404 {
		t.Errorf("a code that is none: %d", got.Code)
	}
}
