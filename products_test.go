package main

import (
	"os"
	"strings"
	"testing"

	"partner-center-connector/connector/preset"
)

// TestProductsStandInTheirFilesAlone holds that nothing of a product that goes with the program stands in code or among the sentences: who adds
// or corrects one changes its file, as a publisher does in a preset. Tests may name one, to hold what readers of its guide find.
func TestProductsStandInTheirFilesAlone(t *testing.T) {
	own := map[string]string{}
	for _, p := range preset.BuiltIn() {
		compact := strings.ReplaceAll(strings.ToLower(p.Name), " ", "")
		for _, word := range []string{p.ID, compact, p.Name, strings.ReplaceAll(p.Name, " ", "-"), strings.ReplaceAll(p.Name, " ", "_"), p.AdminButton, p.UserButton, p.AppRole, p.GovernmentGuide} {
			own[strings.ToLower(word)] = p.Name
		}
		for _, host := range p.RedirectHosts {
			own[strings.TrimPrefix(host, "*.")] = p.Name
		}
	}
	files := []string{"assets/translations/en.toml", "assets/translations/de.toml"}
	for file := range goFiles(t) {
		if !strings.HasSuffix(file, "_test.go") {
			files = append(files, file)
		}
	}
	if len(files) < 300 {
		t.Fatalf("only %d files", len(files))
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ToLower(string(data))
		for word, name := range own {
			if word != "" && strings.Contains(text, word) {
				t.Errorf("%s names %s: %q", file, name, word)
			}
		}
	}
}
