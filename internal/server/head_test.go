package server_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"cairn/internal/server"
)

// Whatever answers GET answers HEAD in the same way, without the body; what
// does not take GET does not take HEAD either.
func TestHead(t *testing.T) {
	w := onSQLite(t, server.Config{})
	must(t, w.server.Assets(fstest.MapFS{"cairn.css": {Data: []byte("body {}")}}))
	_, cookie := w.signIn()
	real := httptest.NewServer(w.stack)
	t.Cleanup(real.Close)
	ask := func(method, path string) (status int, header http.Header, said string) {
		r, err := http.NewRequestWithContext(t.Context(), method, real.URL+path, nil)
		must(t, err)
		r.Header.Set("Cookie", cookie)
		got, err := real.Client().Do(r)
		must(t, err)
		defer got.Body.Close()
		body, err := io.ReadAll(got.Body)
		must(t, err)
		return got.StatusCode, got.Header, string(body)
	}
	asked := 0
	for _, row := range w.server.Policies() {
		if row.Method != http.MethodGet {
			continue
		}
		asked++
		path := strings.NewReplacer("*name", "cairn.css", ":code", "not-found", ":id", "1").Replace(row.Path)
		get, sent, body := ask(http.MethodGet, path)
		head, bare, none := ask(http.MethodHead, path)
		if head != get || none != "" || body == "" {
			t.Errorf("%s: HEAD %d %q, GET %d", path, head, none, get)
		}
		for _, name := range []string{"Content-Type", "Content-Security-Policy", "Cache-Control", "ETag"} {
			if bare.Get(name) != sent.Get(name) {
				t.Errorf("%s: HEAD says %s: %q, GET %q", path, name, bare.Get(name), sent.Get(name))
			}
		}
	}
	if asked < 6 {
		t.Errorf("only %d routes were asked", asked)
	}
	if got, header, _ := ask(http.MethodHead, "/echo"); got != http.StatusMethodNotAllowed || header.Get("Allow") != "POST" {
		t.Errorf("HEAD of what is only written: %d, Allow %q", got, header.Get("Allow"))
	}
	if !strings.Contains(w.Log.String(), "method=HEAD") {
		t.Error("the log does not tell HEAD from GET")
	}
}
