//go:build unix && !darwin

package vault

import "testing"

func TestKindOf(t *testing.T) {
	for program, want := range map[string]string{
		"gnome-keyring-d\n": "gnome-keyring", "kwalletd6\n": "kwallet", "ksecretd\n": "kwallet", "keepassxc\n": "keepassxc", "contoso-vault\n": "other",
	} {
		if got := kindOf(program); got != want {
			t.Errorf("%q is %q, want %q", program, got, want)
		}
	}
}

func TestKindWithoutABus(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+t.TempDir()+"/none")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	if got := Kind(t.Context()); got != "none" {
		t.Errorf("without a bus the keychain is %q", got)
	}
}
