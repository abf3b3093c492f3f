package view_test

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

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/auth/proxy"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
)

const translations = "../../assets/translations"

// own begin the keys of the sentences that are written for the views.
var own = []string{"browser-mode.", "common.", "detail.", "draft.", "field.", "health.", "help.", "home.", "known.", "link.", "links.", "page.", "preset.", "product.", "rail.", "reason.", "rehearsal-banner.", "role.", "settings.", "wait.", "about."}

// sentences reads the translations of a language: key to sentence, all plural forms in one.
func sentences(t *testing.T, lang string) map[string]string {
	t.Helper()
	return readSentences(t, filepath.Join(translations, lang+".toml"))
}

// ownSentences are those that are written for the views.
func ownSentences(t *testing.T, lang string) map[string]string {
	t.Helper()
	all := sentences(t, lang)
	maps.DeleteFunc(all, func(key, _ string) bool {
		return !slices.ContainsFunc(own, func(prefix string) bool { return strings.HasPrefix(key, prefix) })
	})
	if len(all) < 300 {
		t.Fatalf("only %d sentences", len(all))
	}
	return all
}

func readSentences(t *testing.T, file string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]any{}
	if err := toml.Unmarshal(raw, &values); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	all := map[string]string{}
	for key, value := range values {
		switch v := value.(type) {
		case string:
			all[key] = v
		case map[string]any:
			all[key] = v["one"].(string) + "\n" + v["other"].(string)
		}
	}
	return all
}

// du finds the familiar form of address; sie is what a sentence has to be with.
var (
	du       = regexp.MustCompile(`(?i)\b(du|dich|dir|dein\w*|euch|euer)\b`)
	unwanted = regexp.MustCompile(`(?i)!|\bplease\b|\boops\b|\bbitte\b|\bsorry\b|\bsimply\b|\s$|  `)
)

func TestToneOfTheSentences(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		for key, sentence := range ownSentences(t, lang) {
			if strings.TrimSpace(sentence) == "" {
				t.Errorf("%s %s is empty", lang, key)
			}
			one := strings.TrimSuffix(sentence, "\n")
			if key == "common.about" || key == "common.for-actor" {
				continue
			}
			if found := unwanted.FindString(one); found != "" {
				t.Errorf("%s %s has %q", lang, key, found)
			}
			if lang == "de" && du.MatchString(one) {
				t.Errorf("%s addresses the reader as du", key)
			}
		}
	}
}

// views are all views there can be: every state's, and every help topic's.
func views() map[string]view.View {
	all := map[string]view.View{}
	for _, n := range viewtest.States() {
		all[n.Name] = view.Project(n.State)
	}
	key := func(key string, _ map[string]any) string { return key }
	for _, topic := range append(viewtest.HelpTopics(), "no such topic", "problem-"+string(connector.KindCondAccess)) {
		all["help "+topic] = view.Help(connector.Preset{}, viewtest.Products(), topic, "", key)
	}
	all["help search"] = view.Help(connector.Preset{}, viewtest.Products(), "home", "AADSTS50011", key)
	all["help preset"] = view.Help(viewtest.Preset(), viewtest.Products(), "home", "", key)
	all["help found"] = view.Help(connector.Preset{}, viewtest.Products(), "home", "problem", key)
	all["help nothing"] = view.Help(connector.Preset{}, viewtest.Products(), "home", "zzqx", key)
	return all
}

// TestEveryHelpTopicIsTested holds that no topic is missing from the list that tests go through.
func TestEveryHelpTopicIsTested(t *testing.T) {
	if listed := slices.Sorted(slices.Values(viewtest.HelpTopics())); !slices.Equal(listed, view.Topics()) {
		t.Errorf("%v are listed, %v there", listed, view.Topics())
	}
}

func TestEverySentenceExistsInBothLanguages(t *testing.T) {
	known := map[string]map[string]string{"en": sentences(t, "en"), "de": sentences(t, "de")}
	for name, v := range views() {
		for _, text := range texts(v) {
			for lang, sentences := range known {
				if _, ok := sentences[text.Key]; !ok {
					t.Errorf("%s: %s has no %q", name, lang, text.Key)
				}
			}
		}
	}
}

// TestNothingIsLeftOpenInASentence renders everything, so that no placeholder stays unfilled.
func TestNothingIsLeftOpenInASentence(t *testing.T) {
	tr := translators(t)
	for name, v := range views() {
		for _, text := range texts(v) {
			for lang, translator := range tr {
				got := text.Render(translator)
				if got == "" || strings.Contains(got, "<no value>") || strings.Contains(got, "{{") || strings.HasPrefix(got, "["+text.Key) {
					t.Errorf("%s: %s %s says %q", name, lang, text.Key, got)
				}
			}
		}
	}
}

// made are keys that are put together from a value: each value must have its sentence.
func made() []string {
	keys := []string{"preset.value", "page.connector.preset.scopes", "rehearsal-banner.title", "common.cloud.other", "common.region.AS", "common.region.WW", "common.region.other", "detail.admin.reported", "detail.no-end.certificate"}
	for _, source := range proxy.Sources() {
		keys = append(keys, "settings.proxy."+string(source))
	}
	for _, h := range []connector.Health{
		connector.HealthUnknown, connector.HealthNew, connector.HealthGood, connector.HealthAttention, connector.HealthSignIn, connector.HealthExpired,
	} {
		keys = append(keys, "health."+string(h), "health."+string(h)+".text", "page.check.saved."+string(h))
	}
	for _, m := range []browser.Mode{browser.ModePrivate, browser.ModeGuest, browser.ModePlain} {
		keys = append(keys, "browser-mode."+string(m), "browser-mode.open."+string(m), "browser-mode.window."+string(m), "page.before.ready.browser-"+string(m))
	}
	for _, k := range []auth.ClientKind{auth.PublicClient, auth.SecretClient, auth.CertificateClient} {
		keys = append(keys, "common.kind."+string(k), "field.kind.hint."+string(k), "page.connector.guide.credential."+string(k))
	}
	for _, k := range []auth.ClientKind{auth.SecretClient, auth.CertificateClient} {
		for _, part := range []string{"home.line.secret-due.", "home.line.secret-today.", "home.line.secret-ended.", "health.expired.ended.", "health.attention.ends."} {
			keys = append(keys, part+string(k))
		}
	}
	for step := connector.StepBefore; step <= connector.StepLinkFinish; step++ {
		keys = append(keys, "rail."+step.Name())
	}
	for _, way := range append([]connector.RegistrationWay{connector.RegisterByHand}, connector.RegistrationTexts...) {
		keys = append(keys, "field.register-by.hint."+string(way), "field.register-by.option."+string(way))
	}
	keys = append(keys, view.SearchWords()...)
	for _, f := range presetFaults {
		keys = append(keys, "preset.fault."+string(f))
	}
	for _, f := range link.Faults() {
		keys = append(keys, "link.fault."+string(f))
	}
	for _, d := range []connector.LinkDifference{
		connector.LinksClientID, connector.LinksTenant, connector.LinksLookup, connector.LinksCloud, connector.LinksRenewal, connector.LinksRedirect,
	} {
		keys = append(keys, "links.differ."+string(d), "page.links.differ."+string(d))
	}
	for _, r := range reasons() {
		keys = append(keys, "reason."+string(r))
	}
	return keys
}

// reasons are all that are declared.
func reasons() []wizard.Reason {
	all := []wizard.Reason{}
	for _, path := range []string{"../reason.go", "../keyvault_typed.go", "../wizard/blocked.go", "../wizard/links_blocked.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			panic(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if typ, named := specType(spec); ok && named && typ == "Reason" {
				text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					panic(err)
				}
				// It asks whether to replace a file, in words of its own.
				if r := wizard.Reason(text); r != wizard.ReasonRecordExists {
					all = append(all, r)
				}
			}
			return true
		})
	}
	return all
}

func specType(spec *ast.ValueSpec) (string, bool) {
	if spec == nil {
		return "", false
	}
	name, ok := spec.Type.(*ast.Ident)
	if !ok {
		return "", false
	}
	return name.Name, true
}

func TestEveryMadeKeyExists(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		known := sentences(t, lang)
		for _, key := range made() {
			if _, ok := known[key]; !ok {
				t.Errorf("%s has no %q", lang, key)
			}
		}
	}
}

// TestNoSentenceIsIdle finds sentences that no view uses.
func TestNoSentenceIsIdle(t *testing.T) {
	used := made()
	for month := range 12 {
		used = append(used, "common.month."+strconv.Itoa(month+1))
	}
	used = append(used, "common.date", "common.date-time", "common.date-time-zone")
	for _, v := range views() {
		for _, text := range append(texts(v), texts(v.Controls())...) {
			used = append(used, text.Key)
		}
	}
	for key := range ownSentences(t, "en") {
		if !slices.Contains(used, key) {
			t.Errorf("nothing says %q", key)
		}
	}
}
