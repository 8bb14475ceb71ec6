package press_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"cairn/internal/press"
)

const policy = "default-src 'self'"

func browser(t *testing.T) *press.Press {
	t.Helper()
	path := os.Getenv("CAIRN_TEST_BROWSER")
	if path == "" {
		t.Fatal("CAIRN_TEST_BROWSER must name a Chromium; make test finds one")
	}
	return press.New(path, "no-sandbox")
}

var aPage = regexp.MustCompile(`/Type\s*/Page[^s]`)

// A long page with a picture of its own, a script, and things that lie elsewhere
// is printed on one page: its own files are found, nothing else is asked for, and
// no cookie is there to be sent.
func TestPrintPage(t *testing.T) {
	html := `<!DOCTYPE html><html lang="en-GB"><head><title>Riverside 42</title><link rel="stylesheet" href="/assets/a.css?v=1">
<script src="/assets/a.js" defer></script></head><body><h1>Findings</h1>` +
		strings.Repeat("<p>A line of many, so that this is longer than one sheet of paper can be.</p>", 45) +
		`<img src="https://elsewhere.example/x.png" alt=""><img src="http://127.0.0.1:1/y.png" alt=""></body></html>`
	var mu sync.Mutex
	var asked []string
	pdf, err := browser(t).PrintPage(t.Context(), []byte(html), policy, func(path string) (string, []byte, bool) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, path)
		switch path {
		case "/assets/a.css":
			return "text/css", []byte("p { margin: 6px 0; font: 14px monospace }"), true
		case "/assets/a.js":
			return "text/javascript", []byte(`document.title += document.cookie === '' ? ' and no cookie' : ' with a cookie'`), true
		}
		return "", nil, false
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(asked)
	if got := strings.Join(slices.Compact(asked), " "); got != "/assets/a.css /assets/a.js" && got != "/assets/a.css /assets/a.js /favicon.ico" {
		t.Errorf("the page asked for %s", got)
	}
	if pages := len(aPage.FindAll(pdf, -1)); !bytes.HasPrefix(pdf, []byte("%PDF-")) || pages != 1 {
		t.Errorf("%d pages of %.8q", pages, pdf)
	}
	whole := string(pdf) + inflated(pdf)
	for _, want := range []string{"Riverside 42 and no cookie", "/StructTreeRoot", "/MarkInfo"} {
		if !strings.Contains(whole, want) {
			t.Errorf("the PDF lacks %q", want)
		}
	}
}

// inflated is what the compressed parts of a PDF hold.
func inflated(pdf []byte) string {
	var all strings.Builder
	for _, part := range bytes.Split(pdf, []byte("stream\n")) {
		if r, err := zlib.NewReader(bytes.NewReader(part)); err == nil {
			_, _ = io.Copy(&all, r) // what follows the stream is no part of it
		}
	}
	return all.String()
}

// A browser that is not there is said, and so is a reader who went away.
func TestPrintPage_refuses(t *testing.T) {
	nothing := func(string) (string, []byte, bool) { return "", nil, false }
	if pdf, err := press.New("/nowhere/chromium").PrintPage(t.Context(), []byte("<p>"), policy, nothing); err == nil {
		t.Errorf("printed %.20q by nobody", pdf)
	}
	ctx, gone := context.WithCancel(t.Context())
	gone()
	if _, err := browser(t).PrintPage(ctx, []byte("<p>"), policy, nothing); err == nil {
		t.Error("printed for somebody who went away")
	}
}
