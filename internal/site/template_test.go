package site

import (
	"html/template"
	"io/fs"
	"strings"
	"testing"

	"github.com/jba/templatecheck"

	"cairn/web"
)

// Every page is checked against the struct it is given: a field that a template
// misspells is found here and not by a visitor.
func TestTemplates(t *testing.T) {
	pages, err := pagesOf(web.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range every() {
		t.Run(p.folder(), func(t *testing.T) {
			if err := templatecheck.CheckHTMLStrict(pages[p.folder()], p); err != nil {
				t.Error(err)
			}
		})
	}
	folders, err := fs.ReadDir(web.Files, "pages")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if f.IsDir() && pages[f.Name()] == nil {
			t.Errorf("web/pages/%s is shown by no page", f.Name())
		}
	}
}

// A page holds those parts of the layout that it uses, and no copy of the others.
func TestPagesHoldWhatTheyUse(t *testing.T) {
	pages, err := pagesOf(web.Files)
	if err != nil {
		t.Fatal(err)
	}
	layout, err := template.New("layout").Funcs(words()).ParseFS(web.Files, "layout/*.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	for folder, page := range pages {
		used := map[string]bool{"page": true}
		for _, part := range page.Templates() {
			if part.Tree != nil {
				for _, name := range calls(part.Tree.Root) {
					used[name] = true
				}
			}
		}
		for _, part := range page.Templates() {
			if of := layout.Lookup(part.Name()); of != nil && of.Tree != nil && !strings.HasSuffix(part.Name(), ".tmpl") && !used[part.Name()] {
				t.Errorf("%s holds %q, which nothing in it uses", folder, part.Name())
			}
		}
	}
}
