package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cairn/internal/testkit"
)

func TestServeFromTheFirstRunToTheEnd(t *testing.T) {
	w := newWorld(t)
	w.url = "sqlite:" + filepath.Join(w.folder, "cairn.db")
	r := w.serving("serve", "--addr", "127.0.0.1:0", "--database-url", w.url, "--log-format", "none")
	saying(t, r.err.String(), "Set up your service here, once:", r.base+"/set-up?code=")
	for path, want := range map[string]int{"/healthz": 200, "/livez": 200, "/set-up": 200, "/sign-in": 200, "/api/v1/openapi.json": 200, "/api/v1/schemes": 401, "/nowhere": 404} {
		if got := r.get(t, path); got != want {
			t.Errorf("%s answers %d, want %d", path, got, want)
		}
	}
	at := strings.TrimPrefix(r.base, "http://")
	saying(t, w.must("healthcheck", "--addr", at).out, "ready")
	w.refused(w.cairn("serve", "--addr", at, "--database-url", w.url), at, "running already")
	if code := r.stop(); code != done {
		t.Errorf("stopped with %d:\n%s", code, r.err.String())
	}
	if conn, err := net.Dial("tcp", at); err == nil {
		t.Error("it still answers after it stopped", conn.Close())
	}
	if s := w.cairn("healthcheck", "--addr", at); s.code != lookAt || !strings.Contains(s.err, "nothing answers") {
		t.Errorf("healthcheck of nothing ended with %d: %s", s.code, s.err)
	}
}

func TestTheSetUpCodeIsShownOnlyWhileNobodyCanSignIn(t *testing.T) {
	w := newWorld(t)
	w.url = "sqlite:" + filepath.Join(w.folder, "cairn.db")
	w.mustOn("organisation", "add", "Riverside")
	r := w.serving("serve", "--addr", "127.0.0.1:0", "--database-url", w.url, "--log-format", "none")
	if strings.Contains(r.err.String(), "code=") {
		t.Errorf("a set-up code is shown after set-up:\n%s", r.err.String())
	}
}

func TestServeNeverMigratesPostgres(t *testing.T) {
	testkit.Each(t, func(t *testing.T, url string) {
		w := newWorld(t)
		w.url = url
		if !isPostgres(url) {
			r := w.serving("serve", "--addr", "127.0.0.1:0", "--database-url", url, "--log-format", "none")
			if got := r.get(t, "/healthz"); got != 200 {
				t.Errorf("a new SQLite database answers %d", got)
			}
			return
		}
		w.refused(w.on("serve", "--addr", "127.0.0.1:0"), "cairn migrate up")
		if s := w.on("migrate", "status"); s.code != lookAt || !strings.Contains(s.out, "not applied") {
			t.Errorf("migrate status ended with %d:\n%s", s.code, s.out)
		}
		w.must("migrate", "up", "--migrate-url", url)
		saying(t, w.mustOn("migrate", "status").out, "0001", "UTC")
		r := w.serving("serve", "--addr", "127.0.0.1:0", "--database-url", url, "--log-format", "none")
		if got := r.get(t, "/healthz"); got != 200 {
			t.Errorf("a migrated PostgreSQL database answers %d", got)
		}
	})
}

// A double-click gives no arguments: the browser opens where one goes on, and
// once more only the browser.
func TestStartingFromTheDesktop(t *testing.T) {
	w := newWorld(t)
	first := w.serving("serve", "--addr", "127.0.0.1:0", "--database-url", "sqlite:"+filepath.Join(w.folder, "a.db"), "--log-format", "none")
	t.Setenv("CAIRN_ADDR", strings.TrimPrefix(first.base, "http://"))
	if s := w.must(); len(w.browsed) != 1 || w.browsed[0] != first.base+"/" || !strings.Contains(s.err, "Open this address") {
		t.Errorf("beside a running one: %v\n%s", w.browsed, s.err)
	}
	t.Setenv("CAIRN_ADDR", "127.0.0.1:0")
	t.Setenv("CAIRN_DATABASE_URL", "sqlite:"+filepath.Join(w.folder, "b.db"))
	t.Setenv("CAIRN_LOG_FORMAT", "none")
	r := w.serving()
	r.stop()
	if len(w.browsed) != 2 || !strings.HasPrefix(w.browsed[1], r.base+"/set-up?code=") {
		t.Errorf("a first start opens %v", w.browsed)
	}
}

func TestHealthOfWhatIsNotCairnOrNotReady(t *testing.T) {
	for want, answer := range map[string]http.HandlerFunc{
		"answers with status 503": func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "no database", http.StatusServiceUnavailable)
		},
		"what answers at 127.0.0.1": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("hello")) },
	} {
		other := httptest.NewServer(answer)
		w := newWorld(t)
		s := w.cairn("healthcheck", "--addr", strings.TrimPrefix(other.URL, "http://"))
		if s.code != lookAt {
			t.Errorf("%s: ended with %d", want, s.code)
		}
		saying(t, s.err, want)
		other.Close()
	}
}

// What has expired is deleted while serving, and what has not stays.
func TestServeForgetsWhatHasExpired(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustOn("organisation", "add", "Riverside")
		db := w.database()
		for hash, until := range map[string]string{"'old'": "2001-01-01 00:00:00", "'new'": "2901-01-01 00:00:00"} {
			if isPostgres(w.url) {
				hash += "::bytea"
			}
			if _, err := db.Exec("INSERT INTO sessions (token_hash, data, last_seen, expires_at) VALUES (" + hash + ", " + hash + ", '2001-01-01 00:00:00', '" + until + "')"); err != nil {
				t.Fatal(err)
			}
		}
		w.serving("serve", "--addr", "127.0.0.1:0", "--database-url", w.url, "--log-format", "none")
		var left []string
		for range 200 {
			if left = w.rows(db, "SELECT expires_at FROM sessions"); len(left) == 1 {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		if len(left) != 1 || !strings.Contains(left[0], "2901") {
			t.Errorf("left: %v", left)
		}
	})
}
