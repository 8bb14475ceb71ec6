package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// mark notes every change of a file.
func (m *marker) mark() {
	var above []ast.Node
	ast.Inspect(m.file, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		if len(above) > 0 {
			m.parent[n] = above[len(above)-1]
			m.skip[n] = m.skip[n] || m.skip[m.parent[n]]
		}
		above = append(above, n)
		m.leave(n)
		if !m.skip[n] {
			m.node(n)
		}
		return true
	})
}

// leave says which parts of a node must stay as they are: what only the
// compiler reads, and what has to have an address.
func (m *marker) leave(n ast.Node) {
	no := func(parts ...ast.Node) {
		for _, p := range parts {
			m.skip[p] = true
		}
	}
	switch n := n.(type) {
	case *ast.GenDecl:
		if n.Tok != token.VAR {
			no(n)
		}
	case *ast.FuncDecl:
		no(n.Type)
	case *ast.FuncLit:
		no(n.Type)
	case *ast.ArrayType, *ast.StructType:
		no(n)
	case *ast.ForStmt:
		if n.Post != nil {
			no(n.Post)
		}
	case *ast.TypeSwitchStmt:
		no(n.Assign)
	case *ast.CompositeLit:
		if n.Type != nil {
			no(n.Type)
		}
		if _, isMap := m.info.TypeOf(n).Underlying().(*types.Map); !isMap {
			for _, e := range n.Elts {
				if pair, ok := e.(*ast.KeyValueExpr); ok {
					no(pair.Key)
				}
			}
		}
	case *ast.CallExpr:
		if m.info.Types[n.Fun].IsType() || m.constant(n) {
			no(n.Fun)
		}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			no(n.X)
		}
	case *ast.AssignStmt:
		if n.Tok == token.DEFINE {
			for _, l := range n.Lhs {
				no(l)
			}
		}
	}
}

// node notes the changes of one node.
func (m *marker) node(n ast.Node) {
	if e, ok := n.(ast.Expr); ok && m.constant(e) {
		m.number(e)
		m.skip[n] = true // and all below
		return
	}
	switch n := n.(type) {
	case *ast.BinaryExpr:
		m.binary(n)
	case *ast.UnaryExpr:
		switch {
		case n.Op == token.SUB && numeric(m.info.TypeOf(n)):
			m.call("_negated", n, "%s becomes %s", m.text(n), m.text(n.X))
		case n.Op == token.NOT:
			m.call("_not", n, "%s becomes %s", m.text(n), m.text(n.X))
		}
	case *ast.SelectorExpr:
		m.field(n)
	case *ast.CallExpr:
		m.called(n)
	case *ast.IfStmt:
		m.condition(n.Cond)
	case *ast.ForStmt:
		m.condition(n.Cond)
	case *ast.ExprStmt, *ast.BranchStmt, *ast.IncDecStmt, *ast.AssignStmt:
		m.statement(n.(ast.Stmt))
	}
}

// call wraps an expression in one of the helpers.
func (m *marker) call(helper string, e ast.Expr, format string, args ...any) {
	if id, ok := m.site(e, format, args...); ok {
		m.wrap(e, fmt.Sprintf("%s(%d, ", helper, id), ")")
	}
}

// number changes a constant by one either way, and turns true and false.
func (m *marker) number(e ast.Expr) {
	t := m.info.TypeOf(e)
	if name, ok := e.(*ast.Ident); ok && name.Name == "iota" {
		return
	}
	if is(t, types.IsBoolean) {
		m.call("_not", e, "%s becomes its opposite", m.text(e))
		return
	}
	name, ok := m.nameable(t)
	if !numeric(t) || !ok {
		return
	}
	up, ok := m.site(e, "%s becomes %s + 1%s", m.text(e), m.text(e), m.within(e))
	if !ok {
		return
	}
	_, _ = m.site(e, "%s becomes %s - 1%s", m.text(e), m.text(e), m.within(e))
	m.wrap(e, fmt.Sprintf("_number(%d, %s(", up, name), "))")
}

// within says where a number stands, since many are alike.
func (m *marker) within(e ast.Expr) string {
	const longest = 80
	text := m.text(m.parent[e])
	if len(text) > longest {
		return ""
	}
	return " in " + text
}

func (m *marker) binary(n *ast.BinaryExpr) {
	other := map[token.Token]token.Token{
		token.ADD: token.SUB, token.SUB: token.ADD, token.MUL: token.QUO, token.QUO: token.MUL,
	}
	bound := map[token.Token]token.Token{
		token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
	}
	helper := map[token.Token]string{
		token.ADD: "_add", token.SUB: "_sub", token.MUL: "_mul", token.QUO: "_quo",
		token.LSS: "_lss", token.LEQ: "_leq", token.GTR: "_gtr", token.GEQ: "_geq",
	}
	a, b := m.text(n.X), m.text(n.Y)
	switch {
	case other[n.Op] != 0 && numeric(m.info.TypeOf(n)):
		if id, ok := m.site(n, "%s %s %s becomes %s %s %s", a, n.Op, b, a, other[n.Op], b); ok {
			m.wrap(n, fmt.Sprintf("%s(%d, ", helper[n.Op], id), ")")
			m.replace(n.OpPos, len(n.Op.String()), ",")
		}
	case bound[n.Op] != 0:
		if id, ok := m.site(n, "%s %s %s becomes %s %s %s", a, n.Op, b, a, bound[n.Op], b); ok {
			_, _ = m.site(n, "%s %s %s becomes its opposite", a, n.Op, b)
			m.wrap(n, fmt.Sprintf("%s(%d, ", helper[n.Op], id), ")")
			m.replace(n.OpPos, len(n.Op.String()), ",")
		}
	case n.Op == token.EQL || n.Op == token.NEQ:
		m.call("_not", n, "%s %s %s becomes its opposite", a, n.Op, b)
	case n.Op == token.LAND || n.Op == token.LOR:
		for _, side := range []ast.Expr{n.X, n.Y} {
			if id, ok := m.site(side, "%s is left out of %s", m.text(side), m.text(n)); ok {
				after := fmt.Sprintf(" || _on(%d))", id)
				if n.Op == token.LOR {
					after = fmt.Sprintf(" && !_on(%d))", id)
				}
				// A parenthesis of its own, since the side may be of the other kind.
				m.wrap(side, "((", ")"+after)
			}
		}
	}
}

// condition turns what is no comparison itself; comparisons are turned anyway.
func (m *marker) condition(e ast.Expr) {
	switch e := e.(type) {
	case nil:
		return
	case *ast.BinaryExpr:
		if e.Op != token.LAND && e.Op != token.LOR {
			return
		}
	case *ast.UnaryExpr:
		return
	}
	m.call("_not", e, "%s becomes its opposite", m.text(e))
}
