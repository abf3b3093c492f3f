package policy

import (
	"slices"
	"testing"

	"partner-center-connector/connector/precedence"
)

// TestSettings holds what the templates for administrators, made of the table, rely on.
func TestSettings(t *testing.T) {
	names, registry := map[string]bool{}, map[string]bool{}
	for _, s := range Settings() {
		if names[s.Name] || registry[s.Registry] {
			t.Errorf("%s is there twice", s.Name)
		}
		names[s.Name], registry[s.Registry] = true, true
		if !s.Mandatory {
			t.Errorf("%s can't be locked", s.Name)
		}
		if (s.Kind == KindChoice) != (len(s.Values) > 1) && s.Kind != KindList {
			t.Errorf("%s: a %s with the values %q", s.Name, s.Kind, s.Values)
		}
	}
	for _, o := range precedence.Options() {
		if !names[o.Name] {
			t.Errorf("%s has no row", o.Name)
		}
	}
}

func TestNamesOfTheRegistry(t *testing.T) {
	for name, want := range map[string]string{"lang": "Lang", "admin-browser": "AdminBrowser", "client-id": "ClientId"} {
		if s, ok := Find(name); !ok || s.Registry != want {
			t.Errorf("%s: %v, %v, want %s", name, s, ok, want)
		}
	}
	if _, ok := Find("Lang"); ok {
		t.Error("a name of the registry was found among those of files")
	}
	if s, _ := Find("theme"); !slices.Equal(s.Values, []string{"system", "light", "dark"}) {
		t.Errorf("theme: %q", s.Values)
	}
}
