package site_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A visitor is a browser without scripts: it keeps cookies, follows
// redirections and reads pages.
type visitor struct {
	t      *testing.T
	client *http.Client
	base   string
}

func (w *town) visitor() *visitor {
	w.T.Helper()
	s := httptest.NewServer(w.stack)
	w.T.Cleanup(s.Close)
	jar, err := cookiejar.New(nil)
	must(w.T, err)
	return &visitor{w.T, &http.Client{Jar: jar}, s.URL}
}

// signedIn is somebody who has just signed in on the page.
func (w *town) signedIn(login string) *visitor {
	w.T.Helper()
	v := w.visitor()
	v.post("/sign-in", form{"login": login, "password": password}).is(http.StatusOK)
	return v
}

// A form is what is typed into a page, one value a field.
type form map[string]string

// and is the form with some fields typed otherwise.
func (f form) and(other form) form {
	all := form{}
	for k, v := range f {
		all[k] = v
	}
	for k, v := range other {
		all[k] = v
	}
	return all
}

// A seen page, at the end of its redirections.
type seen struct {
	t      *testing.T
	status int
	at     string // path and query
	root   *html.Node
	source string
}

func (v *visitor) get(path string) seen {
	v.t.Helper()
	got, err := v.client.Get(v.base + path)
	return v.read(got, err)
}

func (v *visitor) post(path string, f form) seen {
	v.t.Helper()
	values := url.Values{}
	for name, value := range f {
		values.Set(name, value)
	}
	got, err := v.client.PostForm(v.base+path, values)
	return v.read(got, err)
}

// send posts a form with a file in one of its fields.
func (v *visitor) send(path string, f form, field, content string) seen {
	v.t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name, value := range f {
		must(v.t, parts.WriteField(name, value))
	}
	file, err := parts.CreateFormFile(field, "scores.csv")
	must(v.t, err)
	_, err = file.Write([]byte(content))
	must(v.t, err)
	must(v.t, parts.Close())
	got, err := v.client.Post(v.base+path, parts.FormDataContentType(), &body)
	return v.read(got, err)
}

// fill posts a page's own form with what is typed, its hidden fields included.
func (v *visitor) fill(path string, f form) seen {
	v.t.Helper()
	page := v.get(path).is(http.StatusOK)
	all := form{}
	for n := range page.root.Descendants() {
		if n.Data == "input" && attr(n, "type") == "hidden" {
			all[attr(n, "name")] = attr(n, "value")
		}
	}
	return v.post(strings.SplitN(path, "?", 2)[0], all.and(f))
}

func (v *visitor) read(got *http.Response, err error) seen {
	v.t.Helper()
	must(v.t, err)
	defer got.Body.Close()
	var source strings.Builder
	must(v.t, got.Write(&source))
	_, body, _ := strings.Cut(source.String(), "\r\n\r\n")
	root, err := html.Parse(strings.NewReader(body))
	must(v.t, err)
	return seen{v.t, got.StatusCode, got.Request.URL.RequestURI(), root, body}
}

// is demands a status.
func (s seen) is(status int) seen {
	s.t.Helper()
	if s.status != status {
		s.t.Fatalf("%s: status %d, want %d: %s", s.at, s.status, status, s.text())
	}
	return s
}

// text is what can be read in the page's main part.
func (s seen) text() string {
	for n := range s.root.Descendants() {
		if n.Data == "main" {
			return words(n)
		}
	}
	return words(s.root)
}

// says demands that the page holds each of the texts.
func (s seen) says(all ...string) seen {
	s.t.Helper()
	text := s.text()
	for _, one := range all {
		if !strings.Contains(text, one) {
			s.t.Errorf("%s does not say %q:\n%s", s.at, one, text)
		}
	}
	return s
}

// withoutSheet is the page without the table of scores that every person's form
// has alike.
func (s seen) withoutSheet() seen {
	before, rest, there := strings.Cut(s.source, "data-sheet>")
	if there {
		_, after, _ := strings.Cut(rest, "</script>")
		s.source = before + after
	}
	return s
}

// silent demands that the page's source holds none of the texts.
func (s seen) silent(all ...string) seen {
	s.t.Helper()
	for _, one := range all {
		if strings.Contains(s.source, one) {
			s.t.Errorf("%s must not hold %q", s.at, one)
		}
	}
	return s
}

// wrong is what the page says is wrong at a field.
func (s seen) wrong(field string) string {
	return strings.TrimPrefix(words(s.id(field+"-error")), "Error: ")
}

// links are the targets of the summary of errors.
func (s seen) links() (all []string) {
	for n := range s.root.Descendants() {
		if n.Data == "a" && n.Parent != nil && n.Parent.Parent != nil && strings.Contains(attr(n.Parent.Parent, "class"), "error-summary__list") {
			all = append(all, strings.TrimPrefix(attr(n, "href"), "#"))
		}
	}
	return all
}

// typed is what a control holds: a text, or the answer that is chosen.
func (s seen) typed(name string) string {
	for n := range s.root.Descendants() {
		switch {
		case n.Data == "input" && attr(n, "name") == name && (attr(n, "type") == "radio" || attr(n, "type") == "checkbox"):
			if has(n, "checked") {
				return attr(n, "value")
			}
		case n.Data == "input" && attr(n, "name") == name:
			return attr(n, "value")
		case n.Data == "option" && has(n, "selected") && attr(n.Parent, "name") == name:
			return attr(n, "value")
		}
	}
	return ""
}

// cell is the value of a figure by the name that the API has for it.
func (s seen) cell(key string) string {
	for n := range s.root.Descendants() {
		if attr(n, "data-key") == key {
			return words(n)
		}
	}
	return ""
}

func (s seen) id(id string) *html.Node {
	for n := range s.root.Descendants() {
		if attr(n, "id") == id {
			return n
		}
	}
	return &html.Node{}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// words is the text of a node with single spaces.
func words(n *html.Node) string {
	var all strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			all.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(all.String()), " ")
}
