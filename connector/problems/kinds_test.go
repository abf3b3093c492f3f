package problems

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/auth/codes"
	"partner-center-connector/connector"
)

// declaredKinds reads the constants themselves, so that none can be forgotten in Kinds.
func declaredKinds(t *testing.T) []connector.ProblemKind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../problem.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	kinds := []connector.ProblemKind{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if ok && strings.HasPrefix(spec.Names[0].Name, "Kind") {
			value, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			kinds = append(kinds, connector.ProblemKind(value))
		}
		return true
	})
	return kinds
}

func TestEveryKindHasItsRowOnce(t *testing.T) {
	declared, listed := declaredKinds(t), Kinds()
	slices.Sort(declared)
	slices.Sort(listed)
	if !slices.Equal(declared, listed) {
		t.Errorf("declared and listed kinds differ:\n%v\n%v", declared, listed)
	}
}

// A number means what the table says wherever it comes from: in an answer to a check, alone, and in the text of that answer.
func TestCheckAndExplainAgree(t *testing.T) {
	for code, kind := range codes.All() {
		number, isNumber := strings.CutPrefix(code, "AADSTS")
		if !isNumber {
			continue
		}
		n, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(err)
		}
		description := code + ": Something was said. Trace ID: 0a0b0c0d-1111-4222-8333-444455556666"
		checked := Of(&auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_grant", Codes: []int{n}, Description: description}, testNow)
		if string(checked.Kind) != kind || checked.Code != code {
			t.Errorf("%s: a check says %+v, and the table %s", code, checked, kind)
		}
		for _, text := range []string{code, number, description, `{"error":"invalid_grant","error_description":"` + description + `","error_codes":[` + number + `]}`} {
			if told := LookUpCode(text); len(told) != 1 || told[0].Kind != checked.Kind || told[0].Code != code {
				t.Errorf("%q is explained as %+v, and met as %s", text, told, checked.Kind)
			}
		}
		for _, stage := range []auth.Stage{auth.StageAdminConsent, auth.StageUserConsent, auth.StageRedeem} {
			checked, told := Of(&auth.Error{Stage: stage, Codes: []int{n}}, testNow), LookUpAt(code, stage)
			if len(told) != 1 || told[0].Kind != checked.Kind || told[0].Step != checked.Step || told[0].Actor != checked.Actor {
				t.Errorf("%s at %s is explained as %+v, and met as %+v", code, stage, told, checked)
			}
		}
	}
}

// A code that is no number, too: in an answer of an API, as an OAuth error, as its suberror.
func TestCheckAndExplainAgreeOnWords(t *testing.T) {
	for code, kind := range codes.All() {
		if strings.HasPrefix(code, "AADSTS") {
			continue
		}
		checked := []error{}
		if known, ok := codes.Partner(code); ok && known == kind {
			checked = append(checked, &connector.APIError{Service: auth.PartnerCenter, Status: 403, Code: code})
		}
		if known, ok := codes.Graph(code); ok && known == kind {
			checked = append(checked, &connector.APIError{Service: auth.Graph, Status: graphStatus(code), Call: connector.CallMe, Code: code})
		}
		if known, ok := codes.OAuth(code); ok && known == kind {
			checked = append(checked, &auth.Error{Stage: auth.StageRefresh, OAuth: code})
		}
		if known, ok := codes.Suberror(code); ok && known == kind {
			checked = append(checked, &auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_grant", Suberror: code})
		}
		if len(checked) == 0 {
			t.Errorf("%s stands in no list", code)
		}
		text := code
		if code == "cancel" {
			text = "error_subcode=cancel"
		}
		for _, err := range checked {
			p, told := Of(err, testNow), LookUpCode(text)
			if string(p.Kind) != kind || len(told) != 1 || told[0].Kind != p.Kind || told[0].Code != code {
				t.Errorf("%s is met as %+v and explained as %+v, and the table says %s", code, p, told, kind)
			}
		}
	}
}

// graphStatus is the status that a code of Graph comes with.
func graphStatus(code string) int {
	if code == graphNotFound {
		return http.StatusNotFound
	}
	return http.StatusForbidden
}

func TestEveryKindOfACodeIsAKind(t *testing.T) {
	seen := map[string]string{}
	for code, kind := range codes.All() {
		if !slices.Contains(Kinds(), connector.ProblemKind(kind)) {
			t.Errorf("%s: no kind %q", code, kind)
		}
		if other, twice := seen[code]; twice && other != kind {
			t.Errorf("%s is %s and %s", code, other, kind)
		}
		seen[code] = kind
	}
}
