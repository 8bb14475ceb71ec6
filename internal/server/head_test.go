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
	_, sent := w.signIn()
	real := httptest.NewServer(w.stack)
	t.Cleanup(real.Close)
	ask := func(method, path string) (*http.Response, string) {
		r, err := http.NewRequestWithContext(t.Context(), method, real.URL+path, nil)
		must(t, err)
		r.Header.Set("Cookie", sent)
		got, err := real.Client().Do(r)
		must(t, err)
		defer got.Body.Close()
		body, err := io.ReadAll(got.Body)
		must(t, err)
		return got, string(body)
	}
	asked := 0
	for _, row := range w.server.Policies() {
		if row.Method != http.MethodGet {
			continue
		}
		asked++
		path := strings.NewReplacer("*name", "cairn.css", ":code", "not-found", ":id", "1").Replace(row.Path)
		get, body := ask(http.MethodGet, path)
		head, none := ask(http.MethodHead, path)
		if head.StatusCode != get.StatusCode || none != "" || body == "" {
			t.Errorf("%s: HEAD %d %q, GET %d", path, head.StatusCode, none, get.StatusCode)
		}
		for _, name := range []string{"Content-Type", "Content-Security-Policy", "Cache-Control", "ETag"} {
			if head.Header.Get(name) != get.Header.Get(name) {
				t.Errorf("%s: HEAD says %s: %q, GET %q", path, name, head.Header.Get(name), get.Header.Get(name))
			}
		}
	}
	if asked < 6 {
		t.Errorf("only %d routes were asked", asked)
	}
	if got, _ := ask(http.MethodHead, "/echo"); got.StatusCode != http.StatusMethodNotAllowed || got.Header.Get("Allow") != "POST" {
		t.Errorf("HEAD of what is only written: %d, Allow %q", got.StatusCode, got.Header.Get("Allow"))
	}
	if !strings.Contains(w.log.String(), "method=HEAD") {
		t.Error("the log does not tell HEAD from GET")
	}
}
