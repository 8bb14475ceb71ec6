package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Every route of the whole product, asked by somebody and by nobody, answers
// with the policy of the browser, without sniffing, referrer or frame, and is
// kept by no cache but the versioned assets'.
func TestHeadersOnEveryRoute(t *testing.T) {
	w := onSQLite(t)
	at := w.places()["own"]
	fill := strings.NewReplacer(":scheme", at.scheme, ":referral", at.referral, ":prescription", at.prescription, ":key", "ons4", ":code", "not-found", "*name", "cairn.css")
	for _, row := range w.server.Policies() {
		for _, login := range []string{"", "ann"} {
			path := fill.Replace(row.Path)
			path = strings.ReplaceAll(path, ":id", at.referral)
			r := httptest.NewRequestWithContext(t.Context(), row.Method, path, strings.NewReader(""))
			if login != "" {
				r.AddCookie(w.session(login))
			}
			got := httptest.NewRecorder()
			w.stack.ServeHTTP(got, r)
			name := row.Method + " " + row.Path
			if missing := lacking(got.Header(), row.Path); len(missing) > 0 {
				t.Errorf("%s by %q (%d) lacks %v", name, login, got.Code, missing)
			}
			if got.Code >= http.StatusInternalServerError {
				t.Errorf("%s by %q: %d %s", name, login, got.Code, got.Body)
			}
		}
	}
	bare := httptest.NewRecorder()
	w.server.Engine().ServeHTTP(bare, httptest.NewRequest(http.MethodGet, "/sign-in", nil))
	if len(lacking(bare.Header(), "/sign-in")) < 4 {
		t.Error("the test does not see that headers are missing")
	}
}

func lacking(h http.Header, route string) (missing []string) {
	csp := h.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'self'", "script-src 'self';", "style-src 'self';", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"} {
		if !strings.Contains(csp, part) {
			missing = append(missing, part)
		}
	}
	if strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") || strings.Contains(csp, "data:") && route != "/api/docs" {
		missing = append(missing, "strictness: "+csp)
	}
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"} {
		if h.Get(name) != want && (name != "Cache-Control" || !strings.HasPrefix(route, "/assets/")) {
			missing = append(missing, name)
		}
	}
	return missing
}
