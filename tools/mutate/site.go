package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// A site is one change.
type site struct {
	id    int
	place string // file:line:column
	line  string // file:line, as the compiler names it
	what  string // "a + b becomes a - b"
}

// An edit inserts text into a file, or replaces some. Those at one place nest:
// what closes comes before what opens, and the outer opens first.
type edit struct {
	at, end int // bytes
	text    string
	closes  bool
	order   int
}

// A marker goes through one file and notes the changes that can be made.
type marker struct {
	fset   *token.FileSet
	info   *types.Info
	pkg    *types.Package
	file   *ast.File
	source []byte
	sites  *[]site // of the package; a change's id is its place in here, from 1
	edits  []edit
	skip   map[ast.Node]bool
	parent map[ast.Node]ast.Node
	off    map[string]bool // lines on which the compiler refused a change
	lost   *[]site
}

func (m *marker) text(n ast.Node) string {
	return string(m.source[m.offset(n.Pos()):m.offset(n.End())])
}

func (m *marker) offset(p token.Pos) int { return m.fset.Position(p).Offset }

// site notes a change and returns its id; ok is false on a line that is off.
func (m *marker) site(n ast.Node, format string, args ...any) (id int, ok bool) {
	at := m.fset.Position(n.Pos())
	s := site{
		id: len(*m.sites) + 1, place: at.String(), line: fmt.Sprintf("%s:%d", at.Filename, at.Line),
		what: strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " "),
	}
	if m.off[s.line] {
		*m.lost = append(*m.lost, s)
		return 0, false
	}
	*m.sites = append(*m.sites, s)
	return s.id, true
}

func (m *marker) open(at token.Pos, text string) {
	m.edits = append(m.edits, edit{at: m.offset(at), end: m.offset(at), text: text, order: len(m.edits)})
}

func (m *marker) close(at token.Pos, text string) {
	m.edits = append(m.edits, edit{at: m.offset(at), end: m.offset(at), text: text, closes: true, order: len(m.edits)})
}

func (m *marker) replace(at token.Pos, length int, text string) {
	from := m.offset(at)
	m.edits = append(m.edits, edit{at: from, end: from + length, text: text, order: len(m.edits)})
}

// wrap puts a call around an expression.
func (m *marker) wrap(e ast.Expr, before, after string) {
	m.open(e.Pos(), before)
	m.close(e.End(), after)
}

// edited is the file with all its edits.
func (m *marker) edited() []byte {
	slices.SortFunc(m.edits, func(a, b edit) int {
		switch {
		case a.at != b.at:
			return a.at - b.at
		case a.closes != b.closes:
			if a.closes {
				return -1
			}
			return 1
		case a.closes:
			return b.order - a.order
		}
		return a.order - b.order
	})
	var out []byte
	from := 0
	for _, e := range m.edits {
		out = append(out, m.source[from:e.at]...)
		out = append(out, e.text...)
		from = e.end
	}
	return append(out, m.source[from:]...)
}

// nameable is how a type is written in this file; ok is false where it cannot
// be.
func (m *marker) nameable(t types.Type) (name string, ok bool) {
	ok = true
	name = types.TypeString(t, func(p *types.Package) string {
		if p == m.pkg {
			return ""
		}
		for _, i := range m.file.Imports {
			if strings.Trim(i.Path.Value, `"`) == p.Path() && i.Name == nil {
				return p.Name()
			}
		}
		ok = false
		return p.Name()
	})
	return name, ok && !strings.Contains(name, "untyped")
}

// constant says that the compiler knows the value.
func (m *marker) constant(e ast.Expr) bool { return m.info.Types[e].Value != nil }

// basic is the basic type that a type stands on; nil for others.
func basic(t types.Type) *types.Basic {
	if t == nil {
		return nil
	}
	b, _ := t.Underlying().(*types.Basic)
	return b
}

// numeric: an integer or a fraction, no complex number.
func numeric(t types.Type) bool {
	b := basic(t)
	return b != nil && b.Info()&(types.IsInteger|types.IsFloat) != 0
}

func is(t types.Type, info types.BasicInfo) bool {
	b := basic(t)
	return b != nil && b.Info()&info != 0
}
