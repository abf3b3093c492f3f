package problems

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"partner-center-connector/auth"
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

func TestEveryCodeHasAKind(t *testing.T) {
	known := map[connector.ProblemKind]bool{}
	for _, k := range Kinds() {
		known[k] = true
	}
	for code, kind := range entraCodes() {
		if !known[kind] {
			t.Errorf("AADSTS%d: no kind %q", code, kind)
		}
		p := Of(&auth.Error{Stage: auth.StageUserConsent, OAuth: "invalid_grant", Codes: []int{code}}, testNow)
		if p.Kind != kind || p.Code != "AADSTS"+strconv.Itoa(code) || p.Actor == "" {
			t.Errorf("AADSTS%d: %+v", code, p)
		}
	}
	for code, kind := range partnerCodes() {
		if p := Of(&connector.APIError{Status: 403, Code: code}, testNow); p.Kind != kind || !known[kind] {
			t.Errorf("%s: %+v", code, p)
		}
	}
	for _, table := range []map[string]connector.ProblemKind{oauthKinds(), suberrorKinds(), graphCodes()} {
		for code, kind := range table {
			if !known[kind] {
				t.Errorf("%s: no kind %q", code, kind)
			}
		}
	}
}

// The dictionary of what is documented; a code that is dropped from the tables is noticed here.
func TestDictionaryIsComplete(t *testing.T) {
	entra := []int{
		65001, 65004, 90093, 90094, 90095, 900941, 900981, 90008, 650052, 65005, 650056, 650057, 650051, 500011,
		50020, 16000, 16003, 50034, 90072, 50177, 50178, 700016, 90002, 50194, 500208, 50105, 50057, 50055, 50053,
		500212, 500213, 500021, 500022, 50076, 50079, 50072, 50074, 50078, 50158, 53004, 53010, 53003, 53000, 53001,
		530002, 530003, 53002, 53005, 530035, 53011, 530032, 50011, 500113, 900971, 7000218, 700025, 9002327, 9002325,
		7000215, 7000222, 70002, 700027, 54005, 70008, 501481, 700005, 900561, 90014, 900144, 70011, 28002, 28003,
		700022, 901002, 9002313, 700082, 70043, 700084, 50173, 50132, 50133, 50089, 50196, 90055, 90033, 90006, 50033,
		90024, 90038, 900382, 900432, 700023, 90051,
	}
	for _, code := range entra {
		if _, ok := entraCodes()[code]; !ok {
			t.Errorf("AADSTS%d is missing", code)
		}
	}
	partner := []string{
		"800001", "900420", "900421", "10001", "2032", "900308", "900309", "900329", "90000", "900124", "800039", "20002", "60003",
	}
	for _, code := range partner {
		if _, ok := partnerCodes()[code]; !ok {
			t.Errorf("%s is missing", code)
		}
	}
	oauth := []string{
		"invalid_request", "unauthorized_client", "invalid_client", "unsupported_grant_type", "invalid_resource",
		"interaction_required", "consent_required", "invalid_scope", "temporarily_unavailable", "server_error", "access_denied",
	}
	for _, code := range oauth {
		if _, ok := oauthKinds()[code]; !ok {
			t.Errorf("%s is missing", code)
		}
	}
	suberrors := []string{
		"basic_action", "additional_action", "consent_required", "user_password_expired", "bad_token", "token_expired",
		"protection_policy_required", "client_mismatch", "device_authentication_failed", "cancel",
	}
	for _, code := range suberrors {
		if _, ok := suberrorKinds()[code]; !ok {
			t.Errorf("%s is missing", code)
		}
	}
}
