package policy

import (
	"slices"
	"testing"

	"golang.org/x/sys/windows/registry"

	"partner-center-connector/connector"
)

// testKey is a key of this account's own: only an administrator can write where policies are.
const testKey = `Software\Partner Center Connector Test\Policies`

// write makes a key with its values in the registry, which is gone after the test.
func write(t *testing.T, path string, values map[string]any) {
	t.Helper()
	key, _, err := registry.CreateKey(registry.CURRENT_USER, path, registry.ALL_ACCESS)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = registry.DeleteKey(registry.CURRENT_USER, path) })
	for name, value := range values {
		switch value := value.(type) {
		case string:
			err = key.SetStringValue(name, value)
		case []string:
			err = key.SetStringsValue(name, value)
		case uint32:
			err = key.SetDWordValue(name, value)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := key.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestTheRegistry reads the real one: values, both kinds of lists, what is recommended, and what can't be used.
func TestTheRegistry(t *testing.T) {
	write(t, `Software\Partner Center Connector Test`, nil)
	write(t, testKey, map[string]any{"theme": "dark", "Scopes": []string{"Directory.Read.All", "User.Read"}, "Log": uint32(1), "Strange": "x"})
	write(t, testKey+`\AllowedClouds`, map[string]any{"2": "usgov", "10": "china", "1": "global"})
	write(t, testKey+`\Recommended`, map[string]any{"Lang": "de"})
	got := readAll(sourcesIn(testKey), now)
	if v := got.Lock("theme"); v.Text != "dark" || v.From != `HKCU\`+testKey+`\theme` {
		t.Errorf("%+v", v)
	}
	if v := got.Lock("allowed-clouds"); !slices.Equal(v.List, []string{"global", "usgov", "china"}) {
		t.Errorf("%+v", v)
	}
	if v, ok := got.Value("lang", false); !ok || v.Text != "de" || got.Lock("lang").Locked {
		t.Errorf("%+v", v)
	}
	faults := []string{}
	for _, p := range got.Problems {
		faults = append(faults, p.Args["Name"]+" "+p.Args["Fault"])
	}
	slices.Sort(faults)
	if want := []string{"Log type", "Scopes scope", "Strange unknown"}; !slices.Equal(faults, want) {
		t.Errorf("%q", faults)
	}
	if want := []string{`HKLM\` + testKey, `HKCU\` + testKey}; !slices.Equal(got.Places, want) {
		t.Errorf("%q", got.Places)
	}
}

// TestTheRegistryIsClosed holds that a list of clouds with nothing in it allows none.
func TestTheRegistryIsClosed(t *testing.T) {
	write(t, `Software\Partner Center Connector Test`, nil)
	write(t, testKey, nil)
	write(t, testKey+`\AllowedClouds`, nil)
	got := readAll(sourcesIn(testKey), now)
	if v := got.Lock(connector.PolicyAllowedClouds); !v.Locked || len(v.List) > 0 || len(got.Problems) != 1 {
		t.Errorf("%+v", got)
	}
}

// TestWhereWindowsHasPolicies holds that ours are below the key that Windows keeps accounts from changing.
func TestWhereWindowsHasPolicies(t *testing.T) {
	places := []string{}
	for _, s := range sources() {
		places = append(places, s.place())
	}
	if want := []string{`HKLM\Software\Policies\Partner Center Connector`, `HKCU\Software\Policies\Partner Center Connector`}; !slices.Equal(places, want) {
		t.Errorf("%q", places)
	}
}
