package problems_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/problems"
)

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
	aboutProblems, aboutChecks := []string{}, []string{}
	for _, k := range problems.Kinds() {
		for _, part := range []string{"title", "do", "button"} {
			aboutProblems = append(aboutProblems, "problem."+string(k)+"."+part)
		}
	}
	for _, a := range []connector.Actor{connector.ActorYou, connector.ActorAdmin, connector.ActorUser, connector.ActorPublisher, connector.ActorNetworkTeam, connector.ActorMicrosoft, connector.ActorComputer} {
		aboutProblems = append(aboutProblems, "actor."+string(a))
	}
	for _, id := range append(checks.Order(), checks.OrderFor(connector.OriginLink)...) {
		aboutChecks = append(aboutChecks, "check."+string(id)+".title")
	}
	for _, s := range []connector.CheckState{connector.CheckPending, connector.CheckRunning, connector.CheckPassed, connector.CheckWarning, connector.CheckFailed, connector.CheckUnknown} {
		aboutChecks = append(aboutChecks, "check-state."+string(s))
	}
	return map[string][]string{"problems": aboutProblems, "checks": aboutChecks}
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
		translator := assets.NewTranslator(lang)
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
	files, err := filepath.Glob("../checks/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !strings.HasSuffix(file, "_test.go") {
			maps.Copy(given, factsIn(t, file))
		}
	}
	given[checks.FactLastsNew] = []string{"Minutes"}
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
