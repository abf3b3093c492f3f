package main

import (
	"go/ast"
	"go/token"
	"go/types"
)

func negateReturn(c *cursor, n ast.Node) {
	if r, ok := n.(*ast.ReturnStmt); ok {
		for _, e := range r.Results {
			if isBool(c.typeOf(e)) {
				c.negate(e)
			}
		}
	}
}

var errorType = types.Universe.Lookup("error").Type()

// returnNoError swallows the error that a statement returns.
func returnNoError(c *cursor, n ast.Node) {
	r, ok := n.(*ast.ReturnStmt)
	if !ok || len(r.Results) == 0 {
		return
	}
	signature := c.signature()
	if signature == nil || signature.Results().Len() != len(r.Results) {
		return
	}
	i := len(r.Results) - 1
	last := r.Results[i]
	if name, ok := last.(*ast.Ident); ok && name.Name == "nil" {
		return
	}
	if types.Identical(signature.Results().At(i).Type(), errorType) {
		c.replace(last.Pos(), last.End(), "nil")
	}
}

// signature is that of the function around the node.
func (c *cursor) signature() *types.Signature {
	for i := len(c.stack) - 1; i >= 0; i-- {
		switch f := c.stack[i].(type) {
		case *ast.FuncLit:
			s, _ := c.typeOf(f).(*types.Signature)
			return s
		case *ast.FuncDecl:
			s, _ := c.source.info.Defs[f.Name].Type().(*types.Signature)
			return s
		}
	}
	return nil
}

func removeStatement(c *cursor, n ast.Node) {
	switch n := n.(type) {
	case *ast.ExprStmt, *ast.IncDecStmt, *ast.DeferStmt, *ast.GoStmt, *ast.SendStmt, *ast.BranchStmt:
	case *ast.AssignStmt:
		if n.Tok == token.DEFINE {
			return
		}
	case *ast.ReturnStmt:
		if len(n.Results) > 0 {
			return
		}
	default:
		return
	}
	// Elsewhere it is what an if, a for or a select begins with.
	switch p := c.parent().(type) {
	case *ast.BlockStmt, *ast.CaseClause:
	case *ast.CommClause:
		if p.Comm == n {
			return
		}
	default:
		return
	}
	if s, ok := n.(*ast.ExprStmt); ok && isLogging(c, s.X) {
		return
	}
	c.replace(n.Pos(), n.End(), "")
}

func exchangeBranch(c *cursor, n ast.Node) {
	b, ok := n.(*ast.BranchStmt)
	if !ok || b.Label != nil {
		return
	}
	if other, found := map[token.Token]token.Token{token.BREAK: token.CONTINUE, token.CONTINUE: token.BREAK}[b.Tok]; found {
		c.replace(b.Pos(), b.End(), other.String())
	}
}

func dropCase(c *cursor, n ast.Node) {
	var body *ast.BlockStmt
	switch n := n.(type) {
	case *ast.SwitchStmt:
		body = n.Body
	case *ast.TypeSwitchStmt:
		body = n.Body
	case *ast.SelectStmt:
		body = n.Body
	default:
		return
	}
	for _, s := range body.List {
		c.replace(s.Pos(), s.End(), "")
	}
}

// isLogging reports whether a call only writes a line for whoever looks for a fault.
func isLogging(c *cursor, e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	s, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	used := c.source.info.Uses[s.Sel]
	return used != nil && used.Pkg() != nil && used.Pkg().Path() == "log/slog"
}
