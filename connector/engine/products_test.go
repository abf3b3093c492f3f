package engine

import (
	"os"
	"path/filepath"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/preset"
)

// TestProducts holds which words count where several have some for one product: those of the options before the preset's, and these before what
// is built in.
func TestProducts(t *testing.T) {
	builtIn := preset.BuiltIn()[0]
	own := connector.Product{ID: "practice", Name: "Practice product"}
	mended := "[links]\nname = \"" + builtIn.Name + "\"\nversion = \"99\"\n"
	other := "[links]\nname = \"Fabrikam Billing\"\n"
	cases := map[string]struct {
		preset string
		own    []connector.Product
		want   map[string]string // ID to version
		first  string
	}{
		"built in alone":      {"", nil, map[string]string{builtIn.ID: builtIn.Version}, builtIn.ID},
		"mended by a preset":  {mended, nil, map[string]string{builtIn.ID: "99"}, builtIn.ID},
		"a preset of another": {other, nil, map[string]string{"fabrikambilling": "", builtIn.ID: builtIn.Version}, "fabrikambilling"},
		"a preset without":    {"kind = \"public\"", nil, map[string]string{builtIn.ID: builtIn.Version}, builtIn.ID},
		"a broken preset":     {other + "x = 1", nil, map[string]string{builtIn.ID: builtIn.Version}, builtIn.ID},
		"one of the options":  {other, []connector.Product{own}, map[string]string{"practice": "", "fabrikambilling": "", builtIn.ID: builtIn.Version}, "practice"},
		"one of the options that is built in": {
			mended, []connector.Product{{ID: builtIn.ID, Version: "100"}}, map[string]string{builtIn.ID: "100"}, builtIn.ID,
		},
	}
	for name, c := range cases {
		dir := t.TempDir()
		if c.preset != "" {
			if err := os.WriteFile(filepath.Join(dir, preset.FileName), []byte(c.preset), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		e, err := New(Options{ConfigDir: t.TempDir(), PresetPlaces: []preset.Place{{Dir: dir}}, Products: c.own})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, p := range e.Ports.Products {
			got[p.ID] = p.Version
		}
		if len(got) != len(c.want) || len(e.Ports.Products) != len(c.want) || e.Ports.Products[0].ID != c.first {
			t.Errorf("%s: %+v", name, e.Ports.Products)
		}
		for id, version := range c.want {
			if have, ok := got[id]; !ok || have != version {
				t.Errorf("%s: %s of version %q, want %q", name, id, have, version)
			}
		}
	}
}
