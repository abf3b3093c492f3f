package problems

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"partner-center-connector/assets"
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

func TestKindsAreAllThereOnceWithTheirRemedy(t *testing.T) {
	declared, listed := declaredKinds(t), Kinds()
	slices.Sort(declared)
	slices.Sort(listed)
	if !slices.Equal(declared, listed) {
		t.Errorf("declared and listed kinds differ:\n%v\n%v", declared, listed)
	}
	if got := slices.Sorted(maps.Keys(remedies)); !slices.Equal(got, listed) {
		t.Errorf("remedies and kinds differ:\n%v\n%v", got, listed)
	}
}

func TestEveryCodeHasAKind(t *testing.T) {
	known := map[connector.ProblemKind]bool{}
	for _, k := range Kinds() {
		known[k] = true
	}
	for code, kind := range entraCodes {
		if !known[kind] {
			t.Errorf("AADSTS%d: no kind %q", code, kind)
		}
		p := Of(&auth.Error{Stage: auth.StageUserConsent, OAuth: "invalid_grant", Codes: []int{code}}, testNow)
		if p.Kind != kind || p.Code != "AADSTS"+strconv.Itoa(code) || p.Actor == "" {
			t.Errorf("AADSTS%d: %+v", code, p)
		}
	}
	for code, kind := range partnerCodes {
		if p := Of(&connector.APIError{Status: 403, Code: code}, testNow); p.Kind != kind || !known[kind] {
			t.Errorf("%s: %+v", code, p)
		}
	}
	for _, table := range []map[string]connector.ProblemKind{oauthKinds, suberrorKinds, graphCodes} {
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
		if _, ok := entraCodes[code]; !ok {
			t.Errorf("AADSTS%d is missing", code)
		}
	}
	partner := []string{
		"800001", "900420", "900421", "10001", "2032", "900308", "900309", "900329", "90000", "900124", "800039", "20002", "60003",
	}
	for _, code := range partner {
		if _, ok := partnerCodes[code]; !ok {
			t.Errorf("%s is missing", code)
		}
	}
	oauth := []string{
		"invalid_request", "unauthorized_client", "invalid_client", "unsupported_grant_type", "invalid_resource",
		"interaction_required", "consent_required", "invalid_scope", "temporarily_unavailable", "server_error", "access_denied",
	}
	for _, code := range oauth {
		if _, ok := oauthKinds[code]; !ok {
			t.Errorf("%s is missing", code)
		}
	}
	suberrors := []string{
		"basic_action", "additional_action", "consent_required", "user_password_expired", "bad_token", "token_expired",
		"protection_policy_required", "client_mismatch", "device_authentication_failed", "cancel",
	}
	for _, code := range suberrors {
		if _, ok := suberrorKinds[code]; !ok {
			t.Errorf("%s is missing", code)
		}
	}
}

var (
	argName = regexp.MustCompile(`\.([A-Z][A-Za-z]*)`)
	// forbidden is what no sentence has: no exclamation, no plea, no stammer, no doubled space.
	forbidden = regexp.MustCompile(`(?i)!|\b(please|oops|bitte)\b|  |^ | $`)
	template  = regexp.MustCompile(`\{\{[^}]*\}\}`)
)

// argsOf are the names of the args that a sentence uses.
func argsOf(sentence string) []string {
	names := map[string]bool{}
	for _, part := range template.FindAllString(sentence, -1) {
		for _, m := range argName.FindAllStringSubmatch(part, -1) {
			names[m[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// parts begin the keys of the sentences about problems, and of those about checks.
var parts = map[string][]string{"problems": {"problem.", "actor."}, "checks": {"check.", "check-state.", "evidence."}}

func sentences(t *testing.T, name, lang string) map[string]string {
	t.Helper()
	data, err := os.ReadFile("../../assets/translations/" + lang + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	all, out := map[string]any{}, map[string]string{}
	if err := toml.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	for key, value := range all {
		if slices.ContainsFunc(parts[name], func(prefix string) bool { return strings.HasPrefix(key, prefix) }) {
			out[key] = value.(string)
		}
	}
	return out
}

// wantedKeys are the keys that the two parts must have, no more and no fewer.
func wantedKeys() map[string][]string {
	problems, checks := []string{}, []string{}
	for _, k := range Kinds() {
		for _, part := range []string{"title", "do", "button"} {
			problems = append(problems, "problem."+string(k)+"."+part)
		}
	}
	for _, a := range []connector.Actor{connector.ActorYou, connector.ActorAdmin, connector.ActorUser, connector.ActorPublisher, connector.ActorNetworkTeam, connector.ActorMicrosoft} {
		problems = append(problems, "actor."+string(a))
	}
	for _, id := range connector.CheckOrder {
		checks = append(checks, "check."+string(id)+".title")
	}
	for _, s := range []connector.CheckState{connector.CheckPending, connector.CheckRunning, connector.CheckPassed, connector.CheckWarning, connector.CheckFailed, connector.CheckUnknown} {
		checks = append(checks, "check-state."+string(s))
	}
	return map[string][]string{"problems": problems, "checks": checks}
}

func TestEveryKindAndCheckHasItsSentencesInBothLanguages(t *testing.T) {
	for name, keys := range wantedKeys() {
		english, german := sentences(t, name, "en"), sentences(t, name, "de")
		for _, key := range keys {
			if english[key] == "" || german[key] == "" {
				t.Errorf("%s is missing", key)
			}
		}
		for key, sentence := range english {
			if !slices.Contains(keys, key) && !strings.HasPrefix(key, "evidence.") {
				t.Errorf("%s stands for nothing", key)
			}
			if !slices.Equal(argsOf(sentence), argsOf(german[key])) {
				t.Errorf("%s: args differ: %v and %v", key, argsOf(sentence), argsOf(german[key]))
			}
		}
		if len(english) != len(german) {
			t.Errorf("%s: %d English and %d German sentences", name, len(english), len(german))
		}
	}
}

func TestSentencesKeepTheRules(t *testing.T) {
	for _, name := range []string{"problems", "checks"} {
		for _, lang := range []string{"en", "de"} {
			for key, sentence := range sentences(t, name, lang) {
				if found := forbidden.FindString(template.ReplaceAllString(sentence, "x")); found != "" {
					t.Errorf("%s %s has %q: %s", lang, key, found, sentence)
				}
				if strings.HasSuffix(key, ".button") && len(strings.Fields(sentence)) > 3 {
					t.Errorf("%s %s is too long for a button: %s", lang, key, sentence)
				}
				if (strings.HasSuffix(key, ".do") || strings.HasSuffix(key, ".title") && strings.HasPrefix(key, "problem.")) && !strings.HasSuffix(strings.TrimSuffix(sentence, "{{end}}"), ".") {
					t.Errorf("%s %s does not end with a full stop: %s", lang, key, sentence)
				}
			}
		}
	}
}

// A sentence must be whole with none of its args, since a code alone (LookUpCode) brings none, and with all of them.
func TestSentencesAreWholeWithAndWithoutTheirArgs(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		translator, err := assets.NewTranslator(lang)
		if err != nil {
			t.Fatal(err)
		}
		for key, sentence := range sentences(t, "problems", lang) {
			for _, with := range []bool{false, true} {
				args := map[string]any{"Code": ""}
				for _, name := range argsOf(sentence) {
					if with {
						args[name] = "VALUE"
					}
				}
				got := translator.Text(key, args)
				if strings.Contains(got, "<no value>") || strings.Contains(got, "{{") || strings.HasPrefix(got, "[") || got == "" {
					t.Errorf("%s %s: %q", lang, key, got)
				}
			}
		}
	}
}

// Every piece of evidence that the checks can give has its sentence, which uses only args that come with it.
func TestEvidenceHasItsSentences(t *testing.T) {
	english := sentences(t, "checks", "en")
	given := map[string][]string{}
	for _, file := range []string{"../checks/checks.go", "../checks/identity.go", "../checks/token.go", "../checks/partner.go"} {
		for key, args := range factsIn(t, file) {
			given[key] = args
		}
	}
	for _, key := range []string{"lasts-proven", "lasts-not"} {
		given[key], given[key+"-hours"], given[key+"-days"] = []string{"Minutes"}, []string{"Hours"}, []string{"Days"}
	}
	for key, args := range given {
		sentence, ok := english["evidence."+key]
		if !ok {
			t.Errorf("evidence.%s is missing", key)
		}
		for _, used := range argsOf(sentence) {
			if !slices.Contains(args, used) {
				t.Errorf("evidence.%s uses %s, which does not come with it (%v)", key, used, args)
			}
		}
	}
	for key := range english {
		if name, ok := strings.CutPrefix(key, "evidence."); ok && given[name] == nil {
			t.Errorf("%s is given by no check", key)
		}
	}
}

// factsIn reads the calls of fact with a literal key from a source file: key to names of args.
func factsIn(t *testing.T, name string) map[string][]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	facts := map[string][]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if f, ok := call.Fun.(*ast.Ident); !ok || f.Name != "fact" || len(call.Args) == 0 {
			return true
		}
		key, ok := call.Args[0].(*ast.BasicLit)
		if !ok {
			return true
		}
		text, _ := strconv.Unquote(key.Value)
		args := []string{}
		for i := 1; i < len(call.Args); i += 2 {
			arg, _ := strconv.Unquote(call.Args[i].(*ast.BasicLit).Value)
			args = append(args, arg)
		}
		facts[text] = args
		return true
	})
	return facts
}
