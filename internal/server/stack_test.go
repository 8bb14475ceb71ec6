package server_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gin-gonic/gin"

	"cairn/internal/server"
)

// required is what every answer carries.
func required() map[string]string {
	return map[string]string{
		"Content-Security-Policy": "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
			"connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "no-referrer",
		"Cache-Control":                "no-store",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
	}
}

// lacking are the headers that an answer does not carry.
func lacking(got http.Header) (missing []string) {
	for name, want := range required() {
		if all := got.Values(name); len(all) != 1 || all[0] != want {
			missing = append(missing, fmt.Sprintf("%s: %q", name, all))
		}
	}
	return missing
}

// Good answers, refusals of every sort and accidents carry the same headers.
func TestHeadersOnEveryAnswer(t *testing.T) {
	w := onSQLite(t, server.Config{})
	_, sent := w.signIn()
	for name, got := range map[string]*httptest.ResponseRecorder{
		"200":              w.get("/front"),
		"200 signed in":    w.get("/who", "Cookie", sent),
		"health":           w.get("/healthz"),
		"a problem's page": w.get("/problems/not-found"),
		"401":              w.get("/who"),
		"401 of the API":   w.get("/api/v1/who"),
		"403 cross-origin": w.call(http.MethodPost, "/echo", "x", "Sec-Fetch-Site", "cross-site"),
		"404":              w.get("/nowhere"),
		"405":              w.call(http.MethodDelete, "/front", ""),
		"413":              w.call(http.MethodPost, "/echo", strings.Repeat("x", 2<<20)),
		"500":              w.get("/broken/1"),
		"sign-in":          w.call(http.MethodPost, "/sign-in", "login=ann&password="+strings.ReplaceAll(password, " ", "+"), "Content-Type", form),
	} {
		if missing := lacking(got.Header()); len(missing) > 0 {
			t.Errorf("%s (%d): %v", name, got.Code, missing)
		}
		if got.Header().Get("X-Request-Id") == "" {
			t.Errorf("%s has no request id", name)
		}
	}
	// The control: without the stack around it the router sends none of them.
	bare := httptest.NewRecorder()
	w.server.Engine().ServeHTTP(bare, httptest.NewRequest(http.MethodGet, "/front", nil))
	if len(lacking(bare.Header())) != len(required()) {
		t.Error("the test does not see that headers are missing")
	}
}

// A write that another site's page sends is refused before anything runs; one
// of our own page, or of a program, is not.
func TestCrossOriginWrites(t *testing.T) {
	w := onSQLite(t, server.Config{})
	for name, c := range map[string]struct {
		header []string
		want   int
	}{
		"another site":         {[]string{"Sec-Fetch-Site", "cross-site"}, 403},
		"a neighbour":          {[]string{"Sec-Fetch-Site", "same-site"}, 403},
		"an old browser":       {[]string{"Origin", "https://evil.example"}, 403},
		"a frame without one":  {[]string{"Origin", "null"}, 403},
		"our own page":         {[]string{"Sec-Fetch-Site", "same-origin"}, 200},
		"our own, old browser": {[]string{"Origin", "http://example.com"}, 200}, // httptest's host
		"a program":            {nil, 200},
	} {
		if got := w.call(http.MethodPost, "/echo", "x", c.header...); got.Code != c.want {
			t.Errorf("%s: %d, want %d: %s", name, got.Code, c.want, got.Body)
		}
	}
	if got := w.get("/front", "Sec-Fetch-Site", "cross-site"); got.Code != 200 {
		t.Errorf("following a link from elsewhere: %d", got.Code)
	}
}

func TestBodyLimit(t *testing.T) {
	w := onSQLite(t, server.Config{})
	if got := w.call(http.MethodPost, "/echo", strings.Repeat("x", 1<<20)); got.Code != 200 {
		t.Errorf("one megabyte: %d", got.Code)
	}
	if got := w.call(http.MethodPost, "/echo", strings.Repeat("x", 1<<20+1)); got.Code != 413 {
		t.Errorf("one byte more: %d", got.Code)
	}
	r := httptest.NewRequest(http.MethodPost, "/echo", io.MultiReader(strings.NewReader(strings.Repeat("x", 1<<20)), strings.NewReader("x")))
	r.ContentLength = -1
	got := httptest.NewRecorder()
	w.stack.ServeHTTP(got, r)
	if got.Code != 413 {
		t.Errorf("one byte more, length not said: %d", got.Code)
	}
	if got := w.call(http.MethodPost, "/sign-in", "login="+strings.Repeat("x", 1<<20), "Content-Type", form); got.Code != 413 {
		t.Errorf("a form too long: %d", got.Code)
	}
}

// listen serves a town on a real port until the test ends or stop is called.
func (w *town) listen() (addr string, stop func() error) {
	w.T.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(w.T, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.server.Serve(ctx, l) }()
	stopped := false
	stop = func() error {
		stopped = true
		cancel()
		return <-ended
	}
	w.T.Cleanup(func() {
		if !stopped {
			must(w.T, stop())
		}
	})
	return l.Addr().String(), stop
}

// Somebody who never finishes the header is cut off; somebody who does is
// answered on the same server meanwhile.
func TestSlowHeaderIsCutOff(t *testing.T) {
	w := onSQLite(t, server.Config{Limits: server.Limits{ReadHeader: 300 * time.Millisecond}})
	addr, _ := w.listen()
	slow := make([]net.Conn, 50)
	for i := range slow {
		conn, err := net.Dial("tcp", addr)
		must(t, err)
		defer conn.Close()
		_, err = conn.Write([]byte("GET /front HTTP/1.1\r\nHost: x\r\nX-Slow: "))
		must(t, err)
		slow[i] = conn
	}
	began := time.Now()
	got, err := http.Get("http://" + addr + "/front")
	must(t, err)
	must(t, got.Body.Close())
	if got.StatusCode != 200 {
		t.Errorf("a prompt client: %d", got.StatusCode)
	}
	for _, conn := range slow {
		must(t, conn.SetReadDeadline(began.Add(5*time.Second)))
		if _, err := io.ReadAll(conn); err != nil && errors.Is(err, context.DeadlineExceeded) || isTimeout(err) {
			t.Fatalf("a slow client was not cut off: %v", err)
		}
	}
	// The control: without a limit as short, the connection stays.
	patient, _ := onSQLite(t, server.Config{}).listen()
	conn, err := net.Dial("tcp", patient)
	must(t, err)
	defer conn.Close()
	_, err = conn.Write([]byte("GET /front HTTP/1.1\r\nHost: x\r\nX-Slow: "))
	must(t, err)
	must(t, conn.SetReadDeadline(time.Now().Add(600*time.Millisecond)))
	if _, err := io.ReadAll(conn); !isTimeout(err) {
		t.Errorf("the patient server ended the connection too: %v", err)
	}
}

func isTimeout(err error) bool {
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}

func TestLongHeaderIsRefused(t *testing.T) {
	addr, _ := onSQLite(t, server.Config{}).listen()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+addr+"/front", nil)
	must(t, err)
	r.Header.Set("X-Long", strings.Repeat("x", 64<<10))
	got, err := http.DefaultClient.Do(r)
	must(t, err)
	must(t, got.Body.Close())
	if got.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a header of 64 kB: %d", got.StatusCode)
	}
}

// A request under way is finished when the server is told to stop.
func TestStopLetsRequestsFinish(t *testing.T) {
	w := onSQLite(t, server.Config{})
	entered, leave := make(chan struct{}), make(chan struct{})
	w.server.Route(http.MethodGet, "/slow", server.Policy{Right: server.Public, Why: "a test"}, func(c *gin.Context) error {
		close(entered)
		<-leave
		c.String(http.StatusOK, "done")
		return c.Request.Context().Err()
	})
	addr, stop := w.listen()
	answered := make(chan string, 1)
	go func() {
		got, err := http.Get("http://" + addr + "/slow")
		if err != nil {
			answered <- err.Error()
			return
		}
		defer got.Body.Close()
		body, _ := io.ReadAll(got.Body)
		answered <- string(body)
	}()
	<-entered
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	time.Sleep(50 * time.Millisecond)
	close(leave)
	if said := <-answered; said != "done" {
		t.Errorf("the request under way got %q", said)
	}
	must(t, <-stopped)
	if _, err := net.DialTimeout("tcp", addr, time.Second); err == nil {
		t.Error("the server still listens")
	}
}

func TestHealth(t *testing.T) {
	broken := errors.New("secret-of-the-house")
	var state error
	w := onSQLite(t, server.Config{Ready: func(context.Context) error { return state }})
	if got := w.get("/healthz"); got.Code != 200 || got.Body.String() != `{"status":"ready"}` {
		t.Errorf("ready: %d %s", got.Code, got.Body)
	}
	state = broken
	got := w.get("/healthz")
	if got.Code != 503 || got.Header().Get("Retry-After") == "" || strings.Contains(got.Body.String(), "secret") {
		t.Errorf("not ready: %d %v %s", got.Code, got.Header(), got.Body)
	}
	if !strings.Contains(w.Log.String(), "secret-of-the-house") {
		t.Error("why it is not ready is not in the log")
	}
	if got := w.get("/livez"); got.Code != 200 {
		t.Errorf("alive: %d", got.Code)
	}
}

func TestAssets(t *testing.T) {
	w := onSQLite(t, server.Config{})
	long := strings.Repeat("body { margin: 0 } ", 500)
	must(t, w.server.Assets(fstest.MapFS{
		"cairn.css": {Data: []byte(long)}, "images/up.svg": {Data: []byte("<svg/>")}, ".gitkeep": {Data: []byte("x")},
	}))
	url := w.server.AssetURL("cairn.css")
	if !strings.HasPrefix(url, "/assets/cairn.css?v=") {
		t.Fatalf("address %q", url)
	}
	got := w.get(url)
	if got.Body.String() != long || got.Header().Get("Content-Type") != "text/css; charset=utf-8" || got.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" {
		t.Errorf("%d %v", got.Code, got.Header())
	}
	if plain := w.get("/assets/cairn.css"); plain.Header().Get("Cache-Control") != "no-cache" || w.get("/assets/cairn.css?v=old").Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("without its version it is kept: %v", plain.Header())
	}
	zipped := w.get(url, "Accept-Encoding", "br, gzip")
	if zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Body.Len() > len(long)/5 || zipped.Header().Get("ETag") == got.Header().Get("ETag") {
		t.Errorf("zipped: %d bytes, %v", zipped.Body.Len(), zipped.Header())
	}
	if again := w.get(url, "If-None-Match", got.Header().Get("ETag")); again.Code != http.StatusNotModified {
		t.Errorf("unchanged: %d", again.Code)
	}
	for path, want := range map[string]int{
		"/assets/images/up.svg": 200, "/assets/none.css": 404, "/assets/.gitkeep": 404, "/assets/": 404,
		"/assets/../server.go": 404, "/assets/%2e%2e/server.go": 404, "/assets/images": 404,
	} {
		if got := w.get(path); got.Code != want {
			t.Errorf("%s: %d, want %d", path, got.Code, want)
		}
	}
}
