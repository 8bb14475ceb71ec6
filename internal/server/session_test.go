package server_test

import (
	"crypto/sha256"
	"net/http"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named pgx

	"cairn/internal/server"
)

// sees demands what a page says to the holder of a cookie.
func (w *town) sees(cookie string, status int) {
	w.T.Helper()
	if got := w.get("/who", "Cookie", cookie); got.Code != status {
		w.T.Errorf("the page answers %d, want %d: %s", got.Code, status, got.Body)
	}
}

func TestSession(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.sees("cairn=made-up", http.StatusUnauthorized)
		cookie, sent := w.signIn()
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Secure || cookie.Name != "cairn" {
			t.Errorf("cookie %s", cookie)
		}
		if len(cookie.Value) < 43 {
			t.Errorf("%d characters hold fewer than 256 bits", len(cookie.Value))
		}
		w.sees(sent, http.StatusOK)
		got := w.get("/who", "Cookie", sent)
		if want := "ann from page as " + got.Header().Get("X-Request-Id"); got.Body.String() != want {
			t.Errorf("the actor is %q, want %q", got.Body, want)
		}
		if kept := w.kept("SELECT token_hash, data FROM sessions"); strings.Contains(kept, cookie.Value) || kept == "" {
			t.Error("the database holds the token itself")
		}

		// Signing in again ends the session of before and gives another token.
		_, second := w.signIn("Cookie", sent)
		if second == sent {
			t.Error("the token of before stands for the new session")
		}
		w.sees(sent, http.StatusUnauthorized)
		w.sees(second, http.StatusOK)

		out := w.call(http.MethodPost, "/sign-out", "", "Cookie", second)
		if clear := out.Header().Get("Clear-Site-Data"); clear != `"cache", "cookies"` {
			t.Errorf("Clear-Site-Data %q", clear)
		}
		if gone := out.Result().Cookies(); len(gone) != 1 || gone[0].MaxAge >= 0 {
			t.Errorf("cookie after sign-out: %v", gone)
		}
		w.sees(second, http.StatusUnauthorized)
	})
}

// A session ends 20 minutes after its last use, and after 12 hours of any use.
func TestSessionEnds(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		_, sent := w.signIn()
		w.Wait(19 * time.Minute)
		w.sees(sent, http.StatusOK)
		w.Wait(19 * time.Minute)
		w.sees(sent, http.StatusOK)
		w.Wait(21 * time.Minute)
		w.sees(sent, http.StatusUnauthorized)
		w.sees(sent, http.StatusUnauthorized)

		_, sent = w.signIn()
		for range 39 { // 11 h 42 min
			w.Wait(18 * time.Minute)
			w.sees(sent, http.StatusOK)
		}
		w.Wait(19 * time.Minute)
		w.sees(sent, http.StatusUnauthorized)
	})
}

// Where people come by https the cookie cannot be set by a neighbour, and the
// browser is told to stay on https.
func TestSecureSession(t *testing.T) {
	w := onSQLite(t, server.Config{Secure: true})
	cookie, sent := w.signIn()
	if cookie.Name != "__Host-cairn" || !cookie.Secure || cookie.Domain != "" || cookie.Path != "/" {
		t.Errorf("cookie %s", cookie)
	}
	w.sees(sent, http.StatusOK)
	if got := w.get("/front").Header().Get("Strict-Transport-Security"); got == "" {
		t.Error("no Strict-Transport-Security")
	}
	if got := onSQLite(t, server.Config{}).get("/front").Header().Get("Strict-Transport-Security"); got != "" {
		t.Errorf("plain http promises %q", got)
	}
}

// Tokens are for the API and end; pages never look at them.
func TestBearer(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bearer := "Bearer " + w.token
		got := w.get("/api/v1/who", "Authorization", bearer)
		if want := "ann from api as " + got.Header().Get("X-Request-Id"); got.Body.String() != want {
			t.Errorf("%d %q, want %q", got.Code, got.Body, want)
		}
		for name, header := range map[string]string{"none": "", "made up": "Bearer cairn_x", "basic": "Basic " + w.token, "bare": w.token} {
			if got := w.get("/api/v1/who", "Authorization", header); got.Code != http.StatusUnauthorized || got.Header().Get("WWW-Authenticate") == "" {
				t.Errorf("%s: %d %v", name, got.Code, got.Header())
			}
		}
		if got := w.get("/who", "Authorization", bearer); got.Code != http.StatusUnauthorized {
			t.Errorf("a page looked at a token: %d", got.Code)
		}
		_, sent := w.signIn()
		if got := w.get("/api/v1/who", "Authorization", "Bearer cairn_x", "Cookie", sent); got.Code != http.StatusUnauthorized {
			t.Errorf("a wrong token fell back to the session: %d", got.Code)
		}
		w.Wait(25 * time.Hour)
		if got := w.get("/api/v1/who", "Authorization", bearer); got.Code != http.StatusUnauthorized {
			t.Errorf("a token of yesterday still works: %d", got.Code)
		}
	})
}

// The database has a hash of an API token and not the token.
func TestBearerTokensAreKeptAsHashes(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		sum := sha256.Sum256([]byte(w.token))
		kept := w.kept("SELECT token_hash, name FROM api_tokens")
		if strings.Contains(kept, w.token) || !strings.Contains(kept, string(sum[:])) {
			t.Errorf("kept: %q", kept)
		}
	})
}

// kept is everything that a query finds, as somebody with the database sees it.
func (w *town) kept(query string) string {
	w.T.Helper()
	return strings.Join(w.Cells(query), "")
}
