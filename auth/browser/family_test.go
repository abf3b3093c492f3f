package browser

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"
)

// declaredFamilies reads the constants themselves, so that none can be forgotten in the table.
func declaredFamilies(t *testing.T) []Family {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "family.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	families := []Family{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "Family" {
			value, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			families = append(families, Family(value))
		}
		return true
	})
	return families
}

func TestEveryFamilyHasItsRowWhole(t *testing.T) {
	if declared, listed := declaredFamilies(t), append(Families(), Other); !slices.Equal(declared, listed) {
		t.Errorf("declared families and those of the table differ:\n%v\n%v", declared, listed)
	}
	for _, d := range families {
		if len(d.modes) == 0 || d.args == nil || d.prepare == nil || d.policies.mean == nil || d.policies.parse == nil || d.policies.files == "" {
			t.Errorf("the row of %s is not whole", d.family)
		}
	}
	if modes := Other.Modes(); len(modes) != 0 {
		t.Errorf("other offers %v", modes)
	}
}

// A product of a family without a row would be offered, and then not opened.
func TestEveryProductIsOfAFamily(t *testing.T) {
	for _, p := range products {
		if p.family != Other && !slices.Contains(Families(), p.family) {
			t.Errorf("%s is of no known family: %s", p.id, p.family)
		}
	}
}
