package server_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"cairn/internal/server"
)

// A server for its own machine only answers to that machine's own names, so
// that no other site's name can be pointed at it.
func TestOtherNamesAreRefusedOnLoopback(t *testing.T) {
	asks := func(w *town, method, host string) int {
		r := httptest.NewRequestWithContext(t.Context(), method, "/front", nil)
		r.Host = host
		got := httptest.NewRecorder()
		w.stack.ServeHTTP(got, r)
		if missing := lacking(got.Header()); len(missing) > 0 {
			t.Errorf("%s: %v", host, missing)
		}
		return got.Code
	}
	for _, addr := range []string{"127.0.0.1:8080", "localhost:0", "[::1]:8080"} {
		w := onSQLite(t, server.Config{Addr: addr})
		for host, want := range map[string]int{
			"127.0.0.1:8080": 200, "127.0.0.1": 200, "localhost": 200, "LocalHost:9": 200, "[::1]:8080": 200, "[::1]": 200, "127.9.9.9:1": 200,
			"evil.example": 403, "evil.example:8080": 403, "localhost.evil.example": 403, "127.0.0.1.evil.example:8080": 403,
			"192.0.2.7:8080": 403, "0.0.0.0:8080": 403, "": 403,
		} {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				if got := asks(w, method, host); got != want {
					t.Errorf("at %s, %s by the name %q: %d, want %d", addr, method, host, got, want)
				}
			}
		}
	}
	// The control: behind a proxy, or where other machines reach it, people come
	// by the service's own name.
	for name, cfg := range map[string]server.Config{
		"a proxy": {Addr: "127.0.0.1:8080", Secure: true}, "a container": {Addr: "0.0.0.0:8080"},
	} {
		if got := asks(onSQLite(t, cfg), http.MethodGet, "cairn.example"); got != 200 {
			t.Errorf("%s: %d", name, got)
		}
	}
}
