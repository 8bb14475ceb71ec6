package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// field takes the next field of the same type in the place of one that is read.
func (m *marker) field(n *ast.SelectorExpr) {
	selection := m.info.Selections[n]
	if selection == nil || selection.Kind() != types.FieldVal || len(selection.Index()) != 1 || m.written(n) {
		return
	}
	of := selection.Recv()
	if p, ok := of.Underlying().(*types.Pointer); ok {
		of = p.Elem()
	}
	s, ok := of.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i := range s.NumFields() - 1 {
		next := s.Field((selection.Index()[0] + 1 + i) % s.NumFields())
		if next.Embedded() || !types.Identical(next.Type(), selection.Type()) || next.Pkg() != m.pkg && !next.Exported() {
			continue
		}
		with := m.text(n.X) + "." + next.Name()
		if id, ok := m.site(n.Sel, "%s becomes %s", m.text(n), with); ok {
			m.wrap(n, fmt.Sprintf("_pick(%d, ", id), ", "+with+")")
		}
		return
	}
}

// written says that an expression has to have an address: it is assigned to, or
// something with a pointer for a receiver is called on it or on a part of it.
func (m *marker) written(n ast.Expr) bool {
	var at ast.Node = n
	for {
		switch above := m.parent[at].(type) {
		case *ast.SelectorExpr:
			if s := m.info.Selections[above]; s != nil && s.Kind() == types.MethodVal {
				f, _ := s.Obj().(*types.Func)
				_, pointer := f.Signature().Recv().Type().(*types.Pointer)
				_, already := m.info.TypeOf(at.(ast.Expr)).Underlying().(*types.Pointer)
				return pointer && !already
			}
			at = above
		case *ast.IndexExpr:
			if above.Index == at {
				return false
			}
			at = above
		case *ast.ParenExpr:
			at = above
		case *ast.SliceExpr:
			return true // an array has to have an address, a slice does not mind
		case *ast.AssignStmt:
			for _, l := range above.Lhs {
				if l == at {
					return true
				}
			}
			return false
		case *ast.IncDecStmt:
			return true
		case *ast.RangeStmt:
			return above.Key == at || above.Value == at
		default:
			return false
		}
	}
}

// called changes which function is called.
func (m *marker) called(n *ast.CallExpr) {
	switch f := n.Fun.(type) {
	case *ast.Ident:
		if f.Name != "min" && f.Name != "max" {
			return
		}
		if _, builtin := m.info.Uses[f].(*types.Builtin); !builtin || !numeric(m.info.TypeOf(n)) {
			return
		}
		if id, ok := m.site(n, "%s becomes the other of min and max", m.text(n)); ok {
			m.replace(f.Pos(), len(f.Name), "_"+f.Name)
			m.open(n.Lparen+1, fmt.Sprintf("%d, ", id))
		}
	case *ast.SelectorExpr:
		other := map[string]string{"Add": "Sub", "Sub": "Add", "Mul": "Add", "Quo": "Mul"}[f.Sel.Name]
		s := m.info.Selections[f]
		if other == "" || s == nil || s.Obj().Pkg().Path() != "math/big" || !m.plain(f.X) {
			return
		}
		if id, ok := m.site(f.Sel, "%s becomes %s.%s", m.text(n), m.text(f.X), other); ok {
			m.skip[f] = true
			m.wrap(f, fmt.Sprintf("_pick(%d, ", id), ", "+m.text(f.X)+"."+other+")")
		}
	}
}

// plain says that an expression may be worked out twice.
func (m *marker) plain(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return m.plain(e.X)
	case *ast.CallExpr:
		f, ok := e.Fun.(*ast.Ident)
		return ok && f.Name == "new"
	}
	return false
}

// statement leaves one out, and adds where it took away.
func (m *marker) statement(n ast.Stmt) {
	switch m.parent[n].(type) {
	case *ast.BlockStmt, *ast.CaseClause:
	default:
		return // the head of an if, a for or a switch
	}
	switch n := n.(type) {
	case *ast.BranchStmt:
		if n.Tok == token.BREAK || n.Tok == token.CONTINUE {
			m.without(n)
		}
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			m.without(n)
			m.assigned(n)
		}
	case *ast.IncDecStmt:
		m.without(n)
		other := map[token.Token]string{token.INC: "--", token.DEC: "++"}[n.Tok]
		if id, ok := m.site(n, "%s becomes %s%s", m.text(n), m.text(n.X), other); ok {
			m.open(n.Pos(), fmt.Sprintf("if _on(%d) { %s%s } else { ", id, m.text(n.X), other))
			m.close(n.End(), " }")
		}
	default:
		m.without(n)
	}
}

// without leaves a statement out.
func (m *marker) without(n ast.Stmt) {
	if id, ok := m.site(n, "%s is left out", m.text(n)); ok {
		m.open(n.Pos(), fmt.Sprintf("if !_on(%d) { ", id))
		m.close(n.End(), " }")
	}
}

// assigned turns x += y into x = x + y, with another sign.
func (m *marker) assigned(n *ast.AssignStmt) {
	op := map[token.Token][2]string{
		token.ADD_ASSIGN: {"_add", "-="}, token.SUB_ASSIGN: {"_sub", "+="},
		token.MUL_ASSIGN: {"_mul", "/="}, token.QUO_ASSIGN: {"_quo", "*="},
	}[n.Tok]
	if op[0] == "" || !numeric(m.info.TypeOf(n.Lhs[0])) {
		return
	}
	x, y := m.text(n.Lhs[0]), m.text(n.Rhs[0])
	if id, ok := m.site(n, "%s becomes %s %s %s", m.text(n), x, op[1], y); ok {
		m.skip[n.Lhs[0]] = true
		m.replace(n.Pos(), len(x), fmt.Sprintf("%s = %s(%d, %s", x, op[0], id, x))
		m.replace(n.TokPos, 2, ",")
		m.close(n.End(), ")")
	}
}
