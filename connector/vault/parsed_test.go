package vault

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"partner-center-connector/connector"
)

func TestAKeychainsWordsAreCut(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ said, want string }{
		{strings.Repeat("x", 200), strings.Repeat("x", 200)},
		{strings.Repeat("x", 201), strings.Repeat("x", 200) + "…"},
		{strings.Repeat("x", 199) + "ü", strings.Repeat("x", 199) + "…"}, // never half a letter
		{"", ""},
	} {
		if got := clean(tc.said, ""); got != tc.want {
			t.Errorf("%d bytes became %d: %q", len(tc.said), len(got), got)
		}
	}
}

// TestNoCallAfterOneThatWasGivenUp: the keychain may still be at work on the one before, and would do the two in any order.
func TestNoCallAfterOneThatWasGivenUp(t *testing.T) {
	t.Parallel()
	o := &operation{v: &Vault{}, id: "a", abandoned: make(chan struct{})}
	called := false
	err := o.call(t.Context(), OpRemove, "", func() error { called = true; return nil })
	want := "keychain: remove: " + connector.ErrKeychainSlow.Error() + ": an earlier call has not returned"
	if !errors.Is(err, connector.ErrKeychainSlow) || err.Error() != want || called {
		t.Errorf("called: %v\ngot  %v\nwant %s", called, err, want)
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	const name = `"version":"0123456789abcdef"`
	for _, tc := range []struct {
		text    string
		want    error // nil: it is right
		version bool  // whether a version can be read out of it
	}{
		{`{"format":1,` + name + `,"count":1,"length":1}`, nil, true},
		{`{"format":1,` + name + `,"count":100,"length":1}`, nil, true},
		{`{"format":1,` + name + `,"count":101,"length":1}`, connector.ErrCredentialAbsent, false},
		{`{"format":1,` + name + `,"count":0,"length":1}`, connector.ErrCredentialAbsent, false},
		{`{"format":1,` + name + `,"count":1,"length":0}`, connector.ErrCredentialAbsent, true},
		{`{"format":0,` + name + `,"count":1,"length":1}`, connector.ErrCredentialAbsent, true},
		{`{"format":2,` + name + `,"count":1,"length":1}`, connector.ErrCredentialAbsent, true},
		{`{"format":2,"id":"a","length":1}`, nil, false},
		{`{"format":2,"id":"a","length":0}`, connector.ErrCredentialAbsent, false},
		{`{"format":3,` + name + `,"count":1,"length":1}`, connector.ErrListNewer, true},
		{`{"format":1,"version":"0123456789abcde","count":1,"length":1}`, connector.ErrCredentialAbsent, false},
		{`{"format":1,"version":"0123456789abcdef0","count":1,"length":1}`, connector.ErrCredentialAbsent, false},
		{`{"format":1,"version":"0123456789ABCDEF","count":1,"length":1}`, connector.ErrCredentialAbsent, false},
		{`{`, connector.ErrCredentialAbsent, false},
	} {
		text := base64.StdEncoding.EncodeToString([]byte(tc.text))
		h, err := parseHeader(text)
		if !errors.Is(err, tc.want) || (err == nil) != (h != header{}) {
			t.Errorf("%s: %+v, %v, want %v", tc.text, h, err, tc.want)
		}
		if v, ok := versionOf(text); ok != tc.version || ok && v.Name != "0123456789abcdef" {
			t.Errorf("%s: version %+v, %v", tc.text, v, ok)
		}
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	var n note
	for _, v := range []version{{"a", 1}, {"b", 2}, {"a", 3}} {
		n.add(v)
	}
	if len(n.Versions) != 2 || n.Versions[0].Count != 3 || n.Versions[1].Name != "b" {
		t.Errorf("noted: %+v", n.Versions)
	}
	for file, want := range map[string]string{
		"a-1.json": "a-1", "a-1.lock": "a-1", ".a-1.json42": "a-1", ".a-1.lock7": "a-1",
		"a-1": "", ".json": "", "A.json": "", "a.json.damaged": "", ".a-1.json": "", "a b.lock": "", "": "",
	} {
		if got, ok := idOf(file); got != want || ok != (want != "") {
			t.Errorf("%q is of %q, want %q", file, got, want)
		}
	}
	for text, want := range map[string]error{
		`{"format":1}`: nil, `{"format":0}`: errNoteDamaged, `{"format":2}`: connector.ErrListNewer, `[]`: errNoteDamaged,
		`{"format":1,"versions":[{"version":"0123456789abcdef","count":0}]}`: errNoteDamaged,
	} {
		got, err := parseNote([]byte(text))
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", text, err, want)
		}
		// A note that is begun again after a damaged one is of the format of today.
		if errors.Is(err, errNoteDamaged) && got.Format != 1 {
			t.Errorf("%s: format %d", text, got.Format)
		}
	}
}

func TestVersionsAreNeverTheSame(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		v := newVersion()
		if !(version{v, 1}).valid() || seen[v] {
			t.Fatalf("%q, after %d others", v, len(seen))
		}
		seen[v] = true
	}
}
