package policy

import (
	"path/filepath"
	"reflect"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// says is a policy that says one thing.
func says(locked bool, name, text string, list ...string) connector.Policy {
	return connector.Policy{Values: []connector.PolicyValue{{Name: name, Text: text, List: list, From: "/policy", Locked: locked}}}
}

// TestOverPreset holds that a policy wins over a preset value by value, over its locks too, and that the rest of the preset stays.
func TestOverPreset(t *testing.T) {
	const ours, theirs = "5f0c4a1e-7d3b-4c2a-9e8f-1b2c3d4e5f60", "00000000-0000-4000-8000-000000000001"
	given := connector.Preset{
		Path: "/preset", Product: "Fabrikam", ClientID: theirs, Role: connector.RoleAny, Loose: true,
		Given: []connector.Field{connector.FieldClientID, connector.FieldRole}, Locked: []connector.Field{connector.FieldClientID, connector.FieldRole},
	}
	got := OverPreset(says(true, "client-id", ours), given)
	if got.ClientID != ours || got.Role != connector.RoleAny || got.Product != "Fabrikam" || got.Path != "/preset" || got.Policy != "/policy" {
		t.Errorf("%+v", got)
	}
	if !got.Locks(connector.FieldClientID) || got.Locks(connector.FieldRole) || !got.Loosened(connector.FieldRole) {
		t.Errorf("what is locked: %v, held %v", got.Locked, got.Held)
	}
	got = OverPreset(says(false, "client-id", ours), given)
	if got.ClientID != ours || got.Locks(connector.FieldClientID) || got.Loosened(connector.FieldClientID) || !got.Gives(connector.FieldClientID) {
		t.Errorf("recommended: %+v", got)
	}
	got = OverPreset(says(true, "scopes", "", auth.GroupScope), connector.Preset{Scopes: []string{auth.ScopeGrants}})
	if !got.WithGroups || len(got.Scopes) > 0 || got.Path != "/policy" || !got.Locks(connector.FieldWithGroups) {
		t.Errorf("scopes: %+v", got)
	}
	if got := OverPreset(connector.Policy{}, given); !reflect.DeepEqual(got, given) {
		t.Errorf("nothing: %+v", got)
	}
}

func TestContradicts(t *testing.T) {
	dir := t.TempDir()
	lang, folder := says(true, "lang", "de").Values[0], says(true, "config-dir", dir).Values[0]
	for _, c := range []struct {
		lock connector.PolicyValue
		flag string
		want bool
	}{
		{lang, "", false},
		{lang, "DE", false},
		{lang, "en", true},
		{folder, dir + string(filepath.Separator), false},
		{folder, "elsewhere", true},
		{connector.PolicyValue{}, "en", false},
		{says(false, "lang", "de").Values[0], "en", false},
	} {
		if got := Contradicts(c.lock, c.flag); got != c.want {
			t.Errorf("%+v, %q: %v", c.lock, c.flag, got)
		}
	}
}
