package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// changeNumber counts one up and one down.
func changeNumber(c *cursor, n ast.Node) {
	l, ok := n.(*ast.BasicLit)
	if !ok || l.Kind != token.INT {
		return
	}
	v, err := strconv.ParseInt(l.Value, 0, 64)
	if err != nil {
		return
	}
	c.replace(l.Pos(), l.End(), written(v+1, l.Value))
	if v > 0 {
		c.replace(l.Pos(), l.End(), written(v-1, l.Value))
	}
}

// written is a number in the base of another, and as wide.
func written(v int64, like string) string {
	switch {
	case strings.HasPrefix(like, "0x"):
		return fmt.Sprintf("0x%0*x", len(like)-2, v)
	case strings.HasPrefix(like, "0o"):
		return fmt.Sprintf("0o%0*o", len(like)-2, v)
	}
	return strconv.FormatInt(v, 10)
}

// emptyString empties one, unless it is a tag of a field or the words of an error: programs don't decide by those.
func emptyString(c *cursor, n ast.Node) {
	l, ok := n.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING || len(l.Value) == 2 {
		return
	}
	if _, isTag := c.parent().(*ast.Field); isTag || c.inWords() {
		return
	}
	c.replace(l.Pos(), l.End(), `""`)
}

// inWords reports whether the node belongs to the words of an error, a panic or a log line.
func (c *cursor) inWords() bool {
	for _, n := range slices.Backward(c.stack) {
		switch n := n.(type) {
		case *ast.CallExpr:
			name := c.text(n.Fun)
			return name == "errors.New" || name == "fmt.Errorf" || name == "panic" || isLogging(c, n)
		case *ast.BinaryExpr:
		default:
			return false
		}
	}
	return false
}

// dropElement takes a row out of a table, or a field out of a value.
func dropElement(c *cursor, n ast.Node) {
	l, ok := n.(*ast.CompositeLit)
	if !ok {
		return
	}
	for _, e := range l.Elts {
		to := e.End()
		if rest := c.file.text[c.offset(to):]; len(rest) > 0 && rest[0] == ',' {
			to++
		}
		c.replace(e.Pos(), to, "")
	}
}

// anotherConstant takes the next one of the same type, by name.
func anotherConstant(c *cursor, n ast.Node) {
	name, ok := n.(*ast.Ident)
	if !ok {
		return
	}
	used, ok := c.source.info.Uses[name].(*types.Const)
	if !ok || used.Pkg() == nil || !strings.HasPrefix(used.Pkg().Path(), c.source.module) {
		return
	}
	if _, named := used.Type().(*types.Named); !named || used.Parent() != used.Pkg().Scope() {
		return
	}
	var others []string
	for _, other := range used.Pkg().Scope().Names() {
		o, ok := used.Pkg().Scope().Lookup(other).(*types.Const)
		if ok && types.Identical(o.Type(), used.Type()) && !constant.Compare(o.Val(), token.EQL, used.Val()) &&
			(o.Exported() || o.Pkg().Path() == c.source.path) {
			others = append(others, other)
		}
	}
	if len(others) == 0 {
		return
	}
	i, _ := slices.BinarySearch(others, name.Name)
	c.replace(name.Pos(), name.End(), others[i%len(others)])
}
