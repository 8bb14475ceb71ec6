package site

import (
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"text/template/parse"
)

// pagesOf reads the layout once, and every page with what it uses of that. With a
// copy of all of it in each of a hundred pages, two thirds of the memory of a
// program that does nothing went to that.
func pagesOf(files fs.FS) (map[string]*template.Template, error) {
	layout, err := template.New("layout").Funcs(words()).ParseFS(files, "layout/*.tmpl")
	if err != nil {
		return nil, fmt.Errorf("read layout: %w", err)
	}
	pages := make(map[string]*template.Template)
	for _, p := range every() {
		own, err := template.New("layout").Funcs(words()).ParseFS(files, path.Join("pages", p.folder(), "*.tmpl"))
		if err == nil {
			err = fetch(own, layout, "page", map[string]bool{})
		}
		if err != nil {
			return nil, fmt.Errorf("read page %s: %w", p.folder(), err)
		}
		pages[p.folder()] = own.Lookup("page")
	}
	return pages, nil
}

// fetch takes a template from the layout, unless the page has its own, and all that
// it calls. Each page has a copy: html/template writes into it how text is escaped
// where it stands.
func fetch(own, layout *template.Template, name string, seen map[string]bool) error {
	if seen[name] {
		return nil
	}
	seen[name] = true
	t := own.Lookup(name)
	if t == nil {
		from := layout.Lookup(name)
		if from == nil {
			return fmt.Errorf("there is no template %q", name)
		}
		var err error
		if t, err = own.AddParseTree(name, from.Tree.Copy()); err != nil {
			return fmt.Errorf("take template %q: %w", name, err)
		}
	}
	for _, called := range calls(t.Tree.Root) {
		if err := fetch(own, layout, called, seen); err != nil {
			return err
		}
	}
	return nil
}

// calls are the templates that a part of one calls by name.
func calls(n parse.Node) (names []string) {
	branch := func(b parse.BranchNode) {
		names = append(calls(b.List), calls(b.ElseList)...)
	}
	switch n := n.(type) {
	case *parse.TemplateNode:
		names = []string{n.Name}
	case *parse.IfNode:
		branch(n.BranchNode)
	case *parse.RangeNode:
		branch(n.BranchNode)
	case *parse.WithNode:
		branch(n.BranchNode)
	case *parse.ListNode:
		if n == nil {
			return nil // no else
		}
		for _, one := range n.Nodes {
			names = append(names, calls(one)...)
		}
	}
	return names
}
