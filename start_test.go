package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// notAtTheStart are the folders whose packages are in no program.
var notAtTheStart = []string{"build/", "bench/", "findings/", "test/", "gui/pictures/", "gui/widget/widgettest/", "connector/view/viewtest/", "rehearsal/visitor/"}

// TestNoRegularExpressionIsCompiledAtTheStart holds that the programs compile one when it is first used, and that each of those is one.
func TestNoRegularExpressionIsCompiledAtTheStart(t *testing.T) {
	compiled := 0
	for file := range goFiles(t) {
		if strings.HasSuffix(file, "_test.go") || inOneOf(file, notAtTheStart) {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		texts := constants(tree)
		for _, call := range callsOutsideFunctions(tree) {
			switch called(call) {
			case "regexp.MustCompile", "regexp.MustCompilePOSIX":
				t.Errorf("%s compiles a regular expression at the start: use lazyregexp.New", file)
			case "lazyregexp.New":
				compiled++
				if err := compile(call.Args[0], texts); err != nil {
					t.Errorf("%s: %v", file, err)
				}
			}
		}
	}
	if compiled < 40 {
		t.Errorf("only %d regular expressions were found", compiled)
	}
}

func inOneOf(file string, folders []string) bool {
	for _, folder := range folders {
		if strings.HasPrefix(file, folder) {
			return true
		}
	}
	return false
}

// callsOutsideFunctions are the calls of a file that are made at the start of the program.
func callsOutsideFunctions(tree *ast.File) []*ast.CallExpr {
	calls := []*ast.CallExpr{}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return false
		case *ast.CallExpr:
			calls = append(calls, n)
		}
		return true
	})
	return calls
}

// called is the name of a function of another package: "regexp.MustCompile".
func called(call *ast.CallExpr) string {
	function, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	of, ok := function.X.(*ast.Ident)
	if !ok {
		return ""
	}
	return of.Name + "." + function.Sel.Name
}

// constants are the texts of a file that have a name.
func constants(tree *ast.File) map[string]ast.Expr {
	texts := map[string]ast.Expr{}
	ast.Inspect(tree, func(n ast.Node) bool {
		if decl, ok := n.(*ast.GenDecl); !ok || decl.Tok != token.CONST {
			return !ok
		}
		for _, spec := range n.(*ast.GenDecl).Specs {
			if one := spec.(*ast.ValueSpec); len(one.Names) == len(one.Values) {
				for i, name := range one.Names {
					texts[name.Name] = one.Values[i]
				}
			}
		}
		return false
	})
	return texts
}

// compile compiles an expression that is put together from literals, and from constants of its file.
func compile(expression ast.Expr, texts map[string]ast.Expr) error {
	text, err := literal(expression, texts)
	if err != nil {
		return err
	}
	_, err = regexp.Compile(text)
	return err
}

func literal(expression ast.Expr, texts map[string]ast.Expr) (string, error) {
	switch e := expression.(type) {
	case *ast.BasicLit:
		return strconv.Unquote(e.Value)
	case *ast.Ident:
		if text := texts[e.Name]; text != nil {
			return literal(text, texts)
		}
	case *ast.BinaryExpr:
		left, err := literal(e.X, texts)
		if err != nil {
			return "", err
		}
		right, err := literal(e.Y, texts)
		return left + right, err
	}
	return "", strconv.ErrSyntax
}
