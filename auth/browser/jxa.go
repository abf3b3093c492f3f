package browser

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"
)

// macApp is one application as the script describes it.
type macApp struct {
	Path       string   `json:"path"`
	Bundle     string   `json:"bundle"`
	Executable string   `json:"executable"`
	Name       string   `json:"name"`
	Policies   settings `json:"policies"`
	// Places are the files in which the policies stand.
	Places map[string]string `json:"places"`
}

type macApps struct {
	Default string   `json:"default"`
	Apps    []macApp `json:"apps"`
}

// parseJXA reads what the script printed.
func parseJXA(text []byte) ([]Browser, error) {
	var found macApps
	if err := json.Unmarshal(text, &found); err != nil {
		return nil, fmt.Errorf("read the list of applications: %w", err)
	}
	var all []Browser
	for _, app := range found.Apps {
		if !path.IsAbs(app.Path) || app.Executable == "" || app.Bundle == "" {
			continue
		}
		all = append(all, app.browser(found.Default))
	}
	return all, nil
}

func (a macApp) browser(standard string) Browser {
	b := Browser{
		ID: slug(a.Bundle), Name: strings.TrimSuffix(a.Name, ".app"), Family: Other, Packaging: Native,
		Command: []string{path.Join(a.Path, "Contents", "MacOS", a.Executable)},
		Default: path.Clean(a.Path) == path.Clean(standard),
	}
	p, known := byBundle(a.Bundle)
	if known {
		b.ID, b.Family = p.id, p.family
	}
	if b.Name == "" {
		b.Name = p.name
	}
	if b.Name == "" {
		b.Name = strings.TrimSuffix(path.Base(a.Path), ".app")
	}
	return a.governed(b)
}

// enabled is the setting without which Firefox reads no policies of macOS.
const enabled = "EnterprisePoliciesEnabled"

// governed is b under its policies: the file in its bundle, and what macOS has for it, which counts more.
func (a macApp) governed(b Browser) Browser {
	var all placed
	from := b.Family.definition().policies
	if from.beside != "" {
		file := path.Join(a.Path, "Contents", "Resources", from.beside)
		found, _ := readPolicies(file, from.parse)
		all.add(found, file)
	}
	if b.Family != Firefox || a.Policies.is(enabled, 1) {
		for name, value := range a.Policies {
			all.add(settings{name: value}, a.Places[name])
		}
	}
	return all.elsewhere(all.governed(b))
}
