package main

import (
	"go/ast"
	"go/token"
	"go/types"
)

// operator makes mutants of a node of a syntax tree: what it offers need not compile.
type operator struct {
	name  string
	apply func(*cursor, ast.Node)
}

var operators = []operator{
	{"negate a condition", negateCondition},
	{"exchange a comparison", exchangeComparison},
	{"exchange and/or, or drop a side", exchangeLogical},
	{"exchange an arithmetic operator", exchangeArithmetic},
	{"negate what is returned", negateReturn},
	{"return no error", returnNoError},
	{"remove a statement", removeStatement},
	{"exchange break and continue", exchangeBranch},
	{"drop a case", dropCase},
	{"one more, one less", changeNumber},
	{"empty a string", emptyString},
	{"drop a row or a field", dropElement},
	{"another constant of the type", anotherConstant},
}

// cursor is where a walk through a file is.
type cursor struct {
	source   *source
	file     *file
	operator string
	function string
	stack    []ast.Node // from the file to the node's parent
	found    []mutant
}

// mutants are all that the operators find in the package.
func (s *source) mutants() []mutant {
	var all []mutant
	for _, f := range s.files {
		c := &cursor{source: s, file: f}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if n == nil {
				c.stack = c.stack[:len(c.stack)-1]
				return false
			}
			if _, isImport := n.(*ast.ImportSpec); isImport {
				return false
			}
			c.enter(n)
			for _, o := range operators {
				c.operator = o.name
				o.apply(c, n)
			}
			c.stack = append(c.stack, n)
			return true
		})
		all = append(all, c.found...)
	}
	return distinct(all)
}

// enter notes the name of a declaration.
func (c *cursor) enter(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		c.function = n.Name.Name
		if n.Recv != nil {
			c.function = receiver(n.Recv.List[0].Type) + "." + c.function
		}
	case *ast.ValueSpec:
		if len(c.stack) == 2 {
			c.function = n.Names[0].Name
		}
	case *ast.TypeSpec:
		if len(c.stack) == 2 {
			c.function = n.Name.Name
		}
	}
}

func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return "?"
}

func (c *cursor) offset(p token.Pos) int { return c.source.fset.Position(p).Offset }

func (c *cursor) text(n ast.Node) string {
	return string(c.file.text[c.offset(n.Pos()):c.offset(n.End())])
}

// replace offers a mutant: other text from one position to another.
func (c *cursor) replace(from, to token.Pos, text string) {
	m := mutant{file: c.file, operator: c.operator, start: c.offset(from), end: c.offset(to), text: text}
	m.identify(c.function)
	c.found = append(c.found, m)
}

func (c *cursor) parent() ast.Node {
	if len(c.stack) == 0 {
		return nil
	}
	return c.stack[len(c.stack)-1]
}

// typeOf is nil where the type is not known.
func (c *cursor) typeOf(e ast.Expr) types.Type { return c.source.info.Types[e].Type }

func isBool(t types.Type) bool {
	b, ok := underlying(t).(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

func isNumber(t types.Type) bool {
	b, ok := underlying(t).(*types.Basic)
	return ok && b.Info()&types.IsNumeric != 0
}

func underlying(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	return t.Underlying()
}

// opposites are the operators that say the contrary.
var opposites = map[token.Token]token.Token{
	token.EQL: token.NEQ, token.NEQ: token.EQL, token.LSS: token.GEQ, token.GEQ: token.LSS, token.GTR: token.LEQ, token.LEQ: token.GTR,
}

// neighbours are those that differ at the boundary only.
var neighbours = map[token.Token]token.Token{
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
}

var arithmetic = map[token.Token]token.Token{
	token.ADD: token.SUB, token.SUB: token.ADD, token.MUL: token.QUO, token.QUO: token.MUL, token.REM: token.MUL,
	token.AND: token.OR, token.OR: token.AND, token.SHL: token.SHR, token.SHR: token.SHL,
}

// negate offers the contrary of an expression.
func (c *cursor) negate(e ast.Expr) {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		if t, found := opposites[e.Op]; found {
			c.exchange(e, t)
			return
		}
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			c.replace(e.Pos(), e.End(), c.text(e.X))
			return
		}
	case *ast.Ident:
		if other, found := map[string]string{"true": "false", "false": "true"}[e.Name]; found {
			c.replace(e.Pos(), e.End(), other)
			return
		}
	}
	c.replace(e.Pos(), e.End(), "!("+c.text(e)+")")
}

// exchange offers the expression with another operator.
func (c *cursor) exchange(e *ast.BinaryExpr, t token.Token) {
	c.replace(e.OpPos, e.OpPos+token.Pos(len(e.Op.String())), t.String())
}

func negateCondition(c *cursor, n ast.Node) {
	switch n := n.(type) {
	case *ast.IfStmt:
		c.negate(n.Cond)
	case *ast.ForStmt:
		if n.Cond != nil {
			c.negate(n.Cond)
		}
	case *ast.CaseClause:
		for _, e := range n.List {
			if isBool(c.typeOf(e)) {
				c.negate(e)
			}
		}
	}
}

func exchangeComparison(c *cursor, n ast.Node) {
	e, ok := n.(*ast.BinaryExpr)
	if !ok {
		return
	}
	if t, found := opposites[e.Op]; found {
		c.exchange(e, t)
	}
	if t, found := neighbours[e.Op]; found {
		c.exchange(e, t)
	}
}

func exchangeLogical(c *cursor, n ast.Node) {
	switch e := n.(type) {
	case *ast.BinaryExpr:
		other, found := map[token.Token]token.Token{token.LAND: token.LOR, token.LOR: token.LAND}[e.Op]
		if !found {
			return
		}
		c.exchange(e, other)
		c.replace(e.Pos(), e.End(), c.text(e.X))
		c.replace(e.Pos(), e.End(), c.text(e.Y))
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			c.replace(e.Pos(), e.End(), c.text(e.X))
		}
	}
}

func exchangeArithmetic(c *cursor, n ast.Node) {
	if e, ok := n.(*ast.BinaryExpr); ok && isNumber(c.typeOf(e)) {
		if t, found := arithmetic[e.Op]; found {
			c.exchange(e, t)
		}
	}
}
