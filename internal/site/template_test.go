package site

import (
	"io/fs"
	"testing"

	"github.com/jba/templatecheck"

	"cairn/web"
)

// Every page is checked against the struct it is given: a field that a template
// misspells is found here and not by a visitor.
func TestTemplates(t *testing.T) {
	pages, err := parse(web.Files)
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
