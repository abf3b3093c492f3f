package checks

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"

	"partner-center-connector/connector"
)

// declaredIDs reads the constants themselves, so that none can be forgotten in the table.
func declaredIDs(t *testing.T) []connector.CheckID {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../check.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ids := []connector.CheckID{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "CheckID" {
			value, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			ids = append(ids, connector.CheckID(value))
		}
		return true
	})
	return ids
}

func TestEveryCheckHasItsRowOnce(t *testing.T) {
	declared, listed := declaredIDs(t), append(Order(), OrderFor(connector.OriginLink)...)
	slices.Sort(declared)
	slices.Sort(listed)
	if len(declared) == 0 || !slices.Equal(declared, listed) {
		t.Errorf("declared checks and those of the table differ:\n%v\n%v", declared, listed)
	}
	for _, d := range append(table[:len(table):len(table)], linkTable...) {
		if d.make == nil {
			t.Errorf("nothing makes %s", d.id)
		}
	}
}
