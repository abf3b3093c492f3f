package main

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/connector/policy"
)

const root = "../.."

// TestTheTemplatesAreMadeOfTheTable: what is committed is what "make policies" makes, the README's table too.
func TestTheTemplatesAreMadeOfTheTable(t *testing.T) {
	all, err := files(root)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range all {
		if got := text(t, path); got != want {
			t.Errorf("%s is not what connector/policy and the texts make of it: make policies", path)
		}
	}
}

// TestTheTemplateHoldsTogether: every name is there once, and everything that it refers to is there, in both languages.
func TestTheTemplateHoldsTogether(t *testing.T) {
	d, err := readDefinitions(root)
	if err != nil {
		t.Fatal(err)
	}
	if d.Namespace != admxSchema || d.XMLName.Space != admxSchema {
		t.Errorf("the namespace is %q", d.XMLName.Space)
	}
	names := unique(t, d.PolicyElements, func(e entry) string { return e.Name })
	categories := unique(t, d.Categories, func(n named) string { return n.Name })
	supports := unique(t, d.SupportedOn, func(n named) string { return n.Name })
	if len(names) < len(policy.Settings()) {
		t.Fatalf("only %d policies", len(names))
	}
	for _, e := range d.PolicyElements {
		if !categories[e.Parent.Ref] || !supports[e.SupportedOn.Ref] {
			t.Errorf("%s: no category %q, or no support %q", e.Name, e.Parent.Ref, e.SupportedOn.Ref)
		}
		if (e.Parent.Ref == categoryRecommended) != strings.HasSuffix(e.Key, `\`+categoryRecommended) {
			t.Errorf("%s of the category %s writes below %s", e.Name, e.Parent.Ref, e.Key)
		}
		if e.Class != "Both" {
			t.Errorf("%s is for %s", e.Name, e.Class)
		}
	}
	for _, c := range d.Categories {
		if c.Parent != nil && !categories[c.Parent.Ref] {
			t.Errorf("the category %s is below %s, which is not there", c.Name, c.Parent.Ref)
		}
	}
	for _, language := range []string{"en-US", "de-DE"} {
		t.Run(language, func(t *testing.T) { checkLanguage(t, d, language) })
	}
}

// referred matches what a template takes from the file of a language.
var referred = regexp.MustCompile(`\$\((string|presentation)\.([A-Za-z0-9_-]+)\)`)

// checkLanguage: each text and each control that the template refers to is there, and no other.
func checkLanguage(t *testing.T, d definitions, folderName string) {
	t.Helper()
	l := language{}
	if err := xml.Unmarshal([]byte(text(t, folder+"/"+folderName+"/partner-center-connector.adml")), &l); err != nil {
		t.Fatal(err)
	}
	wanted := map[string]bool{}
	for _, m := range referred.FindAllStringSubmatch(text(t, folder+"/partner-center-connector.admx"), -1) {
		wanted[m[1]+"."+m[2]] = true
	}
	there := map[string]bool{}
	for id := range unique(t, l.Strings, func(p phrase) string { return p.ID }) {
		there["string."+id] = true
	}
	for id := range unique(t, l.Presentations, func(p presentation) string { return p.ID }) {
		there["presentation."+id] = true
	}
	for id := range wanted {
		if !there[id] {
			t.Errorf("%s is not there", id)
		}
	}
	for id := range there {
		if !wanted[id] {
			t.Errorf("nothing refers to %s", id)
		}
	}
	for _, p := range l.Strings {
		if strings.TrimSpace(p.Text) == "" {
			t.Errorf("%s has no text", p.ID)
		}
	}
	for _, e := range d.PolicyElements {
		checkControl(t, e, l)
	}
}

// checkControl: the control of a policy is that of its element.
func checkControl(t *testing.T, e entry, l language) {
	t.Helper()
	i := slices.IndexFunc(l.Presentations, func(p presentation) bool { return "$(presentation."+p.ID+")" == e.Presentation })
	if i < 0 {
		t.Errorf("%s has no presentation", e.Name)
		return
	}
	p := l.Presentations[i]
	switch {
	case e.Elements.Text != nil:
		if p.TextBox == nil || p.TextBox.RefID != e.Elements.Text.ID || p.TextBox.Label == "" {
			t.Errorf("%s is a text, and its control is %+v", e.Name, p)
		}
	case e.Elements.Enum != nil:
		if p.Dropdown == nil || p.Dropdown.RefID != e.Elements.Enum.ID || p.Dropdown.Label == "" || len(e.Elements.Enum.Items) < 2 {
			t.Errorf("%s is a choice, and its control is %+v", e.Name, p)
		}
	case e.Elements.List != nil:
		if p.ListBox == nil || p.ListBox.RefID != e.Elements.List.ID || p.ListBox.Label == "" {
			t.Errorf("%s is a list, and its control is %+v", e.Name, p)
		}
	default:
		t.Errorf("%s has no element", e.Name)
	}
}

// TestTheTemplateWritesEverySetting: each setting of the table is written under its own name, below the key of its strength, a choice with
// each of its values.
func TestTheTemplateWritesEverySetting(t *testing.T) {
	d, err := readDefinitions(root)
	if err != nil {
		t.Fatal(err)
	}
	all, err := registry(d)
	if err != nil {
		t.Fatal(err)
	}
	written := map[string]bool{}
	for _, v := range all {
		written[v.key+`\`+v.name] = true
	}
	for _, s := range policy.Settings() {
		for key, can := range map[string]bool{policyKey: s.Mandatory, policyKey + `\Recommended`: s.Recommended} {
			name := key + `\` + s.Registry
			if s.Kind == policy.KindList {
				name += `\1`
			}
			if written[name] != can {
				t.Errorf("%s: the template writes it: %v; it can be said there: %v", name, written[name], can)
			}
		}
	}
	for _, e := range d.PolicyElements {
		if e.Elements.Enum == nil {
			continue
		}
		name, _, _ := strings.Cut(e.Name, "_")
		i := slices.IndexFunc(policy.Settings(), func(s policy.Setting) bool { return s.Registry == name })
		values := []string{}
		for _, item := range e.Elements.Enum.Items {
			values = append(values, item.Value)
		}
		if i < 0 || !slices.Equal(values, policy.Settings()[i].Values) {
			t.Errorf("%s offers %q", e.Name, values)
		}
	}
}

// TestTextsAreWhole: both languages have a text for everything, and a setting without one is told.
func TestTextsAreWhole(t *testing.T) {
	english, err := readTexts(root, "en")
	if err != nil {
		t.Fatal(err)
	}
	german, err := readTexts(root, "de")
	if err != nil {
		t.Fatal(err)
	}
	for name, own := range english.Setting {
		if own.Text == german.Setting[name].Text {
			t.Errorf("%s is not translated", name)
		}
	}
	delete(english.Setting["theme"].Values, "dark")
	theme, _ := policy.Find("theme")
	if english.complete(theme) == nil {
		t.Error("a value without a text is not told")
	}
}

// TestIntuneNamesThePolicies: each policy of the template has its address and data with the element's name.
func TestIntuneNamesThePolicies(t *testing.T) {
	d, err := readDefinitions(root)
	if err != nil {
		t.Fatal(err)
	}
	hints := text(t, folder+"/intune.txt")
	for _, e := range d.PolicyElements {
		id, _, _ := strings.Cut(e.Name, "_")
		want := "~Policy~" + categoryProduct + "~" + e.Parent.Ref + "/" + e.Name + "\n  <enabled/><data id=\"" + id + "\" value=\""
		if !strings.Contains(hints, want) {
			t.Errorf("intune.txt lacks %q", want)
		}
	}
}

func TestWrongUse(t *testing.T) {
	if run(root, []string{"nosuch"}, nil) == nil {
		t.Error("a word that it does not know is taken")
	}
	if _, err := putTable("no table\n", texts{}); err == nil {
		t.Error("a document without the table is taken")
	}
}

func unique[T any](t *testing.T, all []T, name func(T) string) map[string]bool {
	t.Helper()
	seen := map[string]bool{}
	for _, one := range all {
		if seen[name(one)] {
			t.Errorf("%s is there twice", name(one))
		}
		seen[name(one)] = true
	}
	return seen
}

func text(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
